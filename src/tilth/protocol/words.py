"""The key phrase: twelve words of BIP 39's English list, 128 bits and a checksum."""

import re
import secrets
import unicodedata
from functools import cache

from mnemonic import Mnemonic

from tilth.protocol.errors import ProtocolError

ENTROPY_BYTES = 16
COUNT = 12
_NOT_LETTERS = re.compile(r"[^a-z]+")


def new_phrase(entropy: bytes | None = None) -> str:
    """Twelve fresh words, or those of `entropy` (16 bytes), joined by one space."""
    entropy = secrets.token_bytes(ENTROPY_BYTES) if entropy is None else entropy
    if len(entropy) != ENTROPY_BYTES:
        raise ValueError("twelve words need 16 bytes")
    return _english().to_mnemonic(entropy)


def read_phrase(typed: str) -> str:
    """The phrase as it was made, forgiving capitals, breaks, commas and numbers; else ProtocolError `bad_phrase`."""
    words = _NOT_LETTERS.sub(" ", unicodedata.normalize("NFKD", typed).lower()).split()
    if len(words) != COUNT:
        raise ProtocolError("bad_phrase", f"A key phrase has twelve words; these are {len(words)}.")
    for word in words:
        if word not in _english().wordlist:
            raise ProtocolError("bad_phrase", f"“{word[:20]}” is not a word of a key phrase.")
    phrase = " ".join(words)
    if not _english().check(phrase):
        raise ProtocolError("bad_phrase", "These words do not belong together: one is wrong, or their order is.")
    return phrase


@cache
def _english() -> Mnemonic:
    return Mnemonic("english")
