"""From nothing to two people in one partnership."""

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair
from tests.journeys.people import Person


@pytest.mark.practice("Z2")
def test_two_people_become_partners_and_share_a_first_small_thing(met: Pair, canary: Canaries) -> None:
    hope, theirs = canary("That somebody asks"), canary("To dare more")

    met.mentor.opens(f"{met.home}membership/hope")
    met.mentor.fills("What would make this worthwhile", hope)
    met.mentor.sends("Write it")
    met.mentee.opens(f"{met.home}membership/hope")
    met.mentee.sees_nothing_of(hope)
    met.mentee.fills("What would make this worthwhile", theirs)
    met.mentee.sends("Write it")

    met.mentee.sees(hope)
    met.mentee.sees(theirs)
    met.mentor.opens(f"{met.home}membership/hope")
    met.mentor.sees(theirs)


@pytest.mark.practice("C3")
def test_a_link_handed_over_verifies_both_and_nobody_is_told_that_they_compared(met: Pair) -> None:
    for who in (met.mentor, met.mentee):
        who.opens(met.home)
        who.sees("Keys verified")
        who.opens(f"{met.home}membership/code")
        who.sees("keys are verified already, by the link of the invitation or by codes that you compared")
        expect(who.page.get_by_text("You have compared.")).to_be_hidden()


@pytest.mark.practice("Z2")
def test_whoever_waits_on_a_page_meets_the_other_there_without_a_jump(mentor: Person, mentee: Person) -> None:
    mentor.starts_out()
    link = mentor.invites()
    mentor.page.evaluate("() => { window.sameAsBefore = true; }")
    mentee.joins(link)
    mentor.looks_for_news()
    mentor.sees("Noor is here already.")
    mentor.sees("Only you and Noor can read this.")
    mentor.sees("Keys verified")
    assert mentor.page.evaluate("() => window.sameAsBefore")


@pytest.mark.practice("C3")
def test_a_session_that_ends_before_the_yes_does_not_cost_the_link_its_proof(mentor: Person, mentee: Person) -> None:
    mentor.starts_out()
    path = mentor.invites()
    mentee.opens(path)
    mentee.presses("Sign in to accept")
    mentee.signs_in(start=mentee.page.url)
    mentee.makes_keys()
    mentee.sees("The link itself vouches for Maren Holm")
    mentee.sees(mentee.email)
    mentee.context.clear_cookies()
    mentee.page.get_by_role("button", name="Accept and join").click()
    mentee.sees("Sign in to accept")
    mentee.settles()

    mentee.presses("Sign in to accept")
    mentee.signs_in(start=mentee.page.url)
    mentee.sees("The link itself vouches for Maren Holm")


def breaks_off(route: Route) -> None:
    """No answer that a server of Tilth would give, and the request never reached one."""
    route.fulfill(body="")


def arrives_unanswered(route: Route) -> None:
    route.fetch()
    breaks_off(route)


@pytest.mark.practice("Z2")
def test_a_joining_that_breaks_off_does_not_wait_and_is_tried_again(mentor: Person, mentee: Person) -> None:
    partnership = mentor.starts_out()
    path = mentor.invites()
    mentor.opens(path)
    mentor.sees("This link is the invitation that you made.")
    assert "#" not in mentor.page.url
    mentee.opens(path)
    mentee.presses("Sign in to accept")
    mentee.signs_in(start=mentee.page.url)
    mentee.makes_keys()
    for broken in (breaks_off, arrives_unanswered):
        mentee.page.route("**/entries", broken)
        mentee.presses("Accept and join")
        mentee.sees("it is not certain that you have joined")
        expect(mentee.page.locator("line-notice [data-when=waiting]")).to_be_hidden()
        mentee.page.unroute_all()
    mentee.page.get_by_role("button", name="Accept and join").click()
    mentee.page.wait_for_url(f"**/p/{partnership}/?accepted#main")
    mentee.settles()
    mentee.page.wait_for_function("() => localStorage.length === 0")
