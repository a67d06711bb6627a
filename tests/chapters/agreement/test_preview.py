from datetime import UTC, date, datetime

from hypothesis import given

from tests.chapters.agreement.terms import RHYTHM, TERMS, any_terms
from tilth.chapters.agreement.preview import PreviewDate, first_dates, meetings_ahead
from tilth.partnerships.terms import Rhythm, Terms


def rhythm(**changes: object) -> Rhythm:
    return Rhythm.model_validate(RHYTHM.model_dump(mode="json") | changes)


def dates(rhythm: Rhythm, zones: list[str], *, after: str = "2026-08-30T00:00") -> list[PreviewDate]:
    return first_dates(meetings_ahead(rhythm, datetime.fromisoformat(after).replace(tzinfo=UTC)), zones)


def test_the_first_dates_stand_in_both_zones() -> None:
    first = dates(RHYTHM, ["Europe/Berlin", "Africa/Lagos"])[0]
    assert [f"{at:%d.%m. %H:%M}" for at in first.local] == ["01.09. 17:00", "01.09. 16:00"]


def test_the_first_meeting_after_the_clocks_change_is_among_them() -> None:
    found = dates(RHYTHM, ["Europe/Berlin", "Africa/Lagos"])
    shifted = [(date.local[0].date(), f"{date.local[1]:%H:%M}") for date in found if date.shifted]
    assert shifted == [(date(2026, 10, 27), "17:00"), (date(2027, 3, 30), "16:00")]


def test_what_is_left_out_before_a_date_is_marked() -> None:
    found = dates(RHYTHM, ["Europe/Berlin", "Africa/Lagos"])
    assert [date.later for date in found] == [False, False, False, False, False, True]


def test_what_has_passed_already_is_no_first_date() -> None:
    [first, *_] = dates(RHYTHM, ["Europe/Berlin", "Africa/Lagos"], after="2026-09-01T15:01")
    assert first.local[0].date() == date(2026, 9, 15)


def test_two_in_one_zone_see_the_same_clock() -> None:
    found = dates(RHYTHM, ["Europe/Berlin", "Europe/Paris"])
    assert len(found) == 4
    assert all(date.same_for_all and not date.shifted for date in found)


def test_a_single_meeting_has_one_date() -> None:
    once = rhythm(ends="2026-09-01")
    assert len(dates(once, ["Europe/Berlin", "Africa/Lagos"])) == 1


@given(any_terms())
def test_there_are_never_more_than_six_and_all_lie_within_the_rhythm(terms: Terms) -> None:
    if terms.rhythm is None:
        return
    found = dates(
        terms.rhythm, [terms.rhythm.zone, TERMS.rhythm.zone if TERMS.rhythm else "UTC"], after="2000-01-01T00:00"
    )
    assert len(found) <= 6
    assert all(terms.rhythm.start <= date.local[0].date() <= terms.rhythm.ends for date in found)
