from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tilth.chapters.commitments.days import deadline
from tilth.partnerships.rhythm import day_ends

FRIDAY = date(2026, 12, 4)
MONDAY_BEFORE = datetime(2026, 11, 30, 9, tzinfo=UTC)
TEN_ZONES = (
    "Pacific/Kiritimati", "Pacific/Auckland", "Asia/Tokyo", "Asia/Kolkata", "Europe/Berlin",
    "UTC", "America/Sao_Paulo", "America/New_York", "America/Los_Angeles", "Pacific/Pago_Pago",
)  # fmt: skip


@dataclass
class Pause:
    from_at: datetime
    until_at: datetime | None = None


def the_day(at, zone="UTC", pauses=(), since=MONDAY_BEFORE, due=FRIDAY):
    return deadline(due, since=since, zone=ZoneInfo(zone), pauses=pauses, at=at)


@pytest.mark.parametrize("zone", TEN_ZONES)
def test_the_day_lasts_until_midnight_in_its_owners_zone(zone):
    midnight = day_ends(FRIDAY, ZoneInfo(zone))
    assert not the_day(midnight - timedelta(seconds=1), zone).passed
    assert the_day(midnight, zone).passed


@pytest.mark.parametrize("zone", TEN_ZONES)
@pytest.mark.parametrize("due", [date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29), date(2026, 11, 1)])
def test_the_day_lasts_until_midnight_across_clock_changes_and_leap_days(zone, due):
    since = datetime(2026, 1, 1, tzinfo=UTC)
    midnight = day_ends(due, ZoneInfo(zone))
    assert midnight.astimezone(ZoneInfo(zone)).date() == due + timedelta(days=1)
    assert not the_day(midnight - timedelta(seconds=1), zone, since=since, due=due).passed
    assert the_day(midnight, zone, since=since, due=due).passed


def test_a_pause_before_the_day_moves_it_by_as_many_days():
    pause = Pause(datetime(2026, 12, 2, 12, tzinfo=UTC), datetime(2026, 12, 9, 12, tzinfo=UTC))
    stands = the_day(datetime(2026, 12, 10, tzinfo=UTC), pauses=[pause])
    assert stands.day == date(2026, 12, 11)
    assert not stands.passed


def test_an_open_pause_lets_the_day_rest_however_long_it_lasts():
    pause = Pause(datetime(2026, 12, 4, 23, tzinfo=UTC))
    assert the_day(datetime(2027, 6, 1, tzinfo=UTC), pauses=[pause]).resting
    assert not the_day(datetime(2027, 6, 1, tzinfo=UTC), pauses=[pause]).passed


def test_a_pause_after_the_day_has_passed_does_not_bring_it_back():
    pause = Pause(datetime(2026, 12, 5, 9, tzinfo=UTC), datetime(2026, 12, 20, tzinfo=UTC))
    assert the_day(datetime(2026, 12, 21, tzinfo=UTC), pauses=[pause]).passed
    assert the_day(datetime(2026, 12, 21, tzinfo=UTC), pauses=[pause]).day == FRIDAY


def test_two_pauses_in_a_row_both_count():
    first = Pause(datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 3, tzinfo=UTC))
    second = Pause(datetime(2026, 12, 5, tzinfo=UTC), datetime(2026, 12, 8, tzinfo=UTC))
    assert the_day(datetime(2026, 12, 9, tzinfo=UTC), pauses=[second, first]).day == date(2026, 12, 9)


def test_a_pause_that_ended_before_the_day_was_chosen_is_forgotten():
    pause = Pause(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC))
    assert the_day(datetime(2026, 12, 1, tzinfo=UTC), pauses=[pause]).day == FRIDAY


def test_a_day_chosen_during_a_pause_stays_as_chosen():
    pause = Pause(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    assert the_day(datetime(2026, 12, 2, tzinfo=UTC), pauses=[pause]).day == FRIDAY


def test_a_day_chosen_during_a_pause_that_outlasts_it_waits_for_its_end():
    pause = Pause(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 12, 18, 10, tzinfo=UTC))
    assert the_day(datetime(2026, 12, 18, 12, tzinfo=UTC), pauses=[pause]).day == date(2026, 12, 18)


def test_a_pause_still_to_come_at_that_moment_changes_nothing():
    pause = Pause(datetime(2026, 12, 3, tzinfo=UTC), datetime(2026, 12, 9, tzinfo=UTC))
    assert the_day(datetime(2026, 12, 1, tzinfo=UTC), pauses=[pause]).day == FRIDAY
