"""What a kind of entry must say of itself. There is nothing a kind may leave out without saying so here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from tilth.accounts.models import Person
from tilth.accounts.refused import Refused
from tilth.partnerships.access import seat_in
from tilth.partnerships.models import Member, Partnership


class Data(BaseModel):
    """The public fields of an entry: dates, states, who; never prose. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoData(Data):
    """A kind whose being there says it all."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Who asks to write what, before it is known whether they have a seat."""

    person: Person
    partnership: Partnership
    data: dict[str, Any]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Act:
    """One entry as its kind sees it, when it is written and again at every rebuild."""

    entry: UUID
    kind: Kind
    member: Member
    card: str  # the hash of the author's card it was signed with
    subject: UUID | None
    data: Any  # the kind's own Data; entries.py of each chapter names it
    at: datetime
    hash: bytes
    sealed: bool

    @property
    def partnership(self) -> Partnership:
        return self.member.partnership

    @property
    def about(self) -> UUID:
        """The subject, for kinds that always have one."""
        if self.subject is None:
            raise Refused("no_subject", "This entry does not say what it is about.", status=400, field="subject")
        return self.subject

    @property
    def partnership_id(self) -> UUID:
        return self.member.partnership_id


@dataclass(frozen=True, kw_only=True)
class Telling:
    """An entry to be put into words for the timeline; `data` is its public data."""

    data: Any
    at: datetime
    by_me: bool
    other_name: str
    viewer: Member


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Somebody should be told. `words` follow the actor's name and hold nothing of what was written."""

    to: Sequence[Member]
    words: str
    url: str
    urgent: bool = False


def says(text: str) -> Callable[[Telling], str]:
    """The same words whoever did it and whatever it holds."""
    return lambda telling: text  # noqa: ARG005  (the shape of every words)


def seated(claim: Claim) -> Member:
    """The ordinary case: only a member of the partnership may write in it."""
    member = seat_in(claim.partnership, claim.person)
    if member is None:
        raise Refused("not_found", "There is no such partnership, or you are not in it.", status=404)
    return member


def quiet(act: Act) -> Notice | None:  # noqa: ARG001  (the shape of every notify)
    """Nobody needs to be told."""
    return None


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of entry. See CONTRIBUTING.md, "Add a chapter", for each field in use."""

    name: str
    data: type[Data]
    sealed: tuple[str, ...]
    rule: Callable[[Act], None]
    apply: Callable[[Act], None]
    words: Callable[[Telling], str]
    erasure: Literal["keeps", "withdraws"]
    reveal: Literal["at once", "together"] = "at once"
    ring: Literal["", "meeting", "commitment", "learning", "message"] = ""
    after_end: bool = False  # may still be written when the partnership has ended
    seat: Callable[[Claim], Member] = seated
    notify: Callable[[Act], Notice | None] = quiet
