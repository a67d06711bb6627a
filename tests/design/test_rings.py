"""The picture of the time together."""

from datetime import date
from itertools import pairwise
from math import hypot
from re import findall

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.design.sample import MONTHS, TODAY
from tilth.design.rings import SIZE, Month, Picture, picture


def months(count: int, **counts: int) -> list[Month]:
    return [Month(first_day=date(2020 + place // 12, place % 12 + 1, 1), counts=counts) for place in range(count)]


def corners(path: str) -> list[float]:
    """Distances from the middle of the points a curve passes through, in order of direction."""
    numbers = [tuple(map(float, pair)) for pair in findall(r"(-?[\d.]+) (-?[\d.]+)(?=C|Z)", path)]
    return [hypot(x - SIZE / 2, y - SIZE / 2) for x, y in numbers]


def test_half_a_year_is_six_rings_with_words_for_each() -> None:
    drawn = picture(MONTHS, TODAY)

    assert [ring.look for ring in drawn.rings] == ["full", "full", "thin", "full", "full", "now"]
    assert drawn.rings[0].name == "June 2026"
    assert drawn.rings[0].words == "two meetings, one commitment, eight messages"
    assert drawn.caption == "One ring a month. August is thin: you paused."
    assert drawn.sentence.startswith("Six rings, one a month since June 2026: ten meetings, eleven commitments, ")


def test_a_quiet_month_is_thin_without_a_reproach() -> None:
    drawn = picture([*months(2, meeting=2), Month(first_day=date(2020, 3, 1), counts={})], TODAY)

    assert drawn.caption == "One ring a month. March is thin: a quiet month."


def test_before_the_first_month_is_over_there_is_something_to_look_at() -> None:
    assert picture([], TODAY) == Picture(
        rings=(), caption="The first ring grows this month.", sentence="No rings yet: the first grows this month."
    )
    assert picture([Month(first_day=date(2026, 11, 1), counts={})], TODAY).rings[0].look == "now"


@pytest.mark.parametrize(("count", "unit", "rings"), [(18, "month", 18), (19, "quarter", 7), (60, "year", 5)])
def test_a_long_time_together_has_wider_periods_and_not_more_rings(count: int, unit: str, rings: int) -> None:
    drawn = picture(months(count, meeting=2), TODAY)

    assert len(drawn.rings) == rings
    assert drawn.caption == f"One ring a {unit}."


@pytest.mark.parametrize(("count", "unit"), [(6, "month"), (23, "quarter"), (60, "year")])
def test_what_is_still_growing_is_not_called_quiet(count: int, unit: str) -> None:
    *lived, last = months(count, meeting=2)
    drawn = picture([*lived, Month(first_day=last.first_day, counts={})], last.first_day)

    assert drawn.rings[-1].look == "now"
    assert drawn.caption == f"One ring a {unit}."


COUNTS = st.dictionaries(st.sampled_from(["meeting", "commitment", "learning", "message"]), st.integers(0, 400))


@settings(deadline=None)
@given(st.lists(COUNTS, min_size=1, max_size=80))
def test_rings_stay_in_the_picture_and_never_cross(counts: list[dict[str, int]]) -> None:
    since = months(len(counts))
    lived = [Month(first_day=month.first_day, counts=held) for month, held in zip(since, counts, strict=True)]
    drawn = picture(lived, TODAY)

    rings = [corners(ring.path) for ring in drawn.rings]
    assert all(len(ring) == len(rings[0]) and max(ring) <= SIZE / 2 for ring in rings)
    assert all(
        inner < outer + 0.11 for one, next_one in pairwise(rings) for inner, outer in zip(one, next_one, strict=True)
    )


def test_the_picture_of_five_years_is_light() -> None:
    drawn = picture(months(60, meeting=2, commitment=3, message=20), TODAY)

    assert sum(len(ring.path) for ring in drawn.rings) < 6000
