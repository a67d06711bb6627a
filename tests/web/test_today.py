"""Today, too, says who can read what stands on it."""

from dataclasses import replace

import pytest

from tests.cast import Actor, invites, joins, opens, partnership, somebody
from tilth.protocol import clock
from tilth.protocol.encoding import uuid7

pytestmark = pytest.mark.django_db


def today(actor: Actor) -> str:
    return actor.client.get("/").text


def test_today_says_who_can_read_the_words_on_it() -> None:
    mentor, mentee = partnership()
    assert f"Only you and {mentee.member.called} can read the words that stand here." in today(mentor)
    second = opens(replace(mentor, partnership=uuid7(clock.now())))
    assert f"Only you and {mentee.member.called}" not in today(mentor)  # who does not read the words of the second one
    joins(somebody("Cato"), second, invites(second))
    assert "Only you, and the one you share them with, can read the words that stand here." in today(mentor)


def test_who_is_alone_or_without_a_partnership_is_told_what_is_so() -> None:
    assert "Only you can read what stands here" in today(opens(somebody()))
    assert 'class="lock"' not in today(somebody())
