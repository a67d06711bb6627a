"""What the two may do with a meeting, through the door, and what a stale page is told."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.cast import Actor, opens, partnership, somebody
from tests.chapters.meetings.rhythms import TUESDAYS, agree, first_meeting, moment
from tilth.chapters.meetings.models import AgendaPoint, Meeting, Turn
from tilth.ledger.models import Month
from tilth.protocol import clock

pytestmark = pytest.mark.django_db
START = moment("2026-12-01T16:00+00:00")
TIMES = ["2026-12-03T12:00:00+01:00", "2026-12-04T10:30:00+01:00"]
EXTRA = {"times": TIMES, "minutes": 30, "place": "phone"}


@pytest.fixture
def pair() -> Iterator[tuple[Actor, Actor]]:
    with clock.at(moment("2026-11-24T10:00+00:00")):
        two = partnership()
        agree(*two)
        yield two


@pytest.fixture
def mentor(pair: tuple[Actor, Actor]) -> Actor:
    return pair[0]


@pytest.fixture
def mentee(pair: tuple[Actor, Actor]) -> Actor:
    return pair[1]


@pytest.fixture
def meeting(mentor: Actor) -> UUID:
    return first_meeting(mentor).id


def at(text: str) -> Any:
    return clock.at(moment(text))


def state(meeting: UUID) -> str:
    return Meeting.objects.get(id=meeting).state


# An extra meeting


def test_an_extra_meeting_is_proposed_and_one_of_its_times_accepted(mentor: Actor, mentee: Actor) -> None:
    extra = mentor.writes("meetings.proposed", EXTRA, {"words": "the offer letter"})
    assert state(extra) == "proposed"
    mentee.writes("meetings.accepted", {"time": TIMES[1]}, subject=extra)
    planned = Meeting.objects.get(id=extra)
    assert (planned.state, planned.start_at, planned.minutes) == ("planned", moment(TIMES[1]), 30)
    assert planned.asked_entry is None


def test_an_answer_to_an_extra_meeting_comes_from_the_other_once(mentor: Actor, mentee: Actor) -> None:
    extra = mentor.writes("meetings.proposed", EXTRA)
    assert mentor.is_refused("meetings.accepted", {"time": TIMES[0]}, subject=extra) == "own_proposal"
    assert mentor.is_refused("meetings.declined", {}, subject=extra) == "own_proposal"
    assert mentee.is_refused("meetings.taken_back", {}, subject=extra) == "not_yours"
    late = {"time": "2026-12-05T12:00:00+01:00"}
    assert mentee.is_refused("meetings.accepted", late, subject=extra) == "not_offered"
    mentee.writes("meetings.declined", {}, {"words": "a full week"}, subject=extra)
    assert state(extra) == "declined"
    assert mentee.is_refused("meetings.accepted", {"time": TIMES[0]}, subject=extra) == "not_open"


def test_times_can_be_taken_back_before_they_are_answered(mentor: Actor, mentee: Actor) -> None:
    extra = mentor.writes("meetings.proposed", EXTRA)
    mentor.writes("meetings.taken_back", {}, subject=extra)
    assert state(extra) == "withdrawn"
    assert mentor.is_refused("meetings.taken_back", {}, subject=extra) == "not_open"


def test_other_times_answer_the_times_on_offer(mentor: Actor, mentee: Actor) -> None:
    extra = mentor.writes("meetings.proposed", EXTRA)
    counter = mentee.writes("meetings.times_offered", {"times": ["2026-12-07T12:00:00+00:00"]}, subject=extra)
    assert mentee.is_refused("meetings.accepted", {"time": TIMES[0]}, subject=extra) == "not_open"
    mentor.writes("meetings.accepted", {"time": "2026-12-07T13:00:00+01:00"}, subject=counter)
    assert Meeting.objects.get(id=extra).start_at == moment("2026-12-07T12:00+00:00")


def test_a_time_that_has_passed_is_not_accepted(mentor: Actor, mentee: Actor) -> None:
    extra = mentor.writes("meetings.proposed", EXTRA)
    with at("2026-12-03T20:00+00:00"):
        assert mentee.is_refused("meetings.accepted", {"time": TIMES[0]}, subject=extra) == "time_passed"
        mentee.writes("meetings.accepted", {"time": TIMES[1]}, subject=extra)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"times": []}, "bad_data"),
        ({"times": ["2026-12-03T12:00:00"]}, "bad_data"),
        ({"times": ["tomorrow"]}, "bad_data"),
        ({"times": [1764000000]}, "bad_data"),
        ({"times": ["2020-12-03T12:00:00+01:00"]}, "time_passed"),
        ({"times": ["2029-12-03T12:00:00+01:00"]}, "too_far"),
        ({"times": [f"2026-12-0{day}T12:00:00+01:00" for day in range(1, 7)]}, "bad_data"),
        ({"minutes": 0}, "bad_data"),
        ({"place": "the moon"}, "bad_data"),
        ({"why": "prose"}, "bad_data"),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused(mentor: Actor, change: dict[str, Any], code: str) -> None:
    assert mentor.is_refused("meetings.proposed", EXTRA | change) == code


def test_one_alone_proposes_to_nobody() -> None:
    with at("2026-11-24T10:00+00:00"):
        assert opens(somebody()).is_refused("meetings.proposed", EXTRA) == "alone"


def test_a_meeting_without_a_plan_is_noted_as_held(mentor: Actor, mentee: Actor) -> None:
    unplanned = {"at": "2026-11-23T15:00:00+01:00", "minutes": 20, "place": "phone"}
    noted = mentor.writes("meetings.noted", unplanned, {"words": "the corridor"})
    assert (state(noted), Meeting.objects.get(id=noted).minutes) == ("held", 20)
    mentee.writes("meetings.looked_back", {}, {"present": "fully", "heard": "fully"}, subject=noted)
    assert "noted that you met" in mentee.sees(f"meetings/{noted}")
    ahead = unplanned | {"at": "2026-11-24T15:00:00+01:00"}
    assert mentor.is_refused("meetings.noted", ahead) == "not_begun"
    long_ago = unplanned | {"at": "2026-10-01T15:00:00+01:00"}
    assert mentor.is_refused("meetings.noted", long_ago) == "too_long_ago"


# Moving


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


# The agenda


def test_what_was_not_reached_goes_to_the_next_meeting(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    reached = mentor.writes("meetings.point_added", {}, {"point": "the talk"}, subject=meeting)
    left = mentee.writes("meetings.point_added", {}, {"point": "the offer"}, subject=meeting)
    with at("2026-12-01T17:30+00:00"):
        mentee.writes("meetings.point_settled", {"settled": True}, subject=reached)
        mentor.writes("meetings.held", {}, subject=meeting)
    carried = AgendaPoint.objects.get(id=left)
    assert carried.meeting == first_meeting(mentor)
    assert (carried.carried, carried.came_from_id) == (1, meeting)
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


# Arriving, summing up, and afterwards


def test_each_arrives_once_from_the_day_before(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    assert mentor.is_refused("meetings.arrived", {}, {"line": "here"}, subject=meeting) == "too_early"
    with at("2026-12-01T09:00+00:00"):
        mentor.writes("meetings.arrived", {}, {"line": "here"}, subject=meeting)
        assert mentor.is_refused("meetings.arrived", {}, {"line": "again"}, subject=meeting) == "already_said"
    with at("2026-12-01T17:00+00:00"):
        assert mentee.is_refused("meetings.arrived", {}, {"line": "tired"}, subject=meeting) == "too_late"


def test_a_line_is_handed_to_the_other_only_when_theirs_is_in(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    def handed(entry: UUID) -> str:
        answer = mentee.client.post(f"{mentee.path}sealed", {"ids": [str(entry)]}, content_type="application/json")
        return str(answer.json()["entries"][0]["state"])

    with at("2026-12-01T09:00+00:00"):
        line = mentor.writes("meetings.arrived", {}, {"line": "here"}, subject=meeting)
        assert handed(line) == "held back"
        mentee.writes("meetings.arrived", {}, {"line": "tired"}, subject=meeting)
        assert handed(line) == "here"


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


def test_a_cancelled_meeting_gives_its_agenda_on(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    point = mentee.writes("meetings.point_added", {}, {"point": "the offer"}, subject=meeting)
    mentor.writes("meetings.cancelled", {}, {"words": "travelling"}, subject=meeting)
    assert mentee.is_refused("meetings.cancelled", {}, subject=meeting) == "meeting_cancelled"
    assert AgendaPoint.objects.get(id=point).meeting == first_meeting(mentor)


# Others


def test_a_meeting_of_another_partnership_is_unknown(mentor: Actor, meeting: UUID) -> None:
    other, _ = partnership()
    for kind in ("meetings.cancelled", "meetings.held", "meetings.missed"):
        assert other.is_refused(kind, {}, subject=meeting) == "no_such_meeting"
    assert other.is_refused("meetings.declined", {}, subject=meeting) == "not_open"
    assert other.is_refused("meetings.point_settled", {"settled": True}, subject=meeting) == "no_such_point"
    assert other.client.get(f"{other.path}meetings/{meeting}").status_code == 404


def test_an_entry_about_nothing_is_refused(mentor: Actor) -> None:
    assert mentor.is_refused("meetings.cancelled", {}) == "no_subject"
    assert mentor.is_refused("meetings.cancelled", {}, subject=uuid4()) == "no_such_meeting"
    assert mentor.is_refused("meetings.proposed", EXTRA, subject=uuid4()) == "wrong_subject"
