"""Dates as a person says them, in a member's own zone. Pure: the present is always an argument."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # fmt: skip
NOON: Final = 12


def clock_time(at: datetime, zone: tzinfo) -> str:
    """`16:00`, as the clock on the wall of that zone shows it."""
    return at.astimezone(zone).strftime("%H:%M")


def calendar_day(day: date, today: date) -> str:
    """`4 December`, with the year where it is not this one."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def full_day(day: date, today: date) -> str:
    """`Tuesday 24 November`."""
    return f"{WEEKDAYS[day.weekday()]} {calendar_day(day, today)}"


def moment(at: datetime, zone: tzinfo, now: datetime) -> str:
    """`Tuesday 24 November, 16:00`."""
    here = at.astimezone(zone)
    return f"{full_day(here.date(), now.astimezone(zone).date())}, {here:%H:%M}"


def span(start: datetime, end: datetime, zone: tzinfo, now: datetime) -> str:
    """`Tuesday 24 November, 16:00 to 17:00`."""
    last = clock_time(end, zone) if _same_day(start, end, zone) else moment(end, zone, now)
    return f"{moment(start, zone, now)} to {last}"


def near_day(day: date, today: date) -> str:
    """`today`, `tomorrow`, `Thursday` within the coming six days, `last Tuesday` within the past six, else the date."""
    away = (day - today).days
    if away in NEIGHBOURS:
        return NEIGHBOURS[away]
    if 0 < away < 7:
        return WEEKDAYS[day.weekday()]
    if -7 < away < 0:
        return f"last {WEEKDAYS[day.weekday()]}"
    return calendar_day(day, today)


NEIGHBOURS: Final = {0: "today", 1: "tomorrow", -1: "yesterday"}


def near_moment(at: datetime, zone: tzinfo, now: datetime) -> str:
    """`tomorrow, 16:00`, `Thursday, 9:30`: for what is close by."""
    return f"{near_day(at.astimezone(zone).date(), now.astimezone(zone).date())}, {clock_time(at, zone)}"


def due_day(day: date, today: date) -> str:
    """The day something is due: `today`, `tomorrow`, `by Thursday`, `by 4 December`, `was due yesterday`."""
    words = near_day(day, today)
    if day < today:
        return f"was due {words}"
    return words if (day - today).days in NEIGHBOURS else f"by {words}"


def by_moment(at: datetime, zone: tzinfo, now: datetime) -> str:
    """`by Thursday noon`, `by tomorrow, 16:00`, `by 4 December, 9:00`; at midnight `by the end of Tuesday`."""
    here, today = at.astimezone(zone), now.astimezone(zone).date()
    if (here.hour, here.minute) == (0, 0):
        return f"by the end of {near_day(here.date() - timedelta(days=1), today)}"
    day = near_day(here.date(), today)
    return f"by {day} noon" if (here.hour, here.minute) == (NOON, 0) else f"by {day}, {here:%H:%M}"


def since_day(day: date, today: date) -> str:
    """`since March`, `since March 2024`; by its date where it is less than a month ago."""
    if (today - day).days < 31:
        return f"since {near_day(day, today)}"
    month = MONTHS[day.month - 1]
    return f"since {month}" if (today - day).days < 335 else f"since {month} {day.year}"


def said(at: datetime, zone: tzinfo, now: datetime) -> str:
    """When something was said: `16:00` today, `yesterday`, `Tuesday`, `last week`, else the date."""
    day, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    back = (today - day).days
    if back == 0:
        return f"today, {clock_time(at, zone)}"
    if back == 1:
        return "yesterday"
    if 1 < back < 7:
        return WEEKDAYS[day.weekday()]
    return "last week" if _week(today) - _week(day) == timedelta(weeks=1) else calendar_day(day, today)


def said_on(at: datetime, zone: tzinfo, now: datetime) -> str:
    """The same after a verb: `on Tuesday`, `on 12 February`, `yesterday`."""
    words = said(at, zone, now)
    return f"on {words}" if words[0].isdigit() or words in WEEKDAYS else words


def weekdays(days: list[int]) -> str:
    """`Monday to Friday`, `Tuesday and Thursday`, `every day`; 0 is Monday."""
    chosen = sorted(set(days))
    if chosen == list(range(7)):
        return "every day"
    if len(chosen) > 2 and chosen == list(range(chosen[0], chosen[-1] + 1)):
        return f"{WEEKDAYS[chosen[0]]} to {WEEKDAYS[chosen[-1]]}"
    names = [WEEKDAYS[day] for day in chosen]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def iso(at: datetime | date, zone: tzinfo | None = None) -> str:
    """For a `datetime` attribute: with offset where it is a moment."""
    return at.astimezone(zone).isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()


def _same_day(one: datetime, other: datetime, zone: tzinfo) -> bool:
    return one.astimezone(zone).date() == other.astimezone(zone).date()


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "calendar_day": calendar_day,
    "moment": moment,
    "near_moment": near_moment,
    "since_day": since_day,
    "said": said,
    "said_on": said_on,
    "weekdays": weekdays,
    "iso": iso,
}
