"""An agreement arranged to be read: its sections, what each says in words, and where its sealed passages are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tilth.chapters.agreement.differences import Difference, differences
from tilth.chapters.agreement.models import Signature, Version
from tilth.chapters.agreement.phrases import Line, lines
from tilth.chapters.agreement.queries import has_words
from tilth.chapters.agreement.sections import SECTIONS, Passage, Section
from tilth.ledger.chapter import Sealed
from tilth.partnerships.models import Member
from tilth.partnerships.terms import Terms


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section as one version has it: structured lines, then prose."""

    section: Section
    lines: tuple[Line, ...]
    prose: tuple[tuple[Passage, Sealed], ...]


@dataclass(frozen=True, kw_only=True)
class Own:
    """A member's own definition of success, or None where there is none yet."""

    member: Member
    sealed: Sealed | None


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What a member did with a version, and wrote with it, if anything."""

    member: Member
    sealed: Sealed | None


@dataclass(frozen=True, kw_only=True)
class Left:
    """A proposal that one of the two left as it is or withdrew: whether it was the reader, and what went with it."""

    version: Version
    by_me: bool
    declined: Spoken | None


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A member's place under a version: signed at a moment, or still empty."""

    member: Member
    at: datetime | None
    note: Sealed | None


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The same passage in two versions."""

    label: str
    before: Sealed | None
    after: Sealed | None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A section in two versions: what its lines say differently, and its prose side by side."""

    section: Section
    differences: tuple[Difference, ...]
    prose: tuple[Pair, ...]


def sections(version: Version, names: Mapping[UUID, str]) -> list[Part]:
    said = lines(Terms.model_validate(version.terms), names)
    return [
        Part(
            section=section,
            lines=tuple(line for line in said if line.section == section.key),
            prose=tuple((passage, passage_of(version, passage.field)) for passage in section.passages),
        )
        for section in SECTIONS
    ]


def comparison(before: Version, after: Version, names: Mapping[UUID, str]) -> list[Comparison]:
    changed = differences(Terms.model_validate(before.terms), Terms.model_validate(after.terms), names)
    return [
        Comparison(
            section=section,
            differences=tuple(difference for difference in changed if difference.section == section.key),
            prose=_pairs(before, after, section),
        )
        for section in SECTIONS
    ]


def _pairs(before: Version, after: Version, section: Section) -> tuple[Pair, ...]:
    """The passages to lay side by side; none where the words of one were withdrawn."""
    if before.is_withdrawn or after.is_withdrawn:
        return ()
    return tuple(
        Pair(
            label=passage.label,
            before=passage_of(before, passage.field),
            after=passage_of(after, passage.field),
        )
        for passage in section.passages
    )


def successes(members: list[Member], told: Mapping[UUID, Signature]) -> list[Own]:
    """Both definitions side by side, in the order of the seats."""
    return [Own(member=seat, sealed=success_of(told.get(seat.id))) for seat in members]


def success_pairs(
    members: list[Member], before: Mapping[UUID, Signature], after: Mapping[UUID, Signature]
) -> list[tuple[Member, Pair]]:
    """Each member's definition in two versions, where there is one at all."""
    pairs = [
        (seat, Pair(label="", before=success_of(before.get(seat.id)), after=success_of(after.get(seat.id))))
        for seat in members
    ]
    return [(seat, pair) for seat, pair in pairs if pair.before or pair.after]


def signatures(member: Member, version: Version) -> list[Signed]:
    """Every member's signature under a version, in the order of the seats, with the note that came with it."""
    by = {signature.by_id: signature for signature in version.signatures.all()}
    return [
        Signed(member=seat, at=by[seat.id].at, note=note_of(version, by[seat.id]))
        if seat.id in by
        else Signed(member=seat, at=None, note=None)
        for seat in member.everyone
    ]


def declining(member: Member, version: Version) -> Spoken | None:
    """Who declined it, and the words that went with it, if there were any."""
    if not version.is_declined or version.closed_by is None:
        return None
    seat = next((seat for seat in member.everyone if seat.id != version.by_id), member)
    words = Sealed(
        entry=version.closed_by, kind="agreement.declined", author=seat.id, field="words", subject=version.id
    )
    return Spoken(member=seat, sealed=words if has_words(version.closed_by) else None)


def leaving(member: Member, version: Version) -> Left | None:
    """Who left or withdrew this version; nothing where that is not what became of it."""
    if not (version.is_declined or version.is_withdrawn):
        return None
    return Left(
        version=version,
        by_me=(version.by_id == member.id) == version.is_withdrawn,
        declined=declining(member, version),
    )


def note_of(version: Version, signature: Signature) -> Sealed | None:
    if signature.id == version.id:
        return passage_of(version, "note")
    return from_signature(signature, "note") if signature.sealed else None


def passage_of(version: Version, field: str) -> Sealed:
    return Sealed(entry=version.id, kind="agreement.proposed", author=version.by_id, field=field)


def success_of(signature: Signature | None) -> Sealed | None:
    """Where this signature's definition of success is: in the proposal itself, or in the entry that signed it."""
    if signature is None:
        return None
    if signature.id == signature.version_id:
        return passage_of(signature.version, "success")
    return from_signature(signature, "success")


def from_signature(signature: Signature, field: str) -> Sealed:
    return Sealed(
        entry=signature.id, kind="agreement.signed", author=signature.by_id, field=field, subject=signature.version_id
    )
