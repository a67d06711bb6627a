"""A rhythm's occurrences: equal to dateutil's, and right on the days when clocks change."""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from tilth.partnerships.rhythm import describe, laid_days, occurrences
from tilth.partnerships.rule import WEEKDAYS, UnknownRule, days, parse_rule
from tilth.partnerships.terms import Rhythm

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Pacific/Auckland",
)
YEAR = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def rhythm(rrule: str, *, start: str = "2026-01-01", ends: str = "2027-12-31", at: str = "17:00", zone: str = "UTC"):
    return Rhythm(rrule=rrule, start=start, time=at, zone=zone, minutes=60, ends=ends, place="video")


def random_rule(dice: random.Random) -> str:
    interval = dice.randint(1, 7)
    kind = dice.choice(("day", "week", "plain week", "nth", "date"))
    if kind == "day":
        return f"FREQ=DAILY;INTERVAL={interval}"
    if kind == "plain week":
        return f"FREQ=WEEKLY;INTERVAL={interval}"
    if kind == "week":
        chosen = ",".join(dice.sample(WEEKDAYS, dice.randint(1, 7)))
        return f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={chosen}"
    if kind == "nth":
        return f"FREQ=MONTHLY;INTERVAL={interval};BYDAY={dice.choice((-1, 1, 2, 3, 4, 5))}{dice.choice(WEEKDAYS)}"
    return f"FREQ=MONTHLY;INTERVAL={interval};BYMONTHDAY={dice.choice((-1, 1, 15, 28, 29, 30, 31))}"


def reference(rule: str, start: date, first: date, last: date) -> list[date]:
    begin = datetime.combine(start, time())
    span = (datetime.combine(first, time()), datetime.combine(last, time()))
    return [found.date() for found in rrulestr(rule, dtstart=begin).between(*span, inc=True)]


def test_a_meeting_that_the_clocks_move_beyond_midnight_is_found_on_the_day_it_moves_to():
    late = rhythm("FREQ=WEEKLY;BYDAY=SA", at="23:30", zone="America/Nuuk")
    sunday = datetime(2027, 3, 28, 0, 15, tzinfo=ZoneInfo("America/Nuuk"))
    assert laid_days(late, sunday, sunday + timedelta(hours=1)) == {
        date(2027, 3, 27): datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    }


def test_days_equal_those_of_dateutil_for_many_rules():
    dice = random.Random(20261122)
    for _ in range(1500):
        rule = random_rule(dice)
        start = date(2023, 6, 1) + timedelta(days=dice.randrange(1200))
        first = start + timedelta(days=dice.randrange(-60, 900))
        last = first + timedelta(days=dice.randrange(0, 400))
        ours = list(days(parse_rule(rule), start, first, last))
        assert ours == reference(rule, start, first, last), (rule, start, first, last)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", ["00:00", "00:30", "01:45", "02:30", "09:15", "23:59"])
def test_a_year_keeps_its_wall_clock_in_every_zone(zone, at):
    daily = rhythm("FREQ=DAILY;INTERVAL=1", zone=zone, at=at, start="2025-12-31", ends="2027-01-31")
    here, wanted = ZoneInfo(zone), time.fromisoformat(at)
    found = laid_days(daily, *YEAR)
    assert 364 <= len(found) <= 365
    for day, when in found.items():
        local = when.astimezone(here)
        if local.time() == wanted:
            assert local.date() == day
            assert local.fold == 0
        else:  # the clocks skipped this time, so it moved forward by the gap and not further
            asked = datetime.combine(day, wanted)
            assert timedelta(0) < local.replace(tzinfo=None) - asked <= timedelta(hours=1)
            assert asked.replace(tzinfo=here).astimezone(UTC).astimezone(here).replace(tzinfo=None) != asked


def test_five_in_the_afternoon_stays_so_over_both_changes():
    weekly = rhythm("FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", zone="Europe/Berlin")
    hours = {when.month: when.hour for when in occurrences(weekly, *YEAR)}
    assert (hours[1], hours[7], hours[12]) == (16, 15, 16)


