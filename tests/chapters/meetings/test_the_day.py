"""Arriving, summing up, saying whether it was held, and looking back."""

from uuid import UUID

import pytest

from tests.cast import Actor
from tests.chapters.meetings.story import at, state
from tilth.chapters.meetings.models import Turn
from tilth.ledger.models import Month

pytestmark = pytest.mark.django_db


def test_each_arrives_once_from_the_day_before(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    assert mentor.is_refused("meetings.arrived", {}, {"line": "here"}, subject=meeting) == "too_early"
    with at("2026-12-01T09:00+00:00"):
        mentor.writes("meetings.arrived", {}, {"line": "here"}, subject=meeting)
        assert mentor.is_refused("meetings.arrived", {}, {"line": "again"}, subject=meeting) == "already_said"
    with at("2026-12-01T17:00+00:00"):
        assert mentee.is_refused("meetings.arrived", {}, {"line": "tired"}, subject=meeting) == "too_late"


def test_whoever_arrived_before_a_move_arrives_anew(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    with at("2026-12-01T09:00+00:00"):
        before = mentor.writes("meetings.arrived", {}, {"line": "here"}, subject=meeting)
        later = "2026-12-04T16:00+00:00"
        offer = mentor.writes("meetings.times_offered", {"times": [later]}, subject=meeting)
        mentee.writes("meetings.accepted", {"time": later}, subject=offer)
    with at("2026-12-04T15:30+00:00"):
        assert "Arrive at your meeting" in mentor.sees("")
        page = mentor.sees(f"meetings/{meeting}")
        assert "moved since you wrote your line" in page
        assert str(before) in page
        assert "has arrived" not in mentee.sees(f"meetings/{meeting}")
        anew = mentor.writes("meetings.arrived", {}, {"line": "here again"}, subject=meeting)
        assert mentor.is_refused("meetings.arrived", {}, {"line": "again"}, subject=meeting) == "already_said"
        assert "Arrive at your meeting" not in mentor.sees("")
        assert "has arrived" in mentee.sees(f"meetings/{meeting}")
        page = mentor.sees(f"meetings/{meeting}")
        assert "moved since you wrote your line" not in page
        assert str(anew) in page


def handed(to: Actor, entry: UUID) -> str:
    answer = to.client.post(f"{to.path}sealed", {"ids": [str(entry)]}, content_type="application/json")
    return str(answer.json()["entries"][0]["state"])


def test_a_line_is_handed_to_the_other_only_when_theirs_is_in(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    with at("2026-12-01T09:00+00:00"):
        line = mentor.writes("meetings.arrived", {}, {"line": "here"}, subject=meeting)
        assert handed(mentee, line) == "held back"
        mentee.writes("meetings.arrived", {}, {"line": "tired"}, subject=meeting)
        assert handed(mentee, line) == "here"


def test_to_have_arrived_reveals_no_look_back(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    with at("2026-12-01T09:00+00:00"):
        mentee.writes("meetings.arrived", {}, {"line": "tired"}, subject=meeting)
    with at("2026-12-01T17:30+00:00"):
        mentor.writes("meetings.held", {}, subject=meeting)
        answer = {"present": "fully", "heard": "mostly"}
        look_back = mentor.writes("meetings.looked_back", {}, answer, subject=meeting)
        assert handed(mentee, look_back) == "held back"
        mentee.writes("meetings.looked_back", {}, answer, subject=meeting)
        assert handed(mentee, look_back) == "here"


def test_the_newest_summary_stands_and_older_ones_are_kept(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    assert mentor.is_refused("meetings.summed_up", {"replaces": None}, {"summary": "a"}, subject=meeting) == "too_early"
    with at("2026-12-01T16:30+00:00"):
        first = mentor.writes("meetings.summed_up", {"replaces": None}, {"summary": "a"}, subject=meeting)
        refused = mentee.is_refused("meetings.summed_up", {"replaces": None}, {"summary": "b"}, subject=meeting)
        assert refused == "newer_version"
        second = mentee.writes("meetings.summed_up", {"replaces": str(first)}, {"summary": "a b"}, subject=meeting)
        page = mentor.sees(f"meetings/{meeting}")
    assert page.index(str(second)) < page.index(str(first))


def test_held_is_said_once_and_corrected_by_either(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    assert mentor.is_refused("meetings.held", {}, subject=meeting) == "not_begun"
    with at("2026-12-01T17:30+00:00"):
        mentor.writes("meetings.held", {}, subject=meeting)
        assert mentee.is_refused("meetings.held", {}, subject=meeting) == "already_said"
        mentee.writes("meetings.missed", {}, {"words": "that was the week before"}, subject=meeting)
    assert state(meeting) == "missed"
    assert Turn.objects.filter(meeting=meeting).count() == 2


def test_a_held_meeting_is_in_the_rings_until_somebody_says_that_it_was_not(
    mentor: Actor, mentee: Actor, meeting: UUID
) -> None:
    rings = Month.objects.filter(partnership_id=mentor.partnership, ring="meeting")
    with at("2026-12-01T17:30+00:00"):
        mentor.writes("meetings.held", {}, subject=meeting)
        assert rings.get().count == 1
        mentee.writes("meetings.missed", {}, subject=meeting)
        assert not rings.exists()
        mentor.writes("meetings.held", {}, subject=meeting)
    assert rings.get().count == 1


def test_looking_back_is_for_meetings_that_were_held_once_each(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    answer = {"present": "fully", "heard": "partly"}
    with at("2026-12-01T17:30+00:00"):
        assert mentor.is_refused("meetings.looked_back", {}, answer, subject=meeting) == "meeting_planned"
        mentee.writes("meetings.held", {}, subject=meeting)
        mentor.writes("meetings.looked_back", {}, answer, subject=meeting)
        assert mentor.is_refused("meetings.looked_back", {}, answer, subject=meeting) == "already_said"
