"""When an answer is expected: by the terms when it was written, and moved by pauses when it is read. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from tilth.partnerships.hours import Pause, rests, working_deadline, working_hours
from tilth.partnerships.models import Partnership
from tilth.partnerships.terms import MemberTerms, Terms, terms_of


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a message asks for: an answer within so many working hours of the recipient since `since`, which ended at
    `reply_by` when it was reckoned; or, once they said a day, until the end of that day."""

    since: datetime
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


def standing(expected: Expected, terms: MemberTerms, pauses: Iterable[Pause], at: datetime) -> datetime | None:
    """When the answer is expected as things are `at` that moment; None while there is a pause, late or not.

    What was left when a pause began runs after it: of a window the working hours, of a promised day the whole days.
    """
    paused = sorted(rests(pauses), key=lambda rest: rest.start)
    if any(rest.start <= at < rest.end for rest in paused):
        return None
    by = expected.reply_by
    for rest in paused:
        if rest.start >= by or rest.start > at:
            break
        begun = max(rest.start, expected.since)
        if begun < rest.end and expected.promised:
            by = _days_later(by, begun, rest.end, ZoneInfo(terms.zone))
        elif begun < rest.end:
            by = working_deadline(rest.end, working_hours(begun, by, terms), terms)
    return by


def _days_later(by: datetime, start: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """So many days later as lie between a start and an end there; the same time of day."""
    days = end.astimezone(zone).date() - start.astimezone(zone).date()
    return (by.astimezone(zone) + days).astimezone(UTC)
