"""Meetings, as the house sees them."""

from tilth.chapters.meetings.entries import KINDS
from tilth.chapters.meetings.laying import terms_changed
from tilth.chapters.meetings.models import AgendaPoint, CarriedOver, Meeting, Turn
from tilth.chapters.meetings.waiting import due, margin, steps
from tilth.ledger.chapter import Chapter, Named

OF_OTHERS = frozenset(
    f"meetings.{name}" for name in ("accepted", "declined", "taken_back", "point_settled", "point_withdrawn")
)
"""The kinds whose subject is an offer or a point, not a meeting."""


def whereabouts(entry: Named) -> str | None:
    """On the page of its meeting; what answers an offer or a point names that, and the page is looked up from it."""
    return f"meetings/about/{entry.about}" if entry.kind in OF_OTHERS else f"meetings/{entry.about}"


chapter = Chapter(
    slug="meetings",
    title="Meetings",
    icon="calendar",
    place=10,
    practices=("F2", "C4"),
    kinds=KINDS,
    models=(Turn, CarriedOver, AgendaPoint, Meeting),
    due=due,
    steps=steps,
    terms_changed=terms_changed,
    margin=margin,
    whereabouts=whereabouts,
)
