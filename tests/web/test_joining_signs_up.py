"""An open invitation is what lets somebody without an account sign up."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client

from tests.accounts.cast import last_code
from tests.cast import Actor, invites, joins, opens, somebody
from tilth.accounts.models import Person
from tilth.protocol import clock

pytestmark = pytest.mark.django_db

Ending = Callable[[Actor, UUID], None]


def test_looking_at_an_open_invitation_lets_its_browser_sign_up_and_no_other() -> None:
    invitation = invites(opens(somebody("Ada")))
    invited, other = Client(), Client()
    invited.get(f"/join/{invitation}")
    for client, address in ((invited, "ben@example.org"), (other, "eve@example.org")):
        client.post("/sign-in/", {"email": address})
    assert [message.subject for message in mail.outbox] == ["Your sign-in code", "Signing in to Tilth"]
    mail.outbox.pop()
    invited.post("/sign-in/code/", {"code": last_code()})
    assert Person.objects.filter(email="ben@example.org").exists()


def test_an_invitation_that_has_ended_lets_nobody_sign_up() -> None:
    invitation = invites(opens(somebody("Ada")))
    late = Client()
    with clock.at(clock.now() + timedelta(days=15)):
        late.get(f"/join/{invitation}")
        late.post("/sign-in/", {"email": "ben@example.org"})
    assert mail.outbox[-1].subject == "Signing in to Tilth"


def expires(_founder: Actor, _invitation: UUID) -> None:
    """It is looked at again after fifteen days."""


def is_taken_back(founder: Actor, invitation: UUID) -> None:
    founder.writes("membership.uninvited", subject=invitation)


def is_declined(_founder: Actor, invitation: UUID) -> None:
    Client().post(f"/join/{invitation}/decline")


def is_accepted(founder: Actor, invitation: UUID) -> None:
    joins(somebody("Ben"), founder, invitation)


ENDS = [(expires, 15), (is_taken_back, 0), (is_declined, 0), (is_accepted, 0)]


@pytest.mark.parametrize(("ends", "days"), ENDS)
def test_who_saw_an_invitation_while_it_was_open_signs_up_only_while_it_is(ends: Ending, days: int) -> None:
    founder = opens(somebody("Ada"))
    invitation = invites(founder)
    late = Client()
    late.get(f"/join/{invitation}")
    ends(founder, invitation)
    with clock.at(clock.now() + timedelta(days=days)):
        late.post("/sign-in/", {"email": "eve@example.org"})
    assert mail.outbox[-1].subject == "Signing in to Tilth"


@pytest.mark.parametrize("ends", [is_taken_back, is_declined, is_accepted])
def test_a_code_that_was_on_its_way_signs_nobody_up_once_the_invitation_has_ended(ends: Ending) -> None:
    founder = opens(somebody("Ada"))
    invitation = invites(founder)
    late = Client()
    late.get(f"/join/{invitation}")
    late.post("/sign-in/", {"email": "eve@example.org"})
    ends(founder, invitation)
    late.post("/sign-in/code/", {"code": last_code()})
    assert not Person.objects.filter(email="eve@example.org").exists()


def test_an_old_invitation_leads_whoever_accepted_it_home_and_says_so() -> None:
    founder = opens(somebody("Ada"))
    invitation = invites(founder)
    joined = joins(somebody("Ben"), founder, invitation)
    answer = joined.client.get(f"/join/{invitation}", follow=True)
    assert "You have accepted that invitation already." in answer.content.decode()
    assert "You have accepted that invitation already." not in joined.sees("")
