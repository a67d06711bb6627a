"""What the tests of the accounts floor do again and again."""

import re
from collections.abc import Callable

from django.core import mail
from django.test import Client

from tilth.accounts.instance import instance_id
from tilth.accounts.models import Person
from tilth.protocol.cards import SignedCard, make_card
from tilth.protocol.keys import Keys

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"

Open = Callable[..., Client]


def sign_in(client: Client, person: Person) -> None:
    client.post("/sign-in/", {"email": person.email})
    answer = client.post("/sign-in/code/", {"code": last_code()})
    assert answer.status_code == 302


def last_code() -> str:
    """The code in the newest mail."""
    found = re.search(r"^ {4}(\w{3} \w{3})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, "there is no code in this mail"
    return found[1]


def first_card(person: Person, keys: Keys) -> SignedCard:
    return make_card(keys, instance=instance_id(), person=person.pk)
