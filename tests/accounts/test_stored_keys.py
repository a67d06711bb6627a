"""What the server keeps of a person's keys, what it refuses, and from whom it keeps it."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from tests.accounts.cast import Open, first_card

from tilth.accounts.cards import card_by_hash, current_card, current_cards
from tilth.accounts.instance import instance_id
from tilth.accounts.models import Card, Keyring, Person, Wrap
from tilth.protocol.cards import SignedCard, make_card, read_card
from tilth.protocol.encoding import b64u, unb64u
from tilth.protocol.keys import Keys
from tilth.protocol.words import new_phrase
from tilth.protocol.wraps import wrap_by_passkey, wrap_by_phrase

pytestmark = pytest.mark.django_db
Answer = Any


def post(client: Client, url: str, body: object, method: str = "post") -> Answer:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return getattr(client, method)(url, data, content_type="application/json")


def post_card(client: Client, card: SignedCard, **changed: object) -> Answer:
    previous = b64u(card.previous_sig) if card.previous_sig else None
    body = {"card": b64u(card.body), "sig": b64u(card.sig), "previous_sig": previous}
    return post(client, "/account/keys/card", body | changed)


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


@pytest.fixture
def client(ana: Person, browser: Open) -> Client:
    return browser(ana)


@pytest.fixture
def carded(client: Client, ana: Person, keys: Keys) -> Client:
    assert post_card(client, first_card(ana, keys)).status_code == 201
    return client


def code_of(answer: Answer) -> str:
    found = answer.json()
    assert found["sentence"].endswith((".", "?"))
    return str(found["code"])


def test_before_there_are_keys_nothing_is_kept(client: Client) -> None:
    assert client.get("/account/keys").json() == {"card": None, "card_sig": None, "wraps": [], "keyring": None}


def test_a_first_card_becomes_current(client: Client, ana: Person, keys: Keys) -> None:
    card = first_card(ana, keys)
    answer = post_card(client, card)
    assert answer.status_code == 201
    assert answer.json() == {"hash": card.card.hash, "generation": 1}
    kept = current_card(ana)
    assert kept
    assert bytes(kept.body) == card.body
    found = client.get("/account/keys").json()
    assert (unb64u(found["card"]), unb64u(found["card_sig"])) == (card.body, card.sig)


def test_the_same_card_again_is_answered_the_same_and_kept_once(carded: Client, ana: Person, keys: Keys) -> None:
    assert post_card(carded, first_card(ana, keys)).status_code == 201
    assert Card.objects.count() == 1


def test_a_next_card_signed_by_the_keys_before_is_kept(carded: Client, ana: Person, keys: Keys) -> None:
    newer = make_card(
        Keys.new(), instance=instance_id(), person=ana.pk, previous=first_card(ana, keys).card, previous_keys=keys
    )
    assert post_card(carded, newer).json()["generation"] == 2
    assert [card.hash for card in current_cards([ana.pk])] == [newer.card.hash]
    assert card_by_hash(newer.card.hash).person == ana


def test_a_next_card_after_a_loss_needs_no_signature_of_the_lost_keys_and_is_told_by_mail(
    carded: Client, ana: Person, keys: Keys
) -> None:
    newer = make_card(Keys.new(), instance=instance_id(), person=ana.pk, previous=first_card(ana, keys).card)
    assert post_card(carded, newer).status_code == 201
    assert mail.outbox[-1].subject == "New keys were made for your account"
    assert carded.get("/account/keys").json()["wraps"] == []


def refused_cards() -> dict[str, tuple[str, Any]]:
    """Name → (the code it is refused with, what is posted, made from Ana's own card, keys and a stranger)."""
    return {
        "for another instance": (
            "wrong_instance",
            lambda ana, keys, other: make_card(keys, instance=str(uuid4()), person=ana.pk),
        ),
        "of someone else": (
            "wrong_person",
            lambda ana, keys, other: make_card(keys, instance=instance_id(), person=other.pk),
        ),
        "that skips a generation": (
            "wrong_generation",
            lambda ana, keys, other: make_card(
                keys,
                instance=instance_id(),
                person=ana.pk,
                previous=make_card(keys, instance=instance_id(), person=ana.pk).card,
            ),
        ),
        "signed by others": (
            "bad_signature",
            lambda ana, keys, other: SignedCard(body=first_card(ana, keys).body, sig=Keys.new().sign(b"x")),
        ),
    }


@pytest.mark.parametrize("name", refused_cards())
def test_a_card_is_refused_and_not_kept(client: Client, ana: Person, stranger: Person, keys: Keys, name: str) -> None:
    code, made = refused_cards()[name]
    answer = post_card(client, made(ana, keys, stranger))
    assert 400 <= answer.status_code < 500
    assert code_of(answer) == code
    assert not Card.objects.exists()


def test_a_second_first_card_is_refused(carded: Client, ana: Person) -> None:
    answer = post_card(carded, first_card(ana, Keys.new()))
    assert (answer.status_code, code_of(answer)) == (409, "wrong_generation")


def test_a_next_card_with_a_false_signature_of_the_keys_before_is_refused(
    carded: Client, ana: Person, keys: Keys
) -> None:
    newer = make_card(
        Keys.new(), instance=instance_id(), person=ana.pk, previous=first_card(ana, keys).card, previous_keys=Keys.new()
    )
    assert code_of(post_card(carded, newer)) == "bad_signature"
    assert Card.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"card":"","sig":"","previous_sig":null,"more":1}', 400),
        (b'{"card":"a","card":"b","sig":"","previous_sig":null}', 400),
        (b'{"card":"!","sig":"","previous_sig":null}', 400),
        (b'{"card":7,"sig":"","previous_sig":null}', 400),
        (b'{"card":"' + b"A" * 9000 + b'","sig":"","previous_sig":null}', 413),
    ],
)
def test_what_is_no_card_is_refused(client: Client, body: bytes, status: int) -> None:
    answer = post(client, "/account/keys/card", body)
    assert answer.status_code == status
    assert code_of(answer)
    assert not Card.objects.exists()


