import json
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.protocol.cast import (
    BOTH,
    ENTRY,
    EXPECTED,
    INSTANCE,
    MENTEE,
    MENTEE_CARD,
    MENTOR,
    MENTOR_CARD,
    PARTNERSHIP,
    PREV,
    STRANGER,
    STRANGER_CARD,
    commitment,
)
from tests.protocol.test_encoding import TEXTS, VALUES
from tilth.protocol.chain import signed_message
from tilth.protocol.encoding import compact_json
from tilth.protocol.entries import (
    LARGEST_CT,
    SignedEntry,
    check_signature,
    entry_hash,
    link_hash,
    open_entry,
    read_header,
    seal_entry,
)
from tilth.protocol.errors import ProtocolError
from tilth.protocol.keys import seal_to

SAMPLE = commitment()
BARE = commitment(None)


def opened_by(keys, signed=SAMPLE, author=MENTOR_CARD, **expected):
    return open_entry(signed, keys, author=author, expected=replace(EXPECTED, **expected))


def resigned(header, ct, keys=MENTOR):
    unsigned = SignedEntry(header, ct, bytes(64))
    return replace(unsigned, sig=keys.sign(signed_message(unsigned.header_hash, unsigned.ct_hash)))


def altered(**changes):
    return compact_json(json.loads(SAMPLE.header) | changes)


def refusal(*args, **kwargs):
    with pytest.raises(ProtocolError) as refused:
        opened_by(*args, **kwargs)
    return refused.value.code


def test_both_members_open_what_one_sealed():
    assert opened_by(MENTOR) == opened_by(MENTEE) == {"words": "Send the outline"}


def test_an_entry_without_prose_opens_to_nothing():
    assert BARE.ct is None
    assert BARE.read.commit is None
    assert opened_by(MENTEE, BARE) == {}


@settings(max_examples=30, deadline=None)
@given(
    data=st.dictionaries(TEXTS.filter(lambda t: "\0" not in t), st.integers(0, 9), max_size=3),
    sealed=st.dictionaries(TEXTS, VALUES, max_size=5),
)
def test_whatever_is_sealed_comes_back(data, sealed):
    entry = seal_entry(
        MENTEE, author=MENTEE_CARD, partnership=PARTNERSHIP, entry=ENTRY, kind="commitments.made",
        data=data, to=BOTH, prev=None, sealed=sealed,
    )  # fmt: skip
    assert opened_by(MENTOR, entry, MENTEE_CARD) == sealed
    assert read_header(entry.header).data == data


def test_a_stranger_opens_nothing():
    assert refusal(STRANGER) == "cannot_open"


@pytest.mark.parametrize(
    ("expected", "code"),
    [
        ({"instance": str(UUID(int=1))}, "wrong_instance"),
        ({"partnership": UUID(int=1)}, "wrong_partnership"),
        ({"entry": UUID(int=1)}, "wrong_entry"),
        ({"kind": "commitments.kept"}, "wrong_kind"),
        ({"subject": UUID(int=1)}, "wrong_subject"),
        ({"to": frozenset({MENTOR_CARD.hash})}, "wrong_to"),
        ({"to": EXPECTED.to | {STRANGER_CARD.hash}}, "wrong_to"),
    ],
)
def test_an_entry_that_was_not_asked_for_is_refused(expected, code):
    assert refusal(MENTEE, **expected) == code


def test_an_entry_by_another_author_is_refused():
    assert refusal(MENTEE, author=MENTEE_CARD) == "wrong_author"
    assert refusal(MENTEE, resigned(SAMPLE.header, SAMPLE.ct, STRANGER)) == "bad_signature"


def test_ciphertext_of_another_entry_is_refused_even_when_signed_again():
    other = commitment("Something else")
    assert refusal(MENTEE, resigned(SAMPLE.header, other.ct)) == "wrong_header"


def test_a_body_without_its_commitment_is_refused():
    assert refusal(MENTEE, resigned(SAMPLE.header, None)) == "wrong_commit"
    assert refusal(MENTEE, resigned(BARE.header, SAMPLE.ct)) == "wrong_commit"


def test_an_entry_sealed_to_more_or_fewer_than_it_names_is_refused():
    inner = MENTOR.open(SAMPLE.ct)
    for cards in ([MENTEE_CARD], [*BOTH, STRANGER_CARD]):
        ct = seal_to(inner, [card.seal for card in cards])
        assert refusal(MENTEE, resigned(SAMPLE.header, ct)) == "wrong_sealing"
    assert refusal(MENTEE, resigned(SAMPLE.header, b"no age file")) == "wrong_sealing"


