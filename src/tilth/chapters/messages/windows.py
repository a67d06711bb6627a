"""When an answer is expected: by the terms when it was written, and moved by pauses when it is read. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from tilth.partnerships.hours import Pause, working_deadline, working_hours
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
    """When the answer is expected as things are `at` that moment; None while a pause lets the clock rest.

    What was left when a pause began runs after it: of a window the working hours, of a promised day the whole time.
    """
    by = expected.reply_by
    for pause in sorted(pauses, key=lambda pause: pause.from_at):
        if pause.from_at >= by or pause.from_at > at:
            break
        if pause.until_at is None or pause.until_at > at:
            return None
        begun = max(pause.from_at, expected.since)
        if begun < pause.until_at and expected.promised:
            by += pause.until_at - begun
        elif begun < pause.until_at:
            by = working_deadline(pause.until_at, working_hours(begun, by, terms), terms)
    return by
