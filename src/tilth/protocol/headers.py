"""An entry's header: the public part, as the exact bytes its author made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from tilth.protocol import fields
from tilth.protocol.encoding import Json, b64u, compact_json, strict_json
from tilth.protocol.errors import ProtocolError

LARGEST_HEADER = 8 * 1024
MOST_MEMBERS = 64
_KEYS = frozenset(
    {"v", "instance", "partnership", "entry", "kind", "subject", "author", "to", "prev", "data", "commit"}
)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")  # PostgreSQL keeps no such character
_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, kw_only=True)
class Header:
    """What a header says. Cards are named by their hash (64 hex digits); `prev` and `commit` are 32 bytes."""

    instance: str
    partnership: UUID
    entry: UUID
    kind: str
    subject: UUID | None
    author: str
    to: tuple[str, ...]
    prev: bytes | None
    data: dict[str, Json]
    commit: bytes | None


def read_header(raw: bytes) -> Header:
    """Parse strictly; ProtocolError has a `code`, a sentence, and the field at fault."""
    if len(raw) > LARGEST_HEADER:
        raise ProtocolError("header_too_large", "The public part of this entry is too large.")
    found = strict_json(raw)
    fields.check_keys(found, _KEYS)
    if b"\\u0000" in raw and _NUL.search(raw):
        raise ProtocolError("bad_text", "A public text holds a character that cannot be stored.")
    prev = fields.hash_or_null(found, "prev")
    return Header(
        instance=str(fields.uuid(found, "instance")),
        partnership=fields.uuid(found, "partnership"),
        entry=_entry_id(found),
        kind=_kind(found),
        subject=fields.uuid_or_null(found, "subject"),
        author=fields.hash_text(found, "author"),
        to=_recipients(found),
        prev=None if prev is None else bytes.fromhex(prev),
        data=_data(found),
        commit=None if found["commit"] is None else fields.binary(found, "commit", size=32),
    )


def write_header(header: Header) -> bytes:
    """The bytes of a header of our own."""
    return compact_json(
        {
            "v": fields.VERSION,
            "instance": header.instance,
            "partnership": str(header.partnership),
            "entry": str(header.entry),
            "kind": header.kind,
            "subject": None if header.subject is None else str(header.subject),
            "author": header.author,
            "to": list(header.to),
            "prev": None if header.prev is None else header.prev.hex(),
            "data": header.data,
            "commit": None if header.commit is None else b64u(header.commit),
        }
    )


def _entry_id(found: Mapping[str, Json]) -> UUID:
    entry = fields.uuid(found, "entry")
    if entry.version != 7:
        raise fields.bad_field("entry", "should be a UUID of version 7")
    return entry


def _kind(found: Mapping[str, Json]) -> str:
    kind = fields.text(found, "kind")
    if not _KIND.fullmatch(kind):
        raise fields.bad_field("kind", "should be a chapter and a deed with a dot between")
    return kind


def _recipients(found: Mapping[str, Json]) -> tuple[str, ...]:
    to = found["to"]
    if not isinstance(to, list) or not 1 <= len(to) <= MOST_MEMBERS or not all(map(fields.is_hash, to)):
        raise fields.bad_field("to", "should be a list of card hashes")
    named = [str(one) for one in to]
    if named != sorted(set(named)):
        raise fields.bad_field("to", "should be sorted, with each card once")
    return tuple(named)


def _data(found: Mapping[str, Json]) -> dict[str, Json]:
    data = found["data"]
    if not isinstance(data, dict):
        raise fields.bad_field("data", "should be an object")
    return data
