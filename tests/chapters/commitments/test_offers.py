"""What each of the two is offered to do about a commitment, by when, and what limits they read first."""

import re
from datetime import timedelta

import pytest

from tests.chapters.agreement.drafts import agree
from tests.chapters.commitments.story import (
    AFTER_FRIDAY,
    MONDAY,
    NEXT_FRIDAY,
    WORDS,
    asks,
    makes,
)
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "offered", "not_offered"),
    [
        (MONDAY, ("I kept it", "Move it", "Ask to be released"), ("Let it go", "Name it")),
        (AFTER_FRIDAY, ("I kept it", "Name it", "Let it go", "Move it to a new day"), ("Ask to be released",)),
    ],
)
def test_the_owner_is_offered_what_can_be_done_now(pair, at, offered, not_offered):
    _, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
    with clock.at(at):
        page = mentee.sees(f"commitments/{made}/").partition("<main")[2].partition("</main>")[0]
    assert all(words in page for words in offered)
    assert not any(words in page for words in not_offered)


def test_the_day_something_is_due_is_not_told_as_the_day_it_was_asked(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        asked, made = asks(mentor, mentee), makes(mentee)
        assert lead(mentee.sees(f"commitments/{asked}/")) == "Amara asked you for this, due by Friday."
        assert lead(mentor.sees(f"commitments/{asked}/")) == "You asked Yusuf for this, due by Friday."
        assert lead(mentee.sees(f"commitments/{made}/")) == "Yours, due by Friday."
    with clock.at(AFTER_FRIDAY):
        assert lead(mentor.sees(f"commitments/{asked}/")) == "You asked Yusuf for this. It was for yesterday."
        assert lead(mentor.sees(f"commitments/{made}/")) == "Yusuf’s. It was due yesterday."


def lead(page):
    return " ".join(re.search(r'<p class="lead">(.*?)</p>', page, re.DOTALL)[1].split())


def test_the_one_who_is_asked_can_say_yes_or_no_and_the_other_can_take_it_back(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        asked = asks(mentor, mentee)
        assert "Yes, I will" in mentee.sees(f"commitments/{asked}/")
        assert "Take the ask back" in mentor.sees(f"commitments/{asked}/")


def test_an_ask_moved_by_a_pause_says_so_and_is_taken_on_as_it_is_offered(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        asked = asks(mentor, mentee)
    with clock.at(MONDAY + timedelta(days=3)):
        mentor.writes("membership.paused", {"back_on": None})
    with clock.at(MONDAY + timedelta(days=6)):
        mentor.writes("membership.resumed")
        page = mentee.sees(f"commitments/{asked}/")
        assert "The pause moved it from 4 December." in page
        assert offered_day(page) == "2026-12-07"
        assert "falls into a pause" not in mentee.sees("commitments/limits?data.due=2026-12-07")
        mentee.writes("commitments.taken_on", {"due": "2026-12-07"}, subject=asked)


def test_an_ask_whose_day_has_gone_is_offered_for_today(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        asked = asks(mentor, mentee)
    with clock.at(AFTER_FRIDAY):
        assert offered_day(mentee.sees(f"commitments/{asked}/")) == "2026-12-05"


def offered_day(page):
    return re.search(r'<input type="date" value="([^"]*)"', page)[1]


def test_the_other_can_answer_a_move_and_release(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        mentee.writes("commitments.renegotiated", {"due": NEXT_FRIDAY}, WORDS, subject=made)
        assert "That day is fine" in mentor.sees(f"commitments/{made}/")
        mentee.writes("commitments.release_asked", subject=made)
        assert "Yusuf asks to be released" in mentor.sees(f"commitments/{made}/")


def test_the_limits_of_the_one_who_is_to_do_it_are_shown_with_a_warning_outside_them(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        agree(mentor, mentee)
        page = mentor.sees(f"commitments/limits?data.owner={mentee.member.id}&data.due=2026-12-06")
        assert "Yusuf works Monday to Friday, 09:00 to 18:00." in page
        assert "Sunday isn’t one of Yusuf" in page
        own = mentor.sees("commitments/limits?data.due=2026-12-04&data.owner=nobody")
        gone = mentor.sees("commitments/limits?data.due=2026-11-29")
    assert "This day has passed. Choose today or a later one." in gone
    assert "You can still choose it" not in gone
    assert "You work Monday to Friday" in own
    assert "caution" not in own


def test_before_anything_is_agreed_no_limits_are_told_as_anybodys(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        page = mentor.sees(f"commitments/limits?data.owner={mentee.member.id}&data.due=2026-12-06")
    assert page.strip() == ""
