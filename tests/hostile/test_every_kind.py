"""What holds for every kind there is: no room for prose in its public data, and no bit that can be changed."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.cast import opens, partnership, somebody
from tests.vectors.make import FILE, keys, signed_card
from tilth.ledger.kinds import Data
from tilth.ledger.registry import kinds
from tilth.protocol.encoding import unb64u, uuid7
from tilth.protocol.entries import Expected, SignedEntry, open_entry
from tilth.protocol.errors import ProtocolError

PROSE = "I have not told anyone that I want to leave, and I am afraid to."
AUTHOR, CARD = keys("mentor"), signed_card("mentor").card


class Roomy(Data):
    """A kind as it must not be."""

    day: date
    note: str
    tags: list[str] = []


@pytest.mark.parametrize("name", sorted(kinds()))
def test_no_public_field_takes_a_sentence(name: str) -> None:
    roomy = list(_takes_prose(kinds()[name].data, name))
    assert roomy == []


def test_a_kind_with_room_for_prose_would_be_found() -> None:
    assert list(_takes_prose(Roomy, "roomy")) == ["roomy.note", "roomy.tags"]


def _takes_prose(model: type[BaseModel], place: str) -> Any:
    """Names of the fields, however deep, that would accept a sentence of somebody's own."""
    for field_name, field in model.model_fields.items():
        where = f"{place}.{field_name}"
        for inner in _models(field.annotation):
            yield from _takes_prose(inner, where)
        adapter: TypeAdapter[Any] = TypeAdapter(field.rebuild_annotation())
        if any(_accepts(adapter, value) for value in (PROSE, [PROSE], {PROSE: PROSE})):
            yield where


def _accepts(adapter: TypeAdapter[Any], value: Any) -> bool:
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    found = []
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation):
        for part in typing.get_args(annotation):
            found += _models(part)
    return found


@cache
def real() -> dict[str, dict[str, Any]]:
    """One real entry of each kind as the vectors have it, by kind; the browser turns the bits of the very same."""
    cases = json.loads(FILE.read_text())["entries"]
    return {signed(case).read.kind: case for case in cases}


def signed(case: dict[str, Any]) -> SignedEntry:
    return SignedEntry(unb64u(case["header"]), case["ct"] and unb64u(case["ct"]), unb64u(case["sig"]))


@pytest.mark.parametrize("name", sorted(kinds()))
def test_the_vectors_have_a_real_entry_of_it_in_full(name: str) -> None:
    kind, case = kinds()[name], real()[name]
    assert set(kind.data.model_validate(signed(case).read.data).model_dump()) == set(signed(case).read.data)
    assert set(case["sealed"] or ()) == set(kind.sealed)


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_bit_of_any_byte_turned_is_refused(name: str) -> None:
    entry = signed(real()[name])
    assert opened(entry) == (real()[name]["sealed"] or {})
    for part in ("header", "ct", "sig"):
        for changed in one_bit_a_byte(entry, part):
            assert not opens_still(changed, entry)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(name for name, kind in kinds().items() if kind.sealed))
def test_nothing_is_sealed_while_nobody_else_could_open_it(name: str) -> None:
    sealed = {field: f"about {field}" for field in kinds()[name].sealed}
    assert opens(somebody()).is_refused(name, {}, sealed, subject=uuid7()) == "alone"


@pytest.mark.django_db
def test_after_the_end_it_is_the_end_that_is_named() -> None:
    mentor, mentee = partnership()
    for_both = mentor.seal("messages.written", {}, {"body": "On its way when the other left"})
    mentee.writes("membership.left")
    assert mentor.posts(for_both).json()["code"] == "ended"
    assert mentor.is_refused("messages.written", {}, {"body": "One thing more"}) == "ended"


def opened(entry: SignedEntry, asked: SignedEntry | None = None) -> dict[str, Any]:
    header = (asked or entry).read
    expected = Expected(
        instance=header.instance, partnership=header.partnership, entry=header.entry, kind=header.kind,
        subject=header.subject, to=frozenset(header.to),
    )  # fmt: skip
    return open_entry(entry, AUTHOR, author=CARD, expected=expected)


def opens_still(changed: SignedEntry, asked: SignedEntry) -> bool:
    try:
        opened(changed, asked)
    except ProtocolError:
        return False
    return True


def one_bit_a_byte(entry: SignedEntry, part: str) -> Iterator[SignedEntry]:
    """One bit of each byte, another one from byte to byte; every bit of one entry is turned in tests/protocol."""
    raw = getattr(entry, part) or b""
    return (replace(entry, **{part: turned(raw, at * 8 + at * 5 % 8)}) for at in range(len(raw)))


def turned(raw: bytes, bit: int) -> bytes:
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)
