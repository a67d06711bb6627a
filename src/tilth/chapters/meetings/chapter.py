"""Meetings, as the house sees them."""

from tilth.chapters.meetings.entries import KINDS
from tilth.chapters.meetings.laying import terms_changed
from tilth.chapters.meetings.models import AgendaPoint, CarriedOver, Meeting, Turn
from tilth.chapters.meetings.waiting import due, margin, steps
from tilth.ledger.chapter import Chapter

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
)
