"""What messages tell the home page and the reminders."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import partnership
from tests.chapters.messages.story import TUESDAY, replies, starts
from tilth.chapters.messages.chapter import due, steps
from tilth.partnerships.access import seats_of
from tilth.protocol import clock

pytestmark = pytest.mark.django_db

LATER = TUESDAY + timedelta(days=7)


@pytest.fixture
def pair():
    with clock.at(TUESDAY):
        return partnership(mentor_zone="Europe/Madrid", mentee_zone="America/New_York")


def dues(actor, at=TUESDAY):
    return due(seats_of(actor.person), at)


def test_an_answer_waits_on_the_one_it_was_asked_of(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        thread = starts(mentee, zone="Europe/Madrid")
    [mine], [theirs] = dues(mentor), dues(mentee)
    assert (mine.on, mine.text, mine.title.entry, mine.late) == ("me", "Reply in", thread, False)
    assert mine.when == datetime(2026, 12, 2, 17, tzinfo=UTC)
    assert mine.when_words == "by tomorrow, 18:00"
    assert (theirs.on, theirs.when_words) == ("other", "by tomorrow noon")
    assert steps(mentor.member, TUESDAY)[0].why == "Yusuf hopes to hear by tomorrow, 18:00."


def test_a_thread_waits_once_however_many_messages_are_in_it(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        thread = starts(mentee, zone="Europe/Madrid")
    with clock.at(TUESDAY + timedelta(hours=3)):
        replies(mentee, thread, zone="Europe/Madrid")
    [mine] = dues(mentor)
    assert mine.when == datetime(2026, 12, 2, 17, tzinfo=UTC)


def test_a_late_one_is_spoken_of_kindly_and_never_to_the_one_who_waits(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        starts(mentee)
    [mine], [theirs] = dues(mentor, LATER), dues(mentee, LATER)
    assert (mine.late, mine.when_words) == (True, "whenever you can now")
    assert (theirs.late, theirs.when_words) == (False, "still to come")
    [step] = steps(mentor.member, LATER)
    assert step.why.startswith("Yusuf wrote, and it has waited a little.")
    assert steps(mentee.member, LATER) == []


def test_a_promised_day_is_named_as_said(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        thread = starts(mentee, zone="Europe/Madrid")
        mentor.writes("messages.seen", {"by": "2026-12-04"}, subject=thread)
    assert dues(mentor)[0].when_words == "by Friday, as you said"
    assert dues(mentee)[0].when_words == "by Friday, as they said"


def test_while_they_pause_it_rests(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        starts(mentee)
        mentor.writes("membership.paused", {"back_on": None})
    [mine] = dues(mentor, LATER)
    assert (mine.when, mine.late, mine.when_words) == (None, False, "rests while you pause")
    assert steps(mentor.member, LATER) == []


def test_after_one_has_left_nothing_waits(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        starts(mentee)
        mentor.writes("membership.left", {})
    assert dues(mentee) == []


def test_what_waits_costs_the_same_number_of_queries_for_many_partnerships_and_a_long_history(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        starts(mentee)
        alone = [mentor.member]
        with CaptureQueriesContext(connection) as few:
            assert len(due(alone, TUESDAY)) == 1
        for _ in range(4):
            thread = starts(mentee)
            replies(mentor, thread)
            starts(mentor)
        mentor.writes("membership.paused", {"back_on": None})
        members = [mentor.member, *(partnership()[0].member for _ in range(3))]
        with CaptureQueriesContext(connection) as many:
            assert len(due(members, TUESDAY)) == 9
    assert len(many) == len(few) == 2