def test_ways_to_unlock_are_kept_and_listed(carded: Client, keys: Keys) -> None:
    phrase, passkey = phrase_wrap(keys), passkey_wrap(keys)
    assert [post(carded, "/account/keys/wraps", wrap).status_code for wrap in (phrase, passkey)] == [201, 201]
    assert carded.get("/account/keys").json()["wraps"] == [phrase, passkey]


def test_a_way_to_unlock_sent_twice_is_kept_once(carded: Client, keys: Keys) -> None:
    wrap = phrase_wrap(keys)
    assert [post(carded, "/account/keys/wraps", wrap).status_code for _ in range(2)] == [201, 200]
    assert Wrap.objects.count() == 1


def test_the_last_way_to_unlock_cannot_be_taken_away(carded: Client, keys: Keys) -> None:
    first, second = phrase_wrap(keys), passkey_wrap(keys)
    for wrap in (first, second):
        post(carded, "/account/keys/wraps", wrap)
    assert post(carded, f"/account/keys/wraps/{first['id']}/delete", {}).status_code == 204
    answer = post(carded, f"/account/keys/wraps/{second['id']}/delete", {})
    assert (answer.status_code, code_of(answer)) == (409, "last_wrap")
    assert Wrap.objects.count() == 1


def test_ways_to_unlock_need_a_card_first(client: Client, keys: Keys) -> None:
    assert code_of(post(client, "/account/keys/wraps", phrase_wrap(keys))) == "no_card"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "password"}, "bad_kind"),
        ({"kind": "passkey"}, "bad_field"),
        ({"prf_salt": b64u(bytes(32))}, "bad_field"),
        ({"age": b64u(b"age-encryption.org/v1\n-> X25519 a\nb\n--- c")}, "bad_wrap"),
        ({"age": b64u(b"age-encryption.org/v1\n-> scrypt a 15\nb\n-> scrypt a 15\nb\n--- c")}, "bad_wrap"),
        ({"age": b64u(b"words")}, "bad_wrap"),
        ({"id": "1"}, "bad_field"),
        ({"label": "x" * 81}, "bad_field"),
        ({"more": 1}, "wrong_fields"),
    ],
)
def test_what_is_no_way_to_unlock_is_refused(carded: Client, keys: Keys, changed: dict[str, object], code: str) -> None:
    answer = post(carded, "/account/keys/wraps", phrase_wrap(keys) | changed)
    assert (answer.status_code, code_of(answer)) == (400, code)
    assert not Wrap.objects.exists()


