"""When an answer is expected: by the terms when it was written, and moved by pauses when it is read. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from tilth.partnerships.hours import RESTING, Pause, working_deadline
from tilth.partnerships.models import Partnership
from tilth.partnerships.rhythm import instant
from tilth.partnerships.terms import MemberTerms, Terms, terms_of


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a message asks for: so many working hours of the recipient since `since`, which ended at `reply_by` when it
    was reckoned; or, once they said a day, the end of that day."""

    since: datetime
    hours: int
    reply_by: datetime
    promised: bool


def agreed_hours(partnership: Partnership) -> int:
    """The working hours within which answers come, as agreed or, before that, as is usual."""
    if partnership.terms is None:
        return cast(int, Terms.model_fields["window_hours"].default)
    return terms_of(partnership).window_hours


def limits_of(partnership: Partnership, person: UUID, *, zone: str) -> MemberTerms:
    """Somebody's limits in the terms in force; the gentle ones in `zone` before there are any."""
    if partnership.terms is None:
        return MemberTerms(zone=zone)
    return terms_of(partnership).of(person, zone=zone)


def day_ends(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the day is over there, UTC."""
    return instant(day + timedelta(days=1), time(0), zone)


def standing(expected: Expected, terms: MemberTerms, pauses: Iterable[Pause], at: datetime) -> datetime | None:
    """When the answer is expected as things are `at` that moment; None while a pause lets the clock rest."""
    rests = [pause for pause in pauses if pause.from_at <= at and not _over(pause, expected.since)]
    if not any(pause.from_at < expected.reply_by for pause in rests):
        return expected.reply_by
    if expected.promised:
        return _moved(expected, rests, at)
    by = working_deadline(expected.since, expected.hours, terms, [_as_of(pause, at) for pause in rests])
    return None if by == RESTING else by


def _moved(expected: Expected, rests: Sequence[Pause], at: datetime) -> datetime | None:
    """A promised day moves by the whole time that was paused before it was over."""
    by = expected.reply_by
    for pause in sorted(rests, key=lambda pause: pause.from_at):
        if pause.from_at >= by:
            break
        if pause.until_at is None or pause.until_at > at:
            return None
        by += pause.until_at - max(pause.from_at, expected.since)
    return by


@dataclass(frozen=True)
class _Rest:
    from_at: datetime
    until_at: datetime | None


def _as_of(pause: Pause, at: datetime) -> Pause:
    """A pause that ended later was still open at that moment."""
    return _Rest(pause.from_at, pause.until_at if pause.until_at is not None and pause.until_at <= at else None)


def _over(pause: Pause, since: datetime) -> bool:
    return pause.until_at is not None and pause.until_at <= since
