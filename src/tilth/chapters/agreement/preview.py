"""The first dates of a rhythm, as both clocks show them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tilth.partnerships.rhythm import occurrences
from tilth.partnerships.terms import Rhythm, clock

FIRST = 4
CHANGES = 2


@dataclass(frozen=True, kw_only=True)
class PreviewDate:
    """One meeting. `local` holds its wall-clock time in each zone asked for; `shifted` says that one of the clocks
    stands differently to the others than it did the time before; `later`, that others in between are left out."""

    at: datetime
    local: tuple[datetime, ...]
    shifted: bool
    later: bool = False

    @property
    def same_for_all(self) -> bool:
        return len({at.replace(tzinfo=None) for at in self.local}) == 1


def meetings_ahead(rhythm: Rhythm, after: datetime) -> list[datetime]:
    """When its meetings would be, as far as they lie ahead."""
    return occurrences(rhythm, after, datetime.combine(rhythm.ends, clock("00:00"), UTC) + timedelta(days=2))


def first_dates(starts: Sequence[datetime], zones: Sequence[str]) -> list[PreviewDate]:
    """The first few meetings, and then the first one after each change of the clocks."""
    found: list[PreviewDate] = []
    for at in starts:
        local = tuple(at.astimezone(ZoneInfo(zone)) for zone in zones)
        shifted = bool(found) and _clocks(local) != _clocks(found[-1].local)
        found.append(PreviewDate(at=at, local=local, shifted=shifted))
    shown = [(place, date) for place, date in enumerate(found) if place < FIRST or date.shifted][: FIRST + CHANGES]
    places = [place for place, _ in shown]
    return [
        replace(date, later=place - before > 1) for (place, date), before in zip(shown, [-1, *places], strict=False)
    ]


def in_words(dates: Sequence[PreviewDate]) -> list[dict[str, str | bool]]:
    """For the page: the day and time on my clock, and on the other's where that differs."""
    return [
        {
            "mine": f"{_day(date.local[0])}, {date.local[0]:%H:%M}",
            "theirs": "" if date.same_for_all else _theirs(date.local[0], date.local[-1]),
            "shifted": date.shifted,
            "later": date.later,
        }
        for date in dates
    ]


def _theirs(mine: datetime, theirs: datetime) -> str:
    return f"{theirs:%H:%M}" if mine.date() == theirs.date() else f"{theirs:%A}, {theirs:%H:%M}"


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B %Y}"


def _clocks(local: Sequence[datetime]) -> list[tuple[int, int]]:
    return [(at.hour, at.minute) for at in local]
