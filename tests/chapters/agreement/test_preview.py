from datetime import date

from hypothesis import given

from tests.chapters.agreement.terms import RHYTHM, TERMS, any_terms
from tilth.chapters.agreement.preview import first_dates
from tilth.partnerships.terms import Rhythm, Terms


def rhythm(**changes: object) -> Rhythm:
    return Rhythm.model_validate(RHYTHM.model_dump(mode="json") | changes)


def test_the_first_dates_stand_in_both_zones() -> None:
    first = first_dates(RHYTHM, ["Europe/Berlin", "Africa/Lagos"])[0]
    assert [f"{at:%d.%m. %H:%M}" for at in first.local] == ["01.09. 17:00", "01.09. 16:00"]


def test_the_first_meeting_after_the_clocks_change_is_among_them() -> None:
    found = first_dates(RHYTHM, ["Europe/Berlin", "Africa/Lagos"])
    shifted = [(date.local[0].date(), f"{date.local[1]:%H:%M}") for date in found if date.shifted]
    assert shifted == [(date(2026, 10, 27), "17:00"), (date(2027, 3, 30), "16:00")]


def test_two_in_one_zone_see_the_same_clock() -> None:
    found = first_dates(RHYTHM, ["Europe/Berlin", "Europe/Paris"])
    assert len(found) == 4
    assert all(date.same_for_all and not date.shifted for date in found)


def test_a_single_meeting_has_one_date() -> None:
    once = rhythm(ends="2026-09-01")
    assert len(first_dates(once, ["Europe/Berlin", "Africa/Lagos"])) == 1


@given(any_terms())
def test_there_are_never_more_than_six_and_all_lie_within_the_rhythm(terms: Terms) -> None:
    if terms.rhythm is None:
        return
    found = first_dates(terms.rhythm, [terms.rhythm.zone, TERMS.rhythm.zone if TERMS.rhythm else "UTC"])
    assert len(found) <= 6
    assert all(terms.rhythm.start <= date.local[0].date() <= terms.rhythm.ends for date in found)
