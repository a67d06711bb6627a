"""The day a commitment is due, in its owner's zone and outside pauses. Pure: the present is always an argument."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tilth.partnerships.hours import Pause


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A day as it stands now. While a pause is open it rests, and cannot pass."""

    day: date
    today: date
    resting: bool

    @property
    def passed(self) -> bool:
        return not self.resting and self.today > self.day

    @property
    def offered(self) -> date:
        """The day a form begins with: the one that stands, or today where that has gone."""
        return max(self.day, self.today)


def deadline(due: date, *, since: datetime, zone: ZoneInfo, pauses: Iterable[Pause], at: datetime) -> Deadline:
    """Where the day `due`, which has stood `since` then, is now.

    A pause that begins before the day is over moves it by as many days as the pause lasts. Where the day was chosen
    during a pause, it stays as chosen, though never before the pause's end.
    """
    day, today = due, at.astimezone(zone).date()
    for pause in sorted(pauses, key=lambda pause: pause.from_at):
        first = pause.from_at.astimezone(zone).date()
        if first > day or pause.from_at > at or _over_before(pause, since):
            continue
        if pause.until_at is None or pause.until_at > at:
            return Deadline(day=day, today=today, resting=True)
        last = pause.until_at.astimezone(zone).date()
        day = max(day, last) if pause.from_at <= since else day + (last - first)
    return Deadline(day=day, today=today, resting=False)


def _over_before(pause: Pause, since: datetime) -> bool:
    return pause.until_at is not None and pause.until_at <= since
