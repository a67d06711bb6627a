"""Bytes to text and back, without a second spelling for anything."""

import base64
import json
import math
import re
import secrets
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from tilth.protocol.clock import now
from tilth.protocol.errors import ProtocolError

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

LARGEST_WHOLE = 2**53 - 1  # beyond this JavaScript's numbers and Python's part ways
DEEPEST = 32

_SURROGATE = re.compile("[\ud800-\udfff]")


def b64u(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64u(text: str) -> bytes:
    """The bytes of `b64u`; padding, other characters and second spellings raise ProtocolError."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))  # passes over what is not of its alphabet
    except ValueError as error:
        raise _bad_base64() from error
    if b64u(data) != text:
        raise _bad_base64()
    return data


def _bad_base64() -> ProtocolError:
    return ProtocolError("bad_base64", "This is not base64url without padding, or not the shortest of its spellings.")


def compact_json(value: object) -> bytes:
    """UTF-8 JSON without spaces, keys in the order given."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode("utf-8")


def strict_json(data: bytes) -> dict[str, Json]:
    """The one JSON object that is exactly `data`; what two readers could understand differently is refused."""
    if data[:1] != b"{" or data[-1:] != b"}":
        raise ProtocolError("not_json", "This is not exactly one JSON object.")
    try:
        value: dict[str, Json] = _strict.decode(data.decode("utf-8"))
    except ProtocolError:
        raise
    except (ValueError, RecursionError) as error:
        raise ProtocolError("not_json", "This is not exactly one JSON object in UTF-8.") from error
    _check_values(value)
    return value


def uuid7(at: datetime | None = None) -> UUID:
    """A fresh UUID of version 7 (RFC 9562, 5.7) for the moment `at`, else for now."""
    milliseconds = int((at or now()).timestamp() * 1000)
    random = secrets.randbits(74)
    high, low = random >> 62, random & (2**62 - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ProtocolError("duplicate_key", "The same key is written twice.")
    return found


def _constant(text: str) -> NoReturn:
    raise ProtocolError("bad_number", f"{text} is not a number of JSON.")


def _whole(text: str) -> int:
    number = int(text) if len(text) < 20 else LARGEST_WHOLE + 1
    if abs(number) > LARGEST_WHOLE:
        raise ProtocolError("bad_number", "A whole number is too large.")
    return number


def _fraction(text: str) -> float:
    number = float(text)
    if not math.isfinite(number) or (number.is_integer() and abs(number) > LARGEST_WHOLE):
        raise ProtocolError("bad_number", "A number is too large.")
    return number


def _check_values(value: Json) -> None:
    level: list[Json] = [value]
    for _ in range(DEEPEST + 1):
        if not level:
            return
        inner: list[Json] = []
        for one in level:
            if isinstance(one, str):
                _check_text(one)
            elif isinstance(one, dict):
                for key in one:
                    _check_text(key)
                inner.extend(one.values())
            elif isinstance(one, list):
                inner.extend(one)
        level = inner
    raise ProtocolError("too_deep", f"There are more than {DEEPEST} levels.")


def _check_text(text: str) -> None:
    if not text.isascii() and _SURROGATE.search(text):
        raise ProtocolError("bad_text", "A text holds half a character.")


_strict = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant, parse_int=_whole, parse_float=_fraction)
