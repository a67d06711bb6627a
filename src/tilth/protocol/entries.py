"""Entries: sealing and signing one, checking and opening one."""

import hmac
import secrets
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from tilth.protocol.age_header import is_sealed_to
from tilth.protocol.cards import Card
from tilth.protocol.chain import entry_hash, link_hash, signed_message
from tilth.protocol.encoding import Json, compact_json, strict_json, uuid7
from tilth.protocol.errors import ProtocolError
from tilth.protocol.headers import LARGEST_HEADER, Header, read_header, write_header
from tilth.protocol.keys import Keys, seal_to
from tilth.protocol.padding import pad, unpad
from tilth.protocol.signatures import is_signed

__all__ = [
    "LARGEST_CT",
    "LARGEST_HEADER",
    "Expected",
    "Header",
    "SignedEntry",
    "check_signature",
    "entry_hash",
    "link_hash",
    "open_entry",
    "read_header",
    "seal_entry",
    "signature_holds",
]

LARGEST_CT = 256 * 1024
_SECRET = 32


@dataclass(frozen=True)
class SignedEntry:
    """An entry as it travels: the header's exact bytes, the age file (None: nothing sealed), 64 bytes of signature."""

    header: bytes
    ct: bytes | None
    sig: bytes

    @cached_property
    def read(self) -> Header:
        """The header, parsed strictly (once)."""
        return read_header(self.header)

    @cached_property
    def header_hash(self) -> bytes:
        return sha256(self.header).digest()

    @cached_property
    def ct_hash(self) -> bytes:
        return sha256(self.ct or b"").digest()

    def hash_after(self, prev: bytes | None) -> bytes:
        """This entry's hash when it follows `prev`."""
        return link_hash(prev, self.header_hash, self.ct_hash, self.sig)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a reader asked for: an entry that says otherwise is not it. `to` are the members' card hashes."""

    instance: str
    partnership: UUID
    entry: UUID
    kind: str
    subject: UUID | None
    to: frozenset[str]


def seal_entry(
    keys: Keys,
    *,
    author: Card,
    partnership: UUID,
    kind: str,
    data: dict[str, Json],
    to: list[Card],
    prev: bytes | None,
    subject: UUID | None = None,
    sealed: dict[str, Json] | None = None,
    entry: UUID | None = None,
) -> SignedEntry:
    """A new entry by `author`, sealed to the cards `to` (the author's own among them) where there is prose."""
    cards = sorted(to, key=lambda card: card.hash)
    header = Header(
        instance=author.instance,
        partnership=partnership,
        entry=entry or uuid7(),
        kind=kind,
        subject=subject,
        author=author.hash,
        to=tuple(card.hash for card in cards),
        prev=prev,
        data=data,
        commit=None,
    )
    if sealed is None:
        raw, ct = write_header(header), None
    else:
        raw, ct = _seal(header, sealed, cards)
    _check_own(raw, ct)
    signed = signed_message(sha256(raw).digest(), sha256(ct or b"").digest())
    return SignedEntry(raw, ct, keys.sign(signed))


def signature_holds(card: Card, *, header_hash: bytes, ct_hash: bytes, sig: bytes) -> bool:
    """Whether `sig` is by `card` over an entry of which only the hashes need be here (its ciphertext may be erased)."""
    return is_signed(signed_message(header_hash, ct_hash), sig=sig, public=card.sign)


def check_signature(entry: SignedEntry, card: Card) -> None:
    """Raises ProtocolError unless `card` is the author the header names and its key signed exactly this."""
    if entry.read.author != card.hash:
        raise ProtocolError("wrong_author", "This entry names another author.", field="author")
    if not signature_holds(card, header_hash=entry.header_hash, ct_hash=entry.ct_hash, sig=entry.sig):
        raise ProtocolError("bad_signature", "The signature does not fit this entry.", field="sig")


def open_entry(entry: SignedEntry, keys: Keys, *, author: Card, expected: Expected) -> dict[str, Json]:
    """The sealed fields, once everything about the entry is as `expected`; else ProtocolError with the reason.

    `author` is the card the reader has pinned. An entry that seals nothing gives an empty object.
    """
    check_signature(entry, author)
    _check_expected(entry.read, expected)
    if (entry.ct is None) != (entry.read.commit is None):
        raise ProtocolError("wrong_commit", "What is sealed and what the header says of it differ.")
    if entry.ct is None:
        return {}
    if len(entry.ct) > LARGEST_CT:
        raise ProtocolError("ct_too_large", "The sealed part of this entry is too large.")
    if not is_sealed_to(entry.ct, readers=len(entry.read.to)):
        raise ProtocolError("wrong_sealing", "This is sealed to others than the members it names.", field="to")
    return _open(keys.open(entry.ct), entry)


def _seal(header: Header, sealed: dict[str, Json], cards: list[Card]) -> tuple[bytes, bytes]:
    padded = pad(compact_json(sealed))
    secret = secrets.token_bytes(_SECRET)
    raw = write_header(replace(header, commit=_commitment(secret, padded)))
    inner = len(raw).to_bytes(4, "big") + raw + secret + padded
    return raw, seal_to(inner, [card.seal for card in cards])


def _open(inner: bytes, entry: SignedEntry) -> dict[str, Json]:
    start = 4 + int.from_bytes(inner[:4], "big")
    if inner[4:start] != entry.header:
        raise ProtocolError("wrong_header", "The header sealed inside is not the one outside.")
    secret, padded = inner[start : start + _SECRET], inner[start + _SECRET :]
    commit = entry.read.commit
    if commit is None or not hmac.compare_digest(_commitment(secret, padded), commit):
        raise ProtocolError("wrong_commit", "The sealed text is not the one its author committed to.")
    return strict_json(unpad(padded))


def _commitment(secret: bytes, padded: bytes) -> bytes:
    return hmac.digest(secret, padded, "sha256")


def _check_own(raw: bytes, ct: bytes | None) -> None:
    read_header(raw)
    if ct is not None and len(ct) > LARGEST_CT:
        raise ProtocolError("ct_too_large", "The sealed part of this entry is too large.")


def _check_expected(header: Header, expected: Expected) -> None:
    for name in ("instance", "partnership", "entry", "kind", "subject"):
        if getattr(header, name) != getattr(expected, name):
            raise ProtocolError(f"wrong_{name}", f"This is signed for another {name}.", field=name)
    if set(header.to) != expected.to:
        raise ProtocolError("wrong_to", "This is not addressed to exactly these members.", field="to")
