"""Ways to unlock and the keyring: bytes only their owner can open, kept for their owner alone."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.accounts.cast import Answer, Open, code_of, first_card, passkey_wrap, phrase_wrap, post, post_keys
from tests.stores import Store

from tilth.accounts.models import Keyring, Person, Wrap
from tilth.protocol.encoding import b64u
from tilth.protocol.keys import Keys

pytestmark = pytest.mark.django_db


def first_wrap(client: Client) -> dict[str, str]:
    """The phrase's wrap that the keys came with."""
    wraps: list[dict[str, str]] = client.get("/account/keys").json()["wraps"]
    return wraps[0]


def test_ways_to_unlock_are_kept_and_listed(carded: Client, keys: Keys) -> None:
    phrase, passkey = phrase_wrap(keys), passkey_wrap(keys)
    assert [post(carded, "/account/keys/wraps", wrap).status_code for wrap in (phrase, passkey)] == [201, 201]
    assert carded.get("/account/keys").json()["wraps"][1:] == [phrase, passkey]


def test_a_way_to_unlock_sent_twice_is_kept_once(carded: Client, keys: Keys) -> None:
    wrap = phrase_wrap(keys)
    assert [post(carded, "/account/keys/wraps", wrap).status_code for _ in range(2)] == [201, 200]
    assert Wrap.objects.count() == 2


def test_the_last_way_to_unlock_cannot_be_taken_away(carded: Client, keys: Keys) -> None:
    first, second = first_wrap(carded), passkey_wrap(keys)
    post(carded, "/account/keys/wraps", second)
    assert post(carded, f"/account/keys/wraps/{first['id']}/delete", {}).status_code == 204
    answer = post(carded, f"/account/keys/wraps/{second['id']}/delete", {})
    assert (answer.status_code, code_of(answer)) == (409, "last_wrap")
    assert Wrap.objects.count() == 1


def test_ways_to_unlock_are_taken_away_one_after_the_other(carded: Client, keys: Keys, store: Store) -> None:
    """On SQLite all writers take turns; on PostgreSQL those of one person do."""
    first = first_wrap(carded)
    post(carded, "/account/keys/wraps", passkey_wrap(keys))
    with CaptureQueriesContext(connection) as queries:
        post(carded, f"/account/keys/wraps/{first['id']}/delete", {})
    said = [query["sql"] for query in queries]
    taken = next(place for place, sql in enumerate(said) if sql.startswith("DELETE"))
    assert store.name == "sqlite" or any("accounts_person" in sql and "FOR UPDATE" in sql for sql in said[:taken])


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
    assert Wrap.objects.count() == 1


def test_nobody_else_reaches_ones_wraps(carded: Client, keys: Keys, stranger: Person, browser: Open) -> None:
    wrap = first_wrap(carded)
    post(carded, "/account/keys/wraps", passkey_wrap(keys))
    other = browser(stranger)
    theirs = phrase_wrap(Keys.new())
    post_keys(other, first_card(stranger, Keys.new()), wrap=theirs)
    assert other.get("/account/keys").json()["wraps"] == [theirs]
    answer = post(other, f"/account/keys/wraps/{wrap['id']}/delete", {})
    assert (answer.status_code, code_of(answer)) == (404, "unknown_wrap")
    assert code_of(post(other, "/account/keys/wraps", wrap)) == "wrap_id_used"
    assert Wrap.objects.count() == 3


def put(client: Client, version: int, sealed: bytes, *, becomes: int | None = None) -> Answer:
    body = {"version": version, "becomes": version + 1 if becomes is None else becomes, "sealed": b64u(sealed)}
    return post(client, "/account/keyring", body, method="put")


def test_a_keyring_is_replaced_version_by_version(carded: Client) -> None:
    assert put(carded, 1, b"two").json() == {"version": 2}
    assert put(carded, 2, b"three").json() == {"version": 3}
    assert carded.get("/account/keys").json()["keyring"] == {"version": 3, "sealed": b64u(b"three")}


def test_a_keyring_may_go_on_from_a_newer_one_that_was_lost_here_and_never_back(carded: Client) -> None:
    assert put(carded, 1, b"two", becomes=7).json() == {"version": 7}
    for impossible in (7, 2**31):
        assert code_of(put(carded, 7, b"three", becomes=impossible)) == "bad_field"
    assert carded.get("/account/keys").json()["keyring"] == {"version": 7, "sealed": b64u(b"two")}


@pytest.mark.parametrize("replaces", [0, 2])
def test_a_keyring_of_another_version_is_refused_with_the_current_one(carded: Client, replaces: int) -> None:
    answer = put(carded, replaces, b"other")
    assert (answer.status_code, code_of(answer)) == (409, "stale_keyring")
    assert answer.json()["current"] == {"version": 1, "sealed": b64u(b"first")}


def test_a_keyring_sent_again_after_a_lost_answer_is_accepted(carded: Client) -> None:
    assert [put(carded, 1, b"two").status_code for _ in range(2)] == [200, 200]
    assert Keyring.objects.get().version == 2


def test_keyrings_are_each_ones_own(carded: Client, stranger: Person, browser: Open) -> None:
    other = browser(stranger)
    post_keys(other, first_card(stranger, Keys.new()))
    assert put(other, 1, b"theirs").json() == {"version": 2}
    assert carded.get("/account/keys").json()["keyring"]["sealed"] == b64u(b"first")


def test_a_keyring_has_a_largest_size(carded: Client) -> None:
    answer = put(carded, 1, bytes(512 * 1024))
    assert (answer.status_code, code_of(answer)) == (413, "too_large")
    assert Keyring.objects.get().version == 1
