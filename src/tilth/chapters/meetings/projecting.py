"""What each kind does to the rows. Only the act decides, so that a rebuild writes the same again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from tilth.chapters.meetings import agenda
from tilth.chapters.meetings.models import AgendaPoint, Meeting, State, Turn
from tilth.ledger.kinds import Act
from tilth.ledger.months import take_from_month


def propose(act: Act) -> None:
    first = act.data.times[0]
    meeting = Meeting(
        id=act.entry,
        partnership_id=act.partnership_id,
        state=State.PROPOSED,
        start_at=first,
        end_at=first + timedelta(minutes=act.data.minutes),
        place=act.data.place,
    )
    _ask(meeting, act, act.data.times)
    meeting.save(force_insert=True)
    _turn(act, meeting)


def note_held(act: Act) -> None:
    """A meeting that the two had without a plan."""
    meeting = Meeting.objects.create(
        id=act.entry,
        partnership_id=act.partnership_id,
        state=State.HELD,
        start_at=act.data.at,
        end_at=act.data.at + timedelta(minutes=act.data.minutes),
        place=act.data.place,
        touched=True,
    )
    _turn(act, meeting)


def propose_times(act: Act) -> None:
    meeting = _subject(act)
    _ask(meeting, act, act.data.times)
    if meeting.state == State.PROPOSED:
        _set_start(meeting, act.data.times[0])
    _save_touched(meeting)
    _turn(act, meeting)


def accept(act: Act) -> None:
    meeting = _asked(act)
    if meeting.state == State.PLANNED:
        _remember_first_time(meeting)
    meeting.state = State.PLANNED
    _set_start(meeting, act.data.time)
    _close(meeting, act, time=act.data.time)
    agenda.hand_out_waiting(act.partnership_id, act.at)


def decline(act: Act) -> None:
    _end_asking(act, State.DECLINED)


def take_back(act: Act) -> None:
    _end_asking(act, State.WITHDRAWN)


def move(act: Act) -> None:
    meeting = _subject(act)
    _remember_first_time(meeting)
    _set_start(meeting, act.data.to)
    _close(meeting, act, time=act.data.to)


def cancel(act: Act) -> None:
    _conclude(act, State.CANCELLED)


def hold(act: Act) -> None:
    _conclude(act, State.HELD)


def miss(act: Act) -> None:
    """It did not happen; where somebody had said that it did, it leaves the picture of the time together."""
    if _subject(act).state == State.HELD:
        said = Turn.objects.filter(meeting_id=act.about, kind__in=("meetings.held", "meetings.noted"))
        take_from_month(act.partnership, "meeting", said.latest("number").at)
    _conclude(act, State.MISSED)


def note(act: Act) -> None:
    """An arrival line, a summary, a look back: the turn is all there is to keep."""
    meeting = _subject(act)
    _save_touched(meeting)
    _turn(act, meeting)


def add_point(act: Act) -> None:
    meeting = _subject(act)
    _save_touched(meeting)
    AgendaPoint.objects.create(
        id=act.entry,
        partnership_id=act.partnership_id,
        meeting=meeting,
        added_to=meeting.id,
        by=act.member,
        at=act.at,
    )


def settle_point(act: Act) -> None:
    _point(act).update(settled_at=act.at if act.data.settled else None)


def withdraw_point(act: Act) -> None:
    _point(act).update(withdrawn_at=act.at)


def _point(act: Act) -> QuerySet[AgendaPoint]:
    return AgendaPoint.objects.filter(partnership_id=act.partnership_id, id=act.about)


def _subject(act: Act) -> Meeting:
    return Meeting.objects.get(partnership_id=act.partnership_id, id=act.about)


def _asked(act: Act) -> Meeting:
    return Meeting.objects.get(partnership_id=act.partnership_id, asked_entry=act.about)


def _ask(meeting: Meeting, act: Act, times: Iterable[datetime]) -> None:
    meeting.asked_entry, meeting.asked_by = act.entry, act.member
    meeting.asked_times = [time.isoformat() for time in times]
    meeting.asked_until = max(times)


def _set_start(meeting: Meeting, start: datetime) -> None:
    length = meeting.end_at - meeting.start_at
    meeting.start_at, meeting.end_at = start, start + length


def _remember_first_time(meeting: Meeting) -> None:
    meeting.moved_from = meeting.moved_from or meeting.start_at


def _end_asking(act: Act, state: State) -> None:
    """The times are off; a meeting that was only proposed goes with them, one that was planned stays as it was."""
    meeting = _asked(act)
    if meeting.state == State.PROPOSED:
        meeting.state = state
        agenda.carry_over(meeting, act.at)
    _close(meeting, act)


def _conclude(act: Act, state: State) -> None:
    meeting = _subject(act)
    meeting.state = state
    _close(meeting, act)
    agenda.carry_over(meeting, act.at)


def _close(meeting: Meeting, act: Act, *, time: datetime | None = None) -> None:
    meeting.forget_asking()
    _save_touched(meeting)
    _turn(act, meeting, time=time)


def _save_touched(meeting: Meeting) -> None:
    meeting.touched = True
    meeting.save()


def _turn(act: Act, meeting: Meeting, *, time: datetime | None = None) -> None:
    Turn.objects.create(
        entry=act.entry,
        partnership_id=act.partnership_id,
        meeting=meeting,
        kind=act.kind.name,
        subject=act.subject,
        by=act.member,
        at=act.at,
        sealed=act.sealed,
        time=time,
        number=Turn.objects.filter(meeting=meeting).count(),
    )
