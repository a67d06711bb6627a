"""What each kind is called on the timeline, after the actor's name; times in the reader's own zone."""

from datetime import datetime

from tilth.design.dates import moment
from tilth.ledger.kinds import Telling
from tilth.protocol import clock


def proposed(telling: Telling) -> str:
    return f"proposed a meeting: {_one_of(telling.data.times, telling)}"


def noted(telling: Telling) -> str:
    return f"noted that you met on {_at(telling.data.at, telling)}"


def offered_times(telling: Telling) -> str:
    return f"asked for another time: {_one_of(telling.data.times, telling)}"


def accepted(telling: Telling) -> str:
    return f"agreed to meet on {_at(telling.data.time, telling)}"


def moved(telling: Telling) -> str:
    return f"moved a meeting to {_at(telling.data.to, telling)}"


def settled(telling: Telling) -> str:
    return "settled a point on the agenda" if telling.data.settled else "opened a point on the agenda again"


def summed_up(telling: Telling) -> str:
    return "wrote the summary of a meeting" if telling.data.replaces is None else "wrote on in the summary of a meeting"


def _one_of(times: tuple[datetime, ...], telling: Telling) -> str:
    return _at(times[0], telling) if len(times) == 1 else f"{_at(times[0], telling)}, or another time"


def _at(time: datetime, telling: Telling) -> str:
    return moment(time, telling.viewer.now_zone, clock.now())
