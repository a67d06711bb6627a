"""A rhythm of Auckland, read in Los Angeles and elsewhere."""

from datetime import UTC, datetime

import pytest

from tilth.partnerships.elsewhere import describe_in, reads_as, words_for_you
from tilth.partnerships.terms import Rhythm

NOW = datetime(2026, 11, 23, tzinfo=UTC)
FRIDAYS = Rhythm(
    rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", start="2026-11-27", time="09:00", zone="Pacific/Auckland", minutes=60,
    ends="2027-05-31", place="video",
)  # fmt: skip


def changed(**changes: str) -> Rhythm:
    return Rhythm.model_validate(FRIDAYS.model_dump(mode="json") | changes)


def test_a_friday_in_auckland_is_a_thursday_in_los_angeles_at_a_time_that_moves_with_both_clocks() -> None:
    assert (
        reads_as(FRIDAYS, "America/Los_Angeles", NOW)
        == "Thursday, 12:00; 13:00 from 18 March 2027; 14:00 from 15 April 2027"
    )


def test_one_breath_has_the_agreed_time_and_ones_own() -> None:
    soon = changed(ends="2027-01-31")
    agreed = "every second Friday, 09:00 in Auckland"
    assert words_for_you(soon, "America/Los_Angeles", NOW) == f"{agreed}; for you Thursday, 12:00"
    assert words_for_you(soon, "Pacific/Auckland", NOW) == "every second Friday, 09:00"


def test_who_shares_the_clock_is_told_nothing_twice() -> None:
    assert reads_as(FRIDAYS, "Pacific/Auckland", NOW) == ""
    assert reads_as(FRIDAYS, "Antarctica/McMurdo", NOW) == ""


def test_a_day_is_named_again_where_a_change_of_the_clocks_moves_it() -> None:
    late = changed(time="18:30", zone="America/New_York", start="2027-02-26")
    assert (
        reads_as(late, "Europe/Berlin", NOW)
        == "Saturday, 00:30; Friday, 23:30 from 26 March; Saturday, 00:30 from 10 April"
    )


def test_what_changes_more_often_is_not_listed_to_its_end() -> None:
    long = changed(ends="2028-11-01")
    assert reads_as(long, "America/Los_Angeles", NOW).endswith("; and on as the clocks change")


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "every second Thursday"),
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,FR", "every Thursday and Sunday"),
        ("FREQ=MONTHLY;INTERVAL=1;BYDAY=1FR", "the first Friday of every month in Auckland"),
        ("FREQ=DAILY;INTERVAL=3", "every three days"),
    ],
)
def test_the_recurrence_is_told_by_the_readers_calendar(rrule: str, words: str) -> None:
    assert describe_in(changed(rrule=rrule), "America/Los_Angeles", NOW) == words


def test_a_day_of_the_month_is_the_day_before() -> None:
    dated = changed(rrule="FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=15", ends="2027-02-28")
    assert reads_as(dated, "America/Los_Angeles", NOW) == "the day before, 12:00"