def test_a_body_other_than_the_one_committed_to_is_refused():
    inner = MENTOR.open(SAMPLE.ct)
    swapped = inner.replace(b"outline", b"article")
    ct = seal_to(swapped, [card.seal for card in BOTH])
    assert refusal(MENTEE, resigned(SAMPLE.header, ct)) == "wrong_commit"


@pytest.mark.parametrize("part", ["header", "ct", "sig"])
def test_every_flipped_bit_is_refused(part):
    data = getattr(SAMPLE, part)
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ProtocolError):
            opened_by(MENTEE, replace(SAMPLE, **{part: bytes(flipped)}))


def test_every_flipped_bit_of_the_ciphertext_is_refused_even_when_signed_again():
    for bit in range(len(SAMPLE.ct) * 8):
        flipped = bytearray(SAMPLE.ct)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ProtocolError):
            opened_by(MENTEE, resigned(SAMPLE.header, bytes(flipped)))


def test_a_hash_is_the_same_from_the_parts_and_from_their_hashes():
    whole = entry_hash(PREV, SAMPLE.header, SAMPLE.ct, SAMPLE.sig)
    assert whole == link_hash(PREV, SAMPLE.header_hash, SAMPLE.ct_hash, SAMPLE.sig) == SAMPLE.hash_after(PREV)
    assert whole != SAMPLE.hash_after(None)
    assert SAMPLE.hash_after(None) == SAMPLE.hash_after(bytes(32))


def test_a_signature_is_checked_against_the_author_the_header_names():
    check_signature(SAMPLE, MENTOR_CARD)
    with pytest.raises(ProtocolError, match="another author"):
        check_signature(SAMPLE, STRANGER_CARD)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"v": 2}, "wrong_version", "v"),
        ({"v": "1"}, "wrong_version", "v"),
        ({"note": 1}, "wrong_keys", "note"),
        ({"instance": None}, "bad_field", "instance"),
        ({"partnership": "x"}, "bad_field", "partnership"),
        ({"partnership": str(PARTNERSHIP).upper()}, "bad_field", "partnership"),
        ({"entry": INSTANCE}, "bad_field", "entry"),
        ({"kind": "commitments"}, "bad_field", "kind"),
        ({"kind": "Commitments.made"}, "bad_field", "kind"),
        ({"kind": "commitments.made\n"}, "bad_field", "kind"),
        ({"subject": ""}, "bad_field", "subject"),
        ({"author": "0" * 63}, "bad_field", "author"),
        ({"author": "A" * 64}, "bad_field", "author"),
        ({"to": []}, "bad_field", "to"),
        ({"to": "x"}, "bad_field", "to"),
        ({"to": {"1" * 64: True}}, "bad_field", "to"),
        ({"to": [None]}, "bad_field", "to"),
        ({"to": ["1" * 64, "0" * 64]}, "bad_field", "to"),
        ({"to": ["1" * 64, "1" * 64]}, "bad_field", "to"),
        ({"to": [f"{n:064x}" for n in range(65)]}, "bad_field", "to"),
        ({"prev": ""}, "bad_field", "prev"),
        ({"data": []}, "bad_field", "data"),
        ({"data": {"a": "\0"}}, "bad_text", None),
        ({"commit": "AA"}, "bad_field", "commit"),
        ({"commit": 1}, "bad_field", "commit"),
    ],
)
def test_a_malformed_header_is_refused_with_code_and_field(changes, code, field):
    with pytest.raises(ProtocolError) as refused:
        read_header(altered(**changes))
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize("name", sorted(json.loads(SAMPLE.header)))
def test_a_header_that_lacks_a_field_is_refused(name):
    fields = json.loads(SAMPLE.header)
    del fields[name]
    with pytest.raises(ProtocolError) as refused:
        read_header(compact_json(fields))
    assert (refused.value.code, refused.value.field) == ("wrong_keys", name)


def test_a_text_about_the_forbidden_character_is_allowed():
    assert read_header(altered(data={"a": "\\u0000"})).data == {"a": "\\u0000"}


def test_what_is_too_large_is_refused_by_reader_and_maker():
    with pytest.raises(ProtocolError, match="too large"):
        read_header(altered(data={"a": "x" * 8192}))
    with pytest.raises(ProtocolError, match="too large"):
        commitment("x" * 256 * 1024)
    assert refusal(MENTEE, resigned(SAMPLE.header, bytes(LARGEST_CT + 1))) == "ct_too_large"
