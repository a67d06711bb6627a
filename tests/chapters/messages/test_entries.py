"""Messages through the real door, sealed and signed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import opens, partnership, somebody
from tests.chapters.messages.story import TUESDAY, replies, starts
from tilth.chapters.messages.models import Message, Thread
from tilth.ledger.models import Entry, Month
from tilth.protocol import clock
from tilth.protocol.encoding import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    with clock.at(TUESDAY):
        return partnership(mentor_zone="Europe/Madrid", mentee_zone="America/New_York")


def message(entry):
    return Message.objects.get(id=entry)


def test_a_thread_starts_with_a_titled_message_that_the_other_reads(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        first = starts(mentee)
    assert mentor.reads(first) == {"title": "The lead role", "body": "Should I take it?"}
    assert Thread.objects.get().id == first


def test_every_message_counts_in_the_picture_of_the_time_together(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        replies(mentor, starts(mentee))
    assert list(Month.objects.filter(ring="message").values_list("count", flat=True)) == [2]


def test_an_answer_is_expected_in_the_recipients_working_hours(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        first = starts(mentee, zone="Europe/Madrid")
        second = starts(mentor, zone="America/New_York")
    assert message(first).reply_by == datetime(2026, 12, 2, 17, tzinfo=UTC)
    assert message(second).reply_by == datetime(2026, 12, 2, 21, tzinfo=UTC)


def test_with_no_rush_nothing_is_expected(pair):
    _, mentee = pair
    with clock.at(TUESDAY):
        first = starts(mentee, expects="no rush")
    assert message(first).reply_by is None


def test_more_time_than_agreed_can_be_given_and_less_can_not(pair):
    _, mentee = pair
    with clock.at(TUESDAY):
        wide = starts(mentee, window=45)
        assert mentee.is_refused("messages.written", {"window": 2}, {"body": "Quick"}) == "window_too_short"
    assert message(wide).reply_by == datetime(2026, 12, 8, 10, tzinfo=UTC)


def test_a_reply_answers_all_that_waited_on_the_one_who_replies_in_that_thread(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        first = starts(mentee)
        second = replies(mentee, first, body="And one thing more")
        elsewhere = starts(mentee, title="Another matter")
        mine = starts(mentor)
    with clock.at(TUESDAY + timedelta(hours=2)):
        replies(mentor, first, expects="no rush")
    assert [message(entry).waits for entry in (first, second, elsewhere, mine)] == [False, False, True, True]


def test_one_can_say_seen_and_a_day_once(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        first = starts(mentee, zone="Europe/Madrid")
        assert mentee.is_refused("messages.seen", {"by": "2026-12-10"}, subject=first) == "not_yours_to_answer"
        assert mentor.is_refused("messages.seen", {"by": "2026-11-30"}, subject=first) == "day_gone"
        assert mentor.is_refused("messages.seen", {"by": "2027-06-01"}, subject=first) == "day_too_far"
        mentor.writes("messages.seen", {"by": "2026-12-10"}, subject=first)
        assert mentor.is_refused("messages.seen", {"by": "2026-12-11"}, subject=first) == "already_promised"
    assert message(first).reply_by == datetime(2026, 12, 10, 23, tzinfo=UTC)


def test_a_promised_day_covers_what_waited_before_it_in_the_thread(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        first = starts(mentee, zone="Europe/Madrid")
        elsewhere = starts(mentee, zone="Europe/Madrid")
    with clock.at(TUESDAY + timedelta(hours=1)):
        second = replies(mentee, first, zone="Europe/Madrid")
        mentor.writes("messages.seen", {"by": "2026-12-10"}, subject=second)
        assert mentor.is_refused("messages.seen", {"by": "2026-12-11"}, subject=first) == "already_promised"
    assert message(first).reply_by == message(second).reply_by == datetime(2026, 12, 10, 23, tzinfo=UTC)
    assert message(elsewhere).promised_day is None


def test_a_promised_day_says_nothing_of_what_was_written_after(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        first = starts(mentee, zone="Europe/Madrid")
    with clock.at(TUESDAY + timedelta(hours=1)):
        second = replies(mentee, first, zone="Europe/Madrid")
        mentor.writes("messages.seen", {"by": "2026-12-10"}, subject=first)
    assert message(first).promised_day == date(2026, 12, 10)
    assert message(second).promised_day is None


def test_seen_is_only_for_what_waits(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        relaxed = starts(mentee, expects="no rush")
        assert mentor.is_refused("messages.seen", {"by": "2026-12-10"}, subject=relaxed) == "nothing_expected"
        answered = starts(mentee)
        replies(mentor, answered)
        assert mentor.is_refused("messages.seen", {"by": "2026-12-10"}, subject=answered) == "already_answered"
        withdrawn = starts(mentee)
        mentee.writes("messages.withdrawn", subject=withdrawn)
        assert mentor.is_refused("messages.seen", {"by": "2026-12-10"}, subject=withdrawn) == "already_withdrawn"


def test_the_author_withdraws_and_the_words_are_gone(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        first = starts(mentee)
        assert mentor.is_refused("messages.withdrawn", subject=first) == "not_yours"
        mentee.writes("messages.withdrawn", subject=first)
        assert mentee.is_refused("messages.withdrawn", subject=first) == "already_withdrawn"
    assert Entry.objects.get(id=first).ct is None
    assert not message(first).waits
    assert Thread.objects.get().title_gone


def test_withdrawing_a_reply_leaves_the_title(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        first = starts(mentee)
        mentor.writes("messages.withdrawn", subject=replies(mentor, first))
    assert not Thread.objects.get().title_gone


def test_what_a_withdrawn_answer_had_answered_waits_again(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        first = starts(mentee)
    with clock.at(TUESDAY + timedelta(hours=1)):
        answer = replies(mentor, first)
    with clock.at(TUESDAY + timedelta(hours=2)):
        mentor.writes("messages.withdrawn", subject=answer)
    assert message(first).waits


def test_where_another_answer_stands_the_withdrawn_one_is_not_missed(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        first = starts(mentee)
    answers = []
    for hours in (1, 2, 3):
        with clock.at(TUESDAY + timedelta(hours=hours)):
            answers.append(replies(mentor, first))
    with clock.at(TUESDAY + timedelta(hours=4)):
        mentor.writes("messages.withdrawn", subject=answers[1])
        mentor.writes("messages.withdrawn", subject=answers[0])
        assert message(first).answered_at == message(answers[2]).at
        mentor.writes("messages.withdrawn", subject=answers[2])
    assert message(first).waits


def test_a_message_says_something_in_a_thread_that_is_there(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        first = starts(mentee)
        reply = replies(mentor, first)
        elsewhere, _ = partnership()
        body = {"body": "Hello"}
        assert mentee.is_refused("messages.written", {}) == "words_missing"
        assert mentee.is_refused("messages.written", {"expects": "now"}, body) == "bad_data"
        assert mentee.is_refused("messages.written", {"zone": "Mars/Base"}, body) == "bad_data"
        assert mentee.is_refused("messages.written", {}, body, subject=reply) == "no_such_thread"
        assert elsewhere.is_refused("messages.written", {}, body, subject=first) == "no_such_thread"
        assert elsewhere.is_refused("messages.seen", {"by": "2026-12-10"}, subject=first) == "no_such_message"
        assert mentee.is_refused("messages.withdrawn", subject=uuid7(clock.now())) == "no_such_message"


def test_alone_one_writes_nothing_that_the_other_could_never_open():
    with clock.at(TUESDAY):
        founder = opens(somebody("Amara"))
        assert founder.is_refused("messages.written", {}, {"title": "Hello", "body": "When you come"}) == "alone"
    assert not Thread.objects.exists()
