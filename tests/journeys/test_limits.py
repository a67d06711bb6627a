"""What stands beside a meeting: the other's limits before a day or a time is chosen, and what comes next on home."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair
from tests.journeys.occasions import agrees_on_a_rhythm, clock_of, offers_a_time, opens_fold


def test_home_says_the_next_meeting_before_what_was_said_and_lifts_it_to_the_margin_where_there_is_one(
    pair: Pair, canary: Canaries
) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    page = offers_a_time(mentor, pair, clock_of(mentor, minutes=40), canary("Before the talk"))
    mentor.opens(pair.home)
    mentor.sees_nothing_of("Next meeting")
    mentee.opens(page)
    mentee.sends("Agree to this time")
    mentor.looks_for_news()
    mentor.sees("Next meeting")
    waiting, soon, lately, rings = (
        mentor.page.locator(part) for part in (".foremost", ".soon", "main > section:last-child", ".rings")
    )
    [above, meeting, said, picture] = [box_of(part) for part in (waiting, soon, lately, rings)]
    assert meeting["x"] > above["x"] + above["width"]
    assert meeting["y"] < above["y"] + 10
    assert said["y"] - above["y"] - above["height"] < 60
    assert 0 < picture["y"] - meeting["y"] - meeting["height"] < 60
    mentor.page.set_viewport_size({"width": 390, "height": 844})
    tops = [box_of(part)["y"] for part in (waiting, soon, lately, rings)]
    assert tops == sorted(tops)


def box_of(part: Locator) -> FloatRect:
    expect(part).to_have_count(1)
    box = part.bounding_box()
    assert box
    return box


@pytest.mark.practice("F3")
def test_a_commitment_from_a_meeting_shows_the_limits_of_whoever_is_to_do_it(slipping: Pair, canary: Canaries) -> None:
    mentor, mentee, words = slipping.mentor, slipping.mentee, canary("Read the second chapter")
    mentor.opens(f"{slipping.home}meetings/")
    mentor.page.locator("#past .row-head").first.click()
    mentor.settles()
    fold = opens_fold(mentor, "Make a commitment from this")
    fold.get_by_role("button", name="Make it a commitment").scroll_into_view_if_needed()
    expect(fold.get_by_text("You work Monday to Friday, 09:00 to 18:00.")).to_be_visible()
    mentor.fills("What will be done", words, within=fold)
    fold.get_by_label("I ask Noor").check()
    expect(fold.get_by_text("Noor works Monday to Friday, 09:00 to 18:00.")).to_be_visible()
    saturday = date.today() + timedelta(days=7 + (5 - date.today().weekday()) % 7)
    mentor.fills("By", saturday.isoformat(), within=fold)
    expect(fold.get_by_text("You can still choose it.")).to_be_visible()
    mentor.sends("Make it a commitment")
    mentee.opens(f"{slipping.home}commitments/")
    mentee.sees(words)


@pytest.mark.practice("F3")
@pytest.mark.seals("meetings.declined")
def test_the_others_limits_are_seen_before_a_time_is_offered(pair: Pair, canary: Canaries) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    saturday = date.today() + timedelta(days=12 - date.today().weekday())
    mentor.opens(f"{pair.home}meetings/propose")
    mentor.sees_nothing_of("Noor’s limits")  # nothing is agreed yet
    agrees_on_a_rhythm(pair, canary("That we keep meeting"))
    mentor.opens(f"{pair.home}meetings/propose")
    mentor.sees("Noor’s limits")
    mentor.sees("Times that suit both of you")
    mentor.fills("What it is about", about := canary("A long evening"))
    mentor.fills("Or a time of your own", f"{saturday}T22:30")
    mentor.sees("Saturday isn’t one of Noor’s working days.")
    mentor.sees(re.compile("Your quiet hours are from 20:00 to 08:00"))
    mentor.fills("Or a time of your own", clock_of(mentor, days=-2))
    mentor.sees("This time has passed. Choose one that lies ahead.")
    mentor.page.get_by_role("button", name="Offer these times").click()
    refused = mentor.page.locator("[data-problem-for='data.times']")
    expect(refused).to_have_text("This time has passed. Choose one that lies ahead.")
    mentor.fills("Or a time of your own", f"{saturday}T22:30")
    expect(refused).to_have_text("")
    page = f"{pair.home}meetings/{mentor.sends('Offer these times')}"

    no = canary("Not on a Saturday")
    mentee.opens(page)
    mentee.sees(about)
    mentee.sees("Saturday isn’t one of your working days.")
    fold = opens_fold(mentee, "None of these")
    mentee.fills("A word about it", no, within=fold)
    mentee.sends("None of these", within=fold)
    mentor.opens(page)
    mentor.sees("Noor declined")
    mentor.sees(no)
