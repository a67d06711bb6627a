"""Dates as people say them, in the zone of the one who reads."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tilth.design import dates

BERLIN, LISBON, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Lisbon"), ZoneInfo("Pacific/Auckland")
TODAY = date(2026, 11, 22)  # a Sunday
NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
MEETING = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def test_a_moment_is_said_in_the_zone_of_who_reads_it() -> None:
    assert dates.moment(MEETING, BERLIN, NOW) == "Tuesday 24 November, 16:00"
    assert dates.moment(MEETING, LISBON, NOW) == "Tuesday 24 November, 15:00"
    assert dates.moment(MEETING, AUCKLAND, NOW) == "Wednesday 25 November, 04:00"


def test_the_year_is_said_only_where_it_is_another() -> None:
    assert dates.moment(datetime(2027, 1, 5, 9, tzinfo=UTC), LISBON, NOW) == "Tuesday 5 January 2027, 09:00"
    assert dates.calendar_day(date(2026, 12, 4), TODAY) == "4 December"


def test_a_span_names_its_second_day_only_where_it_crosses_midnight() -> None:
    assert dates.span(MEETING, MEETING + timedelta(hours=1), BERLIN, NOW) == "Tuesday 24 November, 16:00 to 17:00"
    crossing = dates.span(MEETING, MEETING + timedelta(hours=9), BERLIN, NOW)
    assert crossing == "Tuesday 24 November, 16:00 to Wednesday 25 November, 01:00"


@pytest.mark.parametrize(
    ("day", "near", "due"),
    [
        (TODAY, "today", "today"),
        (date(2026, 11, 23), "tomorrow", "tomorrow"),
        (date(2026, 11, 25), "Wednesday", "by Wednesday"),
        (date(2026, 11, 28), "Saturday", "by Saturday"),
        (date(2026, 11, 29), "29 November", "by 29 November"),
        (date(2026, 11, 21), "yesterday", "was due yesterday"),
        (date(2026, 11, 19), "last Thursday", "was due last Thursday"),
        (date(2026, 11, 2), "2 November", "was due 2 November"),
    ],
)
def test_days_close_by_have_names_and_others_a_date(day: date, near: str, due: str) -> None:
    assert (dates.near_day(day, TODAY), dates.due_day(day, TODAY)) == (near, due)


def test_a_deadline_at_noon_says_noon() -> None:
    assert dates.by_moment(datetime(2026, 11, 26, 11, tzinfo=UTC), BERLIN, NOW) == "by Thursday noon"
    assert dates.by_moment(datetime(2026, 11, 23, 15, tzinfo=UTC), BERLIN, NOW) == "by tomorrow, 16:00"


def test_midnight_is_the_end_of_the_day_before() -> None:
    assert dates.by_moment(datetime(2026, 11, 25, 23, tzinfo=UTC), BERLIN, NOW) == "by the end of Wednesday"


def test_tomorrow_is_the_readers_tomorrow() -> None:
    late = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
    assert dates.near_moment(late, AUCKLAND, NOW - timedelta(hours=5)) == "tomorrow, 00:30"
    assert dates.near_moment(late, LISBON, NOW - timedelta(hours=5)) == "today, 11:30"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 20), "since last Friday"),
        (date(2026, 10, 25), "since 25 October"),
        (date(2026, 3, 3), "since March"),
        (date(2025, 12, 1), "since December 2025"),
        (date(2023, 3, 3), "since March 2023"),
    ],
)
def test_the_beginning_is_said_as_closely_as_one_remembers_it(day: date, words: str) -> None:
    assert dates.since_day(day, TODAY) == words


@pytest.mark.parametrize(
    ("back", "words"),
    [(0, "today, 15:30"), (1, "yesterday"), (3, "Thursday"), (7, "last week"), (40, "13 October")],
)
def test_what_was_said_is_dated_as_one_recalls_it(back: int, words: str) -> None:
    assert dates.said(NOW - timedelta(days=back), BERLIN, NOW) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        ([1], "Tuesday"),
        ([3, 1], "Tuesday and Thursday"),
        ([0, 1, 2, 3, 4], "Monday to Friday"),
        ([0, 2, 4], "Monday, Wednesday and Friday"),
        (list(range(7)), "every day"),
    ],
)
def test_days_of_the_week_are_joined_as_in_speech(days: list[int], words: str) -> None:
    assert dates.weekdays(days) == words


def test_a_machine_reads_the_moment_with_its_offset() -> None:
    assert dates.iso(MEETING, BERLIN) == "2026-11-24T16:00+01:00"
    assert dates.iso(TODAY) == "2026-11-22"


def test_what_was_done_on_a_day_says_on() -> None:
    told = [dates.said_on(NOW - timedelta(days=back), BERLIN, NOW) for back in (1, 3, 30)]
    assert told[0] == "yesterday"
    assert [words.split()[0] for words in told[1:]] == ["on", "on"]
