"""An age file for one passphrase, with the work factor of our choice.

pyrage makes such files too, but at the work factor it measures for itself (19 here), which takes seconds in a
browser; docs/adr/0010 says more. Only written here: pyrage opens them. The format is that of
https://age-encryption.org/v1, the numbers in brackets are its section titles.
"""

import base64
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

CHUNK = 64 * 1024
_LABEL = b"age-encryption.org/v1/scrypt"


def encrypt(plain: bytes, *, passphrase: str, work_factor: int) -> bytes:
    """An age file of `plain` (less than one chunk of 64 KiB) for `passphrase`, at N = 2^work_factor."""
    if len(plain) >= CHUNK:
        raise ValueError("only for small secrets")
    file_key = secrets.token_bytes(16)
    header = _header(file_key, passphrase.encode("utf-8"), work_factor)
    tag = hmac.digest(_hkdf(file_key, b"", b"header"), header, "sha256")
    return header + b" " + _base64(tag) + b"\n" + _payload(file_key, plain)


def _header(file_key: bytes, passphrase: bytes, work_factor: int) -> bytes:
    """[Header] and [The scrypt recipient type], up to and with the three dashes that the tag covers."""
    salt = secrets.token_bytes(16)
    scrypt = Scrypt(salt=_LABEL + salt, length=32, n=2**work_factor, r=8, p=1)
    body = ChaCha20Poly1305(scrypt.derive(passphrase)).encrypt(bytes(12), file_key, None)
    stanza = b"-> scrypt " + _base64(salt) + b" " + str(work_factor).encode() + b"\n" + _base64(body) + b"\n"
    return b"age-encryption.org/v1\n" + stanza + b"---"


def _payload(file_key: bytes, plain: bytes) -> bytes:
    """[Payload]: one chunk, the last, so that the counter is 0 and the final byte 1."""
    nonce = secrets.token_bytes(16)
    key = _hkdf(file_key, nonce, b"payload")
    return nonce + ChaCha20Poly1305(key).encrypt(bytes(11) + b"\1", plain, None)


def _hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key)


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
