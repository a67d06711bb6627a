"""What changed from one version of the terms to another, in words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from tilth.chapters.agreement.phrases import Line, lines
from tilth.chapters.agreement.sections import SectionKey
from tilth.partnerships.terms import Terms


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that is agreed differently. None where the one version does not speak of it."""

    section: SectionKey
    label: str
    before: str | None
    after: str | None


def differences(before: Terms, after: Terms, names: Mapping[UUID, str]) -> list[Difference]:
    """What `after` says differently, in its order; then what only `before` spoke of."""
    old, new = _by_key(before, names), _by_key(after, names)
    changed = [
        _difference(old.get(key), line) for key, line in new.items() if key not in old or old[key].words != line.words
    ]
    return changed + [_difference(line, None) for key, line in old.items() if key not in new]


def _by_key(terms: Terms, names: Mapping[UUID, str]) -> dict[str, Line]:
    return {line.key: line for line in lines(terms, names)}


def _difference(before: Line | None, after: Line | None) -> Difference:
    shown = after or before
    assert shown is not None
    return Difference(
        section=shown.section,
        label=shown.label,
        before=None if before is None else before.words,
        after=None if after is None else after.words,
    )
