"""What the other side made, opened here; and what this side made, as it stands in the repository."""

import json
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest

from tests.vectors import make
from tilth.protocol.cards import card_hash, check_card, read_card
from tilth.protocol.encoding import strict_json, unb64u
from tilth.protocol.entries import Expected, SignedEntry, open_entry
from tilth.protocol.joining import code, is_join_proof
from tilth.protocol.keyring import open_keyring, seal_keyring
from tilth.protocol.keys import Keys
from tilth.protocol.padding import padme
from tilth.protocol.signatures import is_signed
from tilth.protocol.words import new_phrase, read_phrase
from tilth.protocol.wraps import open_by_passkey, open_by_phrase

FOLDER = Path(make.__file__).parent
SIDES = ("python", "typescript")
PARTS = ("keys", "cards", "wraps", "padding", "entries", "joins", "codes", "words", "keyrings", "refused")


@cache
def vectors(side):
    return json.loads((FOLDER / f"{side}.json").read_text(encoding="utf-8"))


def cases(part):
    return [
        pytest.param(case, id=f"{side}-{n}") for side in SIDES for n, case in enumerate(vectors(side).get(part, []))
    ]


@pytest.mark.parametrize("side", SIDES)
def test_each_side_has_a_case_of_every_part(side):
    assert all(vectors(side)[part] for part in PARTS)


@pytest.mark.parametrize("case", cases("keys"))
def test_a_root_gives_the_same_keys(case):
    keys = Keys(unb64u(case["root"]))
    assert (keys.sign_public, keys.seal_recipient) == (unb64u(case["sign_public"]), case["seal_recipient"])


@pytest.mark.parametrize("case", cases("cards"))
def test_a_card_holds(case):
    parts = {name: None if case[name] is None else unb64u(case[name]) for name in case if name != "hash"}
    previous = read_card(parts["previous_card"]) if parts["previous_card"] else None
    card = check_card(parts["card"], parts["sig"], parts["previous_sig"], previous)
    keys = Keys(parts["root"])
    assert (card.sign, card.seal, card.hash) == (keys.sign_public, keys.seal_recipient, case["hash"])
    assert card_hash(parts["card"]) == case["hash"]


@pytest.mark.parametrize("case", cases("wraps"))
def test_a_wrap_opens(case):
    wrap = unb64u(case["age"])
    keys = (
        open_by_phrase(wrap, case["phrase"]) if case["kind"] == "phrase" else open_by_passkey(wrap, unb64u(case["prf"]))
    )
    assert keys.root == unb64u(case["root"])


@pytest.mark.parametrize("case", cases("padding"))
def test_a_length_is_padded_alike(case):
    assert padme(case["length"]) == case["padded"]


@pytest.mark.parametrize("case", cases("entries"))
def test_an_entry_opens_for_every_member_and_has_its_hash(case):
    entry = SignedEntry(unb64u(case["header"]), case["ct"] and unb64u(case["ct"]), unb64u(case["sig"]))
    author, *_ = cards = [read_card(unb64u(card)) for card in case["cards"]]
    prev = case["prev_hash"] and bytes.fromhex(case["prev_hash"])
    for root in case["roots"]:
        expected = as_the_header_says(entry, cards)
        opened = open_entry(entry, Keys(unb64u(root)), author=author, expected=expected)
        assert opened == (case["sealed"] or {})
    assert entry.read.prev == prev
    assert entry.hash_after(prev).hex() == case["hash"]


@pytest.mark.parametrize("case", cases("joins"))
def test_a_proof_holds(case):
    partnership = UUID(case["partnership"])
    proof, secret = unb64u(case["proof"]), unb64u(case["secret"])
    assert is_join_proof(proof, secret=secret, partnership=partnership, card_hash=case["card_hash"])


@pytest.mark.parametrize("case", cases("codes"))
def test_a_code_reads_the_same(case):
    assert code(*case["cards"]) == case["code"]


@pytest.mark.parametrize("case", cases("words"))
def test_the_words_are_the_same(case):
    assert new_phrase(unb64u(case["entropy"])) == read_phrase(case["phrase"]) == case["phrase"]


@pytest.mark.parametrize("case", cases("keyrings"))
def test_a_keyring_opens_for_its_owner_and_says_the_same(case):
    keys = Keys(unb64u(case["root"]))
    keyring = open_keyring(unb64u(case["sealed"]), keys, version=case["version"])
    assert strict_json(keys.open(seal_keyring(keyring, keys))[64:]) == case["keyring"]


@pytest.mark.parametrize("case", cases("refused"))
def test_a_signature_that_a_lax_verifier_takes_is_refused(case):
    public, message, sig = (unb64u(case[name]) for name in ("public", "message", "sig"))
    assert not is_signed(message, sig=sig, public=public)


def test_our_own_file_is_what_the_code_makes_today():
    assert make.lasting().items() <= vectors("python").items()


def as_the_header_says(entry, cards):
    said = entry.read
    return Expected(
        instance=said.instance,
        partnership=said.partnership,
        entry=said.entry,
        kind=said.kind,
        subject=said.subject,
        to=frozenset(card.hash for card in cards),
    )
