"""Commitments, as two people make and keep them in two browsers."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair
from tests.journeys.occasions import agrees_on_a_rhythm
from tests.journeys.people import Person

NEXT_WEEK = (date.today() + timedelta(days=8)).isoformat()
IN_TWO_WEEKS = (date.today() + timedelta(days=15)).isoformat()


def makes(person: Person, pair: Pair, words: str, *, day: str = NEXT_WEEK) -> str:
    """Writes the one line and the day; returns the address of the commitment's page."""
    person.opens(f"{pair.home}commitments/")
    person.fills("What will be done", words)
    person.fills("By", day)
    entry = person.sends("Make it a commitment")
    return f"{pair.home}commitments/{entry}/"


def asks_for(pair: Pair, words: str) -> str:
    """The mentor asks the mentee for it; returns the address of its page."""
    pair.mentor.opens(f"{pair.home}commitments/")
    pair.mentor.fills("What will be done", words)
    pair.mentor.page.get_by_label("I ask Noor").check()
    pair.mentor.fills("By", NEXT_WEEK)
    return f"{pair.home}commitments/{pair.mentor.sends('Make it a commitment')}/"


def folds_open(person: Person, title: str) -> None:
    person.page.locator("summary", has_text=re.compile(f"^{title}$")).click()


@pytest.mark.practice("C1")
@pytest.mark.seals("commitments.made", "commitments.kept")
def test_one_makes_a_commitment_and_keeps_it_and_the_other_reads_how_it_went(pair: Pair, canary: Canaries) -> None:
    line, how = canary("Draft the outline of the talk"), canary("It took an afternoon")

    page = makes(pair.mentee, pair, line)
    pair.mentee.sees(line)
    pair.mentor.opens(f"{pair.home}commitments/")
    pair.mentor.sees(line)

    pair.mentee.opens(page)
    pair.mentee.fills("A word about how it went", how)
    pair.mentee.sends("I kept it")
    pair.mentee.sees("Kept by you")

    pair.mentor.opens(page)
    pair.mentor.sees("Kept by Noor")
    pair.mentor.sees(how)


@pytest.mark.practice("C1")
@pytest.mark.seals("commitments.renegotiated", "commitments.answered")
def test_moved_in_time_with_its_words_and_the_other_agrees(pair: Pair, canary: Canaries) -> None:
    line, new_line, why = canary("Read the three reports"), canary("Read two of the reports"), canary("One is late")
    page = makes(pair.mentee, pair, line)

    pair.mentee.opens(page)
    folds_open(pair.mentee, "Move it")
    move = pair.mentee.page.locator("sealed-form[kind='commitments.renegotiated']")
    move.get_by_role("button", name="Move it").click()
    pair.mentee.sees("Nothing is different yet.")
    pair.mentee.fills("The day", IN_TWO_WEEKS, within=move)
    pair.mentee.fills("The line from now on", new_line, within=move)
    pair.mentee.fills("What changed", why, within=move)
    pair.mentee.sends("Move it", within=move)
    pair.mentee.sees(new_line)

    pair.mentor.opens(page)
    pair.mentor.sees(why)
    pair.mentor.fills("A word with it", answer := canary("Two are enough"))
    pair.mentor.sends("That day is fine")
    pair.mentee.opens(page)
    pair.mentee.sees(answer)
    pair.mentee.sees("agreed")


@pytest.mark.practice("C1")
@pytest.mark.seals("commitments.taken_on", "commitments.release_asked", "commitments.released")
def test_an_ask_is_taken_on_and_then_released_when_its_owner_asks_for_it(pair: Pair, canary: Canaries) -> None:
    line, yes, why, of_course = (canary(words) for words in ("Show me your notes", "Gladly", "They are lost", "Fine"))
    page = asks_for(pair, line)
    pair.mentee.opens(page)
    pair.mentee.sees("Will you?")
    pair.mentee.fills("A word with it", yes)
    pair.mentee.sends("Yes, I will")
    folds_open(pair.mentee, "Ask to be released")
    asking = pair.mentee.page.locator("sealed-form[kind='commitments.release_asked']")
    pair.mentee.fills("Why, in a line", why, within=asking)
    pair.mentee.sends("Ask", within=asking)

    pair.mentor.opens(page)
    pair.mentor.sees(yes)
    pair.mentor.sees(why)
    folds_open(pair.mentor, "Answer instead")
    answering = pair.mentor.page.locator("sealed-form[kind='commitments.answered']")
    pair.mentor.fills("What would help", canary("Ask Ida for hers"), within=answering)
    pair.mentor.sends("Answer", within=answering)
    expect(pair.mentor.page.locator("main details[open]")).to_have_count(0)  # nor is the focus on what comes next
    expect(pair.mentor.page.locator("main details :focus")).to_have_count(0)

    asking = pair.mentee.page.locator("sealed-form[kind='commitments.release_asked']")
    pair.mentee.opens(page)
    folds_open(pair.mentee, "Ask to be released")
    pair.mentee.fills("Why, in a line", why, within=asking)
    pair.mentee.sends("Ask", within=asking)
    pair.mentor.opens(page)
    pair.mentor.fills("A word with it", of_course)
    pair.mentor.sends("Release Noor")
    pair.mentee.opens(page)
    pair.mentee.sees("Released")
    pair.mentee.sees(of_course)


