"""Pages kept ready are handed out again only while nothing that they show has changed, and only to whom they belong."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Actor, invites, opens, partnership, somebody
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


def _queries(actor: Actor, page: str = "") -> int:
    with CaptureQueriesContext(connection) as queries:
        actor.sees(page)
    return len(queries)


def test_the_same_page_again_asks_only_who_is_there() -> None:
    mentor, _ = partnership()
    with clock.at(clock.now()):
        first, second = _queries(mentor), _queries(mentor)
    assert second == 2 < first


def test_a_new_entry_is_seen_at_once() -> None:
    mentor, mentee = partnership()
    with clock.at(clock.now()):
        assert "You are in a pause" not in mentor.sees()
        mentee.writes("membership.paused", {})
        assert "You are in a pause" in mentor.sees()


def test_a_new_name_is_seen_at_once() -> None:
    mentor, mentee = partnership()
    with clock.at(clock.now()):
        mentor.sees()
        mentee.person.name = "Yusuf Demir"
        mentee.person.save()
        assert "Yusuf Demir" in mentor.sees()


def test_a_step_that_is_put_off_is_gone_at_once() -> None:
    mentor, _ = partnership()
    with clock.at(clock.now()):
        assert "Write my line" in mentor.sees()
        mentor.client.post(f"{mentor.path}not-now", {"key": "hope"})
        assert "Write my line" not in mentor.sees()


def test_that_an_invitation_was_sent_or_declined_is_seen_at_once() -> None:
    founder = opens(somebody())
    invitation = invites(founder, by="mail")
    with clock.at(clock.now()):
        assert "has not been sent yet" in founder.sees()
        address = {"invitation": str(invitation), "address": "bela@example.org"}
        founder.client.post(f"{founder.path}invite-by-mail", address)
        assert "was sent by e-mail" in founder.sees()
        Client().post(f"/join/{invitation}/decline")
        assert "Your last invitation was declined." in founder.sees()


def test_a_page_is_made_anew_when_a_minute_has_gone() -> None:
    mentor, _ = partnership()
    with clock.at(clock.now()):
        kept = _queries(mentor), _queries(mentor)
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert _queries(mentor) == kept[0]


def test_a_kept_page_is_never_handed_to_somebody_else() -> None:
    mentor, mentee = partnership()
    with clock.at(clock.now()):
        mentors = mentor.sees()
        mentee.writes("membership.left")
        assert mentee.client.get(mentor.path).status_code == 404
        assert Client().get(mentor.path).status_code == 404
        assert mentor.sees() != mentors


def test_a_form_on_a_kept_page_can_be_sent() -> None:
    mentor, _ = partnership()
    client = Client(enforce_csrf_checks=True)
    client.force_login(mentor.person)
    with clock.at(clock.now()):
        mentor.sees()
        page = client.get(mentor.path).content.decode()
        token = page.split('name="csrfmiddlewaretoken" value="')[1][:64]
        assert f'"csrf":"{token}"' in page
        answer = client.post(f"{mentor.path}not-now", {"key": "hope", "csrfmiddlewaretoken": token})
    assert answer.status_code == 302
