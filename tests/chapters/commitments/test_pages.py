"""The pages of commitments as HTML; what is sealed in them is only named."""

import re
from datetime import timedelta

import pytest

from tests.cast import partnership, somebody
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
from tilth.notices.models import Letter
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


def test_before_the_first_one_an_example_teaches(pair):
    mentor, _ = pair
    with clock.at(MONDAY):
        page = mentor.sees("commitments/")
    assert "Nothing promised yet" in page
    assert 'kind="commitments.made"' in page


def test_what_was_open_when_the_partnership_ended_is_neither_due_nor_late(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made, asked = makes(mentee), asks(mentor, mentee)
    with clock.at(AFTER_FRIDAY):
        mentor.writes("membership.left", {})
        page = mentee.sees("commitments/")
        one, ask = mentee.sees(f"commitments/{made}/"), mentee.sees(f"commitments/{asked}/")
    assert page.count("for 4 December") == 2
    assert not re.search('was due|"by late"|Slipped|answer is wanted', page)
    assert "Yours, for 4 December. It was open when the partnership ended." in one
    assert "Amara asked you for this, for 4 December. It was open when the partnership ended." in ask


def test_how_it_went_is_told_when_it_has_gone(pair):
    _, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        assert "<h2>So far</h2>" in mentee.sees(f"commitments/{made}/")
        mentee.writes("commitments.kept", {}, WORDS, subject=made)
        assert "<h2>How it went</h2>" in mentee.sees(f"commitments/{made}/")


def test_each_sees_what_is_theirs_and_what_is_the_others(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        assert "<h2>Yours</h2>" in mentee.sees("commitments/")
        page = mentor.sees("commitments/")
    assert "<h2>Yusuf’s</h2>" in page
    assert f'entry="{made}"' in page
    assert WORDS["words"] not in page


def test_the_story_shows_every_act_of_both(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        mentee.writes("commitments.renegotiated", {"due": NEXT_FRIDAY}, WORDS, subject=made)
        mentor.writes("commitments.answered", {"agrees": True}, subject=made)
        mentee.writes("commitments.kept", {}, WORDS, subject=made)
        page = mentor.sees(f"commitments/{made}/")
    for words in ("made it", "moved it to 11 December", "agreed", "kept it", "Kept by Yusuf, 30 November"):
        assert words in page


def test_a_day_says_its_place_while_its_owners_calendar_shows_another_date():
    evening_in_new_york = MONDAY.replace(hour=1)
    with clock.at(evening_in_new_york):
        mentor, mentee = partnership(mentor_zone="Europe/Berlin", mentee_zone="America/New_York")
        made = makes(mentee, "2026-11-29")
        assert "today in New York" in mentor.sees("")
        assert "today in New York" in mentor.sees("commitments/")
        assert "today in New York" in mentor.sees(f"commitments/{made}/")
        assert "in New York" not in mentee.sees("commitments/")
    with clock.at(evening_in_new_york + timedelta(days=20)):
        assert "was due 29 November<" in mentor.sees("commitments/")
    with clock.at(MONDAY.replace(hour=12)):
        assert "made a commitment, due 29 November in New York" in mentor.sees("timeline")
        assert "made a commitment, due 29 November<" in mentee.sees("timeline")
        makes(mentee)
        assert "made a commitment, due 4 December<" in mentor.sees("timeline")
        assert "was due yesterday<" in mentor.sees("commitments/")


def test_that_a_new_day_makes_it_hard_is_said_wherever_the_answer_is_told(pair):
    mentor, mentee = pair
    made = moved_and_hard(pair)
    with clock.at(MONDAY + timedelta(hours=2)):
        page = mentee.sees(f"commitments/{made}/")
        assert "said that it makes it hard" in page
        assert "Amara has trouble with the new day." in page
        assert "Hard for Amara: " in mentee.sees("commitments/")
        assert "Amara said that a new day makes it hard" in mentee.sees("timeline")
        assert "has trouble with the new day" not in mentor.sees(f"commitments/{made}/")
    [*_, letter] = Letter.objects.filter(person=mentee.person).order_by("queued_at")
    assert letter.words == "says that a new day makes it hard"


def test_a_move_may_be_answered_until_its_day_has_passed_and_is_never_said_to_want_an_answer(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee, "2026-12-03")
        mentee.writes("commitments.renegotiated", {"due": FRIDAY}, WORDS, subject=made)
        page = mentor.sees("commitments/")
        assert "Your answer is wanted" not in page
        assert "New day: " in page
        assert "That day is fine" in mentor.sees(f"commitments/{made}/")
    with clock.at(AFTER_FRIDAY):
        assert "New day: " not in mentor.sees("commitments/")
        assert "That day is fine" not in mentor.sees(f"commitments/{made}/")


def test_what_it_came_out_of_is_shown_with_it(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        message = mentor.writes("messages.written", {}, {"title": "Notes", "body": "I could show you mine"})
        assert f'entry="{message}"' in mentee.sees(f"commitments/new?source={message}")
        made = makes(mentee, source=str(message))
        assert f'entry="{message}"' in mentor.sees(f"commitments/{made}/")
        elsewhere, _ = partnership()
        assert f'entry="{message}"' not in elsewhere.sees(f"commitments/new?source={message}")
        assert "What it came out of" not in mentee.sees("commitments/new?source=nonsense")


def test_resolved_ones_are_paged_by_month(pair):
    _, mentee = pair
    for day in range(35):
        with clock.at(MONDAY + timedelta(days=day)):
            mentee.writes("commitments.kept", subject=makes(mentee, "2027-01-29"))
    with clock.at(MONDAY + timedelta(days=40)):
        first = mentee.sees("commitments/resolved")
        older = first.partition("?before=")[2].partition('"')[0]
        second = mentee.sees(f"commitments/resolved?before={older}")
        astray = mentee.sees("commitments/resolved?before=nonsense")
    assert "January 2027" in first
    assert first.count('class="row"') == 30
    assert second.count('class="row"') == 5
    assert "November 2026" in second
    assert "?before=" not in second
    assert astray.count('class="row"') == 30


def test_strangers_and_unknown_ones_get_the_same_404(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        other_pair = partnership()[0]
    stranger = somebody("Cato")
    for page in ("", "new", "resolved", "limits", f"{made}/"):
        assert stranger.client.get(f"{mentor.path}commitments/{page}").status_code == 404
    assert other_pair.client.get(f"{other_pair.path}commitments/{made}/").status_code == 404


def test_pages_cost_the_same_number_of_queries_however_long_the_history(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        few = [mentor.queries_of(page) for page in ("commitments/", "commitments/resolved", f"commitments/{made}/")]
        for _ in range(6):
            mentee.writes("commitments.kept", subject=makes(mentee))
            makes(mentor)
            mentee.writes("commitments.renegotiated", {"due": NEXT_FRIDAY}, WORDS, subject=made)
        many = [mentor.queries_of(page) for page in ("commitments/", "commitments/resolved", f"commitments/{made}/")]
    assert few == many
    assert max(many) <= 12


@pytest.mark.parametrize("at", [MONDAY, AFTER_FRIDAY])
def test_no_two_parts_of_a_page_have_the_same_id_or_keep_the_same_draft(pair, at):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
    with clock.at(at):
        for page in (
            mentee.sees(f"commitments/{made}/"),
            mentor.sees(f"commitments/{made}/"),
            mentee.sees("commitments/"),
        ):
            ids = re.findall(r'\bid="([^"]+)"', page)
            assert len(ids) == len(set(ids))
            drafts = re.findall(r'<sealed-form [^>]*draft="([^"]+)"', page)
            assert drafts
            assert len(drafts) == len(set(drafts))
            assert all(str(made) in draft or str(mentee.partnership) in draft for draft in drafts)
