"""The pages on which times are offered, asked for and chosen: what they suggest, and what they name beforehand."""

import re
from datetime import timedelta

import pytest

from tests.cast import Actor
from tests.chapters.meetings.rhythms import first_meeting, moment
from tests.chapters.meetings.story import START
from tilth.chapters.meetings.models import Meeting
from tilth.protocol import clock

pytestmark = pytest.mark.django_db
PAGES = ("", "/now", "/move", "/afterwards")


def test_times_on_offer_are_chosen_by_the_other_and_taken_back_by_the_one(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    times = ["2026-12-03T12:00:00+01:00", "2026-12-04T12:00:00+01:00"]
    extra = mentor.writes("meetings.proposed", {"times": times, "minutes": 30, "place": "phone"})
    assert "Take them back" in mentor.sees(f"meetings/{extra}")
    assert "Agree to this time" in mentee.sees(f"meetings/{extra}")
    assert "Thursday 3 December, 11:00" in mentee.sees(f"meetings/{extra}")
    with clock.at(moment("2026-12-05T00:00+00:00")):
        assert "These times have passed without an answer" in mentee.sees(f"meetings/{extra}")


def test_the_others_limits_are_shown_before_anything_is_proposed(pair: tuple[Actor, Actor]) -> None:
    move = pair[1].sees(f"meetings/{first_meeting(pair[1]).id}/move")
    page = pair[1].sees("meetings/propose")
    for form in (move, page):
        assert form.index("Amara’s limits") < form.index("<sealed-form")
        assert "Times that would take a month beyond its hours are left out." in form
    assert "Monday to Friday, 09:00 to 18:00, Madrid time" in page
    assert "4 hours a month" in page
    assert page.count("Can carry") == 1  # the mentee said nothing of it
    assert "two partnerships at once, with this one" in page
    assert "Times that suit both of you" in page


def test_a_time_of_ones_own_is_held_against_both_ones_limits(pair: tuple[Actor, Actor]) -> None:
    mentee = pair[1]
    late = mentee.sees("meetings/limits?data.times=2026-12-05T21:30&data.minutes=60")
    assert "Saturday isn’t one of Amara’s working days." in late
    assert "Amara’s quiet hours are from 20:00 to 08:00, Madrid time." in late
    assert "Your quiet hours are" in late
    assert "This suits both of you." in mentee.sees("meetings/limits?data.times=2026-12-03T10:00&data.minutes=60")
    over = mentee.sees("meetings/limits?data.to=2026-12-03T10:00&data.minutes=90")
    assert "With this, the month comes to 4.5 hours; Amara has 4 hours for it." in over
    assert mentee.sees("meetings/limits?data.times=nonsense").strip() == ""


def test_a_time_at_which_the_two_already_meet_is_named_before_it_is_offered(pair: tuple[Actor, Actor]) -> None:
    mentee, meeting = pair[1], first_meeting(pair[0]).id
    half_in = "data.times=2026-12-01T16:30&data.minutes=30"
    beside_another = mentee.sees(f"meetings/limits?{half_in}")
    assert "You already meet then: Tuesday 1 December, 16:00 to 17:00." in beside_another
    assert "suits both" not in beside_another
    assert "This suits both of you." in mentee.sees("meetings/limits?data.times=2026-12-01T15:30&data.minutes=30")
    beside_itself = mentee.sees(f"meetings/limits?{half_in}&meeting={meeting}")
    assert "This overlaps the time that the meeting has now: Tuesday 1 December, 16:00 to 17:00." in beside_itself
    itself = mentee.sees(f"meetings/limits?data.to=2026-12-01T16:00&data.minutes=60&meeting={meeting}")
    assert "This is when the meeting is now." in itself


def test_a_meeting_that_rests_is_named_as_one_that_rests(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    mentor.writes("membership.paused", {"back_on": None})
    beside = mentee.sees("meetings/limits?data.times=2026-12-01T16:30&data.minutes=30")
    assert "A meeting of yours rests then, while you pause: Tuesday 1 December, 16:00 to 17:00." in beside
    assert "You already meet then" not in beside


def test_what_a_time_on_offer_runs_against_is_read_before_it_is_agreed_to(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    times = ["2026-12-01T16:30:00+00:00", "2026-12-05T20:30:00+00:00", "2026-12-03T10:00:00+00:00"]
    extra = mentee.writes("meetings.proposed", {"times": times, "minutes": 60, "place": "phone"})
    page = mentor.sees(f"meetings/{extra}")
    assert "You already meet then: Tuesday 1 December, 17:00 to 18:00." in page
    assert "Saturday isn’t one of your working days." in page
    assert "Your quiet hours are from 20:00 to 08:00, Madrid time." in page
    assert "Yusuf’s quiet hours are" in page
    suits = page.partition("Thursday 3 December, 11:00")[2].partition("</label>")[0]
    assert suits
    assert 'class="caution"' not in suits
    assert 'class="caution"' not in mentee.sees(f"meetings/{extra}")
    for seen in ("", "/now", "/move"):
        assert mentor.queries_of(f"meetings/{extra}{seen}") <= 12, seen


def test_a_time_that_would_be_refused_is_not_said_to_be_possible(pair: tuple[Actor, Actor]) -> None:
    mentee = pair[1]
    passed = mentee.sees("meetings/limits?data.times=2026-11-21T21:30&data.minutes=60")
    assert "This time has passed. Choose one that lies ahead." in passed
    far = mentee.sees("meetings/limits?data.times=2029-12-03T10:00&data.minutes=60")
    assert "This is more than a year ahead. Choose a time within a year." in far
    for said in (passed, far):
        assert "You can still name it." not in said
        assert "This suits both of you." not in said


def test_a_time_that_the_clocks_skip_is_shown_as_the_one_that_is_kept(pair: tuple[Actor, Actor]) -> None:
    assert "Sunday 28 March 2027, 02:30" in pair[1].sees("meetings/limits?data.times=2027-03-28T01:30&data.minutes=60")


def test_a_meeting_that_is_moved_within_a_month_is_counted_once(pair: tuple[Actor, Actor]) -> None:
    meeting = first_meeting(pair[0]).id
    assert f"&amp;meeting={meeting}" in pair[1].sees(f"meetings/{meeting}/move")
    moved = pair[1].sees(f"meetings/limits?data.to=2026-12-03T10:00&data.minutes=90&meeting={meeting}")
    assert "This suits both of you." in moved


def test_suggested_times_leave_out_the_meetings_there_are(pair: tuple[Actor, Actor]) -> None:
    with clock.at(moment("2026-11-30T08:00+00:00")):
        assert "2026-12-01T16:00" not in pair[1].sees("meetings/propose")


def test_suggested_times_leave_out_a_month_that_has_no_more_time_for_it(pair: tuple[Actor, Actor]) -> None:
    with clock.at(moment("2026-12-22T08:00+00:00")):
        assert set(_suggested(pair[1], "propose?data.minutes=60")) == {"2026-12"}
        assert set(_suggested(pair[1], "propose?data.minutes=90")) == {"2027-01"}


def test_times_to_move_a_meeting_to_are_near_the_one_it_has(pair: tuple[Actor, Actor]) -> None:
    far = Meeting.objects.get(partnership_id=pair[0].partnership, laid_for="2027-01-26")
    page = pair[0].sees(f"meetings/{far.id}/move")
    shown = [moment(f"{value}+01:00") for value in re.findall(r'name="data.to"[^>]* value="([^"]+)"', page)]
    assert len(shown) == 12
    assert max(abs(time - far.start_at) for time in shown) < timedelta(days=5)
    assert far.start_at not in shown
    with clock.at(START - timedelta(hours=30)):
        soon = pair[0].sees(f"meetings/{first_meeting(pair[0]).id}/move")
    assert "Monday 30 November, 13:00" in soon
    assert "Monday 30 November, 09:00" not in soon


def _suggested(actor: Actor, page: str) -> list[str]:
    """The months of the times that suit both."""
    return re.findall(r'value="(\d{4}-\d{2})-\d{2}T', actor.sees(f"meetings/{page}"))
