from dataclasses import replace

import pytest

from tests.protocol.cast import MENTEE, MENTOR, PARTNERSHIP, person_of
from tests.protocol.ledger import SIGNED_CARDS
from tilth.protocol.encoding import compact_json
from tilth.protocol.errors import ProtocolError
from tilth.protocol.keyring import Keyring, Partner, Pin, Seen, _signed_message, open_keyring, seal_keyring
from tilth.protocol.keys import seal_to

KEYRING = Keyring(
    version=7,
    pins={str(person_of("mentor")): (Pin(signed=SIGNED_CARDS["mentor"], verified=True, seen=False),)},
    partners={str(PARTNERSHIP): Partner(person=str(person_of("mentor")), verified=True)},
    secrets={str(PARTNERSHIP): bytes(range(16))},
    heads={str(PARTNERSHIP): Seen(seq=3, hash="ab" * 32)},
)
SEALED = seal_keyring(KEYRING, MENTEE)


def signed(body):
    return seal_to(MENTEE.sign(_signed_message(body)) + body, [MENTEE.seal_recipient])


def test_a_keyring_comes_back_to_its_owner():
    assert open_keyring(SEALED, MENTEE, version=7) == KEYRING


def test_a_pin_is_found_in_the_partnership_where_its_card_was_met():
    card = SIGNED_CARDS["mentor"].card.hash
    assert KEYRING.pin_in(str(PARTNERSHIP), card).verified
    assert KEYRING.pin_in(str(PARTNERSHIP), "00" * 32) is None
    assert KEYRING.pin_in(str(person_of("mentor")), card) is None


def test_who_was_made_sure_of_in_another_partnership_is_not_so_here():
    partners = {str(PARTNERSHIP): Partner(person=str(person_of("mentor")), verified=False)}
    pin = replace(KEYRING, partners=partners).pin_in(str(PARTNERSHIP), SIGNED_CARDS["mentor"].card.hash)
    assert not pin.verified


def test_nobody_else_opens_it():
    with pytest.raises(ProtocolError, match="not sealed to these keys"):
        open_keyring(SEALED, MENTOR, version=7)


def test_one_that_the_server_sealed_is_refused():
    forged = seal_to(MENTEE.open(SEALED).replace(b"true", b"null"), [MENTEE.seal_recipient])
    with pytest.raises(ProtocolError, match="not signed by its owner"):
        open_keyring(forged, MENTEE, version=7)


def test_an_older_one_is_refused():
    with pytest.raises(ProtocolError, match="another one than was said"):
        open_keyring(SEALED, MENTEE, version=8)


@pytest.mark.parametrize(
    "changes",
    [
        {"pins": []},
        {"pins": {"x": {}}},
        {"pins": {"x": [1]}},
        {"pins": {"x": [{}]}},
        {"partners": {"x": {"person": 1, "verified": True}}},
        {"partners": {"x": []}},
        {"heads": {"x": {"seq": 0, "hash": "ab" * 32}}},
        {"secrets": {"x": "AA"}},
        {"version": "7"},
        {"v": 2},
        {"more": 1},
    ],
)
def test_one_that_cannot_be_read_is_refused(changes):
    body = compact_json({"v": 1, "version": 7, "pins": {}, "secrets": {}, "heads": {}} | changes)
    with pytest.raises(ProtocolError):
        open_keyring(signed(body), MENTEE, version=7)
