"""Meeting each other's keys: the proof inside an invitation link, and the code two people compare."""

import hmac
from hashlib import sha512
from uuid import UUID

SECRET_BYTES = 16
_GROUPS = 12


def join_proof(secret: bytes, *, partnership: UUID, card_hash: str) -> bytes:
    """What an invitee sends to show that they held the invitation link (whose secret the server never saw)."""
    return hmac.digest(secret, b"tilth/v1/join\0" + partnership.bytes + bytes.fromhex(card_hash), "sha256")


def is_join_proof(proof: bytes, *, secret: bytes, partnership: UUID, card_hash: str) -> bool:
    return hmac.compare_digest(proof, join_proof(secret, partnership=partnership, card_hash=card_hash))


def code(one: str, other: str) -> str:
    """Sixty digits in twelve groups, the same for both of two cards (hashes, in either order)."""
    lower, higher = sorted((bytes.fromhex(one), bytes.fromhex(other)))
    digest = sha512(b"tilth/v1/code\0" + lower + higher).digest()
    groups = (int.from_bytes(digest[at : at + 5], "big") % 100_000 for at in range(0, 5 * _GROUPS, 5))
    return " ".join(f"{group:05d}" for group in groups)
