"""An open invitation is what lets somebody without an account sign up."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from tests.accounts.cast import last_code
from tests.cast import invites, opens, somebody
from tilth.accounts.models import Person
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


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
