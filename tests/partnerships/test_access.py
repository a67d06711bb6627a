"""The one way in: who asks, and what for, is one question."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Actor, partnership, somebody

from tilth.accounts.models import Session

pytestmark = pytest.mark.django_db


def asks_for_the_head(who: Actor) -> tuple[int, int]:
    """The status of the answer, and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = who.client.get(f"{who.path}head")
    return answer.status_code, len(queries)


@pytest.fixture
def mentor() -> Actor:
    mentor, _ = partnership()
    return mentor


def test_an_open_page_that_asks_whether_something_is_new_costs_one_query(mentor: Actor) -> None:
    assert asks_for_the_head(mentor) == (200, 1)


def test_a_stranger_costs_no_more_and_learns_nothing(mentor: Actor) -> None:
    stranger = somebody()
    stranger.partnership = mentor.partnership
    assert asks_for_the_head(stranger) == (404, 1)


def test_a_session_that_was_ended_opens_nothing(mentor: Actor) -> None:
    Session.objects.all().delete()
    assert asks_for_the_head(mentor) == (403, 1)


def test_who_may_no_longer_sign_in_is_shown_nothing(mentor: Actor) -> None:
    mentor.person.is_active = False
    mentor.person.save()
    assert asks_for_the_head(mentor) == (403, 1)
