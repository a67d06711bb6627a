"""Attacks on the one door by a stranger, a former member, the partner, and a browser gone wrong. None is accepted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from tests.cast import Actor, invites, opens, partnership, somebody
from tilth.ledger.models import Entry
from tilth.partnerships.models import Partnership
from tilth.protocol.encoding import compact_json, uuid7
from tilth.protocol.entries import SignedEntry
from tilth.protocol.keys import Keys

pytestmark = pytest.mark.django_db

WORDS = {"words": "only for you"}
OTHER_INSTANCE = "01890000-0000-7000-8000-000000000000"
ANOTHER_ID = uuid7().hex
BUT_ID = "partnership_id, seq, kind, subject, author_id, at, header, ct, ct_hash, sig, hash"


def _resigned(actor: Actor, entry: SignedEntry, change: Callable[[dict[str, Any]], None]) -> SignedEntry:
    """The entry with its header changed and honestly signed again by the actor."""
    header = json.loads(entry.header)
    change(header)
    return _signed(actor.keys, compact_json(header), entry.ct)


def _signed(keys: Keys, header: bytes, ct: bytes | None) -> SignedEntry:
    hashes = hashlib.sha256(header).digest() + hashlib.sha256(ct or b"").digest()
    return SignedEntry(header, ct, keys.sign(b"tilth/v1/entry\0" + hashes))


def _set(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda header: header.__setitem__(name, value)


HEADERS_GONE_WRONG: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "made for another Tilth": (_set("instance", OTHER_INSTANCE), "wrong_instance"),
    "made for another partnership": (_set("partnership", OTHER_INSTANCE), "wrong_partnership"),
    "of an unknown kind": (_set("kind", "membership.crowned"), "unknown_kind"),
    "with a key too many": (_set("extra", 1), "wrong_keys"),
    "with a key missing": (lambda header: header.pop("data"), "wrong_keys"),
    "of another version": (_set("v", 2), "wrong_version"),
    "with an id that is no UUIDv7": (_set("entry", "c0ffee00-0000-4000-8000-000000000000"), "bad_field"),
    "by a card that is not mine": (_set("author", "0" * 64), "stale_card"),
    "sealed to fewer": (lambda header: header["to"].pop(), "wrong_recipients"),
    "sealed to nobody": (_set("to", []), "bad_field"),
    "sealed to one more": (lambda header: header["to"].append("f" * 64), "wrong_recipients"),
    "with recipients out of order": (lambda header: header["to"].reverse(), "bad_field"),
    "at the beginning of the chain": (_set("prev", None), "stale_head"),
    "after an entry that never was": (_set("prev", "0" * 64), "stale_head"),
    "with a public field too many": (_set("data", {"back_on": None, "mood": "low"}), "bad_data"),
    "with a public field of the wrong sort": (_set("data", {"back_on": "soon"}), "bad_data"),
    "that says nothing is sealed, and brings something": (_set("commit", None), "wrong_commit"),
    "with a subject that is no id": (_set("subject", "the first one"), "bad_field"),
}


@pytest.mark.parametrize("attack", HEADERS_GONE_WRONG)
def test_an_honestly_signed_entry_is_refused(attack: str) -> None:
    change, code = HEADERS_GONE_WRONG[attack]
    mentor, _ = partnership()
    entry = _resigned(mentor, mentor.seal("membership.paused", {"back_on": None}, WORDS), change)
    assert _refused(mentor, entry) == code


RAW_HEADERS = {
    "no JSON": b"words",
    "a list": b"[]",
    "not UTF-8": b'{"v":1,"kind":"\xff"}',
    "with a byte order mark": b"\xef\xbb\xbf{}",
    "a name twice": b'{"v":1,"v":1}',
    "not a number": b'{"v":NaN}',
    "nested without end": b'{"v":' + b"[" * 500 + b"]" * 500 + b"}",
    "something after the end": b"{}{}",
    "empty": b"",
}


@pytest.mark.parametrize("attack", RAW_HEADERS)
def test_a_header_that_is_no_header_is_refused(attack: str) -> None:
    mentor, _ = partnership()
    entry = _signed(mentor.keys, RAW_HEADERS[attack], None)
    answer = mentor.posts(entry)
    assert answer.status_code == 400
    assert answer.json()["sentence"]


def test_a_header_too_large_is_refused() -> None:
    mentor, _ = partnership()
    header = compact_json({"v": "x" * 9000})
    assert _refused(mentor, _signed(mentor.keys, header, None), status=413) == "header_too_large"


def test_a_text_too_large_is_refused() -> None:
    mentor, _ = partnership()
    entry = mentor.seal("membership.paused", {}, WORDS)
    assert _refused(mentor, _signed(mentor.keys, entry.header, b"x" * 262145), status=413) == "ct_too_large"


@pytest.mark.parametrize("part", ["header", "ct", "sig"])
def test_one_bit_flipped_is_refused(part: str) -> None:
    mentor, _ = partnership()
    entry = mentor.seal("membership.paused", {}, WORDS)
    raw = bytearray(getattr(entry, part))
    raw[len(raw) // 2] ^= 1
    answer = mentor.posts(replace(entry, **{part: bytes(raw)}))
    assert answer.status_code in (400, 409, 422)
    assert Entry.objects.filter(partnership=mentor.partnership).count() == 3


def test_another_persons_signature_is_refused() -> None:
    mentor, mentee = partnership()
    entry = mentor.seal("membership.paused", {}, WORDS)
    assert _refused(mentor, _signed(mentee.keys, entry.header, entry.ct)) == "bad_signature"


def test_the_partners_own_entry_sent_by_me_is_refused() -> None:
    mentor, mentee = partnership()
    assert _refused(mentor, mentee.seal("membership.paused", {}, WORDS)) == "stale_card"


def test_a_card_that_was_replaced_is_refused() -> None:
    mentor, _ = partnership()
    entry = mentor.seal("membership.paused", {}, WORDS)
    mentor.makes_new_keys()
    assert _refused(mentor, entry) == "stale_card"


def test_another_entry_under_a_used_id_is_refused() -> None:
    mentor, _ = partnership()
    used = mentor.writes("membership.paused", {}, WORDS)
    other = mentor.seal("membership.resumed", {}, {"words": "another"}, entry=used)
    assert _refused(mentor, other) == "entry_id_used"


def test_an_id_used_in_another_partnership_is_refused() -> None:
    mentor, _ = partnership()
    elsewhere, _ = partnership()
    used = elsewhere.writes("membership.paused", {}, WORDS)
    assert _refused(mentor, mentor.seal("membership.paused", {}, WORDS, entry=used)) == "entry_id_used"


def test_the_same_bytes_again_are_answered_alike_and_written_once() -> None:
    mentor, _ = partnership()
    entry = mentor.seal("membership.paused", {}, WORDS)
    first, second = mentor.posts(entry), mentor.posts(entry)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Entry.objects.filter(partnership=mentor.partnership).count() == 4


def test_leaving_twice_is_answered_alike() -> None:
    mentor, _ = partnership()
    entry = mentor.seal("membership.left")
    assert (mentor.posts(entry).status_code, mentor.posts(entry).status_code) == (201, 200)


def test_a_stranger_meets_the_same_404_as_for_what_does_not_exist() -> None:
    mentor, _ = partnership()
    stranger = somebody("Zoe")
    answers = []
    for place in (mentor.partnership, uuid7()):
        stranger.partnership = place
        answers.append(stranger.posts(stranger.seal("membership.paused", {}, WORDS, prev=None)))
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_a_stranger_cannot_open_a_partnership_that_is_there() -> None:
    mentor, _ = partnership()
    stranger = somebody("Zoe")
    stranger.partnership = mentor.partnership
    assert stranger.posts(stranger.seal("membership.opened", {"role": "mentor"})).status_code == 404


def test_a_stranger_cannot_read_anything() -> None:
    mentor, _ = partnership()
    stranger = somebody("Zoe")
    for page in ("", "timeline", "links", "head", "cards", "export", "membership/", "membership/leave"):
        assert stranger.client.get(f"{mentor.path}{page}").status_code == 404, page
    assert stranger.client.post(f"{mentor.path}sealed", {"ids": []}, content_type="application/json").status_code == 404


def test_a_former_member_can_neither_write_nor_read() -> None:
    mentor, mentee = partnership()
    mentee.writes("membership.left")
    assert mentee.posts(mentee.seal("membership.paused", {}, WORDS)).status_code == 404
    for page in ("", "timeline", "links", "head", "cards", "export"):
        assert mentee.client.get(f"{mentor.path}{page}").status_code == 404, page


def test_nobody_signed_in_can_write() -> None:
    mentor, _ = partnership()
    entry = mentor.seal("membership.paused", {}, WORDS)
    mentor.client = Client()
    assert mentor.posts(entry).status_code == 403


def test_whoever_is_not_signed_in_is_told_so_and_not_what_there_is() -> None:
    mentor, _ = partnership()
    for path in (mentor.path, f"/p/{uuid7()}/"):
        answers = [Client().get(f"{path}{page}") for page in ("links", "head", "cards")]
        answers.append(Client().post(f"{path}sealed", {"ids": []}, content_type="application/json"))
        assert [(one.status_code, one.json()["code"]) for one in answers] == [(403, "signed_out")] * 4


def test_an_entry_of_another_partnership_is_never_handed_out() -> None:
    mentor, _ = partnership()
    elsewhere, _ = partnership()
    theirs = elsewhere.writes("membership.paused", {}, WORDS)
    answer = mentor.client.post(f"{mentor.path}sealed", {"ids": [str(theirs)]}, content_type="application/json")
    assert answer.json() == {"entries": []}


def test_an_invitation_to_one_partnership_opens_no_other() -> None:
    mentor, _ = partnership()
    invitation = invites(opens(somebody("Ines")))
    stranger = somebody("Zoe")
    stranger.partnership = mentor.partnership
    readers = [*mentor.readers(), stranger.card]
    entry = stranger.seal("membership.joined", {"invitation": str(invitation)}, subject=invitation, to=readers)
    assert stranger.posts(entry).status_code == 404


@pytest.mark.parametrize("change", ["seq = 99", "header = 'x'", "sig = 'x'", "ct = 'x'", "kind = 'x'", "at = NULL"])
def test_the_store_itself_refuses_to_change_an_entry(change: str) -> None:
    mentor, _ = partnership()
    mentor.writes("membership.paused", {}, WORDS)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE ledger_entry SET {change}")


def test_the_store_itself_refuses_to_delete_an_entry() -> None:
    partnership()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_entry")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE seq = 1",
        f"""INSERT OR REPLACE INTO ledger_entry (id, {BUT_ID})
            SELECT '{ANOTHER_ID}', {BUT_ID} FROM ledger_entry WHERE seq = 1""",
        f"""INSERT OR REPLACE INTO ledger_entry (rowid, id, {BUT_ID})
            SELECT rowid, '{ANOTHER_ID}', {BUT_ID.replace("seq", "99")} FROM ledger_entry WHERE seq = 1""",
        "UPDATE OR REPLACE ledger_entry SET ct = NULL, rowid = rowid + 1 WHERE seq = 1",
    ],
    ids=["its id", "its place", "its row", "its row, by moving another"],
)
def test_the_store_itself_refuses_to_put_an_entry_in_anothers_place(statement: str) -> None:
    """PostgreSQL knows no such statements."""
    partnership()
    before = list(Entry.objects.order_by("seq").values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Entry.objects.order_by("seq").values()) == before


def test_the_store_lets_a_sealed_text_be_taken_away() -> None:
    mentor, _ = partnership()
    entry = mentor.writes("membership.paused", {}, WORDS)
    assert Entry.objects.filter(id=entry).update(ct=None) == 1


def test_a_refused_entry_leaves_no_trace() -> None:
    mentor, _ = partnership()
    before = _everything(mentor.partnership)
    mentor.posts(mentor.seal("membership.resumed", {}, WORDS))
    assert _everything(mentor.partnership) == before


def _everything(partnership_id: UUID) -> list[Any]:
    entries = list(Entry.objects.filter(partnership=partnership_id).values_list())
    return [list(Partnership.objects.filter(id=partnership_id).values_list()), entries]


def _refused(actor: Actor, entry: SignedEntry, *, status: int | None = None) -> str:
    before = Entry.objects.count()
    answer = actor.posts(entry)
    assert answer.status_code >= 400, answer.content
    assert status in (None, answer.status_code)
    assert Entry.objects.count() == before
    return str(answer.json()["code"])
