"""When a letter may reach somebody: outside their quiet hours, and outside pauses. All of it is pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tilth.partnerships.hours import Pause, is_paused, is_quiet, rests
from tilth.partnerships.rhythm import instant
from tilth.partnerships.terms import MemberTerms, clock

LOOK_AGAIN = timedelta(days=1)


def may_come_at(at: datetime, terms: MemberTerms, pauses: Iterable[Pause]) -> datetime:
    """`at` itself when nothing stands against it; otherwise the moment to look again.

    That is the end of the quiet hours, or of the pause; an open pause has no end yet, so we look again each day.
    """
    pauses = list(pauses)
    if is_paused(at, pauses):
        ends = min(rest.end for rest in rests(pauses) if rest.start <= at < rest.end)
        return min(ends, at + LOOK_AGAIN)
    return _end_of_quiet(at, terms) if is_quiet(at, terms) else at


def _end_of_quiet(at: datetime, terms: MemberTerms) -> datetime:
    zone = ZoneInfo(terms.zone)
    today = at.astimezone(zone).date()
    ends = [instant(today + timedelta(days=days), clock(terms.quiet_to), zone) for days in (0, 1)]
    later = [end.astimezone(UTC) for end in ends if end > at]
    return min(later)
