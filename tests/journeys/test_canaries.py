"""No sealed field is left out: of each there is a journey that seals a canary in it and is held to that."""

from importlib import import_module
from pathlib import Path

import pytest

from tilth.ledger.registry import kinds

JOURNEYS = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py"))


def marks(name: str) -> set[str]:
    """The kinds that a journey of this module says it seals; the fixture `seals` holds it to them."""
    journeys = vars(import_module(f"tests.journeys.{name}")).values()
    return {kind for one in journeys for mark in _marks_of(one) if mark.name == "seals" for kind in mark.args}


def _marks_of(journey: object) -> list[pytest.Mark]:
    return getattr(journey, "pytestmark", []) if callable(journey) else []


def test_every_sealed_field_gets_a_canary_in_a_journey() -> None:
    sealed = {name for name, kind in kinds().items() if kind.sealed}
    assert set().union(*map(marks, JOURNEYS)) == sealed
