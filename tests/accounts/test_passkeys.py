"""Passkeys: added by someone signed in, then enough to sign in alone."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.accounts.authenticator import Authenticator
from tests.accounts.cast import Open, first_card

from tilth.accounts.cards import keep_card
from tilth.accounts.instance import instance_id
from tilth.accounts.models import Passkey, Person, Wrap
from tilth.protocol import clock
from tilth.protocol.cards import make_card
from tilth.protocol.keys import Keys

pytestmark = pytest.mark.django_db


def post(client: Client, url: str, body: object = None) -> Any:
    return client.post(url, json.dumps(body or {}), content_type="application/json")


def add(client: Client, device: Authenticator, label: str = "My phone") -> Any:
    options = post(client, "/account/passkeys/options").json()
    return post(client, "/account/passkeys", {"credential": device.make(options), "label": label})


def sign_in_with(client: Client, device: Authenticator, following: str = "") -> Any:
    options = post(client, "/sign-in/passkey/options").json()
    return post(client, f"/sign-in/passkey{following}", {"credential": device.sign(options)})


@pytest.fixture
def device(ana: Person, browser: Open) -> Authenticator:
    made = Authenticator()
    assert add(browser(ana), made).status_code == 201
    return made


def test_a_passkey_signs_in(ana: Person, device: Authenticator, browser: Open) -> None:
    client = browser()
    answer = sign_in_with(client, device, "?next=/p/1/")
    assert answer.json() == {"next": "/p/1/"}
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_a_passkey_asks_for_finger_face_or_pin_and_is_found_without_an_address(ana: Person, browser: Open) -> None:
    options = post(browser(ana), "/account/passkeys/options").json()["publicKey"]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    asked = post(browser(), "/sign-in/passkey/options").json()["publicKey"]
    assert asked["userVerification"] == "required"
    assert not asked.get("allowCredentials")


def test_a_passkey_is_not_made_twice_on_one_device(ana: Person, device: Authenticator, browser: Open) -> None:
    options = post(browser(ana), "/account/passkeys/options").json()["publicKey"]
    assert len(options["excludeCredentials"]) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda device: setattr(device, "origin", "http://evil.example"),
        lambda device: setattr(device, "origin", "https://below.localhost"),
        lambda device: setattr(device, "place", "evil.example"),
        lambda device: setattr(device, "verified", False),
        lambda device: setattr(device, "key", Authenticator().key),
        lambda device: setattr(device, "credential_id", b"unknown"),
        lambda device: setattr(device, "handle", "AAAAAAAAAAAAAAAAAAAAAA"),
    ],
    ids=[
        "another origin",
        "a host below this one",
        "another place",
        "not verified",
        "another key",
        "unknown",
        "of another person",
    ],
)
def test_a_passkey_that_does_not_fit_signs_nobody_in(
    device: Authenticator, browser: Open, spoil: Callable[[Authenticator], None]
) -> None:
    spoil(device)
    client = browser()
    answer = sign_in_with(client, device)
    assert (answer.status_code, answer.json()["code"]) == (403, "passkey_refused")
    assert "_auth_user_id" not in client.session


def test_an_answer_cannot_be_given_twice(device: Authenticator, browser: Open) -> None:
    client = browser()
    options = post(client, "/sign-in/passkey/options").json()
    answer = {"credential": device.sign(options)}
    post(client, "/sign-in/passkey", answer)
    client.post("/sign-out/")
    again = post(client, "/sign-in/passkey", answer)
    assert (again.status_code, again.json()["code"]) == (409, "no_challenge")


def test_an_answer_to_another_browsers_challenge_signs_nobody_in(device: Authenticator, browser: Open) -> None:
    stolen = post(browser(), "/sign-in/passkey/options").json()
    client = browser()
    post(client, "/sign-in/passkey/options")
    assert post(client, "/sign-in/passkey", {"credential": device.sign(stolen)}).status_code == 403


def test_a_challenge_waits_five_minutes(device: Authenticator, browser: Open) -> None:
    client = browser()
    options = post(client, "/sign-in/passkey/options").json()
    with clock.at(clock.now() + timedelta(minutes=6)):
        answer = post(client, "/sign-in/passkey", {"credential": device.sign(options)})
    assert answer.json()["code"] == "no_challenge"


def test_a_counter_that_goes_back_is_the_mark_of_a_copy(device: Authenticator, browser: Open) -> None:
    device.counter = 5
    assert sign_in_with(browser(), device).status_code == 200
    device.counter = 4
    assert sign_in_with(browser(), device).status_code == 403


def test_the_passkey_of_an_erased_person_signs_nobody_in(ana: Person, device: Authenticator, browser: Open) -> None:
    Person.objects.filter(pk=ana.pk).update(is_active=False)
    assert sign_in_with(browser(), device).status_code == 403


@pytest.mark.parametrize("credential", [None, "x", 1, [], {}, {"id": "x"}, {"id": 1, "response": []}])
def test_what_is_no_credential_is_refused_plainly(ana: Person, browser: Open, credential: object) -> None:
    client = browser(ana)
    for ask, answer in (
        ("/sign-in/passkey/options", "/sign-in/passkey"),
        ("/account/passkeys/options", "/account/passkeys"),
    ):
        post(client, ask)
        body = {"credential": credential} | ({"label": ""} if "account" in answer else {})
        refused = post(client, answer, body)
        assert refused.status_code in {400, 403}
        assert refused.json()["sentence"]
    assert not Passkey.objects.exists()


def test_a_label_that_no_store_keeps_is_refused_plainly(ana: Person, browser: Open) -> None:
    client = browser(ana)
    made = Authenticator().make(post(client, "/account/passkeys/options").json())
    answer = post(client, "/account/passkeys", {"credential": made, "label": "blue\0key"})
    assert (answer.status_code, answer.json()["field"]) == (400, "label")


def test_a_credential_belongs_to_one_person(device: Authenticator, stranger: Person, browser: Open) -> None:
    assert add(browser(stranger), device).status_code == 403
    assert Passkey.objects.count() == 1


def test_a_removed_passkey_neither_signs_in_nor_unlocks(
    ana: Person, device: Authenticator, browser: Open, keys: Keys
) -> None:
    signed = first_card(ana, keys)
    card = keep_card(ana, body=signed.body, sig=signed.sig, previous_sig=None)
    Wrap.objects.create(person=ana, card=card, kind="phrase", age=b"a")
    Wrap.objects.create(
        person=ana, card=card, kind="passkey", age=b"a", credential_id=device.credential_id, prf_salt=b"s"
    )
    answer = post(browser(ana), f"/account/passkeys/{Passkey.objects.get().pk}/delete")
    assert answer.status_code == 204
    assert [wrap.kind for wrap in Wrap.objects.all()] == ["phrase"]
    assert sign_in_with(browser(), device).status_code == 403


def test_a_passkey_that_alone_unlocked_earlier_keys_can_be_removed(
    ana: Person, device: Authenticator, browser: Open, keys: Keys
) -> None:
    signed = first_card(ana, keys)
    lost = keep_card(ana, body=signed.body, sig=signed.sig, previous_sig=None)
    Wrap.objects.create(
        person=ana, card=lost, kind="passkey", age=b"a", credential_id=device.credential_id, prf_salt=b"s"
    )
    renewed = make_card(Keys.new(), instance=instance_id(), person=ana.pk, previous=signed.card)
    card = keep_card(ana, body=renewed.body, sig=renewed.sig, previous_sig=None)
    Wrap.objects.create(person=ana, card=card, kind="phrase", age=b"a")
    assert post(browser(ana), f"/account/passkeys/{Passkey.objects.get().pk}/delete").status_code == 204
    assert [wrap.kind for wrap in Wrap.objects.all()] == ["phrase"]


def test_nobody_removes_anothers_passkey(device: Authenticator, stranger: Person, browser: Open) -> None:
    answer = post(browser(stranger), f"/account/passkeys/{Passkey.objects.get().pk}/delete")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_passkey")
    assert Passkey.objects.exists()


def test_one_place_may_not_try_passkeys_without_end(browser: Open, db: None) -> None:
    statuses = [post(browser(), "/sign-in/passkey/options").status_code for _ in range(61)]
    assert statuses == [200] * 60 + [429]