@pytest.mark.practice("C1")
@pytest.mark.seals("commitments.declined", "commitments.taken_back")
def test_an_ask_gets_a_no_and_another_is_taken_back(pair: Pair, canary: Canaries) -> None:
    page = asks_for(pair, canary("Read my draft by Friday"))
    pair.mentee.opens(page)
    folds_open(pair.mentee, "No, not this one")
    declining = pair.mentee.page.locator("sealed-form[kind='commitments.declined']")
    pair.mentee.fills("A word with it", no := canary("My week is full"), within=declining)
    pair.mentee.sends("Say no", within=declining)
    pair.mentor.opens(page)
    pair.mentor.sees(no)

    page = asks_for(pair, canary("Then on Monday"))
    pair.mentor.opens(page)
    folds_open(pair.mentor, "Take the ask back")
    pair.mentor.fills("A word with it", never_mind := canary("It can wait"))
    pair.mentor.sends("Take it back")
    pair.mentee.opens(page)
    pair.mentee.sees(never_mind)
    pair.mentee.sees_nothing_of("Will you?")


@pytest.mark.practice("C1")
@pytest.mark.seals("commitments.owned")
@pytest.mark.parametrize("mentee", ["Pacific/Pago_Pago"], indirect=True)
def test_one_that_slipped_is_named_moved_and_kept(pair: Pair, canary: Canaries) -> None:
    """The day passes at once for somebody who travels from Samoa to Kiribati, a calendar day ahead."""
    mentor, traveller = pair.mentor, pair.mentee
    here = date.fromisoformat(traveller.page.evaluate("new Date().toLocaleDateString('en-CA')"))
    line, what, later = canary("Call the printer"), canary("I was on a plane"), canary("The shop was shut")
    page = makes(traveller, pair, line, day=here.isoformat())
    moves_to(traveller, "Pacific/Kiritimati")

    traveller.opens(page)
    traveller.sees("Name it, move it, or let it go?")
    folds_open(traveller, "Name it")
    naming = traveller.page.locator("details", has=traveller.page.get_by_text("Name it", exact=True))
    traveller.fills("What happened", what, within=naming)
    traveller.sends("Say what happened", within=naming)
    folds_open(traveller, "Move it to a new day")
    moving = traveller.page.locator("details", has=traveller.page.get_by_text("Move it to a new day", exact=True))
    traveller.fills("What happened", later, within=moving)
    traveller.fills("The day", IN_TWO_WEEKS, within=moving)
    traveller.sends("Move it", within=moving)
    traveller.sends("I kept it")

    mentor.opens(page)
    for words in (line, what, later, "Kept by Noor"):
        mentor.sees(words)


@pytest.mark.practice("F3")
def test_the_limits_of_the_one_who_does_it_are_shown_before_the_day_is_chosen(pair: Pair, canary: Canaries) -> None:
    agrees_on_a_rhythm(pair, canary("That we keep our days"))
    sunday = date.today() + timedelta(days=13 - date.today().weekday())
    pair.mentor.opens(f"{pair.home}commitments/")
    pair.mentor.sees("You work Monday to Friday, 09:00 to 18:00.")
    pair.mentor.page.get_by_label("I ask Noor").check()
    pair.mentor.sees("Noor works Monday to Friday, 09:00 to 18:00.")
    pair.mentor.fills("By", sunday.isoformat())
    pair.mentor.sees("Sunday isn’t one of Noor’s working days. You can still choose it.")


@pytest.mark.practice("C1")
def test_a_hint_that_cannot_be_had_stays_away(pair: Pair) -> None:
    mentor = pair.mentor
    mentor.opens(f"{pair.home}commitments/")
    mentor.context.clear_cookies()
    with mentor.page.expect_response("**/limits*") as answer:
        mentor.fills("By", NEXT_WEEK)
    answer.value.finished()
    mentor.settles()
    expect(mentor.page.get_by_role("main")).to_have_count(1)
    expect(mentor.page.locator("[hx-get]").first).to_be_empty()


def moves_to(person: Person, zone: str) -> None:
    person.opens("/account/")
    person.fills("Your time zone", zone)
    person.presses("Save")
