"""What the tests of the accounts floor do again and again."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core import mail
from django.test import Client

from tilth.accounts.instance import instance_id
from tilth.accounts.models import Person
from tilth.protocol.cards import SignedCard, make_card
from tilth.protocol.encoding import b64u
from tilth.protocol.keys import Keys
from tilth.protocol.words import new_phrase
from tilth.protocol.wraps import wrap_by_passkey, wrap_by_phrase

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"

Open = Callable[..., Client]
Answer = Any


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


def post(client: Client, url: str, body: object, method: str = "post") -> Answer:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return getattr(client, method)(url, data, content_type="application/json")


def post_keys(client: Client, card: SignedCard, /, **changed: object) -> Answer:
    """New keys as they arrive: the card with a wrap and a keyring (of other keys: only a browser would notice)."""
    return post(client, "/account/keys", new_keys(card) | changed)


def new_keys(card: SignedCard) -> dict[str, object]:
    previous = b64u(card.previous_sig) if card.previous_sig else None
    signed = {"card": b64u(card.body), "sig": b64u(card.sig), "previous_sig": previous}
    before = card.card.generation - 1
    keyring = {"version": before, "becomes": before + 1, "sealed": b64u(b"first")}
    return {**signed, "wrap": phrase_wrap(Keys.new()), "keyring": keyring}


def phrase_wrap(keys: Keys) -> dict[str, object]:
    age = b64u(wrap_by_phrase(keys, new_phrase()))
    return {"id": str(uuid4()), "kind": "phrase", "age": age, "credential_id": None, "prf_salt": None, "label": ""}


def passkey_wrap(keys: Keys) -> dict[str, object]:
    return {
        "id": str(uuid4()),
        "kind": "passkey",
        "age": b64u(wrap_by_passkey(keys, bytes(32))),
        "credential_id": b64u(b"c" * 16),
        "prf_salt": b64u(b"s" * 32),
        "label": "My phone",
    }


def code_of(answer: Answer) -> str:
    found = answer.json()
    assert found["sentence"].endswith((".", "?"))
    return str(found["code"])
