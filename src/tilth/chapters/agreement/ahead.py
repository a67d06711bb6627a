"""What a rhythm brings: its first dates on both clocks, and what it would run against. Pure.

As with a single meeting a caution forbids nothing: to go beyond a limit is then a choice of both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tilth.chapters.agreement.preview import first_dates, in_words, meetings_ahead
from tilth.design.dates import calendar_day
from tilth.partnerships.limits import month_cautions, within_available
from tilth.partnerships.terms import MemberTerms, Rhythm

LOOKED_AT = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two: what they are called (None: you), the clock they live by, and their limits."""

    name: str | None
    zone: str
    limits: MemberTerms


@dataclass(frozen=True, kw_only=True)
class Ahead:
    dates: list[dict[str, str | bool]]
    cautions: list[str]


def ahead(rhythm: Rhythm, sides: Sequence[Side], at: datetime) -> Ahead:
    """For the first of the sides, who looks at it `at`; of cautions the other's come first."""
    starts = meetings_ahead(rhythm, at)
    year = [start for start in starts if start < at + LOOKED_AT]
    cautions = [words for side in reversed(sides) for words in _cautions(year, rhythm, side, ZoneInfo(sides[0].zone))]
    return Ahead(dates=in_words(first_dates(starts, [side.zone for side in sides])), cautions=cautions)


def _cautions(starts: Sequence[datetime], rhythm: Rhythm, side: Side, zone: ZoneInfo) -> list[str]:
    length = timedelta(minutes=rhythm.minutes)
    found: dict[str, list[datetime]] = {}
    for start in starts:
        for caution in within_available(start, start + length, side.limits, name=side.name):
            found.setdefault(caution.sentence, []).append(start)
    return [_how_many(words, those, starts, zone) for words, those in found.items()] + _month(starts, rhythm, side)


def _how_many(words: str, those: Sequence[datetime], starts: Sequence[datetime], zone: ZoneInfo) -> str:
    """The caution alone where it holds for all of them; else for how many, and from when."""
    if len(those) == len(starts):
        return words
    first, today = (at.astimezone(zone).date() for at in (those[0], starts[0]))
    of_all = f"{len(those)} of {len(starts)} meetings"
    return f"{words} This concerns {of_all}, the first on {calendar_day(first, today)}."


def _month(starts: Sequence[datetime], rhythm: Rhythm, side: Side) -> list[str]:
    local = [start.astimezone(ZoneInfo(side.limits.zone)) for start in starts]
    most = max(Counter((at.year, at.month) for at in local).values(), default=0)
    found = month_cautions(0, most * rhythm.minutes, side.limits, name=side.name, month="the fullest month")
    return [caution.sentence for caution in found]
