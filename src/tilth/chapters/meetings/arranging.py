"""Arranging one meeting for its pages: the agenda, who arrived, the summary, what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tilth.accounts.refused import Refused
from tilth.chapters.meetings import rules
from tilth.chapters.meetings.models import AgendaPoint, Meeting, State, Turn
from tilth.chapters.meetings.occasion import Occasion, time_for_other
from tilth.design.dates import moment
from tilth.partnerships.limits import Caution
from tilth.partnerships.models import Member

SAID = {
    "meetings.proposed": "proposed this meeting",
    "meetings.noted": "noted that you met",
    "meetings.times_offered": "asked for another time",
    "meetings.accepted": "agreed to meet",
    "meetings.declined": "declined",
    "meetings.taken_back": "took the times back",
    "meetings.moved": "moved it",
    "meetings.cancelled": "said it won’t happen",
    "meetings.held": "said you met",
    "meetings.missed": "said it did not happen",
}


@dataclass(frozen=True, kw_only=True)
class Point:
    """One point of the agenda. `went_on` where it was carried over from here, `waits` where no meeting has it yet."""

    id: UUID
    by: Member
    added_to: UUID
    settled: bool
    carried: bool
    went_on: bool
    waits: bool


@dataclass(frozen=True, kw_only=True)
class Saying:
    """One line of what happened to this meeting, with the words that came with it, if any."""

    turn: Turn
    by: Member
    words: str
    time: str


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Something that each of the two writes once and that is revealed together."""

    mine: Turn | None
    theirs: Turn | None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A time, as it is for each of the two, and what it runs against where somebody is to answer.

    `value` is exact; `local` is what a member's own clock field would hold.
    """

    value: str
    local: str
    words: str
    for_other: str
    passed: bool
    cautions: Sequence[Caution] = ()


@dataclass(frozen=True, kw_only=True)
class Acts:
    """What this member may do with the meeting now."""

    can_move: bool
    can_offer: bool
    can_cancel: bool
    can_arrive: bool
    can_say: bool
    can_sum_up: bool
    can_add: bool
    can_settle: bool
    can_look_back: bool
    why_offer: str


NOTHING = Acts(
    can_move=False, can_offer=False, can_cancel=False, can_arrive=False, can_say=False, can_sum_up=False,
    can_add=False, can_settle=False, can_look_back=False, why_offer="",
)  # fmt: skip


def points(meeting: Meeting, agenda: Sequence[AgendaPoint], seats: Mapping[UUID, Member]) -> list[Point]:
    return [
        Point(
            id=point.id,
            by=seats[point.by_id],
            added_to=point.added_to,
            settled=point.settled_at is not None and point.meeting_id == meeting.id,
            carried=point.carried > 0 and point.meeting_id == meeting.id,
            went_on=point.meeting_id != meeting.id,
            waits=point.meeting_id is None,
        )
        for point in agenda
    ]


def sayings(turns: Sequence[Turn], member: Member, at: datetime) -> list[Saying]:
    seats = {seat.id: seat for seat in member.everyone}
    return [
        Saying(
            turn=turn,
            by=seats[turn.by_id],
            words=SAID[turn.kind],
            time=moment(turn.time, member.now_zone, at) if turn.time else "",
        )
        for turn in turns
        if turn.kind in SAID
    ]


def pair(turns: Sequence[Turn], kind: str, member: Member) -> Pair:
    found = {turn.by_id == member.id: turn for turn in turns if turn.kind == kind}
    return Pair(mine=found.get(True), theirs=found.get(False))


def arrived(turns: Sequence[Turn], meeting: Meeting) -> set[UUID]:
    """The members who wrote a line of arrival for the time that the meeting has now."""
    opens = rules.arrival_opens(meeting)
    return {turn.by_id for turn in turns if turn.kind == "meetings.arrived" and turn.at >= opens}


def summaries(turns: Sequence[Turn]) -> list[Turn]:
    """All versions, the one that stands first."""
    return [turn for turn in turns if turn.kind == "meetings.summed_up"][::-1]


def choices(times: Sequence[datetime], member: Member, at: datetime) -> list[Choice]:
    return [
        Choice(
            value=time.isoformat(),
            local=f"{time.astimezone(member.now_zone):%Y-%m-%dT%H:%M}",
            words=moment(time, member.now_zone, at),
            for_other=time_for_other(time, member, at),
            passed=time <= at,
        )
        for time in times
    ]


def acts(shown: Occasion, member: Member, at: datetime) -> Acts:
    if member.partnership.ended_at:
        return NOTHING
    meeting = shown.meeting
    planned = meeting.state == State.PLANNED
    ahead = planned and at < meeting.start_at
    why = _why_offer(meeting, member, at) if ahead else ""
    begun = meeting.state in (State.PLANNED, State.HELD, State.MISSED) and at >= meeting.start_at
    return Acts(
        can_move=ahead and not why,
        can_offer=ahead or meeting.state == State.PROPOSED,
        can_cancel=ahead,
        can_arrive=planned and rules.arrival_opens(meeting) <= at < meeting.end_at,
        can_say=begun,
        can_sum_up=meeting.state in (State.PLANNED, State.HELD) and at >= meeting.start_at - rules.SUMMARY_OPENS,
        can_add=meeting.state == State.PROPOSED or (planned and at < meeting.end_at),
        can_settle=meeting.state in (State.PLANNED, State.PROPOSED),
        can_look_back=meeting.state == State.HELD,
        why_offer=why,
    )


def _why_offer(meeting: Meeting, member: Member, at: datetime) -> str:
    """Why the meeting can't be moved at once, in the rule's own sentence; empty where it can."""
    try:
        rules.refuse_late_move(meeting, at, member=member)
    except Refused as refused:
        return refused.sentence
    return ""
