import json
from dataclasses import replace

import pytest

from tests.protocol.cast import INSTANCE, MENTOR, MENTOR_CARD, STRANGER, STRANGER_CARD, keys_of, person_of
from tilth.protocol.cards import card_hash, check_card, make_card, read_card
from tilth.protocol.encoding import b64u, compact_json
from tilth.protocol.errors import ProtocolError

FIRST = make_card(MENTOR, instance=INSTANCE, person=person_of("mentor"))
NEW_KEYS = keys_of("the mentor's new keys")
SECOND = make_card(NEW_KEYS, instance=INSTANCE, person=person_of("mentor"), previous=MENTOR_CARD, previous_keys=MENTOR)


def altered(**changes):
    return compact_json(json.loads(FIRST.body) | changes)


def test_a_first_card_says_who_and_which_keys():
    card = check_card(FIRST.body, FIRST.sig)
    assert (card.person, card.generation, card.previous) == (person_of("mentor"), 1, None)
    assert (card.sign, card.seal) == (MENTOR.sign_public, MENTOR.seal_recipient)
    assert card.hash == card_hash(FIRST.body)


def test_a_second_card_follows_the_first_and_is_vouched_for_by_its_key():
    card = check_card(SECOND.body, SECOND.sig, SECOND.previous_sig, MENTOR_CARD)
    assert (card.generation, card.previous) == (2, MENTOR_CARD.hash)


@pytest.mark.parametrize(
    ("owner", "before"),
    [
        ({}, {"hash": "ab" * 32}),
        ({}, {"generation": 4}),
        ({"person": person_of("stranger")}, {}),
        ({"instance": str(person_of("elsewhere"))}, {}),
    ],
)
def test_a_card_that_differs_in_one_thing_from_what_follows_is_refused(owner, before):
    owner = {"instance": INSTANCE, "person": person_of("mentor"), **owner}
    signed = make_card(NEW_KEYS, **owner, previous=replace(MENTOR_CARD, **before), previous_keys=MENTOR)
    with pytest.raises(ProtocolError) as refused:
        check_card(signed.body, signed.sig, signed.previous_sig, MENTOR_CARD)
    assert refused.value.code == "wrong_previous"


def test_a_second_card_may_lack_the_first_ones_signature():
    assert check_card(SECOND.body, SECOND.sig, None, MENTOR_CARD).generation == 2


@pytest.mark.parametrize(
    ("signed", "previous", "code"),
    [
        ((FIRST.body, SECOND.sig, None), None, "bad_signature"),
        ((FIRST.body, FIRST.sig, FIRST.sig), None, "wrong_previous"),
        ((FIRST.body, FIRST.sig, None), MENTOR_CARD, "wrong_previous"),
        ((SECOND.body, SECOND.sig, SECOND.previous_sig), None, "wrong_previous"),
        ((SECOND.body, SECOND.sig, SECOND.previous_sig), STRANGER_CARD, "wrong_previous"),
        ((SECOND.body, SECOND.sig, SECOND.sig), MENTOR_CARD, "bad_signature"),
    ],
)
def test_a_card_that_does_not_hold_is_refused(signed, previous, code):
    with pytest.raises(ProtocolError) as refused:
        check_card(*signed, previous)
    assert refused.value.code == code


def test_a_card_cannot_follow_another_persons():
    other = replace(MENTOR_CARD, person=person_of("stranger"))
    with pytest.raises(ProtocolError, match="does not follow"):
        check_card(SECOND.body, SECOND.sig, SECOND.previous_sig, other)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"v": 2}, "v"),
        ({"v": True}, "v"),
        ({"extra": 1}, "extra"),
        ({"instance": INSTANCE.upper()}, "instance"),
        ({"person": "me"}, "person"),
        ({"generation": 0}, "generation"),
        ({"generation": True}, "generation"),
        ({"generation": 1.0}, "generation"),
        ({"generation": 2}, "previous"),
        ({"previous": "0" * 64}, "previous"),
        ({"previous": "0" * 63}, "previous"),
        ({"sign": b64u(bytes(31))}, "sign"),
        ({"sign": b64u(bytes(32))}, "sign"),
        ({"sign": 7}, "sign"),
        ({"seal": STRANGER.seal_recipient.upper()}, "seal"),
        ({"seal": STRANGER.seal_recipient[:-2] + "pp"}, "seal"),
        ({"seal": "age1"}, "seal"),
    ],
)
def test_a_malformed_card_is_refused_and_the_field_named(changes, field):
    with pytest.raises(ProtocolError) as refused:
        read_card(altered(**changes))
    assert refused.value.field == field


def test_a_card_beyond_its_size_is_refused():
    with pytest.raises(ProtocolError, match="too large"):
        read_card(FIRST.body[:-1] + b" " * 2048 + b"}")
