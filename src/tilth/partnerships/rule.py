"""Recurrence rules: the part of RFC 5545 that a rhythm may use, in closed form.

Days only; `rhythm` adds the clock and the zone. Every function jumps straight to the days asked for, so its cost
follows the answer and not the age of the rule.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY"]

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST: dict[Frequency, int] = {"DAILY": 366, "WEEKLY": 52, "MONTHLY": 24}
_ORDINAL_DAY = re.compile(r"(-1|[1-5])(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"-?[0-9]{1,3}")


class UnknownRule(ValueError):
    """The text is not a rule that a rhythm may use; the message is a sentence for people."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How days recur: `weekdays` for weeks (0 = Monday), and for months either `nth` of `weekday` or `monthday`.

    -1 means the last one.
    """

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    monthday: int | None = None


def parse_rule(text: str) -> Rule:
    """Read `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU` and its like; raises UnknownRule."""
    parts = _parts(text)
    frequency = _frequency(parts.pop("FREQ", ""))
    interval = _interval(parts.pop("INTERVAL", "1"), frequency)
    by_day = parts.pop("BYDAY", None)
    by_monthday = parts.pop("BYMONTHDAY", None)
    if parts:
        raise UnknownRule(f"A rhythm can’t use {sorted(parts)[0]}.")
    if frequency == "MONTHLY":
        return _monthly(interval, by_day, by_monthday)
    if by_monthday is not None or (frequency == "DAILY" and by_day is not None):
        raise UnknownRule("This rhythm mixes days of the week or month with something they don’t go with.")
    return Rule(frequency=frequency, interval=interval, weekdays=_weekdays(by_day) if by_day is not None else ())


def days(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """The rule's days from `first` to `last`, both included and in order; none lies before `start`."""
    first = max(first, start)
    if last < first:
        return iter(())
    every = {"DAILY": _daily_days, "WEEKLY": _weekly_days, "MONTHLY": _monthly_days}[rule.frequency]
    return (day for day in every(rule, start, first, last) if first <= day <= last)


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in text.split(";"):
        key, equals, value = piece.partition("=")
        if not equals or not value or key in parts:
            raise UnknownRule("We can’t read this rhythm.")
        parts[key] = value
    return parts


def _frequency(text: str) -> Frequency:
    for known in LONGEST:
        if text == known:
            return known
    raise UnknownRule("A rhythm recurs by days, weeks or months.")


def _interval(text: str, frequency: Frequency) -> int:
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= LONGEST[frequency]:
        raise UnknownRule(f"A rhythm recurs every 1 to {LONGEST[frequency]} {_UNITS[frequency]}.")
    return int(text)


_UNITS: dict[Frequency, str] = {"DAILY": "days", "WEEKLY": "weeks", "MONTHLY": "months"}


def _weekdays(text: str) -> tuple[int, ...]:
    names = text.split(",")
    if len(set(names)) != len(names) or not set(names) <= set(WEEKDAYS):
        raise UnknownRule("We can’t read the days of the week in this rhythm.")
    return tuple(sorted(WEEKDAYS.index(name) for name in names))


def _monthly(interval: int, by_day: str | None, by_monthday: str | None) -> Rule:
    if (by_day is None) == (by_monthday is None):
        raise UnknownRule("A monthly rhythm needs either a day of the week or a day of the month.")
    if by_day is not None:
        found = _ORDINAL_DAY.fullmatch(by_day)
        if found is None:
            raise UnknownRule("A monthly rhythm takes one day, such as the second Tuesday or the last Friday.")
        weekday = WEEKDAYS.index(found[2])
        return Rule(frequency="MONTHLY", interval=interval, nth=int(found[1]), weekdays=(weekday,))
    day = int(by_monthday) if by_monthday is not None and _NUMBER.fullmatch(by_monthday) else 0
    if day != -1 and not 1 <= day <= 31:
        raise UnknownRule("A monthly rhythm takes a day from 1 to 31, or the last.")
    return Rule(frequency="MONTHLY", interval=interval, monthday=day)


def _daily_days(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    skipped = -(-(first - start).days // rule.interval)
    for offset in range(skipped * rule.interval, (last - start).days + 1, rule.interval):
        yield start + timedelta(days=offset)


def _weekly_days(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    monday = start - timedelta(days=start.weekday())
    skipped = (first - monday).days // 7 // rule.interval
    step = 7 * rule.interval
    for offset in range(skipped * step, (last - monday).days + 1, step):
        for weekday in rule.weekdays or (start.weekday(),):
            yield monday + timedelta(days=offset + weekday)


def _monthly_days(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    begin = start.year * 12 + start.month - 1
    skipped = (first.year * 12 + first.month - 1 - begin) // rule.interval
    for month in range(begin + skipped * rule.interval, last.year * 12 + last.month, rule.interval):
        day = _day_of_month(rule, month // 12, month % 12 + 1)
        if day is not None:
            yield day


def _day_of_month(rule: Rule, year: int, month: int) -> date | None:
    """The rule's day in this month, or None where the month has no such day and is skipped (RFC 5545, 3.3.10)."""
    first_weekday, length = monthrange(year, month)
    if rule.monthday is not None:
        number = length if rule.monthday == -1 else rule.monthday
    elif rule.nth == -1:
        number = length - (first_weekday + length - 1 - rule.weekdays[0]) % 7
    else:
        number = 1 + (rule.weekdays[0] - first_weekday) % 7 + 7 * ((rule.nth or 1) - 1)
    return date(year, month, number) if number <= length else None
