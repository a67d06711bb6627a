"""What pages and the floors above ask about commitments. The number of queries never grows with the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When, prefetch_related_objects

from tilth.chapters.commitments.days import Deadline, deadline
from tilth.chapters.commitments.lifecycle import Awaits, State
from tilth.chapters.commitments.models import Commitment, Deed
from tilth.design.dates import calendar_day, due_day, near_day
from tilth.design.wording import RESTS, place_of_zone
from tilth.partnerships.hours import is_paused
from tilth.partnerships.memo import once_a_page
from tilth.partnerships.models import Member
from tilth.partnerships.rhythm import day_ends

MOST_OPEN = 200
MOST_DEEDS = 200
A_PAGE = 30
WISHES = ("renegotiated", "release_asked")
"""The deeds of an owner that the other may answer."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A commitment as one member sees it at a moment."""

    row: Commitment
    member: Member
    mine: bool
    deadline: Deadline
    here: date  # the viewer's own today
    rests: bool  # in a pause, whether its day had passed before or not
    refused: str  # the owner's wish that the other answered with no, while nothing was done since

    @property
    def is_ask(self) -> bool:
        return self.row.state == State.ASKED

    @property
    def left_open(self) -> bool:
        """The partnership ended before it was resolved: nothing is due any more."""
        return self.row.resolved_at is None and self.member.partnership.ended_at is not None

    @property
    def slipped(self) -> bool:
        """The day went by, and nothing was said of it yet."""
        if self.left_open or self.rests:
            return False
        return self.row.state == State.OPEN and self.deadline.passed and self.row.named_at is None

    @property
    def moved_by_pause(self) -> bool:
        return self.deadline.day != self.row.due

    @property
    def wants_my_answer(self) -> bool:
        """Their wish to be released should be answered; an ask of me wants my yes or no."""
        if self.left_open or self.rests:
            return False
        return self.is_ask if self.mine else self.row.awaits == Awaits.RELEASE

    @property
    def new_day(self) -> bool:
        """They moved it, and I may say what I think of that until the day has passed."""
        if self.left_open or self.deadline.passed:
            return False
        return not self.mine and self.row.awaits == Awaits.MOVE

    @property
    def hard_for_other(self) -> bool:
        """The other said that the day it was moved to makes it hard for them."""
        return self.refused == "renegotiated" and not (self.deadline.passed or self.left_open)

    @property
    def not_released(self) -> bool:
        """The other answered the wish to be released with something else."""
        return self.refused == "release_asked"

    @property
    def due_words(self) -> str:
        """The day, in few words; with its place while they would be others by the viewer's calendar."""
        words = self._due_words(self.deadline.today)
        return words if words == self._due_words(self.here) else in_place(words, self.row.owner)

    def _due_words(self, today: date) -> str:
        day = self.deadline.day
        return f"was for {near_day(day, today)}" if self.is_ask and day < today else due_day(day, today)

    @property
    def when_words(self) -> str:
        """What a list says beside it: its day, or why there is none."""
        if self.left_open:
            return f"for {calendar_day(self.deadline.day, self.deadline.today)}"
        if self.rests:
            return RESTS
        return "still open" if self.row.state == State.OPEN and self.row.named_at else self.due_words

    @property
    def ends_at(self) -> datetime | None:
        """When the day is over for its owner; None while a pause lets it rest."""
        return None if self.rests else day_ends(self.deadline.day, self.row.owner.now_zone)


@once_a_page
def open_commitments(members: Sequence[Member], at: datetime) -> list[Shown]:
    """All that is asked or open in these members' partnerships, the earliest day first.

    One query for all of them, and one for their pauses where they are not loaded yet.
    """
    places = {member.partnership_id: member for member in members}
    rows = _with_answers().filter(partnership_id__in=places, resolved_at=None).order_by("due", "id")
    limit = MOST_OPEN * max(len(places), 1)
    return shown(list(rows[:limit]), places, at)


def resolved_commitments(member: Member, at: datetime, *, before: tuple[datetime, UUID] | None) -> list[Shown]:
    """A page of what was kept, released, let go or declined, newest first; one more than a page where there is more."""
    rows = _with_owners().filter(partnership_id=member.partnership_id, resolved_at__isnull=False)
    if before:
        when, last = before
        rows = rows.filter(Q(resolved_at__lt=when) | Q(resolved_at=when, id__lt=last))
    newest = rows.order_by("-resolved_at", "-id")[: A_PAGE + 1]
    return shown(list(newest), {member.partnership_id: member}, at)


def commitment(member: Member, commitment_id: UUID, at: datetime) -> Shown | None:
    rows = _with_answers().filter(partnership_id=member.partnership_id, id=commitment_id)
    return next(iter(shown(list(rows), {member.partnership_id: member}, at)), None)


def story_of(row: Commitment) -> list[Deed]:
    """What was done about it, in order; the newest, should there be very many."""
    newest = row.deeds.filter(partnership_id=row.partnership_id).order_by("-at", "-id")[:MOST_DEEDS]
    return list(reversed(newest))


def shown(rows: Sequence[Commitment], places: dict[UUID, Member], at: datetime) -> list[Shown]:
    prefetch_related_objects([member.partnership for member in places.values()], "pauses")
    return [_shown(row, places[row.partnership_id], at) for row in rows]


def _shown(row: Commitment, member: Member, at: datetime) -> Shown:
    pauses = member.partnership.pauses.all()
    now = row.resolved_at or member.partnership.ended_at or at
    stands = deadline(row.due, since=row.due_since, zone=row.owner.now_zone, pauses=pauses, at=now)
    refused = getattr(row, "refused", "")
    here = now.astimezone(member.now_zone).date()
    mine, rests = row.owner_id == member.id, row.resolved_at is None and is_paused(now, pauses)
    return Shown(row=row, member=member, mine=mine, deadline=stands, here=here, rests=rests, refused=refused)


def in_place(words: str, owner: Member) -> str:
    """`today in New York`: the words for a day of the owner's, for somebody elsewhere."""
    return f"{words} in {place_of_zone(owner.person.zone)}"


def _with_answers() -> QuerySet[Commitment]:
    """With `refused`: which wish of the owner's was answered with no, where that answer is the newest deed."""
    deeds = Deed.objects.filter(partnership=OuterRef("partnership"), commitment=OuterRef("id")).order_by("-at", "-id")
    newest = Subquery(deeds.values("agrees")[:1])
    wish = Subquery(deeds.filter(name__in=WISHES).values("name")[:1])
    return _with_owners().annotate(
        newest_agrees=newest, refused=Case(When(newest_agrees=False, then=wish), default=Value(""))
    )


def _with_owners() -> QuerySet[Commitment]:
    return Commitment.objects.select_related("owner__person")
