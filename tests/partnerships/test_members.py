"""Who is here, seen from one member's seat."""

import pytest
from tests.cast import opens, partnership, somebody

pytestmark = pytest.mark.django_db


def test_before_anybody_joins_one_is_here_and_there_are_no_others() -> None:
    mentor = opens(somebody()).member
    assert (mentor.here, mentor.others, mentor.other) == ([mentor], [], None)


def test_the_others_are_everyone_but_me() -> None:
    mentor, mentee = (actor.member for actor in partnership())
    assert (mentor.here, mentor.others, mentee.others) == ([mentor, mentee], [mentee], [mentor])


def test_who_left_is_no_longer_here_and_stays_my_other() -> None:
    mentor, mentee = partnership()
    mentee.writes("membership.left")
    seen = mentor.member
    assert (seen.here, seen.others, seen.other) == ([seen], [], mentee.member)
