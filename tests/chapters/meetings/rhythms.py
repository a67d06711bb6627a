"""Agreements for the tests of meetings: brought into force as the agreement chapter does it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tests.cast import Actor
from tilth.chapters.meetings.models import Meeting
from tilth.ledger.kinds import Act
from tilth.ledger.registry import enter_into_force, kinds
from tilth.partnerships.terms import Terms
from tilth.protocol import clock
from tilth.protocol.encoding import uuid7

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
        str(mentor.person.id): {"zone": mentor.person.zone, "monthly_hours": 4},
        str(mentee.person.id): {"zone": mentee.person.zone},
    }
    whole = {"rhythm": rhythm, "members": members, "begins": "2026-11-22", "ends": "2027-11-22", **other}
    return Terms.model_validate(whole)


def agree(mentor: Actor, mentee: Actor, rhythm: dict[str, Any] | None = TUESDAYS, **other: Any) -> UUID:
    """Bring terms into force now; the id of the agreement."""
    agreement = uuid7(clock.now())
    act = Act(
        entry=uuid7(clock.now()), kind=kinds()["meetings.held"], member=mentor.member, subject=agreement,
        data=None, at=clock.now(), hash=b"", sealed=False,
    )  # fmt: skip
    enter_into_force(act, terms(mentor, mentee, rhythm, **other))
    return agreement


def days(actor: Actor, **which: Any) -> list[date]:
    meetings = Meeting.objects.filter(partnership_id=actor.partnership, **which).order_by("start_at")
    return [meeting.start_at.date() for meeting in meetings]


def first_meeting(actor: Actor) -> Meeting:
    return Meeting.objects.filter(partnership_id=actor.partnership, state="planned").order_by("start_at")[0]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
