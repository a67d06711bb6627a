"""By when an answer is expected, in working hours, across zones, clock changes and pauses."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilth.chapters.messages.windows import Expected, standing
from tilth.partnerships.hours import working_deadline
from tilth.partnerships.rhythm import day_ends
from tilth.partnerships.terms import MemberTerms

WEEKDAYS = MemberTerms(zone="UTC")
TUESDAY = datetime(2026, 12, 1, 10, tzinfo=UTC)
LONG_AFTER = datetime(2027, 3, 1, tzinfo=UTC)
TEN_ZONES = (
    "Pacific/Kiritimati", "Pacific/Auckland", "Asia/Tokyo", "Asia/Kolkata", "Europe/Berlin",
    "UTC", "America/Sao_Paulo", "America/New_York", "America/Los_Angeles", "Pacific/Pago_Pago",
)  # fmt: skip


@dataclass
class Pause:
    from_at: datetime
    until_at: datetime | None = None


def asked(hours=16, since=TUESDAY):
    by = working_deadline(since, hours, WEEKDAYS)
    return Expected(since=since, reply_by=by, promised=False)


def promised(day, since=TUESDAY):
    return Expected(since=since, reply_by=day_ends(day, ZoneInfo("UTC")), promised=True)


def test_without_a_pause_it_stays_as_it_was_reckoned():
    assert standing(asked(), WEEKDAYS, [], LONG_AFTER) == datetime(2026, 12, 2, 17, tzinfo=UTC)


def test_a_pause_stops_the_clock_and_the_rest_runs_after_it():
    pause = Pause(datetime(2026, 12, 1, 14, tzinfo=UTC), datetime(2026, 12, 8, 9, tzinfo=UTC))
    assert standing(asked(), WEEKDAYS, [pause], LONG_AFTER) == datetime(2026, 12, 9, 12, tzinfo=UTC)


def test_while_the_pause_is_open_the_clock_rests():
    assert standing(asked(), WEEKDAYS, [Pause(datetime(2026, 12, 1, 14, tzinfo=UTC))], LONG_AFTER) is None


def test_what_was_late_before_a_pause_rests_in_it_and_is_as_late_after_it():
    pause = Pause(datetime(2026, 12, 20, tzinfo=UTC), datetime(2027, 1, 4, tzinfo=UTC))
    assert standing(asked(), WEEKDAYS, [pause], datetime(2026, 12, 24, tzinfo=UTC)) is None
    assert standing(asked(), WEEKDAYS, [pause], LONG_AFTER) == asked().reply_by


def test_a_message_written_in_a_pause_waits_for_its_end():
    pause = Pause(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 12, 7, 9, tzinfo=UTC))
    assert standing(asked(hours=2), WEEKDAYS, [pause], LONG_AFTER) == datetime(2026, 12, 7, 11, tzinfo=UTC)


def test_other_limits_since_neither_shorten_nor_lengthen_what_was_reckoned():
    long_days = MemberTerms(zone="UTC", days=list(range(7)), available_from="06:00", available_to="20:00")
    pause = Pause(datetime(2026, 12, 2, 12, tzinfo=UTC), datetime(2026, 12, 9, 12, tzinfo=UTC))
    assert standing(asked(), long_days, [pause], LONG_AFTER) == asked().reply_by + timedelta(days=7)


def test_a_promised_day_moves_by_the_days_that_were_paused():
    pause = Pause(datetime(2026, 12, 2, 12, tzinfo=UTC), datetime(2026, 12, 5, 12, tzinfo=UTC))
    moved = standing(promised(date(2026, 12, 3)), WEEKDAYS, [pause], LONG_AFTER)
    assert moved == datetime(2026, 12, 7, tzinfo=UTC)
    assert standing(promised(date(2026, 12, 3)), WEEKDAYS, [pause], datetime(2026, 12, 4, tzinfo=UTC)) is None


def test_a_pause_that_begins_and_ends_on_one_day_moves_no_promised_day():
    pause = Pause(datetime(2026, 12, 2, 12, tzinfo=UTC), datetime(2026, 12, 2, 12, 0, 9, tzinfo=UTC))
    assert standing(promised(date(2026, 12, 3)), WEEKDAYS, [pause], LONG_AFTER) == datetime(2026, 12, 4, tzinfo=UTC)


def test_of_a_pause_in_which_a_day_was_promised_only_the_rest_moves_it():
    pause = Pause(datetime(2026, 11, 20, tzinfo=UTC), TUESDAY + timedelta(hours=36))
    moved = standing(promised(date(2026, 12, 3)), WEEKDAYS, [pause], LONG_AFTER)
    assert moved == datetime(2026, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize("zone", TEN_ZONES)
@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29), date(2026, 12, 3)])
def test_a_promised_day_lasts_until_midnight_in_the_zone_of_the_one_who_promised(zone, day):
    ends = day_ends(day, ZoneInfo(zone))
    assert (ends - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() == day
    assert ends.astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)


limits = st.sampled_from(TEN_ZONES).map(lambda zone: MemberTerms(zone=zone))
pauses = st.tuples(
    st.integers(-200, 400).map(lambda hours: timedelta(hours=hours)),
    st.integers(1, 600).map(lambda hours: timedelta(hours=hours)),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))


def expected_from(since, hours, limits, is_promised):
    if is_promised:
        by = day_ends(since.date() + timedelta(days=3), ZoneInfo(limits.zone))
    else:
        by = working_deadline(since, hours, limits)
    return Expected(since=since, reply_by=by, promised=is_promised)


@given(limits=limits, since=moments, hours=st.integers(1, 80), pause=pauses, is_promised=st.booleans())
def test_a_pause_never_shortens_anyones_time(limits, since, hours, pause, is_promised):
    expected = expected_from(since, hours, limits, is_promised)
    start, length = pause
    rest = Pause(since + start, since + start + length)
    after = standing(expected, limits, [rest], since + timedelta(days=100))
    assert after is not None
    assert after >= expected.reply_by
    assert not rest.from_at < after < rest.until_at
