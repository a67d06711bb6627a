import hmac
from hashlib import sha256

from tests.protocol.cast import MENTEE_CARD, MENTOR_CARD, PARTNERSHIP, STRANGER_CARD
from tilth.protocol.joining import code, is_join_proof, join_proof

SECRET = bytes(range(16))


def test_the_proof_is_the_hmac_of_partnership_and_card():
    message = b"tilth/v1/join\0" + PARTNERSHIP.bytes + bytes.fromhex(MENTEE_CARD.hash)
    assert (
        join_proof(SECRET, partnership=PARTNERSHIP, card_hash=MENTEE_CARD.hash)
        == hmac.new(SECRET, message, sha256).digest()
    )


def test_a_proof_holds_for_its_card_alone():
    proof = join_proof(SECRET, partnership=PARTNERSHIP, card_hash=MENTEE_CARD.hash)
    assert is_join_proof(proof, secret=SECRET, partnership=PARTNERSHIP, card_hash=MENTEE_CARD.hash)
    assert not is_join_proof(proof, secret=SECRET, partnership=PARTNERSHIP, card_hash=STRANGER_CARD.hash)
    assert not is_join_proof(proof, secret=bytes(16), partnership=PARTNERSHIP, card_hash=MENTEE_CARD.hash)


def test_both_see_the_same_code_of_sixty_digits():
    seen = code(MENTOR_CARD.hash, MENTEE_CARD.hash)
    assert seen == code(MENTEE_CARD.hash, MENTOR_CARD.hash)
    assert [len(group) for group in seen.split(" ")] == [5] * 12
    assert seen.replace(" ", "").isdigit()
    assert seen != code(MENTOR_CARD.hash, STRANGER_CARD.hash)
