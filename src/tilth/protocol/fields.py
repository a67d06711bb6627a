"""Reading the fields of a card or header: the value in its one right shape, or an error that names the field."""

import re
from collections.abc import Mapping
from uuid import UUID

from tilth.protocol.encoding import Json, unb64u
from tilth.protocol.errors import ProtocolError

VERSION = 1
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HASH = re.compile(r"[0-9a-f]{64}")

Fields = Mapping[str, Json]


def check_keys(fields: Fields, expected: frozenset[str]) -> None:
    """Exactly the `expected` keys, and our version."""
    if odd := sorted(expected ^ fields.keys()):
        what = "is missing" if odd[0] in expected else "does not belong here"
        raise ProtocolError("wrong_keys", f"The field “{odd[0][:40]}” {what}.", field=odd[0][:40])
    if not _is_version(fields["v"]):
        raise ProtocolError("wrong_version", "This was written for another version of the protocol.", field="v")


def text(fields: Fields, name: str) -> str:
    value = fields[name]
    if not isinstance(value, str):
        raise bad_field(name, "should be a text")
    return value


def uuid(fields: Fields, name: str) -> UUID:
    value = text(fields, name)
    if not _UUID.fullmatch(value):
        raise bad_field(name, "should be a UUID in lower case")
    return UUID(value)


def uuid_or_null(fields: Fields, name: str) -> UUID | None:
    return None if fields[name] is None else uuid(fields, name)


def hash_text(fields: Fields, name: str) -> str:
    value = text(fields, name)
    if not is_hash(value):
        raise bad_field(name, "should be a hash of 64 hex digits")
    return value


def hash_or_null(fields: Fields, name: str) -> str | None:
    return None if fields[name] is None else hash_text(fields, name)


def binary(fields: Fields, name: str, *, size: int) -> bytes:
    try:
        value = unb64u(text(fields, name))
    except ProtocolError as error:
        raise bad_field(name, "should be base64url without padding") from error
    if len(value) != size:
        raise bad_field(name, f"should have {size} bytes")
    return value


def whole(fields: Fields, name: str, *, least: int) -> int:
    value = fields[name]
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise bad_field(name, f"should be a whole number from {least} on")
    return value


def is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def bad_field(name: str, wish: str) -> ProtocolError:
    return ProtocolError("bad_field", f"The field “{name}” {wish}.", field=name)


def _is_version(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value == VERSION
