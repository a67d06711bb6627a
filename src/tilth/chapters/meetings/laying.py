"""Laying the meetings of a rhythm when an agreement comes into force, and taking up those of an earlier one.

Everything follows from the ledger: the ids from the agreement and the day, the present from the act's own time. So a
rebuild lays the same rows.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from tilth.chapters.meetings import agenda
from tilth.chapters.meetings.models import Meeting, State
from tilth.ledger.kinds import Act
from tilth.partnerships.models import Partnership
from tilth.partnerships.rhythm import laid_days
from tilth.partnerships.terms import Rhythm, Terms


def meeting_id(agreement: UUID, day: date) -> UUID:
    """The same day of the same agreement is the same meeting, after every rebuild."""
    return uuid5(agreement, day.isoformat())


def terms_changed(act: Act, terms: Terms) -> None:
    """Replace the coming meetings of an earlier rhythm by those of the one now in force."""
    agreement = act.about
    days = _coming_days(terms.rhythm, act.at)
    taken = _behind(act, days) | _take_up(act, terms.rhythm, days)
    if terms.rhythm:
        fresh = {day: start for day, start in days.items() if day not in taken}
        Meeting.objects.bulk_create(
            _laid(act.partnership, terms.rhythm, agreement, day, start) for day, start in fresh.items()
        )
    agenda.hand_out_waiting(act.partnership_id, act.at)


def _coming_days(rhythm: Rhythm | None, at: datetime) -> dict[date, datetime]:
    if rhythm is None:
        return {}
    return laid_days(rhythm, at, datetime.combine(rhythm.ends + timedelta(days=2), datetime.min.time(), UTC))


def _laid(partnership: Partnership, rhythm: Rhythm, agreement: UUID, day: date, start: datetime) -> Meeting:
    return Meeting(
        id=meeting_id(agreement, day),
        partnership=partnership,
        state=State.PLANNED,
        start_at=start,
        end_at=start + timedelta(minutes=rhythm.minutes),
        place=rhythm.place,
        laid_by=agreement,
        laid_for=day,
    )


def _behind(act: Act, days: Mapping[date, datetime]) -> set[date]:
    """The coming days that a meeting stood for which was moved to an earlier one and is behind the two."""
    begun = Meeting.objects.filter(partnership_id=act.partnership_id, start_at__lte=act.at, laid_for__in=list(days))
    return {meeting.laid_for for meeting in begun if meeting.laid_for}


def _take_up(act: Act, rhythm: Rhythm | None, days: Mapping[date, datetime]) -> set[date]:
    """Remove untouched coming meetings; keep touched ones that still stand, and return the days they stand for."""
    coming = Meeting.objects.filter(
        partnership_id=act.partnership_id, laid_by__isnull=False, start_at__gt=act.at,
        state__in=(State.PLANNED, State.CANCELLED),
    )  # fmt: skip
    coming.filter(touched=False).delete()
    taken: set[date] = set()
    for meeting in coming.order_by("start_at", "id"):
        day = _day_it_stands_for(meeting, rhythm, days)
        if rhythm and day:
            taken.add(day)
            _keep(meeting, rhythm, day, days[day])
        elif meeting.state == State.PLANNED:
            _give_up(meeting)
    return taken


def _day_it_stands_for(meeting: Meeting, rhythm: Rhythm | None, days: Mapping[date, datetime]) -> date | None:
    if rhythm is None:
        return None
    now_on = meeting.start_at.astimezone(ZoneInfo(rhythm.zone)).date()
    return next((day for day in (meeting.laid_for, now_on) if day in days), None)


def _keep(meeting: Meeting, rhythm: Rhythm, day: date, start: datetime) -> None:
    """A meeting that was moved keeps the time the two moved it to; another takes the new rhythm's."""
    meeting.laid_for = day
    if meeting.moved_from is None and meeting.state == State.PLANNED:
        meeting.start_at, meeting.end_at = start, start + timedelta(minutes=rhythm.minutes)
        meeting.place = rhythm.place
    meeting.save(update_fields=["laid_for", "start_at", "end_at", "place"])


def _give_up(meeting: Meeting) -> None:
    meeting.state = State.REPLACED
    meeting.forget_asking()
    meeting.save()
    agenda.let_wait(meeting)
