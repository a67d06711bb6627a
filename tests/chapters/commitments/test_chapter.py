"""What commitments tell the home page and the reminders."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import opens, partnership, somebody
from tests.chapters.commitments.story import (
    AFTER_FRIDAY,
    FRIDAY,
    MONDAY,
    NEXT_FRIDAY,
    WORDS,
    asks,
    makes,
    moved_and_hard,
)
from tilth.chapters.commitments.chapter import due, steps
from tilth.partnerships.access import seats_of
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    with clock.at(MONDAY):
        return partnership(mentor_zone="Europe/Madrid", mentee_zone="America/New_York")


def dues(actor, at=MONDAY):
    return due(seats_of(actor.person), at)


def test_a_commitment_waits_on_its_owner_until_the_day_is_over_there(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
    [mine], [theirs] = dues(mentee), dues(mentor)
    assert (mine.on, theirs.on) == ("me", "other")
    assert mine.when == theirs.when == datetime(2026, 12, 5, 5, tzinfo=UTC)
    assert mine.title.entry == made
    assert (mine.when_words, mine.late) == ("by Friday", False)


def test_one_that_slipped_is_late_until_its_owner_says_what_happened(pair):
    _, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
    [slipped] = dues(mentee, AFTER_FRIDAY)
    assert slipped.late
    [step] = steps(mentee.member, AFTER_FRIDAY)
    assert step.title == "This one slipped. Name it, move it, or let it go?"
    with clock.at(AFTER_FRIDAY):
        mentee.writes("commitments.owned", {"then": "name"}, {"words": "I was ill"}, subject=made)
    [named] = dues(mentee, AFTER_FRIDAY)
    assert (named.late, named.when_words) == (False, "still open")
    assert steps(mentee.member, AFTER_FRIDAY) == []


def test_an_ask_waits_on_the_one_asked(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        asks(mentor, mentee)
    assert [found.on for found in (*dues(mentee), *dues(mentor))] == ["me", "other"]
    assert steps(mentee.member, MONDAY)[0].title == "Amara asks if you would"
    assert steps(mentee.member, MONDAY)[0].why.startswith("It is for Friday.")
    assert steps(mentee.member, AFTER_FRIDAY)[0].why.startswith("It was for yesterday.")
    assert due([mentee.member], AFTER_FRIDAY)[0].when_words == "was for yesterday"


def test_a_wish_to_be_released_waits_on_the_other(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        mentee.writes("commitments.release_asked", subject=makes(mentee))
    assert [found.on for found in (*dues(mentee), *dues(mentor))] == ["other", "me"]
    assert "Yusuf asks to be released from" in [step.title for step in steps(mentor.member, MONDAY)]


def test_that_a_new_day_makes_it_hard_is_the_owners_to_take_up_until_they_do_something(pair):
    mentor, mentee = pair
    made = moved_and_hard(pair)
    with clock.at(MONDAY + timedelta(hours=2)):
        [mine], [theirs] = dues(mentee), dues(mentor)
        assert mine.text == "Amara has trouble with the new day of"
        assert theirs.text == "Their commitment:"
        assert [step.title for step in steps(mentee.member, MONDAY)] == ["Amara has trouble with the new day of"]
        mentee.writes("commitments.renegotiated", {"due": FRIDAY}, WORDS, subject=made)
    assert dues(mentee)[0].text == "Your commitment:"
    assert steps(mentee.member, MONDAY) == []


def test_an_answer_in_place_of_a_release_is_a_step_to_take(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        mentee.writes("commitments.release_asked", subject=made)
    with clock.at(MONDAY + timedelta(hours=1)):
        mentor.writes("commitments.answered", {"agrees": False, "answers": "release"}, WORDS, subject=made)
    assert [step.title for step in steps(mentee.member, MONDAY)] == ["Amara answered your wish to be released from"]


def test_while_they_pause_it_rests(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        makes(mentee)
        mentor.writes("membership.paused", {"back_on": None})
    [resting] = dues(mentee, AFTER_FRIDAY)
    assert (resting.when, resting.late, resting.when_words) == (None, False, "rests while you pause")
    assert steps(mentee.member, AFTER_FRIDAY) == []


def test_after_one_has_left_nothing_waits(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        makes(mentee)
        mentor.writes("membership.left", {})
    assert dues(mentee) == []
    assert steps(mentee.member, MONDAY) == []


def test_what_is_due_soon_is_the_next_small_step(pair):
    _, mentee = pair
    with clock.at(MONDAY):
        makes(mentee)
    assert steps(mentee.member, MONDAY) == []
    [step] = steps(mentee.member, MONDAY + timedelta(days=2))
    assert step.title == "Keep what you said you would do"


def test_what_is_for_today_comes_before_an_ask_for_another_day(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        makes(mentee)
        asks(mentor, mentee, NEXT_FRIDAY)
    for days, title in ((3, "Amara asks if you would"), (4, "Keep what you said you would do")):
        first = max(steps(mentee.member, MONDAY + timedelta(days=days)), key=lambda step: step.weight)
        assert first.title == title


def test_without_any_a_first_one_is_suggested(pair):
    mentor, _ = pair
    [step] = steps(mentor.member, MONDAY)
    assert step.action == "Write one line"


def test_one_who_is_alone_has_no_steps_here():
    assert steps(opens(somebody()).member, MONDAY) == []


def test_what_is_due_costs_the_same_number_of_queries_for_many_partnerships_and_a_long_history():
    with clock.at(MONDAY):
        mentor, mentee = partnership()
        makes(mentor)
    members = seats_of(mentor.person)
    with CaptureQueriesContext(connection) as few:
        assert len(due(members, MONDAY)) == 1
    with clock.at(MONDAY):
        for _ in range(3):
            mentee.writes("commitments.kept", subject=makes(mentee))
            makes(mentee)
    others = [partnership()[0].member for _ in range(3)]
    members = [*seats_of(mentor.person), *others]
    with CaptureQueriesContext(connection) as many:
        assert len(due(members, MONDAY)) == 4
    assert len(few) == len(many) == 2
