"""A rhythm as it reads on another clock than its own: perhaps on another day, and not at one time all year. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tilth.design.dates import calendar_day, weekdays
from tilth.design.wording import place_of_zone
from tilth.partnerships.rhythm import describe, instant, laid_days, weekdays_of
from tilth.partnerships.rule import parse_rule
from tilth.partnerships.terms import Rhythm, clock

MOST = 3
NEIGHBOURS = {-1: "the day before", 0: "the same day", 1: "the day after"}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """From the day `since` on the other clock shows `time`, `shift` days after the rhythm's own day."""

    since: date
    time: str
    shift: int


def readings(rhythm: Rhythm, zone: str, after: datetime) -> list[Reading]:
    """How the meetings from `after` on read in `zone`: one for each time the clocks move against each other."""
    end = datetime.combine(rhythm.ends, clock("00:00"), UTC) + timedelta(days=2)
    found: list[Reading] = []
    for day, at in sorted(laid_days(rhythm, after, end).items()):
        local = at.astimezone(ZoneInfo(zone))
        new = Reading(since=local.date(), time=f"{local:%H:%M}", shift=(local.date() - day).days)
        if not found or (new.time, new.shift) != (found[-1].time, found[-1].shift):
            found.append(new)
    return found


def from_the_start(rhythm: Rhythm) -> datetime:
    """The moment from which all its meetings lie ahead."""
    return instant(rhythm.start, clock("00:00"), ZoneInfo(rhythm.zone))


def reads_as(rhythm: Rhythm, zone: str, after: datetime) -> str:
    """`Thursday, 12:00; 13:00 from 18 March`; nothing where that clock shows what the rhythm's own does."""
    found = readings(rhythm, zone, after)
    if all((one.time, one.shift) == (rhythm.time, 0) for one in found):
        return ""
    shifts = [0, *(one.shift for one in found)]
    said = [_said(rhythm, one, moved=one.shift != before) for one, before in zip(found[:MOST], shifts, strict=False)]
    said[1:] = [
        f"{words} from {calendar_day(one.since, found[0].since)}"
        for one, words in zip(found[1:], said[1:], strict=False)
    ]
    return "; ".join(said if len(found) <= MOST else [*said, "and on as the clocks change"])


def _said(rhythm: Rhythm, reading: Reading, *, moved: bool) -> str:
    return f"{_day(rhythm, reading.shift)}, {reading.time}" if moved else reading.time


def _day(rhythm: Rhythm, shift: int) -> str:
    days = weekdays_of(parse_rule(rhythm.rrule), rhythm.start)
    return weekdays([(day + shift) % 7 for day in days]) if days else NEIGHBOURS[shift]


def describe_in(rhythm: Rhythm, zone: str, after: datetime) -> str:
    """The recurrence by the days of that zone's calendar; where those have no such words, by its own, and where."""
    shift = next((one.shift for one in readings(rhythm, zone, after)), 0)
    is_monthly = parse_rule(rhythm.rrule).frequency == "MONTHLY"
    return (
        f"{describe(rhythm)} in {place_of_zone(rhythm.zone)}" if shift and is_monthly else describe(rhythm, shift=shift)
    )


def agreed_words(rhythm: Rhythm, zone: str) -> str:
    """`every second Friday, 09:00 in Auckland`: as it was agreed. Someone in that zone is not told whose clock."""
    own = rhythm.time if rhythm.zone == zone else f"{rhythm.time} in {place_of_zone(rhythm.zone)}"
    return f"{describe(rhythm)}, {own}"


def ended_on(rhythm: Rhythm, at: datetime) -> str:
    """`19 April`: its last day, once that has gone there; nothing while it runs."""
    today = at.astimezone(ZoneInfo(rhythm.zone)).date()
    return calendar_day(rhythm.ends, today) if rhythm.ends < today else ""


def words_for_you(rhythm: Rhythm, zone: str, after: datetime) -> str:
    """As it was agreed, and as it reads for someone in `zone`: `…, 09:00 in Auckland; for you Thursday, 12:00`."""
    yours = reads_as(rhythm, zone, after)
    return f"{agreed_words(rhythm, zone)}; for you {yours}" if yours else agreed_words(rhythm, zone)
