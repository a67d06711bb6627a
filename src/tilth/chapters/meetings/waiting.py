"""What meetings ask of people: what waits on whom, the next small step, and the next meeting for the margin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tilth.chapters.meetings.models import Meeting, State, Turn
from tilth.chapters.meetings.occasion import time_for_other
from tilth.chapters.meetings.queries import (
    UNSAID_FOR,
    agenda_size,
    is_asked,
    open_meetings,
    rests,
    rests_now,
    with_agenda,
    with_rest,
)
from tilth.chapters.meetings.rules import ARRIVAL_OPENS, SUMMARY_OPENS
from tilth.chapters.meetings.slipping import change_the_rhythm, looked_back_to
from tilth.design.dates import by_moment, clock_time, moment, near_day, near_moment
from tilth.design.wording import begun, number
from tilth.ledger.chapter import Aside, Due, Step
from tilth.partnerships.memo import once_a_page
from tilth.partnerships.models import Member
from tilth.partnerships.putting_off import put_off_now

LOOK_BACK_FOR = timedelta(days=7)
AGENDA_BEFORE = timedelta(days=3)
BEHIND = timedelta(days=30)
MOST = 40


def due(members: Sequence[Member], at: datetime) -> list[Due]:
    """Times that wait for an answer, and meetings of which nobody has said whether they were held."""
    seats = {member.partnership_id: member for member in members if not member.partnership.ended_at}
    found = []
    for meeting in open_meetings(list(seats.values()), at):
        member = seats[meeting.partnership_id]
        if rests_now(meeting):
            continue
        if is_asked(meeting, at):
            found.append(_answer(meeting, member, at))
        elif not rests(meeting):
            found.append(_unsaid(meeting, member, at))
    return found


def _answer(meeting: Meeting, member: Member, at: datetime) -> Due:
    """Until the next of the times passes there is as much to choose from as now."""
    passes = min(time for time in meeting.times if time > at)
    mine = meeting.asked_by_id != member.id
    return Due(
        member=member,
        on="me" if mine else "other",
        text="Choose a time to meet" if mine else "A time to meet, from those you offered",
        url=meeting_url(member, meeting.id),
        when=passes,
        when_words=by_moment(passes, member.now_zone, at),
    )


def _unsaid(meeting: Meeting, member: Member, at: datetime) -> Due:
    return Due(
        member=member,
        on="me",
        text="Say whether you met",
        url=meeting_url(member, meeting.id),
        when=meeting.start_at,
        when_words=_day(meeting, member, at),
    )


def steps(member: Member, at: datetime) -> list[Step]:
    """From the agenda over arriving to looking back; a first meeting where none is planned; another rhythm."""
    if member.partnership.ended_at or member.other is None:
        return []
    found = _around(member, at)
    asked = [seen.meeting for seen in found if is_asked(seen.meeting, at) and not member.open_pause]
    who = begun(member.other.called)
    offered = [_choose(meeting, member, who, at) for meeting in asked if meeting.asked_by_id != member.id]
    offered += [step for seen in found if not seen.rests for step in _steps_of(seen, member, at)]
    over = [seen for seen in found if seen.meeting.state == State.PLANNED and not seen.is_ahead(at)]
    unsaid = [seen.meeting for seen in over if not seen.rests and not is_asked(seen.meeting, at)]
    offered += [_say(meeting, member, at) for meeting in unsaid[-1:]]  # the one that is best remembered
    if not any(seen.is_ahead(at) for seen in found):
        offered.append(_first_meeting(member))
    slips = change_the_rhythm(member, _of_late([member], at), at)
    return [*offered, slips] if slips else offered


def slips_beside(member: Member, at: datetime) -> Step | None:
    """What home offers where a rhythm keeps slipping, for the page of meetings; not for whoever has put it off."""
    step = change_the_rhythm(member, _of_late([member], at), at)
    return None if step is None or step.key in put_off_now(member, at) else step


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """A meeting, and what this member has done for it so far."""

    meeting: Meeting
    rests: bool
    is_arrived: bool
    is_looked_back: bool
    has_agenda: bool

    def is_ahead(self, at: datetime) -> bool:
        """Planned and not over, or offered."""
        state = self.meeting.state
        return state == State.PROPOSED or (state == State.PLANNED and self.meeting.end_at > at)


@once_a_page
def _of_late(members: Sequence[Member], at: datetime) -> list[Meeting]:
    """Of the one member's meetings, those that are coming and those of late, soonest first; and, of the rhythm, those
    further back that tell whether it holds."""
    (member,) = members
    since = looked_back_to(member, at) or at
    begun = Meeting.objects.filter(partnership_id=member.partnership_id, start_at__gt=min(at - BEHIND, since))
    found = begun.filter(
        Q(state=State.PLANNED, start_at__gt=at - UNSAID_FOR)
        | Q(state=State.PROPOSED, asked_until__gt=at)
        | Q(state=State.HELD, start_at__gt=at - LOOK_BACK_FOR)
        | Q(laid_by=member.partnership.terms_entry, start_at__gt=since, end_at__lte=at)
    )
    mine = with_rest(with_agenda(found)).annotate(
        arrived=_has(member, "meetings.arrived", at__gte=OuterRef("start_at") - ARRIVAL_OPENS),
        looked_back=_has(member, "meetings.looked_back"),
    )
    return list(mine.order_by("start_at", "id")[:MOST])


def _around(member: Member, at: datetime) -> list[_Seen]:
    """Of those, what is still ahead, unsaid, or to be looked back on."""
    since = {State.PLANNED: at - UNSAID_FOR, State.PROPOSED: at - BEHIND, State.HELD: at - LOOK_BACK_FOR}
    return [
        _Seen(meeting=it, rests=rests(it), has_agenda=agenda_size(it)[0] > 0,
              is_arrived=getattr(it, "arrived", False), is_looked_back=getattr(it, "looked_back", False))
        for it in _of_late([member], at)
        if State(it.state) in since and it.start_at > since[State(it.state)]
    ]  # fmt: skip


def _steps_of(seen: _Seen, member: Member, at: datetime) -> list[Step]:
    meeting = seen.meeting
    if meeting.state == State.HELD:
        return [] if seen.is_looked_back else [_look_back(meeting, member)]
    if not seen.is_ahead(at) or meeting.state == State.PROPOSED:
        return []
    if not seen.is_arrived and meeting.start_at - ARRIVAL_OPENS <= at:
        return [_arrive(meeting, member, at)]
    if meeting.start_at <= at:
        return [_meet(meeting, member)]
    if not seen.has_agenda and at < meeting.start_at <= at + AGENDA_BEFORE:
        return [_prepare(meeting, member, at)]
    return []


def _choose(meeting: Meeting, member: Member, who: str, at: datetime) -> Step:
    """In the last day before one of the times passes, little is nearer."""
    ahead = sorted(time for time in meeting.times if time > at)
    first = near_moment(ahead[0], member.now_zone, at)
    times = f"one time: {first}" if len(ahead) == 1 else f"{number(len(ahead), 'time')}; the first is {first}"
    return Step(
        key=f"choose-{meeting.id}", weight=88 if ahead[0] - at <= timedelta(days=1) else 74,
        title="Choose a time to meet.", why=f"{who} offers {times}. You can offer others back.",
        action="Look at the times", url=meeting_url(member, meeting.id),
    )  # fmt: skip


def _arrive(meeting: Meeting, member: Member, at: datetime) -> Step:
    """In its last hour, and once it has begun, nothing is nearer."""
    return Step(
        key=f"arrive-{meeting.id}", weight=95 if meeting.start_at - SUMMARY_OPENS <= at else 75,
        title="Arrive at your meeting, in one line.",
        why=f"It {_begins(meeting.start_at, member, at)}. Each sees the other’s line when both are in.",
        action="Write one line", url=meeting_url(member, meeting.id),
    )  # fmt: skip


def _begins(start: datetime, member: Member, at: datetime) -> str:
    """`is tomorrow, 16:00`; once it has begun, `began at 16:00`."""
    if at < start:
        return f"is {near_moment(start, member.now_zone, at)}"
    return f"began at {clock_time(start, member.now_zone)}"


def _meet(meeting: Meeting, member: Member) -> Step:
    return Step(
        key=f"meet-{meeting.id}", weight=95, title="Your meeting is now.",
        why="The quiet screen holds your agenda and what you take with you, and nothing else.",
        action="Open the quiet screen", url=f"{meeting_url(member, meeting.id)}/now",
    )  # fmt: skip


def _prepare(meeting: Meeting, member: Member, at: datetime) -> Step:
    return Step(
        key=f"agenda-{meeting.id}", weight=50, title="Put one thing on the agenda.",
        why=f"You meet {near_moment(meeting.start_at, member.now_zone, at)}, and the agenda is still empty.",
        action="Add a point", url=meeting_url(member, meeting.id),
    )  # fmt: skip


def _say(meeting: Meeting, member: Member, at: datetime) -> Step:
    day = _day(meeting, member, at)
    return Step(
        key=f"say-{meeting.id}", weight=68, title="Did you meet?",
        why=f"It was planned for {day}. Either answer is fine; if you met, each of you can look back on it.",
        action="Say whether you met", url=meeting_url(member, meeting.id),
    )  # fmt: skip


def _day(meeting: Meeting, member: Member, at: datetime) -> str:
    """The meeting's day where the member is now, said as near as it is."""
    zone = member.now_zone
    return near_day(meeting.start_at.astimezone(zone).date(), at.astimezone(zone).date())


