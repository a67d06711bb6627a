from datetime import UTC, datetime, timedelta, timezone

import pytest

from tilth.protocol import clock

WINTER = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def test_the_present_is_aware_and_in_utc():
    assert clock.now().tzinfo is UTC


def test_inside_a_moment_it_is_that_moment_in_utc():
    with clock.at(WINTER.astimezone(timezone(timedelta(hours=5)))):
        assert clock.now() == WINTER
        assert clock.now().tzinfo is UTC


def test_moments_nest_and_end():
    with clock.at(WINTER):
        with clock.at(WINTER + timedelta(days=1)):
            assert clock.now() == WINTER + timedelta(days=1)
        assert clock.now() == WINTER
    assert clock.now() > WINTER


def test_a_moment_needs_a_time_zone():
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 1, 5)):
        pass
