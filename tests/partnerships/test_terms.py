"""The public part of an agreement is checked with sentences that a person can act on."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from pydantic import ValidationError

from tilth.accounts.models import Person
from tilth.partnerships.models import Member, Partnership
from tilth.partnerships.terms import MemberTerms, Rhythm, Terms, terms_of

MENTOR, MENTEE = UUID(int=1), UUID(int=2)
RHYTHM = {
    "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "start": "2026-11-24",
    "time": "17:00",
    "zone": "Europe/Berlin",
    "minutes": 60,
    "ends": "2027-05-25",
    "place": "video",
}
MEMBER = {"zone": "Europe/Lisbon"}
TERMS = {
    "rhythm": RHYTHM,
    "members": {str(MENTOR): {"zone": "Europe/Berlin", "monthly_hours": 4}, str(MENTEE): MEMBER},
    "begins": "2026-11-22",
    "ends": "2027-11-22",
}


def partnership(terms: object = None) -> Partnership:
    found = Partnership(terms=terms, opened_at=datetime(2026, 11, 22, tzinfo=UTC))
    found.everyone = [
        Member(person=Person(id=MENTOR, zone="Asia/Tokyo")),
        Member(person=Person(id=MENTEE, zone="Europe/Lisbon")),
    ]
    return found


def sentence(model, data) -> str:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(data)
    return refused.value.errors()[0]["msg"]


def test_terms_come_back_from_json_as_they_went_in():
    terms = Terms.model_validate(TERMS)
    assert Terms.model_validate(terms.model_dump(mode="json")) == terms
    assert Terms.model_validate_json(terms.model_dump_json()) == terms
    assert terms.of(MENTOR).monthly_hours == 4.0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"zone": "Mars/Olympus"}, "We don’t know this time zone."),
        ({"zone": "../etc/passwd"}, "We don’t know this time zone."),
        ({"time": "25:00"}, "Write a time as hours and minutes"),
        ({"time": "9:00"}, "Write a time as hours and minutes"),
        ({"ends": "2026-11-01"}, "The rhythm ends after it starts."),
        ({"ends": "2029-01-01"}, "The rhythm lasts at most two years."),
        ({"start": "2026-02-30"}, "There is no such day in the calendar."),
        ({"start": "24.11.2026"}, "Write a day as year, month and day"),
        ({"start": 1764000000}, "Write a day as year, month and day"),
        ({"start": "0001-01-01"}, "Choose a day between"),
        ({"minutes": 0}, "A meeting lasts from 5 minutes to 8 hours."),
        ({"minutes": True}, "A meeting lasts from 5 minutes to 8 hours."),
        ({"minutes": "60"}, "A meeting lasts from 5 minutes to 8 hours."),
        ({"rrule": "FREQ=YEARLY"}, "A rhythm recurs by days, weeks or months."),
    ],
)
def test_a_wrong_rhythm_is_refused_in_a_sentence(change, words):
    assert sentence(Rhythm, RHYTHM | change).startswith(words)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"days": []}, "Choose at least one day of the week"),
        ({"days": [0, 0]}, "Choose at least one day of the week"),
        ({"days": [7]}, "Choose at least one day of the week"),
        ({"available_from": "18:00", "available_to": "09:00"}, "Working hours end after they start"),
        ({"quiet_from": "08:00", "quiet_to": "19:00"}, "The quiet hours leave less than half an hour"),
        ({"monthly_hours": 0}, "The time you have in a month"),
        ({"monthly_hours": float("nan")}, "The time you have in a month"),
        ({"monthly_hours": "four"}, "The time you have in a month"),
        ({"capacity": 0}, "The partnerships you can carry"),
        ({"capacity": 2.5}, "The partnerships you can carry"),
        ({"capacity": True}, "The partnerships you can carry"),
        ({"capacity": 51}, "The partnerships you can carry"),
    ],
)
def test_wrong_limits_are_refused_in_a_sentence(change, words):
    assert sentence(MemberTerms, MEMBER | change).startswith(words)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends": "2026-11-01"}, "The agreement ends after it starts."),
        ({"ends": "2029-01-01"}, "The agreement lasts at most two years."),
        ({"ends": "2027-01-01"}, "The rhythm can’t go on after the agreement ends."),
        ({"schedules": str(UUID(int=9))}, "The one who schedules is one of the two of you"),
        ({"window_hours": 0}, "Answers come within"),
        ({"notice_hours": -1}, "Notice for moving a meeting"),
        ({"digest_hours": 9999}, "Time to digest feedback"),
    ],
)
def test_terms_that_do_not_hold_together_are_refused_in_a_sentence(change, words):
    assert sentence(Terms, TERMS | change).startswith(words)


def test_an_unknown_field_and_terms_without_members_are_refused():
    for change in ({"score": 5}, {"members": {}}, {"members": {"nobody": MEMBER}}):
        assert sentence(Terms, TERMS | change)


def test_quiet_hours_may_cross_midnight_and_may_be_none():
    assert MemberTerms(zone="UTC", quiet_from="21:00", quiet_to="07:00").quiet_minutes() == [(0, 420), (1260, 1440)]
    assert MemberTerms(zone="UTC", quiet_from="00:00", quiet_to="00:00").quiet_minutes() == []


def test_a_quiet_hour_in_the_middle_of_the_day_is_no_working_hour():
    nap = MemberTerms(zone="UTC", quiet_from="12:00", quiet_to="13:00")
    assert nap.working_minutes() == [(540, 720), (780, 1080)]


def test_before_an_agreement_the_terms_are_gentle_and_in_each_ones_zone():
    terms = terms_of(partnership())
    assert terms.rhythm is None
    assert (terms.window_hours, terms.notice_hours, terms.begins) == (16, 24, date(2026, 11, 22))
    assert terms.of(MENTOR).zone == "Asia/Tokyo"
    assert terms.of(MENTEE).zone == "Europe/Lisbon"
    assert terms.of(UUID(int=3), zone="Asia/Tokyo") == terms.of(MENTOR)


def test_terms_in_force_win():
    assert terms_of(partnership(TERMS)) == Terms.model_validate(TERMS)