def _look_back(meeting: Meeting, member: Member) -> Step:
    return Step(
        key=f"look-back-{meeting.id}", weight=60, title="Look back on your last meeting, for yourself first.",
        why="One private question, one minute. Shown to the two of you only when both have answered.",
        action="Answer it", url=f"{meeting_url(member, meeting.id)}/afterwards",
    )  # fmt: skip


def _first_meeting(member: Member) -> Step:
    return Step(
        key="propose-meeting", weight=45, title="Find a time to meet.",
        why="Nothing is planned. A short meeting that is in both calendars is worth more than a long one that isn’t.",
        action="Offer times", url=f"/p/{member.partnership_id}/meetings/propose",
    )  # fmt: skip


def margin(member: Member, at: datetime) -> Aside | None:
    """The next meeting, with the time it is for each of the two."""
    ahead = (seen for seen in _around(member, at) if seen.is_ahead(at) and not seen.rests)
    planned = (seen.meeting for seen in ahead if seen.meeting.state == State.PLANNED)
    found = next(planned, None)
    if found is None:
        return None
    return Aside(
        heading="Next meeting" if at < found.start_at else "Meeting now",
        strong=moment(found.start_at, member.now_zone, at),
        lines=((time_for_other(found.start_at, member, at), _agenda_words(*agenda_size(found))),),
        url=meeting_url(member, found.id),
        soon=True,
    )


def _agenda_words(points: int, carried: int) -> str:
    if not points:
        return "Nothing on the agenda yet."
    words = f"{number(points, 'thing')} on the agenda".capitalize()
    return f"{words}, {number(carried, 'carried over', 'carried over')}." if carried else f"{words}."


def meeting_url(member: Member, meeting_id: UUID) -> str:
    return f"/p/{member.partnership_id}/meetings/{meeting_id}"


def _has(member: Member, kind: str, **which: Any) -> Exists:
    said: QuerySet[Turn] = Turn.objects.filter(partnership=OuterRef("partnership"), meeting=OuterRef("id"), kind=kind)
    return Exists(said.filter(by=member.id, **which))
