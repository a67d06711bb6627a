from hashlib import sha512

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from nacl import bindings

from tests.protocol.cast import MENTOR
from tilth.protocol.signatures import SMALL_ORDER_Y, L, P, is_signed, is_sound_point

MESSAGE = b"a small step"
SIG = MENTOR.sign(MESSAGE)
D = -121665 * pow(121666, -1, P) % P
IDENTITY = (1).to_bytes(32, "little")
OF_ORDER_EIGHT = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")


def points_of_small_order():
    """All (x, y) with 8·(x, y) = (0, 1), by the curve's own arithmetic."""
    candidates = [(x, y) for y in SMALL_ORDER_Y for x in square_roots((y * y - 1) * pow(D * y * y + 1, -1, P) % P)]
    return [point for point in candidates if doubled(doubled(doubled(point))) == (0, 1)]


def square_roots(square):
    root = pow(square, (P + 3) // 8, P)
    if root * root % P != square:
        root = root * pow(2, (P - 1) // 4, P) % P
    return {root, -root % P} if root * root % P == square else set()


def doubled(point):
    x, y = point
    xy, dxxyy = 2 * x * y, D * x * x * y * y
    return xy * pow(1 + dxxyy, -1, P) % P, (y * y + x * x) * pow(1 - dxxyy, -1, P) % P


def test_a_signature_holds_for_its_message_and_key():
    assert is_signed(MESSAGE, sig=SIG, public=MENTOR.sign_public)
    assert not is_signed(MESSAGE + b"s", sig=SIG, public=MENTOR.sign_public)


def test_the_list_of_small_order_is_whole():
    assert len(points_of_small_order()) == 8


def test_no_point_of_small_order_is_sound_in_any_spelling():
    for y in SMALL_ORDER_Y:
        for spelling in {y, y + P} if y + P < 2**255 else {y}:
            for sign in (0, 1 << 255):
                assert not is_sound_point((spelling | sign).to_bytes(32, "little"))


def test_a_key_that_is_not_canonical_is_refused():
    assert not is_sound_point((P + 3).to_bytes(32, "little"))
    assert not is_signed(MESSAGE, sig=SIG, public=(P + 3).to_bytes(32, "little"))


def test_a_second_spelling_of_the_same_signature_is_refused():
    scalar = int.from_bytes(SIG[32:], "little") + L
    assert not is_signed(MESSAGE, sig=SIG[:32] + scalar.to_bytes(32, "little"), public=MENTOR.sign_public)


def test_a_key_of_small_order_cannot_sign_everything():
    signs_anything = IDENTITY + bytes(32)
    assert not is_signed(MESSAGE, sig=signs_anything, public=IDENTITY)


def test_an_r_of_small_order_is_refused_even_where_the_equation_holds():
    scalar = int.from_bytes(sha512(MENTOR.sign_seed).digest()[:32], "little") & (2**254 - 8) | 2**254
    challenge = int.from_bytes(sha512(IDENTITY + MENTOR.sign_public + MESSAGE).digest(), "little")
    response = challenge * scalar % L
    sig = IDENTITY + response.to_bytes(32, "little")
    assert not is_signed(MESSAGE, sig=sig, public=MENTOR.sign_public)


def test_a_signature_whose_equation_holds_only_times_eight_is_refused_as_in_browsers():
    scalar = int.from_bytes(sha512(MENTOR.sign_seed).digest()[:32], "little") & (2**254 - 8) | 2**254
    nonce = int.from_bytes(sha512(b"any").digest(), "little") % L
    point = bindings.crypto_scalarmult_ed25519_base_noclamp(nonce.to_bytes(32, "little"))
    shifted = bindings.crypto_core_ed25519_add(point, OF_ORDER_EIGHT)
    for r, holds in ((point, True), (shifted, False)):
        challenge = int.from_bytes(sha512(r + MENTOR.sign_public + MESSAGE).digest(), "little")
        sig = r + ((nonce + challenge * scalar) % L).to_bytes(32, "little")
        assert is_signed(MESSAGE, sig=sig, public=MENTOR.sign_public) is holds


@given(st.binary(max_size=80), st.integers(0, 8 * 64 - 1) | st.none())
def test_openssl_judges_alike(message: bytes, flipped: int | None):
    sig = bytearray(MENTOR.sign(message))
    if flipped is not None:
        sig[flipped // 8] ^= 1 << flipped % 8
    assert is_signed(message, sig=bytes(sig), public=MENTOR.sign_public) is openssl_agrees(message, bytes(sig))


def openssl_agrees(message: bytes, sig: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(MENTOR.sign_public).verify(sig, message)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize("length", [0, 63, 65])
def test_another_length_is_refused(length):
    assert not is_signed(MESSAGE, sig=(SIG + b"\0")[:length], public=MENTOR.sign_public)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_refused(length):
    assert not is_signed(MESSAGE, sig=SIG, public=(MENTOR.sign_public + b"\0")[:length])


def test_a_key_off_the_curve_is_refused():
    off = next(y for y in range(2, 100) if not square_roots((y * y - 1) * pow(D * y * y + 1, -1, P) % P))
    assert not is_signed(MESSAGE, sig=SIG, public=off.to_bytes(32, "little"))
