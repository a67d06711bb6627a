"""When the meetings of a rhythm are, and how to say it in words.

A rhythm keeps its wall-clock time in its own zone: five in the afternoon in Berlin stays five in the afternoon
there, whatever daylight saving does on either side.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tilth.design.dates import WEEKDAYS
from tilth.design.wording import NUMBERS
from tilth.partnerships.rule import Rule, days, parse_rule
from tilth.partnerships.terms import Rhythm, clock

_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """This wall-clock time as a UTC instant.

    A time that the clocks skip moves forward by the gap; of one that comes twice, the first counts (RFC 5545, 3.3.5).
    """
    return datetime.combine(day, at.replace(fold=0), zone).astimezone(UTC)


def day_ends(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the day is over there, UTC."""
    return instant(day + timedelta(days=1), time(0), zone)


def laid_days(rhythm: Rhythm, after: datetime, before: datetime) -> dict[date, datetime]:
    """The rhythm's days in its own zone, with the instant of each that falls in [after, before)."""
    zone, at = ZoneInfo(rhythm.zone), clock(rhythm.time)
    first = after.astimezone(zone).date() - timedelta(days=2)
    last = min(before.astimezone(zone).date() + timedelta(days=1), rhythm.ends)
    instants = {day: instant(day, at, zone) for day in days(parse_rule(rhythm.rrule), rhythm.start, first, last)}
    return {day: when for day, when in instants.items() if after <= when < before}


def occurrences(rhythm: Rhythm, after: datetime, before: datetime) -> list[datetime]:
    """The rhythm's instants in [after, before), UTC and in order."""
    return sorted(set(laid_days(rhythm, after, before).values()))


def days_between(rhythm: Rhythm) -> float:
    """How many days lie between two of its meetings, where it leaves none out: the most of them, of months."""
    rule = parse_rule(rhythm.rrule)
    days_of_a_turn = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31}[rule.frequency] * rule.interval
    return days_of_a_turn / (len(rule.weekdays) or 1 if rule.frequency == "WEEKLY" else 1)


def describe(rhythm: Rhythm, *, shift: int = 0) -> str:
    """The recurrence in words: "every second Tuesday"; of a weekly one also so many days later."""
    rule = parse_rule(rhythm.rrule)
    if rule.frequency == "DAILY":
        return _every("day", rule.interval)
    if rule.frequency == "WEEKLY":
        return _weekly_words(rule, rhythm.start, shift)
    return f"{_monthly_day_words(rule)} of {_every('month', rule.interval)}"


def _every(unit: str, interval: int) -> str:
    if interval == 1:
        return f"every {unit}"
    return f"every second {unit}" if interval == 2 else f"every {_number(interval)} {unit}s"


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def weekdays_of(rule: Rule, start: date) -> tuple[int, ...]:
    """The days of the week on which all of it falls; none where that is not how it recurs."""
    return rule.weekdays or ((start.weekday(),) if rule.frequency == "WEEKLY" else ())


def _weekly_words(rule: Rule, start: date, shift: int) -> str:
    chosen = tuple(sorted((day + shift) % 7 for day in weekdays_of(rule, start)))
    names = "weekday" if chosen == (0, 1, 2, 3, 4) else _joined([WEEKDAYS[day] for day in chosen])
    if rule.interval == 1:
        return "every day" if len(chosen) == 7 else f"every {names}"
    if rule.interval == 2 and len(chosen) == 1:
        return f"every second {names}"
    return f"{_every('week', rule.interval)} on {names}"


def _monthly_day_words(rule: Rule) -> str:
    if rule.monthday == -1:
        return "the last day"
    if rule.monthday is not None:
        return f"the {_ordinal(rule.monthday)}"
    return f"the {_ORDINALS[rule.nth or 1]} {WEEKDAYS[rule.weekdays[0]]}"


def _ordinal(number: int) -> str:
    ending = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
