"""Agreements for the tests of meetings, proposed and signed through the door."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tests.cast import Actor
from tilth.chapters.meetings.models import Meeting
from tilth.ledger.models import Entry
from tilth.partnerships.terms import Terms

TUESDAYS = {
    "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "start": "2026-12-01",
    "time": "17:00",
    "zone": "Europe/Madrid",
    "minutes": 60,
    "ends": "2027-02-09",
    "place": "video",
}
"""1, 15 and 29 December, 12 and 26 January, 9 February."""


def terms(mentor: Actor, mentee: Actor, rhythm: dict[str, Any] | None = TUESDAYS, **other: Any) -> Terms:
    members = {
        str(mentor.person.id): {"zone": mentor.person.zone, "monthly_hours": 4, "capacity": 2},
        str(mentee.person.id): {"zone": mentee.person.zone},
    }
    whole = {"rhythm": rhythm, "members": members, "begins": "2026-11-22", "ends": "2027-11-22", **other}
    return Terms.model_validate(whole)


def agree(mentor: Actor, mentee: Actor, rhythm: dict[str, Any] | None = TUESDAYS, **other: Any) -> UUID:
    """The mentor proposes these terms and the mentee signs them; the id of the agreement."""
    before = mentor.member.partnership.terms_entry
    public = {
        "terms": terms(mentor, mentee, rhythm, **other).model_dump(mode="json"),
        "replaces": None if before is None else str(before),
        "success": True,
    }
    agreement = mentor.writes("agreement.proposed", public, {"channels": "Here.", "success": "That I am asked."})
    signature = {"hash": bytes(Entry.objects.get(id=agreement).hash).hex(), "success": True}
    mentee.writes("agreement.signed", signature, {"success": "That I stop guessing."}, subject=agreement)
    return agreement


def days(actor: Actor, **which: Any) -> list[date]:
    meetings = Meeting.objects.filter(partnership_id=actor.partnership, **which).order_by("start_at")
    return [meeting.start_at.date() for meeting in meetings]


def first_meeting(actor: Actor) -> Meeting:
    return Meeting.objects.filter(partnership_id=actor.partnership, state="planned").order_by("start_at")[0]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