def test_nobody_else_reaches_ones_wraps(carded: Client, keys: Keys, stranger: Person, browser: Open) -> None:
    wrap = phrase_wrap(keys)
    post(carded, "/account/keys/wraps", wrap)
    post(carded, "/account/keys/wraps", passkey_wrap(keys))
    other, other_keys = browser(stranger), Keys.new()
    post_card(other, first_card(stranger, other_keys))
    assert other.get("/account/keys").json()["wraps"] == []
    answer = post(other, f"/account/keys/wraps/{wrap['id']}/delete", {})
    assert (answer.status_code, code_of(answer)) == (404, "unknown_wrap")
    assert code_of(post(other, "/account/keys/wraps", wrap)) == "wrap_id_used"
    assert Wrap.objects.count() == 2


def put(client: Client, version: int, sealed: bytes) -> Answer:
    return post(client, "/account/keyring", {"version": version, "sealed": b64u(sealed)}, method="put")


def test_a_keyring_is_replaced_version_by_version(carded: Client) -> None:
    assert put(carded, 0, b"one").json() == {"version": 1}
    assert put(carded, 1, b"two").json() == {"version": 2}
    assert carded.get("/account/keys").json()["keyring"] == {"version": 2, "sealed": b64u(b"two")}


@pytest.mark.parametrize("replaces", [0, 2])
def test_a_keyring_of_another_version_is_refused_with_the_current_one(carded: Client, replaces: int) -> None:
    put(carded, 0, b"one")
    answer = put(carded, replaces, b"other")
    assert (answer.status_code, code_of(answer)) == (409, "stale_keyring")
    assert answer.json()["current"] == {"version": 1, "sealed": b64u(b"one")}


def test_a_keyring_sent_again_after_a_lost_answer_is_accepted(carded: Client) -> None:
    put(carded, 0, b"one")
    assert [put(carded, 1, b"two").status_code for _ in range(2)] == [200, 200]
    assert Keyring.objects.get().version == 2


def test_keyrings_are_each_ones_own(carded: Client, stranger: Person, browser: Open) -> None:
    put(carded, 0, b"one")
    other = browser(stranger)
    post_card(other, first_card(stranger, Keys.new()))
    assert other.get("/account/keys").json()["keyring"] is None
    assert put(other, 0, b"theirs").json() == {"version": 1}
    assert carded.get("/account/keys").json()["keyring"]["sealed"] == b64u(b"one")


def test_a_keyring_has_a_largest_size(carded: Client) -> None:
    answer = put(carded, 0, bytes(512 * 1024))
    assert (answer.status_code, code_of(answer)) == (413, "too_large")
    assert not Keyring.objects.exists()


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("GET", "/account/keys"),
        ("POST", "/account/keys/card"),
        ("POST", "/account/keys/wraps"),
        ("POST", "/account/keys/wraps/0b3f7c52-3c5e-4a43-9f2a-6d3f8a1c9e10/delete"),
        ("PUT", "/account/keyring"),
        ("POST", "/account/passkeys/options"),
        ("POST", "/account/passkeys"),
    ],
)
def test_signed_out_nothing_is_given_and_nothing_kept(browser: Open, method: str, url: str) -> None:
    answer = browser().generic(method, url, b"{}", content_type="application/json")
    assert (answer.status_code, code_of(answer)) == (403, "signed_out")


def test_keys_are_never_cached_on_the_way(client: Client) -> None:
    assert "no-store" in client.get("/account/keys")["Cache-Control"]


def test_a_kept_card_reads_as_it_was_made(carded: Client, ana: Person, keys: Keys) -> None:
    kept = current_card(ana)
    assert kept
    assert read_card(bytes(kept.body)).sign == keys.sign_public
