"""Ed25519, strictly: one message and key, no second spelling of a signature.

What libraries differ about is checked here first, and the equation is left to libsodium: S must be below L, and the
key and R canonical and not of small order, with which a signature can be made that fits many messages.
"""

from functools import lru_cache

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
_ORDER_EIGHT = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL_ORDER_Y = frozenset({0, 1, P - 1, _ORDER_EIGHT, P - _ORDER_EIGHT})  # of all eight points, whatever the sign of x


def is_sound_point(encoded: bytes) -> bool:
    """Whether 32 bytes are a canonical encoding and not of one of the eight points of small order."""
    y = int.from_bytes(encoded, "little") & (2**255 - 1)
    return len(encoded) == 32 and y < P and y not in SMALL_ORDER_Y


def is_signed(message: bytes, *, sig: bytes, public: bytes) -> bool:
    """Whether `sig` (64 bytes) over `message` is by the Ed25519 key `public` (32 bytes)."""
    if len(sig) != 64 or int.from_bytes(sig[32:], "little") >= L or not is_sound_point(sig[:32]):
        return False
    key = _public_key(public)
    if key is None:
        return False
    try:
        key.verify(message, sig)
    except BadSignatureError:
        return False
    return True


@lru_cache(maxsize=1024)
def _public_key(public: bytes) -> VerifyKey | None:
    return VerifyKey(public) if is_sound_point(public) else None
