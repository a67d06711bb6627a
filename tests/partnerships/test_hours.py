"""Deadlines run in the recipient's working hours; cautions name what a proposal would run against."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilth.partnerships.hours import Stretch, common_slots, is_paused, is_quiet, working_deadline, working_hours
from tilth.partnerships.limits import due_day_cautions, hours_words, month_cautions, within_available
from tilth.partnerships.terms import MemberTerms

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland")
BERLIN = MemberTerms(zone="Europe/Berlin")
LISBON = MemberTerms(zone="Europe/Lisbon")
TOKYO = MemberTerms(zone="Asia/Tokyo")


@dataclass
class Pause:
    from_at: datetime
    until_at: datetime | None


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


def days_from(after: datetime, days: int) -> Stretch:
    return Stretch(after, after + timedelta(days=days))


def test_a_window_of_sixteen_hours_from_friday_noon_ends_on_tuesday():
    assert working_deadline(berlin("2026-11-20T12:00"), 16, BERLIN) == berlin("2026-11-24T10:00")


def test_a_message_at_night_starts_its_window_in_the_morning():
    assert working_deadline(berlin("2026-11-23T23:30"), 1, BERLIN) == berlin("2026-11-24T10:00")


def test_the_window_runs_in_the_recipients_zone():
    assert working_deadline(berlin("2026-11-23T17:00"), 2, TOKYO) == datetime(2026, 11, 24, 2, tzinfo=UTC)


def test_quiet_hours_within_the_day_do_not_count():
    nap = MemberTerms(zone="Europe/Berlin", quiet_from="12:00", quiet_to="14:00")
    assert working_deadline(berlin("2026-11-23T11:00"), 2, nap) == berlin("2026-11-23T15:00")


def test_a_pause_that_is_open_has_no_end_in_sight():
    assert is_paused(berlin("2027-11-24T10:00"), [Pause(berlin("2026-11-24T10:00"), None)])


@pytest.mark.parametrize("change", ["2026-03-29", "2026-10-25"])
def test_a_working_night_over_a_change_of_clocks_counts_the_hours_that_are(change):
    guard = MemberTerms(zone="Europe/Berlin", days=[6], available_from="00:00", available_to="08:00",
                        quiet_from="12:00", quiet_to="12:00")  # fmt: skip
    hours = 7 if change == "2026-03-29" else 9
    assert working_deadline(berlin(f"{change}T00:00"), hours, guard) == berlin(f"{change}T08:00")


members = st.builds(
    lambda zone, days, first, length, quiet: MemberTerms(
        zone=zone, days=sorted(days), available_from=f"{first:02}:00", available_to=f"{first + length:02}:30",
        quiet_from=f"{quiet:02}:00", quiet_to=f"{(quiet + (5 if quiet >= 20 else 1)) % 24:02}:00",
    ),
    st.sampled_from(ZONES), st.sets(st.integers(0, 6), min_size=1), st.integers(5, 14), st.integers(1, 8),
    st.integers(0, 23),
)  # fmt: skip
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)).map(lambda at: at.replace(tzinfo=UTC))


@given(instants, st.integers(1, 60), members)
def test_a_deadline_lies_in_working_hours_and_never_in_quiet_ones(start, hours, member):
    deadline = working_deadline(start, hours, member)
    just_before = deadline - timedelta(seconds=1)
    local = just_before.astimezone(ZoneInfo(member.zone))
    assert deadline >= start + timedelta(hours=hours)
    assert local.weekday() in member.days
    assert not is_quiet(just_before, member)


@given(instants, st.integers(1, 60), st.integers(1, 60), members)
def test_waiting_in_two_parts_is_waiting_in_one(start, first, second, member):
    middle = working_deadline(start, first, member)
    assert working_deadline(middle, second, member) == working_deadline(start, first + second, member)


@given(instants, st.integers(1, 40), members)
def test_as_many_working_hours_lie_before_a_deadline_as_it_gives(start, hours, member):
    assert working_hours(start, working_deadline(start, hours, member), member) == hours


@given(instants, st.sampled_from([15, 30, 60, 90]), members, members)
def test_times_that_suit_both_bring_no_caution(after, minutes, first, second):
    for start in common_slots(first, second, days_from(after, 14), minutes=minutes):
        end = start + timedelta(minutes=minutes)
        assert start >= after
        assert within_available(start, end, first, name="A") == []
        assert within_available(start, end, second, name="B") == []


def test_times_that_suit_both_are_few_a_day_and_leave_out_what_is_taken():
    after = berlin("2026-11-23T07:00")
    taken = Stretch(berlin("2026-11-23T00:00"), berlin("2026-11-24T00:00"))
    slots = common_slots(BERLIN, LISBON, days_from(after, 3), minutes=60, taken=[taken])
    assert slots == [
        berlin("2026-11-24T10:00"), berlin("2026-11-24T17:00"), berlin("2026-11-25T10:00"), berlin("2026-11-25T17:00"),
    ]  # fmt: skip


def test_where_working_hours_never_meet_there_is_no_common_time():
    early = MemberTerms(zone="UTC", available_from="06:00", available_to="09:00", quiet_from="22:00", quiet_to="05:00")
    late = MemberTerms(zone="UTC", available_from="14:00", available_to="19:00")
    assert common_slots(early, late, days_from(berlin("2026-11-23T07:00"), 14), minutes=60) == []


def keys(cautions) -> list[str]:
    return [caution.key for caution in cautions]


def test_a_meeting_outside_the_others_limits_is_named():
    late = within_available(berlin("2026-11-23T20:30"), berlin("2026-11-23T21:30"), BERLIN, name="Amara")
    assert [caution.sentence for caution in late] == [
        "Amara is free from 09:00 to 18:00, Berlin time.",
        "Amara’s quiet hours are from 20:00 to 08:00, Berlin time.",
    ]


def test_your_own_limits_are_named_too():
    mine = MemberTerms(zone="Europe/Berlin", monthly_hours=1)
    found = within_available(berlin("2026-11-23T21:30"), berlin("2026-11-23T22:30"), mine, name=None)
    assert [caution.sentence for caution in found] == [
        "You are free from 09:00 to 18:00, Berlin time.",
        "Your quiet hours are from 20:00 to 08:00, Berlin time.",
    ]
    over = month_cautions(60, 60, mine, name=None)
    assert over[0].sentence == "With this, the month comes to 2 hours; you have 1 hour for it."


def test_a_meeting_on_a_free_day_is_named():
    saturday = within_available(berlin("2026-11-21T10:00"), berlin("2026-11-21T11:00"), BERLIN, name="Jonas")
    assert keys(saturday) == ["not_a_working_day"]
    assert saturday[0].sentence == "Saturday isn’t one of Jonas’s working days."


def test_a_meeting_that_ends_as_the_day_ends_suits():
    assert within_available(berlin("2026-11-23T17:00"), berlin("2026-11-23T18:00"), BERLIN, name="Amara") == []
    over = within_available(berlin("2026-11-23T17:00"), berlin("2026-11-23T18:01"), BERLIN, name="Amara")
    assert keys(over) == ["outside_hours"]


def test_a_due_day_is_checked_against_days_and_pauses():
    found = due_day_cautions(date(2026, 11, 28), BERLIN, name="Amara", today=date(2026, 11, 23), paused=True)
    assert keys(found) == ["not_a_working_day", "paused"]
    assert due_day_cautions(date(2026, 11, 24), BERLIN, name="Amara", today=date(2026, 11, 23)) == []


def test_a_due_day_of_somebody_without_terms_runs_only_against_a_pause():
    sunday = due_day_cautions(date(2026, 11, 29), None, name="Amara", today=date(2026, 11, 23), paused=True)
    assert keys(sunday) == ["paused"]


def test_of_a_day_that_has_gone_nothing_else_is_said():
    sunday = due_day_cautions(date(2026, 11, 22), BERLIN, name="Amara", today=date(2026, 11, 23), paused=True)
    assert keys(sunday) == ["past"]


def test_a_month_beyond_its_time_is_named_and_one_without_a_limit_is_not():
    four = MemberTerms(zone="UTC", monthly_hours=4)
    assert month_cautions(180, 60, four, name="Amara") == []
    over = month_cautions(180, 90, four, name="Amara")
    assert over[0].sentence == "With this, the month comes to 4.5 hours; Amara has 4 hours for it."
    assert month_cautions(9000, 60, BERLIN, name="Amara") == []
    assert hours_words(1) == "1 hour"
