"""What a partnership's home, and today across them, show of what waits."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Actor, invites, joins, opens, partnership, somebody
from tests.chapters.agreement.drafts import agree, rhythm
from tests.chapters.commitments.story import asks
from tilth.chapters.commitments import chapter as commitments
from tilth.chapters.messages import chapter as messages
from tilth.protocol import clock
from tilth.protocol.encoding import uuid7

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def a_monday_at_noon() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        yield


def waits(actor: Actor) -> tuple[list[str], str]:
    """The days of what home lists first, and what it says of the rest."""
    return lists(actor.sees(""))[0]


def lists(page: str) -> list[tuple[list[str], str]]:
    """Of each list: the days of what is on it, and what is said of the rest."""
    found = re.findall(r'<ul class="dues \w+">(.*?)</ul>(.*?)</section>', page, re.DOTALL)
    plain = [(listed, " ".join(re.sub(r"<[^>]+>", "", rest).split())) for listed, rest in found]
    return [(re.findall(r'<span class="by[^"]*">([^<]+)', listed), rest) for listed, rest in plain]


def promises(actor: Actor, count: int) -> None:
    for days in range(count, 0, -1):
        due = (clock.now() + timedelta(days=days)).date().isoformat()
        actor.writes("commitments.made", {"due": due}, {"words": "I will"})


def test_what_waits_is_listed_soonest_first_and_no_more_of_it_than_one_can_look_at() -> None:
    mentor, mentee = partnership()
    promises(mentee, 9)
    mentor.writes("messages.written", {}, {"title": "About", "body": "Well?"})
    for actor in (mentor, mentee):
        listed, rest = waits(actor)
        assert len(listed) == 7
        assert "tomorrow" in listed[0]
        assert rest == "And 3 more, under Commitments."


def test_where_little_waits_nothing_is_said_of_more() -> None:
    _, mentee = partnership()
    promises(mentee, 2)
    assert waits(mentee)[1] == ""


def test_home_is_read_from_the_next_small_step_to_what_was_agreed() -> None:
    mentor, mentee = partnership()
    agree(mentor, mentee, rhythm=rhythm())
    promises(mentor, 1)
    promises(mentee, 1)
    home = mentor.sees()
    step, *found = re.findall(r"<h2>(.*?)</h2>", home)
    assert step == "Write one line: what do you hope for here?"
    waiting = ["Waiting on you", f"Waiting on {mentee.person.name}"]
    assert found == [*waiting, "Next meeting", "Lately", "The time together", "What we agreed"]
    assert home.index("Next meeting") < home.index("</main>") < home.index("The time together")


def test_after_the_end_home_says_until_when_and_neither_what_comes_next_nor_in_which_rhythm() -> None:
    mentor, mentee = partnership()
    agree(mentor, mentee, rhythm=rhythm())
    home = mentee.sees()
    assert "meeting every second Tuesday" in home
    assert "Next meeting" in home
    with clock.at(clock.now() + timedelta(days=2)):
        mentor.writes("membership.left")
    with clock.at(clock.now() + timedelta(days=35)):
        home = mentee.sees()
    assert "Since November, until 25 November." in home
    assert not re.search("Next meeting|What we agreed|every second", home)


def test_a_rhythm_that_has_ended_is_told_in_the_past() -> None:
    mentor, mentee = partnership()
    agree(mentor, mentee, rhythm=rhythm(ends="2026-12-05"))
    told = {
        5: ("meeting every second Tuesday.", "Every second Tuesday, 17:00<", "You meet every second Tuesday, 17:00."),
        6: (
            "meeting every second Tuesday until 5 December.",
            "Every second Tuesday, 17:00, until 5 December<",
            "You met every second Tuesday, 17:00, until 5 December.",
        ),
    }
    for day, (lead, margin, meetings) in told.items():
        with clock.at(datetime(2026, 12, day, 12, tzinfo=UTC)):
            home = mentor.sees()
            assert lead in home
            assert margin in home
            assert meetings in mentor.sees("meetings/")


def test_after_the_end_no_page_says_what_can_no_more_be_done() -> None:
    mentor, mentee = partnership()
    agree(mentor, mentee, rhythm=rhythm())
    with clock.at(clock.now() + timedelta(days=15)):
        assert "<h2>Waiting for an answer</h2>" in mentee.sees("meetings/")
        mentor.writes("membership.left")
        pages = "".join(mentee.sees(page) for page in ("meetings/", "agreement/", "messages/", "commitments/"))
    assert not re.search("You meet|Waiting for an answer|>Coming<|can propose|Answers come|as good as", pages)
    assert "You met every second Tuesday" in pages
    assert "What was planned" in pages


def test_who_has_left_is_not_told_of_a_copy_they_may_not_have_taken() -> None:
    mentor, _ = partnership()
    mentor.writes("membership.left")
    assert "What you shared stays with the other, and a copy" in mentor.client.get("/?left").text
    assert "What you shared" not in mentor.client.get("/?left=alone").text


def test_today_lists_the_soonest_of_each_partnership_and_says_where_the_others_are() -> None:
    one, mentee = partnership()
    other = replace(one, partnership=uuid7(clock.now()))
    with clock.at(clock.now() + timedelta(minutes=1)):
        joins(somebody("Bela"), opens(other), invites(other))
    promises(one, 9)
    promises(other, 2)
    mentee.writes("messages.written", {}, {"title": "About", "body": "Well?"})
    page = one.client.get("/").text
    [(many, rest), (few, nothing)] = lists(page)
    assert (len(many), rest) == (7, "And 3 more, under Commitments.")
    assert f'<a href="{one.path}commitments/">' in page
    assert "tomorrow" in many[0]
    assert (len(few), nothing) == (2, "")
    assert "Twelve things wait on you." in page


def test_where_nothing_was_said_or_waits_an_example_stands_until_something_does() -> None:
    mentor, mentee = partnership()
    assert "What the two of you say and learn will show up here." in mentor.sees()
    assert "One line to the other is enough." in mentor.client.get("/").text
    mentee.writes("messages.written", {}, {"title": "About", "body": "Well?"})
    assert "For example" not in mentor.sees()
    assert "One line to the other is enough." not in mentor.client.get("/").text


def test_today_takes_at_most_twelve_queries_however_many_partnerships_and_things_there_are() -> None:
    one, _ = partnership()
    for _ in range(4):
        other = replace(one, partnership=uuid7(clock.now()))
        joins(somebody("Bela"), opens(other), invites(other))
        promises(other, 9)
    one.client.get("/")
    with CaptureQueriesContext(connection) as queries:
        one.client.get("/")
    assert len(queries) <= MOST_QUERIES, [query["sql"][:160] for query in queries]


def test_today_tells_the_browser_of_those_partnerships_only_of_which_it_opens_something() -> None:
    one, _ = partnership()
    other = replace(one, partnership=uuid7(clock.now()))
    joins(somebody("Bela"), opens(other), invites(other))
    promises(one, 1)
    page = one.client.get("/").text
    told = json.loads(re.findall(r'id="tilth">(.*?)</script>', page)[0])
    assert [place["id"] for place in told["partnerships"]] == [str(one.partnership)]
    assert told["partnership"] is None
    assert page.count(f'partnership="{one.partnership}"') == 1
    assert "Your commitment</span>" in page


@pytest.mark.parametrize(("in_days", "first"), [(1, "Amara asks if you would"), (21, "Answer Amara")])
def test_a_reply_hoped_for_soon_comes_before_an_ask_for_a_far_day_only(in_days: int, first: str) -> None:
    mentor, mentee = partnership()
    day = (clock.now() + timedelta(days=in_days)).date()
    mentor.writes("messages.written", {"expects": "reply", "window": 16}, {"title": "About", "body": "Well?"})
    asks(mentor, mentee, day.isoformat())
    with clock.at(clock.now() + timedelta(days=1)):
        every = [*messages.steps(mentee.member, clock.now()), *commitments.steps(mentee.member, clock.now())]
    assert max(every, key=lambda step: step.weight).title == first
