"""An extra meeting: times that are offered, answered, taken back; and one that came without a plan."""

from typing import Any

import pytest

from tests.cast import Actor, opens, somebody
from tests.chapters.meetings.rhythms import moment
from tests.chapters.meetings.story import EXTRA, TIMES, at, state
from tilth.chapters.meetings.models import Meeting

pytestmark = pytest.mark.django_db


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


def test_how_many_times_can_be_offered_is_said_in_words(mentor: Actor) -> None:
    answer = mentor.posts(mentor.seal("meetings.proposed", EXTRA | {"times": []}))
    assert answer.json()["sentence"] == "Offer one to five times."


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
