"""Moving a meeting: at once with notice, by asking without it, and not at all once it has begun."""

from uuid import UUID

import pytest

from tests.cast import Actor
from tests.chapters.meetings.rhythms import agree, first_meeting, moment
from tests.chapters.meetings.story import START, TIMES, at
from tilth.chapters.meetings.models import Meeting

pytestmark = pytest.mark.django_db


def test_with_notice_a_meeting_moves_at_once(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    mentee.writes("meetings.moved", {"to": "2026-12-02T15:00:00+00:00"}, {"words": "a trip"}, subject=meeting)
    moved = Meeting.objects.get(id=meeting)
    assert (moved.start_at, moved.moved_from, moved.minutes) == (moment("2026-12-02T15:00+00:00"), START, 60)


def test_without_notice_a_meeting_moves_only_when_the_other_agrees(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    later = "2026-12-02T15:00:00+00:00"
    with at("2026-12-01T09:00+00:00"):
        assert mentee.is_refused("meetings.moved", {"to": later}, subject=meeting) == "notice_passed"
        offer = mentee.writes("meetings.times_offered", {"times": [later]}, subject=meeting)
        assert Meeting.objects.get(id=meeting).start_at == START
        mentor.writes("meetings.accepted", {"time": later}, subject=offer)
    assert Meeting.objects.get(id=meeting).start_at == moment(later)


def test_a_declined_move_leaves_the_meeting_where_it_was(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    offer = mentee.writes("meetings.times_offered", {"times": TIMES}, subject=meeting)
    mentor.writes("meetings.declined", {}, subject=offer)
    kept = Meeting.objects.get(id=meeting)
    assert (kept.state, kept.start_at, kept.asked_entry) == ("planned", START, None)


def test_where_one_schedules_the_other_offers_times(pair: tuple[Actor, Actor], meeting: UUID) -> None:
    mentor, mentee = pair
    agree(mentor, mentee, schedules=str(mentor.person.id))
    meeting = first_meeting(mentor).id
    assert mentee.is_refused("meetings.moved", {"to": TIMES[0]}, subject=meeting) == "not_scheduler"
    mentor.writes("meetings.moved", {"to": TIMES[0]}, subject=meeting)


def test_a_meeting_does_not_move_to_where_it_is_or_into_the_past(mentor: Actor, meeting: UUID) -> None:
    assert mentor.is_refused("meetings.moved", {"to": START.isoformat()}, subject=meeting) == "same_time"
    assert mentor.is_refused("meetings.times_offered", {"times": [START.isoformat()]}, subject=meeting) == "same_time"
    assert mentor.is_refused("meetings.moved", {"to": "2026-11-01T09:00:00+00:00"}, subject=meeting) == "time_passed"


def test_a_meeting_that_was_held_moves_no_more(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    with at("2026-12-01T17:30+00:00"):
        mentor.writes("meetings.held", {}, subject=meeting)
        assert mentee.is_refused("meetings.moved", {"to": TIMES[0]}, subject=meeting) == "meeting_held"
        assert mentee.is_refused("meetings.times_offered", {"times": TIMES}, subject=meeting) == "meeting_held"
        assert mentee.is_refused("meetings.cancelled", {}, subject=meeting) == "meeting_held"


def test_a_meeting_that_has_begun_moves_no_more(mentor: Actor, meeting: UUID) -> None:
    with at("2026-12-01T16:10+00:00"):
        assert mentor.is_refused("meetings.moved", {"to": TIMES[0]}, subject=meeting) == "begun"
        assert mentor.is_refused("meetings.cancelled", {}, subject=meeting) == "begun"