def test_a_time_that_the_clocks_skip_moves_forward():
    nightly = rhythm("FREQ=DAILY", zone="America/New_York", at="02:30")
    assert laid_days(nightly, *YEAR)[date(2026, 3, 8)] == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)  # 03:30 there


def test_of_a_time_that_comes_twice_the_first_counts():
    nightly = rhythm("FREQ=DAILY", zone="America/New_York", at="01:30")
    assert laid_days(nightly, *YEAR)[date(2026, 11, 1)] == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_day_that_a_zone_never_had_gives_no_second_meeting():
    daily = rhythm("FREQ=DAILY", zone="Pacific/Apia", start="2011-12-20", ends="2012-01-10", at="10:00")
    found = occurrences(daily, datetime(2011, 12, 28, tzinfo=UTC), datetime(2012, 1, 3, tzinfo=UTC))
    assert len(found) == len(set(found))


def test_the_29th_of_february_comes_in_leap_years_only():
    yearly = parse_rule("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=29")
    found = list(days(yearly, date(2024, 2, 1), date(2024, 1, 1), date(2032, 12, 31)))
    assert found == [date(2024, 2, 29), date(2028, 2, 29), date(2032, 2, 29)]


def test_months_without_a_31st_or_a_fifth_friday_are_skipped():
    long_months = rhythm("FREQ=MONTHLY;BYMONTHDAY=31")
    assert [when.month for when in occurrences(long_months, *YEAR)] == [1, 3, 5, 7, 8, 10, 12]
    fifth = rhythm("FREQ=MONTHLY;BYDAY=5FR")
    assert [when.month for when in occurrences(fifth, *YEAR)] == [1, 5, 7, 10]


def test_nothing_comes_after_the_last_day_and_the_last_day_itself_counts():
    weekly = rhythm("FREQ=WEEKLY;BYDAY=MO", ends="2026-03-02", zone="America/Sao_Paulo", at="22:30")
    assert occurrences(weekly, *YEAR)[-1] == datetime(2026, 3, 3, 1, 30, tzinfo=UTC)


@given(
    st.sampled_from(ZONES),
    st.integers(0, 2**32),
    st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), min_size=3, max_size=3),
)
def test_two_windows_side_by_side_give_what_the_whole_gives(zone, seed, cuts):
    some = rhythm(random_rule(random.Random(seed)), zone=zone, at="02:15")
    first, middle, last = sorted(cut.replace(tzinfo=UTC) for cut in cuts)
    whole = occurrences(some, first, last)
    assert whole == occurrences(some, first, middle) + occurrences(some, middle, last)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every three days"),
        ("FREQ=WEEKLY", "every Thursday"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "every Tuesday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every second Tuesday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,TU", "every second week on Tuesday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "every three weeks on Monday"),
        ("FREQ=WEEKLY;INTERVAL=13;BYDAY=MO", "every 13 weeks on Monday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day"),
        ("FREQ=MONTHLY;BYDAY=2TU", "the second Tuesday of every month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "the last Friday of every second month"),
        ("FREQ=MONTHLY;BYMONTHDAY=22", "the 22nd of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=13", "the 13th of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "the last day of every month"),
    ],
)
def test_a_rhythm_is_told_in_words(rule, words):
    assert describe(rhythm(rule)) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ=YEARLY",
        "FREQ=WEEKLY;COUNT=5",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=MO,MO",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=DAILY;BYDAY=MO",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=1.5",
        "FREQ=WEEKLY;INTERVAL=٢",
        "FREQ=DAILY;INTERVAL=400",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=6TU",
        "FREQ=MONTHLY;BYDAY=1TU,2TU",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=MONTHLY;BYDAY=1TU;BYMONTHDAY=3",
        "freq=weekly",
    ],
)
def test_other_rules_are_refused_with_a_sentence(text):
    with pytest.raises(UnknownRule, match=r"^[A-Z].*\.$"):
        parse_rule(text)
