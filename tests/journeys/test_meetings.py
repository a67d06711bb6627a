"""Meetings, as two people lay, move, prepare, hold and look back on them in two browsers."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair
from tests.journeys.occasions import agrees_on_a_rhythm, clock_of, offers_a_time, opens_fold
from tests.journeys.people import Person


@pytest.mark.practice("F2")
@pytest.mark.seals("meetings.moved", "meetings.cancelled", "meetings.point_added")
def test_the_rhythm_lays_meetings_that_move_with_notice_and_give_their_agenda_on(pair: Pair, canary: Canaries) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    why, point, travelling = canary("I sit in a train then"), canary("The offer letter"), canary("Away all week")
    agrees_on_a_rhythm(pair, canary("That we keep meeting"))

    mentee.opens(f"{pair.home}meetings/")
    mentee.sees(re.compile(r"Tuesday \d+ \w+( \d+)?, (09|10|11):00"))
    mentee.sees(re.compile("16:00 for Maren"))
    first = mentee.page.locator("#coming .row-head").first.get_attribute("href") or ""
    mentee.opens(first)
    mentee.fills("What would you like to talk about?", point)
    mentee.sends("Put it on the agenda")

    mentee.presses("Move it")
    mentee.page.locator("input[name='data.to'][type=radio]").last.check()
    mentee.fills("A word about it", why)
    mentee.sends("Move it")
    mentor.opens(first)
    mentor.sees("Noor moved it")
    mentor.sees(why)
    mentor.sees(point)

    mentor.presses("It won’t happen")
    mentor.fills("A word about it", travelling, within=mentor.page.get_by_role("dialog"))
    mentor.sends("It won’t happen", within=mentor.page.get_by_role("dialog"))
    mentee.opens(first)
    mentee.sees(travelling)
    mentee.sees("went on to the next")
    mentee.opens(f"{pair.home}meetings/")
    mentee.sees(re.compile("One thing on the agenda, one carried over"))
    mentee.sees("Maren said it won’t happen.")
    mentee.sees(travelling)
    mentee.page.locator("#coming li", has_text="carried over").locator(".row-head").click()
    mentee.settles()
    mentee.sees(point)
    mentee.sees("carried over")


@pytest.mark.practice("F2")
def test_a_rhythm_that_keeps_slipping_leads_to_another_and_then_is_asked_about_no_more(
    slipping: Pair, canary: Canaries
) -> None:
    mentor, mentee = slipping.mentor, slipping.mentee
    mentor.opens(f"{slipping.home}meetings/")
    mentor.sees("Change the rhythm?")
    mentor.sees("Of the last four meetings of your rhythm, two did not happen.")
    mentor.page.set_viewport_size({"width": 390, "height": 844})
    mentor.presses("Look at the rhythm")
    expect(mentor.page.get_by_role("heading", name="Our rhythm")).to_be_in_viewport()
    expect(mentor.page.get_by_label("How often you meet")).to_be_visible()
    mentor.page.get_by_label("How often you meet").select_option(label="Every third week")
    for _ in range(4):
        mentor.presses("Next")
    mentor.fills("A few words to go with it", canary("Every third week is enough for me"))
    mentor.sends(re.compile("Propose this to"))
    mentor.page.set_viewport_size({"width": 1280, "height": 900})
    for person in (mentor, mentee):
        person.opens(f"{slipping.home}meetings/")
        person.sees_nothing_of("Change the rhythm?")
    mentee.opens(f"{slipping.home}agreement/")
    mentee.presses("Read the proposal")
    expect(mentee.page.get_by_role("button", name="Sign the agreement")).to_be_enabled()
    mentee.sends("Sign the agreement")
    for person in (mentor, mentee):
        person.opens(f"{slipping.home}meetings/")
        person.sees(re.compile("You meet every three weeks"))
        person.sees_nothing_of("Change the rhythm?")


def writes_on(person: Person, stands: str, then: str) -> None:
    opens_fold(person, "Write on")
    summary = person.page.get_by_label("For both of you to keep")
    expect(summary).to_have_value(stands)
    summary.fill(then)
    person.sends("Keep it")


@pytest.mark.practice("C4")
@pytest.mark.seals(
    "meetings.proposed", "meetings.times_offered", "meetings.accepted", "meetings.arrived", "meetings.summed_up"
)
def test_two_arrive_together_talk_from_the_quiet_screen_and_take_something_with_them(
    pair: Pair, canary: Canaries
) -> None:
    page = offers_a_time(pair.mentor, pair, clock_of(pair.mentor, minutes=40), about := canary("Before your talk"))
    another_time_is_offered_and_agreed(pair, page, about, canary("In a train until then"), canary("That suits me too"))
    pair.mentee.fills("What would you like to talk about?", point := canary("The opening"))
    pair.mentee.sends("Put it on the agenda")
    each_arrives_and_sees_the_others_line_then(pair, page, canary("Tired, and here"), canary("Glad of the hour"))
    the_quiet_screen_covers_itself(pair.mentor, point)
    pair.mentor.sends("Talked about")
    pair.mentor.sees("talked about")
    first, more = canary("Start with the letter"), canary("and end with it")
    both_write_on_one_summary(pair, page, first, f"{first} {more}", canary("The letter alone"))
    a_promise_is_taken_along(pair, canary("Send the draft"))


def another_time_is_offered_and_agreed(pair: Pair, page: str, about: str, why: str, yes: str) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    mentee.opens(page)
    mentee.sees(about)
    mentee.sees("Which time suits you?")
    opens_fold(mentee, "None of these")
    mentee.presses("Offer other times")
    mentee.fills("Or a time of your own", clock_of(mentee, minutes=50))
    mentee.fills("A word about it", why)
    mentee.sends("Offer these times")
    mentor.opens(page)
    mentor.sees(why)
    mentor.fills("A word with it", yes)
    mentor.sends("Agree to this time")
    mentee.opens(page)
    mentee.sees(yes)


def each_arrives_and_sees_the_others_line_then(pair: Pair, page: str, line: str, answer: str) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    mentee.fills("I arrive", line)
    mentee.sends("I am here")
    mentor.opens(page)
    mentor.sees("Noor has arrived.")
    mentor.sees_nothing_of(line)
    mentor.fills("I arrive", answer)
    mentor.sends("I am here")
    mentor.sees(line)
    mentee.opens(page)
    mentee.sees(answer)


def the_quiet_screen_covers_itself(person: Person, point: str) -> None:
    person.presses("Open the quiet screen")
    expect(person.page.get_by_role("navigation")).to_have_count(0)
    person.page.keyboard.press("F8")
    person.sees("Covered. Nothing was closed.")
    expect(person.page.get_by_role("heading", name="Agenda")).to_have_count(0)
    person.page.keyboard.press("F8")
    person.sees(point)


def both_write_on_one_summary(pair: Pair, page: str, first: str, longer: str, last: str) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    mentor.fills("For both of you to keep", first)
    mentor.sends("Keep it")
    mentee.opens(f"{page}/now")
    mentee.sees(first)
    writes_on(mentee, first, longer)
    mentor.opens(f"{page}/now")
    mentor.sees(longer)
    writes_on(mentee, longer, last)
    mentee.sees(last)


def a_promise_is_taken_along(pair: Pair, promise: str) -> None:
    fold = opens_fold(pair.mentee, "Make a commitment from this")
    pair.mentee.fills("What will be done", promise, within=fold)
    pair.mentee.fills("By", (date.today() + timedelta(days=8)).isoformat(), within=fold)
    pair.mentee.sends("Make it a commitment")
    pair.mentor.opens(f"{pair.home}commitments/")
    pair.mentor.sees(promise)


@pytest.mark.practice("C4")
@pytest.mark.seals("meetings.noted", "meetings.looked_back", "meetings.missed", "meetings.held")
def test_looking_back_is_revealed_only_together_and_what_was_noted_wrongly_is_corrected(
    pair: Pair, canary: Canaries
) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    about, mine, theirs = canary("In the corridor"), canary("I was half elsewhere"), canary("It was short")
    mentee.opens(f"{pair.home}meetings/note")
    mentee.fills("When it began", clock_of(mentee, hours=-1))
    mentee.fills("What it was about", about)
    page = f"{pair.home}meetings/{mentee.sends('Note it')}"

    for person, words in ((mentor, mine), (mentee, theirs)):
        person.opens(page)
        person.sees(about)
        person.presses("Look back")
        person.sees_nothing_of(mine)
        for asked, degree in (("Was I present?", "Partly"), ("Was I heard?", "Fully")):
            choice = person.page.get_by_role("group", name=asked).get_by_label(degree)
            choice.evaluate("(choice, words) => { choice.value = words; }", canary(degree))  # a page of other degrees
            choice.check()
        person.fills("One line about it", words)
        person.sends("Keep my answer")
        person.sees(words)
    mentee.sees(mine)
    mentor.opens(f"{page}/afterwards")
    mentor.sees(theirs)

    sorry = canary("That was somebody else")
    mentor.opens(page)
    fold = opens_fold(mentor, "It did not happen")
    mentor.fills("A word about it", sorry, within=fold)
    mentor.sends("It did not happen", within=fold)
    mentee.opens(page)
    mentee.sees("Did not happen.")
    mentee.sees(sorry)
    mentee.fills("A word about it", it_was := canary("It was the two of us"))
    mentee.sends("We met")
    mentor.opens(page)
    mentor.sees(it_was)
