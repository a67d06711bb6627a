"""What rests in a pause waits on nobody."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Actor, invites, joins, opens, partnership, somebody
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


def waits_on_everything(mentor: Actor, mentee: Actor) -> None:
    """A message to answer, something asked of them, and a commitment of theirs that slipped."""
    long_ago = clock.now() - timedelta(days=20)
    with clock.at(long_ago):
        due = (long_ago + timedelta(days=2)).date().isoformat()
        mentee.writes("commitments.made", {"due": due}, {"words": "I will"})
        mentor.writes("commitments.made", {"due": due, "owner": str(mentee.member.id)}, {"words": "Would you?"})
        mentor.writes("messages.written", {}, {"title": "About", "body": "Well?"})


def lead(actor: Actor) -> str:
    found = re.search(r'<p class="lead">\s*(.*?)\s*</p>', actor.client.get("/").text, re.DOTALL)
    assert found
    return found[1]


def test_today_counts_nothing_that_rests_in_a_pause_and_still_shows_it() -> None:
    mentor, mentee = partnership()
    waits_on_everything(mentor, mentee)
    assert lead(mentee) == "Three things wait on you."
    mentor.writes("membership.paused", {"back_on": None})
    assert lead(mentee) == "Nothing waits on you today."
    today = mentee.client.get("/").text
    assert "Nothing is expected of either of you until it ends. This rests with you:" in today
    assert "A reply to write" in today
    assert "was due" not in today


def test_home_says_in_a_pause_what_rests_and_with_whom_and_counts_nothing_as_late() -> None:
    mentor, mentee = partnership()
    waits_on_everything(mentor, mentee)
    assert re.search("<h2>Waiting on you</h2>.*by late.*was due", mentee.sees(), re.DOTALL)
    mentor.writes("membership.paused", {"back_on": None})
    for actor, whom in ((mentee, "you"), (mentor, "Yusuf")):
        home = actor.sees()
        assert f"<h2>Resting with {whom}</h2>" in home
        assert not re.search('Waiting on|class="by|was due', home)
    mentor.writes("membership.resumed")
    assert "<h2>Waiting on you</h2>" in mentee.sees()


def test_in_a_pause_the_lists_call_nothing_late_and_want_no_answer() -> None:
    mentor, mentee = partnership()
    waits_on_everything(mentor, mentee)
    pages = ("commitments/", "messages/")
    before = "".join(mentee.sees(page) for page in pages)
    assert all(words in before for words in ("<h2>Slipped</h2>", "Your answer is wanted", "whenever you can now"))
    mentor.writes("membership.paused", {"back_on": None})
    for actor in (mentor, mentee):
        lists = "".join(actor.sees(page) for page in pages)
        assert not re.search("Slipped|answer is wanted|was due|whenever you can|still to come", lists)
        assert lists.count("rests while you pause") == 3
    mentor.writes("membership.resumed")
    assert "<h2>Slipped</h2>" in mentee.sees("commitments/")


def test_in_a_pause_a_message_hopes_for_no_answer_unless_its_author_says_so() -> None:
    mentor, mentee = partnership()
    chosen = re.compile(r'name="data.expects" checked[^>]*> <span>([^<]+)')
    assert chosen.findall(mentor.sees("messages/new")) == ["An answer within two working days"]
    mentee.writes("membership.paused", {"back_on": None})
    assert chosen.findall(mentor.sees("messages/new")) == ["No rush"]
    assert "An answer within two working days after the pause" in mentor.sees("messages/new")


def test_a_pause_in_one_partnership_leaves_the_other_as_it_is() -> None:
    mentor, mentee = partnership()
    waits_on_everything(mentor, mentee)
    first, founder = mentee.partnership, opens(somebody("Ines"))
    joins(mentee, founder, invites(founder))
    founder.writes("messages.written", {}, {"title": "About", "body": "Well?"})
    mentor.writes("membership.paused", {"back_on": None})
    assert mentee.partnership != first
    assert lead(mentee) == "One thing waits on you."


@pytest.mark.parametrize(
    "page", ["", "messages/", "commitments/", "meetings/", "agreement/", "membership/", "timeline"]
)
def test_the_navigation_counts_what_waits_on_every_page_and_nothing_that_rests(page: str) -> None:
    mentor, mentee = partnership()
    waits_on_everything(mentor, mentee)
    assert set(re.findall(r"<span>(\w+)</span> <b class=\"count\">(\d)", mentee.sees(page))) == {
        ("Messages", "1"),
        ("Commitments", "2"),
    }
    mentor.writes("membership.paused", {"back_on": None})
    assert '<b class="count">' not in mentee.sees(page)


def test_today_asks_the_store_as_often_with_pauses_as_without() -> None:
    mentor, mentee = partnership()
    waits_on_everything(mentor, mentee)
    mentee.client.get("/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            mentee.client.get("/")
        counts.append(len(queries))
        mentor.writes("membership.paused", {"back_on": None}) if len(counts) == 1 else None
    assert counts[0] == counts[1]
