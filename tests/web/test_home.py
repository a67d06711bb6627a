"""What a partnership's home shows of what waits."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import Actor, partnership
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_monday_at_noon() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        yield


def waits(actor: Actor) -> tuple[list[str], str]:
    """The days of what is listed, and what is said of the rest."""
    page = actor.sees("")
    listed = re.search(r'<ul class="dues \w+">(.*?)</ul>(.*?)</section>', page, re.DOTALL)
    assert listed
    rest = re.sub(r"<[^>]+>", "", listed[2])
    return re.findall(r'<span class="by[^"]*">([^<]+)', listed[1]), " ".join(rest.split())


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
