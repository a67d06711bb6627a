"""What a chapter of the workspace must say of itself; the floors above ask this and nothing else of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import models

from tilth.ledger.kinds import Act, Kind
from tilth.partnerships.models import Member
from tilth.partnerships.terms import Terms


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """Where the browser finds a sealed line to show: `field` of `entry`, which `author` wrote as `kind`."""

    entry: UUID
    kind: str
    author: UUID
    field: str
    subject: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that waits on a member. `text` stands alone or introduces the sealed `title`; ending in ":" it only
    names the kind of thing. `plain` says the whole without the title, for where that cannot be opened."""

    member: Member
    on: Literal["me", "other"]
    text: str
    url: str
    title: Sealed | None = None
    plain: str = ""
    when: datetime | None = None
    when_words: str = ""
    late: bool = False
    rests: bool = False

    @property
    def resting(self) -> Due:
        """The same in a pause: it waits on nobody, no day is named and none is late."""
        return replace(self, when_words="", late=False, rests=True)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A candidate for the next small step. The highest weight wins; `key` is what "not now" puts off.

    `yields_to` is the slug of a chapter: while something waits there on either of the two, the step is not shown."""

    key: str
    weight: int
    title: str
    why: str
    action: str
    url: str
    sealed: Sealed | None = None
    yields_to: str = ""


@dataclass(frozen=True, kw_only=True)
class Aside:
    """A few lines for the right margin: a heading, a strong line, and lines beneath.

    What comes `soon` is read before what was lately said, and stands above the others in the margin."""

    heading: str
    strong: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    url: str = ""
    soon: bool = False


@dataclass(frozen=True, kw_only=True)
class Named:
    """An entry by its ids, as a chapter is asked where it stands."""

    entry: UUID
    kind: str
    subject: UUID | None

    @property
    def about(self) -> UUID:
        """The subject; the entry itself where it stands for itself."""
        return self.subject or self.entry


def unmoved(act: Act, terms: Terms) -> None:
    """New terms change nothing in this chapter."""


def no_aside(member: Member, at: datetime) -> Aside | None:  # noqa: ARG001  (the shape of every margin)
    """Nothing for the margin."""
    return None


def nowhere(entry: Named) -> str | None:  # noqa: ARG001  (the shape of every whereabouts)
    """What is written here stands on no page of the chapter."""
    return None


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter: the practices it serves, the kinds it owns, its projections, and what it asks of people."""

    slug: str
    title: str
    icon: str
    place: int
    practices: tuple[str, ...]
    kinds: tuple[Kind, ...]
    models: tuple[type[models.Model], ...]
    due: Callable[[Sequence[Member], datetime], list[Due]]
    steps: Callable[[Member, datetime], list[Step]]
    terms_changed: Callable[[Act, Terms], None] = unmoved
    margin: Callable[[Member, datetime], Aside | None] = no_aside
    whereabouts: Callable[[Named], str | None] = nowhere
