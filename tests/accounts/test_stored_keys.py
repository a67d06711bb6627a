"""What the server keeps of a person's keys, what it refuses, and from whom it keeps it."""

from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from tests.accounts.cast import Open, code_of, first_card, new_keys, phrase_wrap, post, post_keys

from tilth.accounts.cards import card_by_hash, current_card
from tilth.accounts.instance import instance_id
from tilth.accounts.models import Card, Keyring, Person, Wrap
from tilth.protocol.cards import SignedCard, make_card, read_card
from tilth.protocol.encoding import b64u, unb64u
from tilth.protocol.keys import Keys

pytestmark = pytest.mark.django_db


def kept() -> tuple[int, int, int]:
    """How many cards, wraps and keyrings there are."""
    return Card.objects.count(), Wrap.objects.count(), Keyring.objects.count()


def test_before_there_are_keys_nothing_is_kept(client: Client) -> None:
    assert client.get("/account/keys").json() == {"card": None, "card_sig": None, "wraps": [], "keyring": None}


def test_a_first_card_becomes_current(client: Client, ana: Person, keys: Keys) -> None:
    card = first_card(ana, keys)
    answer = post_keys(client, card)
    assert answer.status_code == 201
    assert answer.json() == {"hash": card.card.hash, "generation": 1}
    current = current_card(ana)
    assert current
    assert bytes(current.body) == card.body
    found = client.get("/account/keys").json()
    assert (unb64u(found["card"]), unb64u(found["card_sig"])) == (card.body, card.sig)


def test_new_keys_come_with_a_way_to_unlock_and_a_keyring(client: Client, ana: Person, keys: Keys) -> None:
    wrap = phrase_wrap(keys)
    post_keys(client, first_card(ana, keys), wrap=wrap)
    found = client.get("/account/keys").json()
    assert (found["wraps"], found["keyring"]) == ([wrap], {"version": 1, "sealed": b64u(b"first")})


def test_the_same_keys_again_are_answered_as_done_before_and_kept_once(carded: Client, ana: Person, keys: Keys) -> None:
    newer = make_card(Keys.new(), instance=instance_id(), person=ana.pk, previous=first_card(ana, keys).card)
    body = new_keys(newer)
    first = post(carded, "/account/keys", body)
    mails, things = len(mail.outbox), kept()
    post(carded, "/account/keyring", {"version": 2, "becomes": 3, "sealed": b64u(b"later")}, method="put")
    again = post(carded, "/account/keys", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (len(mail.outbox), kept()) == (mails, things)
    assert carded.get("/account/keys").json()["keyring"]["version"] == 3


@pytest.mark.django_db(transaction=True)
def test_the_same_keys_twice_at_the_same_moment_are_kept_once(client: Client, ana: Person, keys: Keys) -> None:
    body, statuses, both = new_keys(first_card(ana, keys)), list[int](), Barrier(2)

    def send() -> None:
        browser = Client()
        browser.cookies = client.cookies
        both.wait()
        statuses.append(post(browser, "/account/keys", body).status_code)
        connection.close()

    tabs = [Thread(target=send) for _ in range(2)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert (sorted(statuses), kept()) == ([200, 201], (1, 1, 1))


def test_keys_whose_wrap_or_keyring_is_refused_are_not_kept_at_all(client: Client, ana: Person, keys: Keys) -> None:
    card = first_card(ana, keys)
    unfit = {
        "bad_wrap": {"wrap": phrase_wrap(keys) | {"age": b64u(b"words")}},
        "stale_keyring": {"keyring": {"version": 3, "becomes": 4, "sealed": b64u(b"first")}},
        "wrong_fields": {"wrap": {}},
        "bad_field": {"keyring": None},
    }
    assert [code_of(post_keys(client, card, **changed)) for changed in unfit.values()] == list(unfit)
    assert kept() == (0, 0, 0)
    assert post_keys(client, card).status_code == 201


def test_a_next_card_signed_by_the_keys_before_is_kept(carded: Client, ana: Person, keys: Keys) -> None:
    newer = make_card(
        Keys.new(), instance=instance_id(), person=ana.pk, previous=first_card(ana, keys).card, previous_keys=keys
    )
    assert post_keys(carded, newer).json()["generation"] == 2
    assert card_by_hash(newer.card.hash).person == ana


def test_a_next_card_after_a_loss_needs_no_signature_of_the_lost_keys_and_is_told_by_mail(
    carded: Client, ana: Person, keys: Keys
) -> None:
    newer = make_card(Keys.new(), instance=instance_id(), person=ana.pk, previous=first_card(ana, keys).card)
    assert post_keys(carded, newer).status_code == 201
    assert mail.outbox[-1].subject == "New keys were made for your account"
    found = carded.get("/account/keys").json()
    assert (len(found["wraps"]), found["keyring"]["version"]) == (1, 2)


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
    answer = post_keys(client, made(ana, keys, stranger))
    assert 400 <= answer.status_code < 500
    assert code_of(answer) == code
    assert kept() == (0, 0, 0)


def test_a_second_first_card_is_refused(carded: Client, ana: Person) -> None:
    answer = post_keys(carded, first_card(ana, Keys.new()))
    assert (answer.status_code, code_of(answer)) == (409, "wrong_generation")


def test_a_next_card_with_a_false_signature_of_the_keys_before_is_refused(
    carded: Client, ana: Person, keys: Keys
) -> None:
    newer = make_card(
        Keys.new(), instance=instance_id(), person=ana.pk, previous=first_card(ana, keys).card, previous_keys=Keys.new()
    )
    assert code_of(post_keys(carded, newer)) == "bad_signature"
    assert Card.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"card":"a","card":"b"}', 400),
        (b'{"card":"' + b"A" * 33_000 + b'"}', 413),
    ],
)
def test_what_are_no_keys_is_refused(client: Client, body: bytes, status: int) -> None:
    answer = post(client, "/account/keys", body)
    assert answer.status_code == status
    assert code_of(answer)
    assert not Card.objects.exists()


@pytest.mark.parametrize("changed", [{"more": 1}, {"card": "!"}, {"card": 7}, {"sig": "AA"}, {"previous_sig": ""}])
def test_what_is_no_card_is_refused(client: Client, ana: Person, keys: Keys, changed: dict[str, object]) -> None:
    answer = post_keys(client, first_card(ana, keys), **changed)
    assert answer.status_code == 400
    assert code_of(answer)
    assert not Card.objects.exists()


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("GET", "/account/keys"),
        ("POST", "/account/keys"),
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
    current = current_card(ana)
    assert current
    assert read_card(bytes(current.body)).sign == keys.sign_public
