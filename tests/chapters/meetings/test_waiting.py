"""What meetings ask of people: due, the next small step, and the margin."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Actor, opens, partnership, somebody
from tests.chapters.meetings.rhythms import first_meeting, moment
from tests.chapters.meetings.story import START
from tilth.chapters.meetings.chapter import chapter
from tilth.chapters.meetings.models import Meeting
from tilth.ledger.chapter import Aside
from tilth.protocol import clock

pytestmark = pytest.mark.django_db
EXTRA = {"times": ["2026-12-03T12:00:00+01:00"], "minutes": 30, "place": "phone"}


def dues(actor: Actor) -> list[tuple[str, str]]:
    return [(due.on, due.text) for due in chapter.due([actor.member], clock.now())]


def step_keys(actor: Actor) -> list[str]:
    return [step.key.split("-")[0] for step in chapter.steps(actor.member, clock.now())]


def later(**away: Any) -> Any:
    return clock.at(START + timedelta(**away))


def test_times_on_offer_wait_on_the_other(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    mentor.writes("meetings.proposed", EXTRA)
    assert dues(mentor) == [("other", "A time to meet, from those you offered")]
    assert dues(mentee) == [("me", "Choose a time to meet")]
    assert chapter.due([mentee.member], clock.now())[0].when_words == "by 3 December, 11:00"
    with clock.at(moment("2026-12-04T00:00+00:00")):
        assert ("me", "Choose a time to meet") not in dues(mentee)


def test_an_answer_is_hoped_for_before_the_next_of_the_times_passes(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    times = ["2026-12-11T09:30:00+00:00", "2026-11-25T15:00:00+00:00"]
    mentor.writes("meetings.proposed", EXTRA | {"times": times})
    assert chapter.due([mentee.member], clock.now())[0].when_words == "by tomorrow, 15:00"
    with clock.at(moment("2026-11-26T10:00+00:00")):
        assert chapter.due([mentee.member], clock.now())[0].when_words == "by 11 December, 09:30"


def test_times_on_offer_are_a_step_for_whoever_is_asked_and_in_their_last_day_the_nearest(
    pair: tuple[Actor, Actor],
) -> None:
    mentor, mentee = pair
    mentor.writes("meetings.proposed", EXTRA | {"times": [*EXTRA["times"], "2026-12-04T12:00:00+01:00"]})
    assert "choose" not in step_keys(mentor)
    [step] = [step for step in chapter.steps(mentee.member, clock.now()) if step.key.startswith("choose")]
    assert step.why == (
        f"{mentor.person.name} offers two times; the first is 3 December, 11:00. You can offer others back."
    )
    with clock.at(moment("2026-12-02T20:00+00:00")):
        assert max(chapter.steps(mentee.member, clock.now()), key=lambda step: step.weight).key.startswith("choose")
    with clock.at(moment("2026-12-05T00:00+00:00")):
        assert "choose" not in step_keys(mentee)


def test_a_meeting_nobody_spoke_of_waits_on_both_for_four_weeks(pair: tuple[Actor, Actor]) -> None:
    with later(hours=2):
        assert [dues(actor) for actor in pair] == [[("me", "Say whether you met")]] * 2
    with later(days=90):
        assert dues(pair[0]) == [("me", "Say whether you met")]


def test_a_meeting_inside_a_pause_rests(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    meeting = first_meeting(mentor)
    second = Meeting.objects.filter(partnership=mentor.partnership, start_at__gt=meeting.start_at).earliest("start_at")
    with later(days=-1):
        mentee.writes("membership.paused", {"back_on": "2026-12-10"})
    with later(hours=3):
        assert (dues(mentor), step_keys(mentor)) == ([], [])
        assert ">resting<" in mentor.sees("meetings/")
        assert "You are in a pause. Nothing is expected" in mentor.sees(f"meetings/{second.id}")
    with later(days=9):
        mentee.writes("membership.resumed")
        assert dues(mentor) == []
        assert re.findall(">(rest[a-z]*)<", mentor.sees("meetings/")) == ["rested"]
        assert "You were in a pause then." in mentor.sees(f"meetings/{meeting.id}")
        assert "You are in a pause" not in mentor.sees(f"meetings/{meeting.id}")
    aside = chapter.margin(mentor.member, START + timedelta(days=9))
    assert aside
    assert aside.strong == "Tuesday 15 December, 17:00"


def test_what_waits_is_asked_for_many_partnerships_at_once(
    pair: tuple[Actor, Actor], django_assert_max_num_queries: Any
) -> None:
    members = [pair[0].member]
    for _ in range(3):
        one, other = partnership()
        other.writes("meetings.proposed", EXTRA)
        members.append(one.member)
    with django_assert_max_num_queries(2):
        assert len(chapter.due(members, clock.now())) == 3


def test_the_steps_follow_a_meeting(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    meeting = first_meeting(mentor).id
    assert step_keys(mentor) == []
    with later(days=-2):
        assert step_keys(mentor) == ["agenda"]
        mentee.writes("meetings.point_added", {}, {"point": "the offer"}, subject=meeting)
        assert step_keys(mentor) == []
    with later(hours=-2):
        assert step_keys(mentor) == ["arrive"]
        mentor.writes("meetings.arrived", {}, {"line": "here"}, subject=meeting)
        assert (step_keys(mentor), step_keys(mentee)) == ([], ["arrive"])
    with later(minutes=20):
        assert (step_keys(mentor), step_keys(mentee)) == (["meet"], ["arrive"])
    with later(hours=2):
        assert (step_keys(mentor), step_keys(mentee)) == (["say"], ["say"])
        mentor.writes("meetings.held", {}, subject=meeting)
        assert (step_keys(mentor), step_keys(mentee)) == (["look"], ["look"])
        mentor.writes("meetings.looked_back", {}, {"present": "fully", "heard": "fully"}, subject=meeting)
        assert step_keys(mentor) == []


def test_of_meetings_nobody_spoke_of_the_last_is_asked_about(pair: tuple[Actor, Actor]) -> None:
    with later(days=16):
        (step,) = (step for step in chapter.steps(pair[0].member, clock.now()) if step.key.startswith("say-"))
    assert step.why.startswith("It was planned for last Tuesday.")


def test_from_an_hour_before_until_its_end_nothing_is_nearer_than_the_meeting(pair: tuple[Actor, Actor]) -> None:
    mentor, _ = pair
    with later(days=-4):
        mentor.writes("membership.hoped", {}, {"words": "To be of use"}, subject=mentor.member.joining)
        mentor.writes("commitments.made", {"due": "2026-11-28"}, {"words": "Send the list"})
    told = {}
    for minutes in (-120, -30, 20):
        with later(minutes=minutes):
            told[minutes] = mentor.sees()
    assert "This one slipped" in told[-120]
    assert "It is today, 17:00." in told[-30]
    assert "It began at 17:00." in told[20]
    assert "Next meeting" in told[-30]
    assert "Meeting now" in told[20]


def test_times_that_still_lie_ahead_are_what_an_offer_is_told_by(pair: tuple[Actor, Actor]) -> None:
    times = ["2026-11-25T15:00:00+00:00", "2026-11-28T15:00:00+00:00", "2026-11-27T15:00:00+00:00"]
    with clock.at(moment("2026-11-24T10:00+00:00")):
        mentor, mentee = partnership()
        mentee.writes("meetings.proposed", EXTRA | {"times": times})
        assert "Wednesday 25 November, 16:00, or another time" in mentor.sees("meetings/")
    with clock.at(moment("2026-11-26T10:00+00:00")):
        assert step_keys(mentor) == ["choose"]
        assert "Friday 27 November, 16:00, or another time" in mentor.sees("meetings/")
    with clock.at(moment("2026-11-27T16:00+00:00")):
        assert "Saturday 28 November, 16:00 to 16:30" in mentor.sees("meetings/")


def test_where_nothing_is_planned_the_step_is_to_find_a_time() -> None:
    with clock.at(moment("2026-11-24T10:00+00:00")):
        mentor, mentee = partnership()
        assert step_keys(mentor) == ["propose"]
        mentee.writes("meetings.proposed", EXTRA)
        assert (step_keys(mentor), step_keys(mentee)) == (["choose"], [])


def test_one_alone_has_no_steps_here() -> None:
    assert step_keys(opens(somebody())) == []


def test_steps_cost_one_query_beyond_the_members_and_their_pauses(
    pair: tuple[Actor, Actor], django_assert_num_queries: Any
) -> None:
    member = pair[0].member
    assert member.other
    assert not member.pauses
    with django_assert_num_queries(1):
        chapter.steps(member, clock.now())


def test_the_margin_tells_the_next_meeting_in_both_zones(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    meeting = first_meeting(mentor)
    for point in ("the talk", "the offer"):
        mentee.writes("meetings.point_added", {}, {"point": point}, subject=meeting.id)
    assert chapter.margin(mentor.member, clock.now()) == Aside(
        heading="Next meeting",
        strong="Tuesday 1 December, 17:00",
        lines=(("16:00 for Yusuf", "Two things on the agenda."),),
        url=f"/p/{mentor.partnership}/meetings/{meeting.id}",
        soon=True,
    )
    with later(hours=2):
        mentee.writes("meetings.held", {}, subject=meeting.id)
        aside = chapter.margin(mentee.member, clock.now())
    assert aside
    assert aside.lines == (("17:00 for Amara", "Two things on the agenda, two carried over."),)


def test_without_a_coming_meeting_the_margin_is_empty() -> None:
    mentor, _ = partnership()
    assert chapter.margin(mentor.member, clock.now()) is None


def test_a_meeting_of_which_another_time_is_on_offer_waits_for_that_alone(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    meeting = first_meeting(mentor).id
    mentor.writes("meetings.times_offered", {"times": ["2026-12-03T17:00:00+01:00"]}, subject=meeting)
    with later(hours=2):
        assert dues(mentee) == [("me", "Choose a time to meet")]
        assert "say" not in step_keys(mentee)
        assert mentee.sees("meetings/").count(f'id="meeting-{meeting}"') == 1
