"""A person's keys: all of them follow from one root of 32 random bytes."""

import secrets
from functools import cached_property

import pyrage
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.signing import SigningKey

from tilth.protocol.bech32 import bech32
from tilth.protocol.errors import ProtocolError

ROOT_BYTES = 32


def derive(secret: bytes, info: str) -> bytes:
    """HKDF-SHA256 with an empty salt, 32 bytes out."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info.encode("ascii")).derive(secret)


def age_identity(scalar: bytes) -> pyrage.x25519.Identity:
    """The age identity of an X25519 scalar (32 bytes)."""
    return pyrage.x25519.Identity.from_str(bech32("age-secret-key-", scalar).upper())


class Keys:
    """Signs and opens for one person. Holds secrets: never log it, never store it unwrapped."""

    def __init__(self, root: bytes) -> None:
        if len(root) != ROOT_BYTES:
            raise ProtocolError("bad_root", "A root has 32 bytes.")
        self.root = root
        self.sign_seed = derive(root, "tilth/v1/sign")
        self._sign = SigningKey(self.sign_seed)
        self._identity = age_identity(derive(root, "tilth/v1/seal"))

    @classmethod
    def new(cls) -> "Keys":
        return cls(secrets.token_bytes(ROOT_BYTES))

    def __repr__(self) -> str:
        return f"<Keys of {self.seal_recipient}>"

    @cached_property
    def sign_public(self) -> bytes:
        """The Ed25519 public key, 32 bytes."""
        return bytes(self._sign.verify_key)

    @cached_property
    def seal_recipient(self) -> str:
        """The `age1…` text that others seal to."""
        return str(self._identity.to_public())

    def sign(self, message: bytes) -> bytes:
        return self._sign.sign(message).signature

    def open(self, sealed: bytes) -> bytes:
        """What an age file holds for these keys; ProtocolError `cannot_open` where it is not for them or damaged."""
        try:
            return pyrage.decrypt(sealed, [self._identity])
        except pyrage.DecryptError as error:
            raise ProtocolError("cannot_open", "This is not sealed to these keys, or it is damaged.") from error


def seal_to(plain: bytes, recipients: list[str]) -> bytes:
    """An age file of `plain` to `age1…` recipients."""
    try:
        return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients])
    except pyrage.RecipientError as error:
        raise ProtocolError("bad_recipient", "This is not an age recipient.") from error
