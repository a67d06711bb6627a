"""The pages of messages as HTML; what is sealed in them is only named."""

import re
from datetime import timedelta

import pytest

from tests.cast import partnership, somebody
from tests.chapters.messages.story import TUESDAY, replies, starts
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    with clock.at(TUESDAY):
        return partnership(mentor_zone="Europe/Madrid", mentee_zone="Europe/Lisbon")


def test_before_the_first_one_an_example_teaches(pair):
    with clock.at(TUESDAY):
        assert "No messages yet" in pair[0].sees("messages/")


def test_a_list_of_threads_says_whose_answer_is_expected(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        thread = starts(mentee, zone="Europe/Madrid")
        mine, theirs = mentor.sees("messages/"), mentee.sees("messages/")
    assert "your reply by tomorrow, 18:00</span>" in mine
    assert "their reply by tomorrow, 17:00" in theirs
    assert f'entry="{thread}"' in mine
    assert "Should I take it" not in mine


def test_a_thread_shows_both_voices_and_a_box_at_its_foot(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        thread = starts(mentee)
    with clock.at(TUESDAY + timedelta(minutes=5)):
        answer = replies(mentor, thread)
        page = mentee.sees(f"messages/{thread}/")
    assert page.index(f'id="m-{thread}"') < page.index(f'id="m-{answer}"') < page.index('id="latest"')
    assert f"commitments/new?source={answer}" in page


def test_seen_is_offered_to_the_one_who_is_to_answer_and_only_once(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        thread = starts(mentee)
        assert "Seen, will answer by a day" in mentor.sees(f"messages/{thread}/")
        assert "Seen, will answer by a day" not in mentee.sees(f"messages/{thread}/")
        mentor.writes("messages.seen", {"by": "2026-12-04"}, subject=thread)
        assert "Seen, will answer by a day" not in mentor.sees(f"messages/{thread}/")


def test_after_the_end_no_page_says_that_an_answer_is_expected(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        thread = starts(mentee)
        mentee.writes("membership.left", {})
        for page in ("messages/", f"messages/{thread}/"):
            assert "eply" not in mentor.sees(page)


def test_withdrawing_says_first_what_it_does_and_is_for_the_author_alone(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        thread = starts(mentee)
        assert "cannot be brought back" in mentee.sees(f"messages/{thread}/withdraw/{thread}")
        assert mentor.client.get(f"{mentor.path}messages/{thread}/withdraw/{thread}").status_code == 404
        mentee.writes("messages.withdrawn", subject=thread)
        page = mentor.sees(f"messages/{thread}/")
        assert "Withdrawn" in mentor.sees("messages/")
    named = re.findall(rf'entry="{thread}"[^>]*>', page)
    assert [place.endswith(" gone>") for place in named] == [True]  # named once, for devices to drop what they hold


def test_a_long_thread_is_paged_by_its_oldest_shown(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        thread = starts(mentee)
    for minute in range(40):
        with clock.at(TUESDAY + timedelta(minutes=minute)):
            replies(mentor, thread, expects="no rush")
    with clock.at(TUESDAY + timedelta(hours=1)):
        newest = mentor.sees(f"messages/{thread}/")
        older = newest.partition("?before=")[2].partition("#")[0]
        earlier = mentor.sees(f"messages/{thread}/?before={older}")
    assert newest.count('class="spoken') == 30
    assert earlier.count('class="spoken') == 11
    assert "?before=" not in earlier


def test_strangers_and_unknown_threads_get_the_same_404(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        thread = starts(mentee)
        elsewhere = partnership()[0]
    stranger = somebody("Cato")
    for page in ("", "new", f"{thread}/", f"{thread}/withdraw/{thread}"):
        assert stranger.client.get(f"{mentor.path}messages/{page}").status_code == 404
    assert elsewhere.client.get(f"{elsewhere.path}messages/{thread}/").status_code == 404


def test_pages_cost_the_same_number_of_queries_however_long_the_history(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        thread = starts(mentee)
        few = [mentor.queries_of(page) for page in ("messages/", "messages/new", f"messages/{thread}/")]
        for _ in range(5):
            starts(mentee)
            replies(mentee, thread)
        many = [mentor.queries_of(page) for page in ("messages/", "messages/new", f"messages/{thread}/")]
    assert few == many
    assert max(many) <= 12


def test_what_leads_to_an_old_message_leads_to_the_page_of_the_thread_it_is_on(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY):
        thread = starts(mentor)
    written = [thread]
    for minutes in range(1, 36):
        with clock.at(TUESDAY + timedelta(minutes=minutes)):
            written.append(replies(mentee, thread))
    for message in (written[0], written[5], written[6], written[-1]):
        page = mentor.client.get(f"{mentor.path}messages/about/{message}", follow=True)
        assert page.redirect_chain[0][0].endswith(f"#m-{message}")
        assert f'id="m-{message}"' in page.text
