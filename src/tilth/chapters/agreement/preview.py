"""The first dates of a rhythm, as both clocks show them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tilth.partnerships.rhythm import instant, occurrences
from tilth.partnerships.terms import Rhythm, clock

FIRST = 4
CHANGES = 2


@dataclass(frozen=True, kw_only=True)
class PreviewDate:
    """One meeting. `local` holds its wall-clock time in each zone asked for; `shifted` says that one of the clocks
    stands differently to the others than it did the time before."""

    at: datetime
    local: tuple[datetime, ...]
    shifted: bool

    @property
    def same_for_all(self) -> bool:
        return len({at.replace(tzinfo=None) for at in self.local}) == 1


def first_dates(rhythm: Rhythm, zones: Sequence[str]) -> list[PreviewDate]:
    """The first few meetings, and then the first one after each change of the clocks."""
    start = instant(rhythm.start, clock("00:00"), ZoneInfo(rhythm.zone)) - timedelta(days=1)
    end = datetime.combine(rhythm.ends, clock("00:00"), UTC) + timedelta(days=2)
    found: list[PreviewDate] = []
    for at in occurrences(rhythm, start, end):
        local = tuple(at.astimezone(ZoneInfo(zone)) for zone in zones)
        shifted = bool(found) and _clocks(local) != _clocks(found[-1].local)
        found.append(PreviewDate(at=at, local=local, shifted=shifted))
    return found[:FIRST] + [date for date in found[FIRST:] if date.shifted][:CHANGES]


def in_words(dates: Sequence[PreviewDate]) -> list[dict[str, str | bool]]:
    """For the page: the day and time on my clock, and on the other's where that differs."""
    return [
        {
            "mine": f"{_day(date.local[0])}, {date.local[0]:%H:%M}",
            "theirs": "" if date.same_for_all else _theirs(date.local[0], date.local[-1]),
            "shifted": date.shifted,
        }
        for date in dates
    ]


def _theirs(mine: datetime, theirs: datetime) -> str:
    return f"{theirs:%H:%M}" if mine.date() == theirs.date() else f"{theirs:%A}, {theirs:%H:%M}"


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B %Y}"


def _clocks(local: Sequence[datetime]) -> list[tuple[int, int]]:
    return [(at.hour, at.minute) for at in local]
