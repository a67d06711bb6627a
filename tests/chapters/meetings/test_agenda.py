"""What the two put on a meeting's agenda, and where it goes when it was not reached."""

from uuid import UUID

import pytest

from tests.cast import Actor
from tests.chapters.meetings.rhythms import TUESDAYS, agree, first_meeting
from tests.chapters.meetings.story import EXTRA, TIMES, at
from tilth.chapters.meetings.models import AgendaPoint, Meeting

pytestmark = pytest.mark.django_db


def test_what_was_not_reached_goes_to_the_next_meeting(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    reached = mentor.writes("meetings.point_added", {}, {"point": "the talk"}, subject=meeting)
    left = mentee.writes("meetings.point_added", {}, {"point": "the offer"}, subject=meeting)
    with at("2026-12-01T17:30+00:00"):
        mentee.writes("meetings.point_settled", {"settled": True}, subject=reached)
        mentor.writes("meetings.held", {}, subject=meeting)
    carried = AgendaPoint.objects.get(id=left)
    assert carried.meeting == first_meeting(mentor)
    assert carried.carried == 1
    assert "went on to the next" in mentor.sees(f"meetings/{meeting}")
    assert AgendaPoint.objects.get(id=reached).meeting_id == meeting


def test_after_the_last_meeting_the_agenda_waits_for_another(mentor: Actor, mentee: Actor) -> None:
    agree(mentor, mentee, rhythm=TUESDAYS | {"ends": "2026-12-01"})
    last = first_meeting(mentor).id
    left = mentee.writes("meetings.point_added", {}, {"point": "the offer"}, subject=last)
    with at("2026-12-01T18:00+00:00"):
        mentor.writes("meetings.held", {}, subject=last)
        assert AgendaPoint.objects.get(id=left).meeting is None
        extra = mentor.writes("meetings.proposed", EXTRA)
        mentee.writes("meetings.accepted", {"time": TIMES[0]}, subject=extra)
    assert AgendaPoint.objects.get(id=left).meeting_id == extra


def test_a_point_is_settled_opened_again_and_taken_off_by_its_author(
    mentor: Actor, mentee: Actor, meeting: UUID
) -> None:
    point = mentor.writes("meetings.point_added", {}, {"point": "the talk"}, subject=meeting)
    mentee.writes("meetings.point_settled", {"settled": True}, subject=point)
    assert mentor.is_refused("meetings.point_settled", {"settled": True}, subject=point) == "no_change"
    mentor.writes("meetings.point_settled", {"settled": False}, subject=point)
    assert mentee.is_refused("meetings.point_withdrawn", {}, subject=point) == "not_yours"
    mentor.writes("meetings.point_withdrawn", {}, subject=point)
    assert mentee.is_refused("meetings.point_settled", {"settled": True}, subject=point) == "withdrawn"
    assert str(point) not in mentee.sees(f"meetings/{meeting}")


def test_an_empty_point_is_refused(mentor: Actor, meeting: UUID) -> None:
    assert mentor.is_refused("meetings.point_added", {}, subject=meeting) == "empty"


def test_a_cancelled_meeting_gives_its_agenda_on(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    point = mentee.writes("meetings.point_added", {}, {"point": "the offer"}, subject=meeting)
    mentor.writes("meetings.cancelled", {}, {"words": "travelling"}, subject=meeting)
    assert mentee.is_refused("meetings.cancelled", {}, subject=meeting) == "meeting_cancelled"
    assert AgendaPoint.objects.get(id=point).meeting == first_meeting(mentor)


def test_a_point_stays_on_every_agenda_that_it_went_on_from(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    point = mentee.writes("meetings.point_added", {}, {"point": "the offer"}, subject=meeting)
    left = []
    for _ in range(3):
        left.append(first_meeting(mentor).id)
        mentor.writes("meetings.cancelled", {}, subject=left[-1])
    for one in left:
        page = mentee.sees(f"meetings/{one}")
        assert f'id="point-{point}"' in page
        assert "went on to the next" in page
    page = mentee.sees(f"meetings/{first_meeting(mentor).id}")
    assert f'id="point-{point}"' in page
    assert "carried over" in page


def test_the_agenda_of_the_last_meeting_goes_to_one_before_it_that_is_still_to_come(
    mentor: Actor, mentee: Actor
) -> None:
    last = Meeting.objects.filter(partnership_id=mentor.partnership).latest("start_at")
    point = mentee.writes("meetings.point_added", {}, {"point": "the offer"}, subject=last.id)
    mentor.writes("meetings.cancelled", {}, subject=last.id)
    assert AgendaPoint.objects.get(id=point).meeting == first_meeting(mentor)


def test_a_point_that_no_meeting_has_yet_is_said_to_wait(mentor: Actor, mentee: Actor) -> None:
    agree(mentor, mentee, rhythm=TUESDAYS | {"ends": "2026-12-01"})
    only = first_meeting(mentor).id
    mentee.writes("meetings.point_added", {}, {"point": "the offer"}, subject=only)
    mentor.writes("meetings.cancelled", {}, subject=only)
    assert "waits for the next" in mentee.sees(f"meetings/{only}")
