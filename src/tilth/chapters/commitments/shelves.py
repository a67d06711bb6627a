"""How commitments are laid out on a page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tilth.chapters.commitments.queries import Shown
from tilth.design.dates import MONTHS
from tilth.partnerships.models import Member


@dataclass(frozen=True, kw_only=True)
class Shelves:
    """The open ones: what wants an answer of mine, what slipped, what is mine, what is theirs."""

    to_answer: list[Shown]
    slipped: list[Shown]
    mine: list[Shown]
    theirs: list[Shown]

    @property
    def waiting(self) -> list[Shown]:
        return [*self.to_answer, *self.slipped]

    @property
    def empty(self) -> bool:
        return not (self.to_answer or self.slipped or self.mine or self.theirs)


def open_shelves(rows: Sequence[Shown]) -> Shelves:
    """Each on one shelf, in the order they came."""
    to_answer = [row for row in rows if row.wants_my_answer]
    rest = [row for row in rows if not row.wants_my_answer]
    mine = [row for row in rest if row.mine]
    return Shelves(
        to_answer=to_answer,
        slipped=[row for row in mine if row.slipped],
        mine=[row for row in mine if not row.slipped],
        theirs=[row for row in rest if not row.mine],
    )


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What was resolved in one month."""

    title: str
    rows: list[Shown]


def by_month(rows: Sequence[Shown], member: Member) -> list[Shelf]:
    """Resolved ones under their month, as the viewer's calendar has it."""

    def month(shown: Shown) -> str:
        assert shown.row.resolved_at
        here = shown.row.resolved_at.astimezone(member.now_zone)
        return f"{MONTHS[here.month - 1]} {here.year}"

    return [Shelf(title=title, rows=list(group)) for title, group in groupby(rows, key=month)]
