"""What one types into a proposal stays with it: past a newer one, past a line that is down, past Enter on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair
from tests.journeys.proposals import reads_the_proposal, starts_a_draft


@pytest.mark.practice("F1")
def test_what_was_typed_for_one_proposal_is_there_for_the_one_that_took_its_place(pair: Pair, canary: Canaries) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    mine, theirs, place, newer = (canary(one) for one in ("To listen", "To dare more", "Walks by the river", "Letters"))
    starts_a_draft(mentor, pair)
    mentor.fills("What success is for you", mine)
    mentor.sends(re.compile("Propose this to"))
    reads_the_proposal(mentee, pair)
    proposed = mentee.page.url
    mentee.fills("What success is for you", theirs)
    mentee.settles()
    mentee.presses("Propose it differently")
    mentee.fills(re.compile("Where we talk"), place)
    mentee.fills("What success is for you", theirs)

    mentor.opens(proposed)
    mentor.presses("Change it")
    mentor.fills(re.compile("What stays between us"), newer)
    mentor.sends(re.compile("Propose this to"))
    mentee.page.get_by_role("button", name=re.compile("Propose this to")).click()
    mentee.sees("A newer proposal has taken the place")

    mentee.opens(proposed)
    reads_the_proposal(mentee, pair)
    expect(mentee.page.get_by_label("What success is for you")).to_have_value(theirs)
    mentee.presses("Propose it differently")
    expect(mentee.page.get_by_label(re.compile("Where we talk"))).to_have_value(place)
    expect(mentee.page.get_by_label(re.compile("What stays between us"))).to_have_value(newer)
    mentee.sends(re.compile("Propose this to"))
    mentee.sees("It holds once Maren has signed this very text.")


@pytest.mark.practice("F1")
def test_a_proposal_made_off_line_goes_out_later_and_its_page_opens(pair: Pair) -> None:
    mentor = pair.mentor
    starts_a_draft(mentor, pair)
    mentor.fills("What success is for you", "To listen")
    with mentor.off_line():
        button = mentor.page.get_by_role("button", name=re.compile("Propose this to"))
        button.click()
        mentor.sees("Your words are kept on this device")
        button.click(trial=True)  # no notice lies over it
    mentor.page.wait_for_url(re.compile("/agreement/[0-9a-f-]{36}/$"))
    mentor.settles()
    mentor.sees(re.compile("It holds once"))


@pytest.mark.practice("F1")
def test_on_a_phone_enter_leads_on_and_sends_nothing_half_read(pair: Pair) -> None:
    mentor = pair.mentor
    mentor.page.set_viewport_size({"width": 390, "height": 844})
    starts_a_draft(mentor, pair)
    mentor.sees("1 of 6")
    mentor.page.get_by_label("Answer within").press("Enter")
    mentor.sees("2 of 6")
    expect(mentor.page.get_by_role("heading", name="Our rhythm")).to_be_focused()
