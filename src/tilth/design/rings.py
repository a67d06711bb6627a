"""The time together as the rings of a tree: pure, from counts by month to SVG paths and words.

Each ring is laid around the one before, wider where more was done, so rings never cross and nothing is ranked:
it shows time and life. The wobble is drawn from the month itself, so a ring looks the same every day.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import cos, pi, sin
from typing import Final, Literal

from tilth.design.dates import MONTHS
from tilth.design.wording import number

SIZE: Final = 160  # of the square view box
GOLDEN: Final = pi * (3 - 5**0.5)
POINTS: Final = 12  # through which each ring is drawn
CORE: Final = 1.1  # the bare middle, in the thickness of a full ring
LARGEST: Final = 76.0  # half the view box, less the stroke
WEIGHTS: Final = {"meeting": 3.0, "commitment": 2.0, "learning": 2.0, "message": 0.25}
ORDER: Final = tuple(WEIGHTS)

Look = Literal["full", "thin", "now"]


@dataclass(frozen=True, kw_only=True)
class Month:
    """What was done in a month: counts by `Kind.ring`, and whether the two paused in it."""

    first_day: date
    counts: Mapping[str, int]
    paused: bool = False


@dataclass(frozen=True, kw_only=True)
class Ring:
    """One closed curve; `name` and `words` are the facts behind it."""

    path: str
    look: Look
    name: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Rings from the innermost out, a caption in words, and one sentence that stands for the whole."""

    rings: tuple[Ring, ...]
    caption: str
    sentence: str
    size: int = SIZE


def picture(months: Sequence[Month], today: date) -> Picture:
    """Draw `months`, oldest first and without gaps; those that are over, and the one still growing."""
    if not months:
        return Picture(
            rings=(), caption="The first ring grows this month.", sentence="No rings yet: the first grows this month."
        )
    unit, periods = _periods(months)
    now = _STARTS[unit](today)
    widths = [_width(period) for period in periods]
    curves = _curves(periods, widths)
    rings = tuple(
        Ring(path=curve, look=_look(period, width, now), name=_name(period, unit), words=_words(period.counts))
        for period, width, curve in zip(periods, widths, curves, strict=True)
    )
    caption = f"One ring a {unit}.{_quiet(periods, rings, unit)}"
    return Picture(rings=rings, caption=caption, sentence=_sentence(months, rings, unit))


def _periods(months: Sequence[Month]) -> tuple[str, list[Month]]:
    if len(months) <= 18:
        return "month", list(months)
    unit = "quarter" if len(months) <= 54 else "year"
    return unit, _merged(months, _STARTS[unit])


_STARTS: Final[Mapping[str, Callable[[date], date]]] = {  # the first day of the period that a day lies in
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
    "year": lambda day: date(day.year, 1, 1),
}


def _merged(months: Sequence[Month], start: Callable[[date], date]) -> list[Month]:
    found = []
    for first, group in groupby(months, key=lambda month: start(month.first_day)):
        parts = list(group)
        counts = {ring: sum(part.counts.get(ring, 0) for part in parts) for ring in ORDER}
        found.append(Month(first_day=first, counts=counts, paused=all(part.paused for part in parts)))
    return found


def _width(month: Month) -> float:
    life = sum(WEIGHTS.get(ring, 0.0) * count for ring, count in month.counts.items())
    return 0.34 + life / (life + 5.0)


def _curves(periods: Sequence[Month], widths: Sequence[float]) -> list[str]:
    turns = [2 * pi * step / POINTS for step in range(POINTS)]
    radii, laid = [CORE] * POINTS, []
    for period, width in zip(periods, widths, strict=True):
        wobble = _wobble(period.first_day)
        radii = [radius + width * wobble(turn) for radius, turn in zip(radii, turns, strict=True)]
        laid.append(radii)
    scale = LARGEST / max(max(radii), 2.8)
    return [_path([radius * scale for radius in ring], turns) for ring in laid]


def _wobble(day: date) -> Callable[[float], float]:
    """How much wider than its mean this ring is in a direction: always positive, so that rings never cross.

    Each month turns by the golden angle from the last, so that the whole stays about round.
    """
    lean = (day.year * 12 + day.month) * GOLDEN
    waver = hashlib.sha256(day.isoformat().encode()).digest()[0] / 255 * 2 * pi
    return lambda turn: (
        1 + 0.2 * sin(turn + lean) + 0.14 * sin(2 * turn - 2 * lean + waver) + 0.1 * sin(3 * turn - waver)
    )


def _path(radii: Sequence[float], turns: Sequence[float]) -> str:
    """A smooth closed curve through the points: Catmull-Rom, written as cubic Béziers."""
    points = [(SIZE / 2 + r * cos(turn), SIZE / 2 + r * sin(turn)) for r, turn in zip(radii, turns, strict=True)]
    count = len(points)
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for here in range(count):
        before, start, end, after = (points[(here + step) % count] for step in (-1, 0, 1, 2))
        first = [start[axis] + (end[axis] - before[axis]) / 6 for axis in (0, 1)]
        second = [end[axis] - (after[axis] - start[axis]) / 6 for axis in (0, 1)]
        parts.append("C" + " ".join(f"{value:.1f}" for value in (*first, *second, *end)))
    return "".join(parts) + "Z"


def _look(period: Month, width: float, now: date) -> Look:
    """`now` is the first day of the period that is still growing."""
    if period.first_day == now:
        return "now"
    return "thin" if period.paused or width < 0.5 else "full"


def _name(period: Month, unit: str) -> str:
    if unit == "year":
        return str(period.first_day.year)
    name = MONTHS[period.first_day.month - 1]
    if unit == "quarter":
        name += f" to {MONTHS[period.first_day.month + 1]}"
    return f"{name} {period.first_day.year}"


def _words(counts: Mapping[str, int]) -> str:
    parts = [number(counts[ring], ring) for ring in ORDER if counts.get(ring)]
    return ", ".join(parts) or "nothing written"


def _quiet(periods: Sequence[Month], rings: Sequence[Ring], unit: str) -> str:
    lived = list(zip(periods, rings, strict=True))
    thin = [period for period, ring in lived[1:] if ring.look == "thin"]  # the first began somewhere in its midst
    if not thin:
        return ""
    last = thin[-1]
    name = MONTHS[last.first_day.month - 1] if unit == "month" else _name(last, unit)
    return f" {name} is thin: you paused." if last.paused else f" {name} is thin: a quiet {unit}."


def _sentence(months: Sequence[Month], rings: Sequence[Ring], unit: str) -> str:
    totals = {ring: sum(month.counts.get(ring, 0) for month in months) for ring in ORDER}
    since = f"{MONTHS[months[0].first_day.month - 1]} {months[0].first_day.year}"
    return f"{number(len(rings), 'ring').capitalize()}, one a {unit} since {since}: {_words(totals)}."
