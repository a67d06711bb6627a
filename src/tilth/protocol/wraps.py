"""Wraps: the root, sealed by the key phrase or by a passkey. The server keeps them and can open none."""

import pyrage

from tilth.protocol import age_scrypt
from tilth.protocol.errors import ProtocolError
from tilth.protocol.keys import ROOT_BYTES, Keys, age_identity, derive, seal_to
from tilth.protocol.words import read_phrase

WORK_FACTOR = 15  # half a second in a browser; the phrase's 128 bits need no more
PRF_BYTES = 32


def wrap_by_phrase(keys: Keys, phrase: str) -> bytes:
    return age_scrypt.encrypt(keys.root, passphrase=read_phrase(phrase), work_factor=WORK_FACTOR)


def open_by_phrase(wrap: bytes, phrase: str) -> Keys:
    """The keys; ProtocolError `wrong_phrase` where these twelve words are others', `bad_phrase` where they are none."""
    passphrase = read_phrase(phrase)
    try:
        return _keys(pyrage.passphrase.decrypt(wrap, passphrase))
    except pyrage.DecryptError as error:
        raise ProtocolError("wrong_phrase", "This key phrase does not open these keys.") from error


def wrap_by_passkey(keys: Keys, prf: bytes) -> bytes:
    """`prf` is what the passkey's PRF extension gave, 32 bytes."""
    return seal_to(keys.root, [str(_passkey_identity(prf).to_public())])


def open_by_passkey(wrap: bytes, prf: bytes) -> Keys:
    try:
        return _keys(pyrage.decrypt(wrap, [_passkey_identity(prf)]))
    except pyrage.DecryptError as error:
        raise ProtocolError("wrong_passkey", "This passkey does not open these keys.") from error


def _passkey_identity(prf: bytes) -> pyrage.x25519.Identity:
    if len(prf) != PRF_BYTES:
        raise ProtocolError("bad_passkey", "A passkey gives 32 bytes.")
    return age_identity(derive(prf, "tilth/v1/wrap"))


def _keys(root: bytes) -> Keys:
    if len(root) != ROOT_BYTES:
        raise ProtocolError("bad_root", "This wrap holds no root.")
    return Keys(root)
