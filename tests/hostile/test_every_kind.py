"""What holds for every kind there is: no room for prose in its public data, and no bit that can be changed."""

from __future__ import annotations

import random
import types
import typing
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.cast import opens, partnership, somebody
from tilth.ledger.kinds import Data
from tilth.ledger.registry import kinds
from tilth.protocol.cards import make_card
from tilth.protocol.encoding import uuid7
from tilth.protocol.entries import Expected, SignedEntry, open_entry, seal_entry
from tilth.protocol.errors import ProtocolError
from tilth.protocol.keys import Keys

INSTANCE = "01890000-0000-7000-8000-000000000000"
PROSE = "I have not told anyone that I want to leave, and I am afraid to."
FLIPS = 60

KEYS = Keys(b"k" * 32)
CARD = make_card(KEYS, instance=INSTANCE, person=uuid7()).card


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


@pytest.mark.parametrize("name", sorted(kinds()))
def test_no_bit_of_an_entry_can_be_changed(name: str) -> None:
    kind = kinds()[name]
    sealed = {field: f"about {field}" for field in kind.sealed} or None
    entry = seal_entry(
        KEYS, author=CARD, partnership=uuid7(), kind=name, data={}, to=[CARD], prev=None, subject=uuid7(), sealed=sealed
    )
    assert open_entry(entry, KEYS, author=CARD, expected=_asked(entry)) == (sealed or {})
    chance = random.Random(name)
    for part in ("header", "ct", "sig"):
        raw = getattr(entry, part)
        for place in chance.sample(range(len(raw or b"") * 8), min(FLIPS, len(raw or b"") * 8)):
            changed = replace(entry, **{part: _flipped(raw, place)})
            with pytest.raises(ProtocolError):
                open_entry(changed, KEYS, author=CARD, expected=_asked(entry))


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


def _asked(entry: SignedEntry) -> Expected:
    header = entry.read
    return Expected(
        instance=header.instance, partnership=header.partnership, entry=header.entry, kind=header.kind,
        subject=header.subject, to=frozenset(header.to),
    )  # fmt: skip


def _flipped(raw: bytes, place: int) -> bytes:
    changed = bytearray(raw)
    changed[place // 8] ^= 1 << (place % 8)
    return bytes(changed)
