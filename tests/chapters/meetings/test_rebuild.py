"""Whatever was done with meetings, a rebuild makes the same rows of the ledger."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Actor, partnership
from tests.chapters.meetings.rhythms import TUESDAYS, agree, moment
from tilth.chapters.meetings.models import AgendaPoint, CarriedOver, Meeting, Turn
from tilth.ledger.models import Month
from tilth.ledger.rebuild import rebuild
from tilth.protocol import clock

pytestmark = pytest.mark.django_db
BEGIN = moment("2026-11-24T10:00+00:00")
RHYTHMS = (
    TUESDAYS,
    TUESDAYS | {"time": "09:00"},
    TUESDAYS | {"rrule": "FREQ=WEEKLY;BYDAY=TU,FR", "minutes": 30},
    TUESDAYS | {"rrule": "FREQ=MONTHLY;BYDAY=1TH"},
    None,
)
DEEDS = (
    "agree", "point", "settle", "withdraw point", "propose", "offer", "accept", "decline", "take back", "move",
    "cancel", "note", "arrive", "sum up", "hold", "miss", "look back",
)  # fmt: skip


def rows(partnership_id: UUID) -> list[list[tuple[Any, ...]]]:
    return [
        list(model._default_manager.filter(partnership_id=partnership_id).order_by("pk").values_list())
        for model in (Meeting, AgendaPoint, CarriedOver, Turn)
    ] + [list(Month.objects.filter(partnership_id=partnership_id, ring="meeting").values_list("first_day", "count"))]


def does(deed: str, actor: Actor, other: Actor, pick: int, at: datetime) -> None:
    """Try one deed on some meeting; the door refuses what does not fit, and that is fine."""
    if deed == "agree":
        agree(actor, other, RHYTHMS[pick % len(RHYTHMS)])
        return
    meetings = list(Meeting.objects.filter(partnership_id=actor.partnership).order_by("start_at", "id")[:12])
    points = list(AgendaPoint.objects.filter(partnership_id=actor.partnership).order_by("id"))
    meeting = meetings[pick % len(meetings)] if meetings else None
    asked = next((one for one in meetings if one.asked_entry), None)
    ahead = [(at + timedelta(days=2 + pick, hours=hour)).isoformat() for hour in (0, 3)]
    it, the_asked = meeting and meeting.id, asked and asked.asked_entry
    point = points[pick % len(points)].id if points else None
    newest = Turn.objects.filter(meeting_id=it, kind="meetings.summed_up").order_by("-number").first()
    kind, data, sealed, subject = {
        "point": ("point_added", {}, {"point": "p"}, it),
        "settle": ("point_settled", {"settled": pick % 3 > 0}, None, point),
        "withdraw point": ("point_withdrawn", {}, None, point),
        "propose": ("proposed", {"times": ahead, "minutes": 45, "place": "phone"}, {"words": "w"}, None),
        "offer": ("times_offered", {"times": ahead}, None, it),
        "accept": ("accepted", {"time": asked.asked_times[-1] if asked else ahead[0]}, None, the_asked),
        "decline": ("declined", {}, {"words": "w"}, the_asked),
        "take back": ("taken_back", {}, None, the_asked),
        "move": ("moved", {"to": ahead[0]}, {"words": "w"}, it),
        "note": ("noted", {"at": (at - timedelta(days=pick)).isoformat(), "minutes": 20, "place": "video"}, None, None),
        "cancel": ("cancelled", {}, None, it),
        "arrive": ("arrived", {}, {"line": "l"}, it),
        "sum up": ("summed_up", {"replaces": str(newest.entry) if newest else None}, {"summary": "s"}, it),
        "hold": ("held", {}, None, it),
        "miss": ("missed", {}, {"words": "w"}, it),
        "look back": ("looked_back", {}, {"present": "fully", "heard": "partly"}, it),
    }[deed]
    answer = actor.posts(actor.seal(f"meetings.{kind}", data, sealed, subject=subject))
    assert answer.status_code in (201, 400, 409, 422), answer.content


tried = st.tuples(st.sampled_from(DEEDS), st.booleans(), st.integers(0, 11), st.sampled_from((0, 0, 5, 26, 100)))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(tried, min_size=8, max_size=25))
def test_random_histories_rebuild_to_the_same_rows(deeds: list[tuple[str, bool, int, int]]) -> None:
    at = BEGIN
    with clock.at(at):
        mentor, mentee = partnership()
        agree(mentor, mentee)
    for deed, by_mentor, pick, hours in deeds:
        at += timedelta(hours=hours, minutes=1)
        one, other = (mentor, mentee) if by_mentor else (mentee, mentor)
        with clock.at(at):
            for actor in (one, other):
                actor.client.force_login(actor.person)
            does(deed, one, other, pick, at)
    before = rows(mentor.partnership)
    points = AgendaPoint.objects.filter(partnership_id=mentor.partnership, settled_at=None, withdrawn_at=None)
    assert not points.filter(meeting__state__in=("held", "missed", "cancelled", "declined", "replaced")).exists()
    rebuild(mentor.partnership)
    assert rows(mentor.partnership) == before
