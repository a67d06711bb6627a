"""A pair that proposes and signs, as their browsers would."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.cast import Actor
from tilth.ledger.models import Entry
from tilth.protocol import clock

PROSE = {"channels": "Here, and by phone.", "between_us": "All of it.", "success": "That I stop guessing."}


def terms(one: Actor, other: Actor, **changes: Any) -> dict[str, Any]:
    """Terms for these two, from today on for a year."""
    today = clock.now().date()
    year = today + timedelta(days=365)
    return {
        "members": {
            str(one.person.id): {"zone": one.person.zone},
            str(other.person.id): {"zone": other.person.zone},
        },
        "begins": today.isoformat(),
        "ends": year.isoformat(),
        **changes,
    }


def rhythm(**changes: Any) -> dict[str, Any]:
    today = clock.now().date()
    return {
        "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "start": today.isoformat(), "time": "17:00",
        "zone": "Europe/Madrid", "minutes": 60, "ends": (today + timedelta(days=180)).isoformat(), "place": "video",
        **changes,
    }  # fmt: skip


def proposal(one: Actor, other: Actor, *, replaces: UUID | None = None, **changes: Any) -> dict[str, Any]:
    return {
        "terms": terms(one, other, **changes), "replaces": None if replaces is None else str(replaces), "success": True,
    }  # fmt: skip


def proposes(one: Actor, other: Actor, *, replaces: UUID | None = None, **changes: Any) -> UUID:
    return one.writes("agreement.proposed", proposal(one, other, replaces=replaces, **changes), PROSE)


def signature(version: UUID) -> dict[str, Any]:
    return {"hash": bytes(Entry.objects.get(id=version).hash).hex(), "success": True}


def signs(other: Actor, version: UUID) -> UUID:
    return other.writes("agreement.signed", signature(version), {"success": "That I am asked."}, subject=version)


def agree(one: Actor, other: Actor, **changes: Any) -> UUID:
    """The two agree; the id of what is in force."""
    version = proposes(one, other, **changes)
    signs(other, version)
    return version
