"""Respect for each other's time: what a proposed meeting or day would ask of somebody, in plain sentences.

A caution never forbids; it is shown before proposing, so that going outside the other's limits is a choice.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tilth.design.dates import WEEKDAYS
from tilth.design.wording import begun, number
from tilth.partnerships.hours import Stretch, is_working_day
from tilth.partnerships.rhythm import instant
from tilth.partnerships.terms import MemberTerms, minute_of_day


@dataclass(frozen=True)
class Caution:
    """Something to know before proposing: a stable key and a sentence."""

    key: str
    sentence: str


PAUSED = Caution("paused", "This falls into a pause.")


def within_available(start: datetime, end: datetime, terms: MemberTerms, *, name: str | None) -> list[Caution]:
    """What a meeting from `start` to `end` would run against for the member called `name` (None: for you)."""
    zone = ZoneInfo(terms.zone)
    first, last = start.astimezone(zone), (end - timedelta(microseconds=1)).astimezone(zone)
    found: list[Caution] = []
    if not is_working_day(first.date(), terms):
        found.append(_no_working_day(first.date(), name))
    elif not _inside_hours(first, last, terms):
        free = f"{begun(_is(name))} free from {terms.available_from} to {terms.available_to}, {zone_words(terms.zone)}."
        found.append(Caution("outside_hours", free))
    if _touches_quiet(Stretch(start, end), terms):
        hours = f"from {terms.quiet_from} to {terms.quiet_to}, {zone_words(terms.zone)}"
        found.append(Caution("quiet_hours", f"{begun(_whose(name))} quiet hours are {hours}."))
    return found


def due_day_cautions(
    day: date, terms: MemberTerms | None, *, name: str | None, today: date, paused: bool = False
) -> list[Caution]:
    """What a due day would run against for the member who is to do it: their terms, where any are agreed, and a pause,
    while one is open."""
    if day < today:
        return [Caution("past", "This day has passed. Choose today or a later one.")]
    found: list[Caution] = []
    if terms and not is_working_day(day, terms):
        found.append(_no_working_day(day, name))
    if paused:
        found.append(PAUSED)
    return found


def month_cautions(
    spent_minutes: int, adding_minutes: int, terms: MemberTerms, *, name: str | None, month: str = "the month"
) -> list[Caution]:
    """Whether a meeting would take a month beyond the time the member has for it."""
    if terms.monthly_hours is None or spent_minutes + adding_minutes <= terms.monthly_hours * 60:
        return []
    total = hours_words((spent_minutes + adding_minutes) / 60)
    sentence = f"With this, {month} comes to {total}; {_has(name)} {hours_words(terms.monthly_hours)} for it."
    return [Caution("over_budget", sentence)]


def hours_words(hours: float) -> str:
    """1 → "1 hour", 2.5 → "2.5 hours"."""
    return "1 hour" if hours == 1 else f"{round(hours, 1):g} hours"


def capacity_words(partnerships: int) -> str:
    """How many partnerships somebody can carry: 2 → "two partnerships at once, with this one"."""
    if partnerships == 1:
        return "this partnership and no other"
    return f"{number(partnerships, 'partnership')} at once, with this one"


def zone_words(zone: str) -> str:
    """Europe/Lisbon → "Lisbon time"."""
    return "UTC" if zone in ("UTC", "Etc/UTC") else f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def _is(name: str | None) -> str:
    return f"{name} is" if name else "you are"


def _has(name: str | None) -> str:
    return f"{name} has" if name else "you have"


def _whose(name: str | None) -> str:
    return f"{name}’s" if name else "your"


def _no_working_day(day: date, name: str | None) -> Caution:
    return Caution("not_a_working_day", f"{WEEKDAYS[day.weekday()]} isn’t one of {_whose(name)} working days.")


def _inside_hours(first: datetime, last: datetime, terms: MemberTerms) -> bool:
    opens, closes = minute_of_day(terms.available_from), minute_of_day(terms.available_to)
    same_day = first.date() == last.date()
    return same_day and opens <= first.hour * 60 + first.minute and last.hour * 60 + last.minute < closes


def _touches_quiet(meeting: Stretch, terms: MemberTerms) -> bool:
    zone = ZoneInfo(terms.zone)
    day = meeting.start.astimezone(zone).date() - timedelta(days=1)
    while instant(day, time(0), zone) < meeting.end:
        for first, last in terms.quiet_minutes():
            if meeting.overlaps(Stretch(_at(day, first, zone), _at(day, last, zone))):
                return True
        day += timedelta(days=1)
    return False


def _at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    if minutes == 1440:
        return instant(day + timedelta(days=1), time(0), zone)
    return instant(day, time(minutes // 60, minutes % 60), zone)
