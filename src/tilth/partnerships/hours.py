"""Time that is somebody's: working hours, quiet hours, pauses, and deadlines that honour them.

All of it is pure. Instants are aware; a member's limits are wall-clock times in their zone. A pause is anything with
`from_at` and `until_at` (None while it is open).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Protocol
from zoneinfo import ZoneInfo

from tilth.partnerships.rhythm import instant
from tilth.partnerships.terms import MemberTerms

RESTING = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of a pause that is still open."""


class Pause(Protocol):
    @property
    def from_at(self) -> datetime: ...
    @property
    def until_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Stretch:
    """A span of time, from its start up to but without its end."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: "Stretch") -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Stretch") -> bool:
        return self.start <= other.start and other.end <= self.end


def is_quiet(at: datetime, terms: MemberTerms) -> bool:
    """Whether this instant lies in the member's quiet hours."""
    local = at.astimezone(ZoneInfo(terms.zone))
    minutes = local.hour * 60 + local.minute
    return any(start <= minutes < end for start, end in terms.quiet_minutes())


def is_paused(at: datetime, pauses: Iterable[Pause]) -> bool:
    return any(rest.start <= at < rest.end for rest in rests(pauses))


def working_deadline(start: datetime, hours: float, terms: MemberTerms) -> datetime:
    """When so many working hours of the member have gone by since `start`, outside quiet hours, UTC."""
    left = timedelta(hours=hours)
    for stretch in working_stretches(start, terms):
        if stretch.length >= left:
            return stretch.start + left
        left -= stretch.length
    raise AssertionError("working hours never run out")


def working_hours(start: datetime, end: datetime, terms: MemberTerms) -> float:
    """How many working hours of the member lie between two moments."""
    stretches = _until(terms, Stretch(start, end))
    return sum((min(each.end, end) - each.start for each in stretches), timedelta()) / timedelta(hours=1)


def working_stretches(after: datetime, terms: MemberTerms) -> Iterator[Stretch]:
    """The member's working hours from `after` on, in order and without end."""
    zone = ZoneInfo(terms.zone)
    day = after.astimezone(zone).date() - timedelta(days=1)
    while True:
        for stretch in _working_day(day, terms, zone):
            if stretch.end > after:
                yield Stretch(max(stretch.start, after.astimezone(UTC)), stretch.end)
        day += timedelta(days=1)


def is_working_day(day: date, terms: MemberTerms) -> bool:
    return day.weekday() in terms.days


def _working_day(day: date, terms: MemberTerms, zone: ZoneInfo) -> Iterator[Stretch]:
    if not is_working_day(day, terms):
        return
    for first, last in terms.working_minutes():
        stretch = Stretch(instant(day, _clock(first), zone), instant(day, _clock(last), zone))
        if stretch.start < stretch.end:
            yield stretch


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def rests(pauses: Iterable[Pause]) -> list[Stretch]:
    """The pauses as stretches of time; one that is still open has no end in sight."""
    return [Stretch(pause.from_at, pause.until_at or RESTING) for pause in pauses]


def common_slots(
    first: MemberTerms, second: MemberTerms, window: Stretch, *, minutes: int, taken: Sequence[Stretch] = ()
) -> list[datetime]:
    """Starts of times in the window that suit both: in both one's working hours, outside quiet hours and what is taken.

    On the whole and half hours of the first one's clock; at most two on a day, well apart.
    """
    zone = ZoneInfo(first.zone)
    theirs = _until(second, window)
    by_day: dict[date, list[datetime]] = {}
    for mine in _until(first, window):
        for start in _half_hours(mine, zone):
            slot = Stretch(start, start + timedelta(minutes=minutes))
            fits = window.covers(slot) and mine.covers(slot) and any(their.covers(slot) for their in theirs)
            if fits and not any(slot.overlaps(other) for other in taken):
                by_day.setdefault(start.astimezone(zone).date(), []).append(start)
    return [start for starts in by_day.values() for start in dict.fromkeys((starts[0], starts[-1]))]


def _until(terms: MemberTerms, window: Stretch) -> list[Stretch]:
    return list(takewhile(lambda stretch: stretch.start < window.end, working_stretches(window.start, terms)))


def _half_hours(stretch: Stretch, zone: ZoneInfo) -> Iterator[datetime]:
    local = stretch.start.astimezone(zone)
    past = timedelta(minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond)
    at = stretch.start - past + (timedelta(minutes=30) if past else timedelta())
    while at < stretch.end:
        yield at
        at += timedelta(minutes=30)
