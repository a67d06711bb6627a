"""A meeting as one member sees it: when it is for each of the two, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tilth.chapters.meetings.models import Meeting, State
from tilth.design.dates import clock_time, moment, span
from tilth.partnerships.hours import Pause, is_paused
from tilth.partnerships.models import Member
from tilth.partnerships.terms import PLACES


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """`standing` is waiting, lapsed, coming, now, resting, rested, unsaid, unspoken, ended, or the meeting's own state.

    `words` say it in a sentence, `tag` in a word or two; `off_by` called it off, where a list asked for that.
    """

    meeting: Meeting
    when: str
    for_other: str
    standing: str
    words: str
    tag: str
    where: str
    open_points: int = 0
    carried_points: int = 0
    off_by: Member | None = None


def standing(meeting: Meeting, at: datetime, pauses: Sequence[Pause]) -> str:
    """Where it stands now. What begins inside a pause rests: nobody is expected, and nothing was missed."""
    if meeting.state == State.PROPOSED:
        return "waiting" if meeting.asked_until and at < meeting.asked_until else "lapsed"
    if meeting.state != State.PLANNED:
        return meeting.state
    if is_paused(meeting.start_at, pauses):
        return "resting" if at < meeting.end_at else "rested"
    if at < meeting.start_at:
        return "coming"
    return "now" if at < meeting.end_at else "unsaid"


STANDINGS = {
    "waiting": "waiting for an answer",
    "lapsed": "the times passed without an answer",
    "coming": "planned",
    "now": "it has begun",
    "resting": "resting, because of your pause",
    "rested": "it rested, because of your pause",
    "unsaid": "nobody has said yet whether it was held",
    "unspoken": "nobody said whether it was held",
    "ended": "the partnership has ended",
    **{state.value: state.label for state in State if state not in (State.PROPOSED, State.PLANNED)},
}

OPEN = ("waiting", "lapsed", "coming", "now", "resting", "unsaid")
TAGS = {
    "waiting": "to be answered",
    "now": "now",
    "resting": "resting",
    "rested": "rested",
    "unsaid": "did you meet?",
    "unspoken": "nobody said",
    "lapsed": "no answer",
    "ended": "ended",
}


def occasion(
    meeting: Meeting, member: Member, at: datetime, pauses: Sequence[Pause], points: tuple[int, int] = (0, 0)
) -> Occasion:
    """`points` are how many on its agenda are open, and how many of these were carried over."""
    stands, ended = standing(meeting, at, pauses), member.partnership.ended_at
    if ended and stands in OPEN:
        stands = "unspoken" if stands == "unsaid" and meeting.end_at <= ended else "ended"
    return Occasion(
        meeting=meeting,
        when=_when(meeting, member, at),
        for_other=time_for_other(_times_left(meeting, at)[0], member, at),
        standing=stands,
        words=STANDINGS[stands],
        tag=TAGS.get(stands, STANDINGS[stands]),
        where=PLACES[meeting.place],
        open_points=points[0],
        carried_points=points[1],
        off_by=next((seat for seat in member.everyone if seat.id == getattr(meeting, "off_by", None)), None),
    )


def _when(meeting: Meeting, member: Member, at: datetime) -> str:
    first, *others = _times_left(meeting, at)
    if others:
        return f"{moment(first, member.now_zone, at)}, or another time"
    return span(first, first + timedelta(minutes=meeting.minutes), member.now_zone, at)


def _times_left(meeting: Meeting, at: datetime) -> list[datetime]:
    """When it may be: its own time; before one is agreed the times on offer that have not passed, soonest first."""
    if meeting.state != State.PROPOSED:
        return [meeting.start_at]
    times = sorted(meeting.times) or [meeting.start_at]
    return [time for time in times if time > at] or times


def time_for_other(start: datetime, member: Member, at: datetime) -> str:
    """`15:00 for Amara`; with the day where it is another one there; empty where both clocks agree."""
    other = member.other
    if other is None:
        return ""
    mine, theirs = start.astimezone(member.now_zone), start.astimezone(other.now_zone)
    if mine.replace(tzinfo=None) == theirs.replace(tzinfo=None):
        return ""
    same_day = mine.date() == theirs.date()
    words = clock_time(start, other.now_zone) if same_day else moment(start, other.now_zone, at)
    return f"{words} for {other.called}"
