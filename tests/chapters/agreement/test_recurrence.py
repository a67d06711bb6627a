import pytest
from hypothesis import given

from tests.chapters.agreement.terms import rules
from tilth.chapters.agreement.recurrence import choice_of, weekly
from tilth.partnerships.rule import parse_rule


def test_every_second_tuesday() -> None:
    choice = choice_of("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", weekday=0)
    assert (choice.often, choice.weekdays) == ("weeks-2", (1,))


def test_a_week_without_days_means_the_day_it_starts() -> None:
    assert choice_of("FREQ=WEEKLY", weekday=3).weekdays == (3,)


def test_the_last_friday_of_the_month() -> None:
    choice = choice_of("FREQ=MONTHLY;BYDAY=-1FR", weekday=0)
    assert (choice.often, choice.by, choice.nth, choice.weekdays) == ("months-1", "weekday", -1, (4,))


def test_the_fifteenth_of_every_second_month() -> None:
    choice = choice_of("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15", weekday=0)
    assert (choice.often, choice.by, choice.monthday) == ("months-2", "date", 15)


def test_no_rhythm_is_a_choice_too() -> None:
    assert choice_of(None, weekday=2).often == "none"


@pytest.mark.parametrize("rrule", ["FREQ=DAILY;INTERVAL=10", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=5MO"])
def test_a_rule_the_form_has_no_words_for_is_kept_as_it_is(rrule: str) -> None:
    choice = choice_of(rrule, weekday=0)
    assert (choice.often, choice.rrule) == ("kept", rrule)


@given(rules)
def test_every_rule_keeps_its_own_text(rrule: str) -> None:
    assert choice_of(rrule, weekday=0).rrule == rrule


def test_the_suggested_rule_is_one_a_rhythm_may_use() -> None:
    assert parse_rule(weekly(2, every=2)).weekdays == (2,)
