"""Two people write down how they want to work together, sign it, and change it."""

import json
import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair
from tests.journeys.proposals import reads_the_proposal, starts_a_draft

PASSAGES = {
    "Where we talk": "Messages here, the phone when it burns",
    "What we leave out": "Pay and health",
    "What stays between us": "All of it",
    "Who may know": "Our managers know that we meet",
    "How we use the time": "One thing each",
    "How we look after each other": "We say when it is too much",
    "How we keep what": "Nothing leaves this place",
}

SOON = date(date.today().year + 1, 2, 23)  # before the clocks of both change
FIRST = SOON + timedelta(days=(1 - SOON.weekday()) % 7)  # a Tuesday
ENDS = SOON.replace(month=8, day=31).isoformat()


@pytest.mark.practice("F1")
@pytest.mark.practice("F2")
@pytest.mark.seals("agreement.proposed", "agreement.signed")
def test_a_pair_drafts_signs_and_changes_how_they_talk_and_when_they_meet(pair: Pair, canary: Canaries) -> None:
    words = {label: canary(text) for label, text in PASSAGES.items()}
    mine, theirs = canary("That I learn to listen"), canary("That I dare more")
    a_whole_draft_is_proposed(pair, words, mine, note := canary("Have a look"))
    the_other_reads_it_and_signs(pair, [*words.values(), note, mine], theirs, glad := canary("Gladly"))
    both_have_it_and_its_meetings(pair, theirs, glad)
    what_is_proposed_differently_shows_what_would_be_different(pair, words, canary("Messages here, never on Sundays"))


def test_whoever_signs_can_read_what_it_covers_and_check_the_very_bytes(pair: Pair) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    starts_a_draft(mentor, pair)
    mentor.fills("What success is for you", "That I learn to listen")
    mentor.sends(re.compile("Propose this to"))
    reads_the_proposal(mentee, pair)
    mentee.page.get_by_text("What exactly your signature covers").click()
    for told in (
        "Its place. It is a first version; it takes the place of nothing.",
        "Who signs. Maren has signed it. You sign now, and then it holds.",
        "Only you two can read. Everything in your own words, Maren’s and yours",
        "The server can see. What Tilth acts on: how soon you answer",
    ):
        mentee.sees(told)
    mentee.page.get_by_text("The signed bytes").click()
    mentee.settles()
    signed = json.loads(mentee.page.locator("[data-part=signed]").inner_text())
    assert (signed["kind"], signed["data"]["terms"]["window_hours"]) == ("agreement.proposed", 16)
    named = mentee.page.locator("[name='data.hash']").get_attribute("value") or ""
    expect(mentee.page.locator("[data-part=fingerprint]")).to_have_text(named)


@pytest.mark.practice("F3")
@pytest.mark.practice("F4")
@pytest.mark.seals("agreement.declined")
def test_each_says_their_own_limits_and_their_own_success(pair: Pair, canary: Canaries) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    mine, theirs = canary("To pass on what I know"), canary("To find my own way")

    a_text_that_is_not_what_was_proposed_gets_no_signature(pair, mine, canary("Let us talk first"))
    what_is_taken_back_is_gone(pair, mine)

    starts_a_draft(mentor, pair)
    mentor.fills("What success is for you", mine)
    first = mentor.sends(re.compile("Propose this to"))
    reads_the_proposal(mentee, pair)
    mentee.presses("Propose it differently")
    yours = mentee.page.get_by_role("group", name="Your time")
    yours.get_by_label("Hours in a month").fill("3")
    yours.get_by_label("Partnerships there is room for").fill("1")
    yours.get_by_label("Friday").uncheck()
    yours.get_by_label("From").fill("13:00")
    mentee.fills("What success is for you", theirs)
    mentee.sends(re.compile("Propose this to"))

    mentor.opens(f"{pair.home}agreement/{first}/")
    mentor.sees(re.compile("A newer proposal has taken the place of this one"))
    reads_the_proposal(mentor, pair)
    expect(mentor.page.locator("#changes")).to_contain_text("Monday to Thursday, 13:00 to 18:00")
    expect(mentor.page.get_by_label("What success is for you")).to_have_value(mine)
    mentor.sends("Sign the agreement")
    for person in (mentor, mentee):
        person.opens(f"{pair.home}agreement/")
        person.sees("3 hours")
        person.sees("Noor can carry")
        person.sees("this partnership and no other")
        person.sees(mine)
        person.sees(theirs)
    mentor.opens(pair.home)
    mentor.sees("What we agreed")
    whoever_has_no_room_reads_so_and_nobody_else(pair)


def a_whole_draft_is_proposed(pair: Pair, words: dict[str, str], success: str, note: str) -> None:
    mentor = pair.mentor
    starts_a_draft(mentor, pair)
    for label, text in words.items():
        mentor.fills(re.compile(label), text)
    mentor.page.get_by_label("How often you meet").select_option(label="Every second week")
    for box in mentor.page.locator("[name='data.choice.days']").all():
        box.set_checked(box.get_attribute("value") == "1")  # Tuesday
    mentor.fills("First on or after", SOON.isoformat())
    mentor.page.get_by_label("At", exact=True).fill("16:00")
    mentor.fills("And ends", ENDS)
    mentor.sees("the clocks have changed")
    mentor.fills("What success is for you", success)
    mentor.fills(re.compile("A few words to go with it"), note)
    mentor.sends(re.compile("Propose this to"))
    mentor.sees("It holds once Noor has signed this very text.")


def the_other_reads_it_and_signs(pair: Pair, texts: list[str], success: str, note: str) -> None:
    mentee = pair.mentee
    reads_the_proposal(mentee, pair)
    for text in texts:
        mentee.sees(text)
    mentee.fills("What success is for you", success)
    mentee.fills(re.compile("A few words to go with it"), note)
    mentee.sends("Sign the agreement")
    mentee.sees("within two working days")
    mentee.sees(texts[0])


def both_have_it_and_its_meetings(pair: Pair, success: str, note: str) -> None:
    mentor = pair.mentor
    mentor.opens(f"{pair.home}agreement/")
    mentor.sees("16:00 in Berlin")
    mentor.sees(success)
    mentor.page.emulate_media(media="print")
    expect(mentor.page.locator(".signatures b")).to_have_text(["Maren Holm", "Noor Aziz"], use_inner_text=True)
    mentor.page.emulate_media(media="screen")
    mentor.opens(f"{pair.home}timeline")
    mentor.sees(note)
    for person in (mentor, pair.mentee):
        person.opens(f"{pair.home}meetings/")
        person.sees(re.compile(f"{FIRST:%-d %B}"))


def what_is_proposed_differently_shows_what_would_be_different(pair: Pair, words: dict[str, str], changed: str) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    mentee.opens(f"{pair.home}agreement/")
    mentee.presses("Propose a change")
    expect(mentee.page.get_by_label(re.compile("Where we talk"))).to_have_value(words["Where we talk"])
    mentee.fills("Answer within", "8")
    mentee.fills(re.compile("Where we talk"), changed)
    mentee.sends(re.compile("Propose this to"))
    reads_the_proposal(mentor, pair)
    mentor.sees("What would be different")
    expect(mentor.page.locator("#changes del").first).to_have_text("within two working days")
    expect(mentor.page.locator("#changes sealed-diff ins").last).to_contain_text(changed[-12:])
    mentor.sends("Sign the agreement")
    mentor.sees("within one working day")
    mentor.presses("What changed")
    expect(mentor.page.locator("#changes ins").first).to_have_text("within one working day")
    expect(mentor.page.locator("sealed-diff[state=same]").first).to_be_attached()
    expect(mentor.page.get_by_role("heading", name="Our success")).to_be_hidden()


def a_text_that_is_not_what_was_proposed_gets_no_signature(pair: Pair, mine: str, why: str) -> None:
    """Nothing typed is lost to a mistake or a reload; a page that lies gets no signature; the other leaves it."""
    mentor, mentee = pair.mentor, pair.mentee
    starts_a_draft(mentor, pair)
    mentor.fills("What success is for you", mine)
    mentor.fills("And ends", "2026-01-01")
    mentor.page.get_by_role("button", name=re.compile("Propose this to")).click()
    refused = mentor.page.locator('[data-problem-for="data.terms.rhythm"]')
    expect(refused).to_have_text("The rhythm ends after it starts.")
    mentor.page.reload()
    mentor.settles()
    expect(mentor.page.get_by_label("What success is for you")).to_have_value(mine)
    mentor.fills("And ends", ENDS)
    mentor.sends(re.compile("Propose this to"))

    for lie in (_names_another_text, _says_other_terms):
        mentee.page.route(re.compile("/agreement/[0-9a-f-]{36}/$"), lie)
        mentee.opens(f"{pair.home}agreement/")
        mentee.presses("Read the proposal")
        mentee.sees(re.compile("What your browser holds is not what this page wants you to sign"))
        expect(mentee.page.get_by_role("button", name="Sign the agreement")).to_be_disabled()
        mentee.page.unroute_all()
    mentee.page.reload()
    mentee.settles()

    mentee.presses("Leave it as it is")
    mentee.fills(re.compile("A few words for"), why)
    mentee.sends("Leave it", within=mentee.page.get_by_role("dialog"))
    mentor.opens(f"{pair.home}agreement/")
    mentor.sees("Noor left your proposal as it is")
    mentor.sees(why)
    mentor.presses(re.compile("You proposed how to work together"))
    mentor.sees(why)
    mentor.presses("Start from this proposal")
    expect(mentor.page.get_by_label("And ends")).to_have_value(ENDS)
    expect(mentor.page.get_by_label("What success is for you")).to_have_value(mine)


def what_is_taken_back_is_gone(pair: Pair, mine: str) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    starts_a_draft(mentor, pair)
    mentor.fills("What success is for you", mine)
    taken_back = mentor.sends(re.compile("Propose this to"))
    reads_the_proposal(mentee, pair)
    mentee.sees(mine)
    mentor.presses("Withdraw it")
    mentor.sends("Withdraw it", within=mentor.page.get_by_role("dialog"))
    mentee.opens(f"{pair.home}agreement/{taken_back}/")
    mentee.sees("This proposal was withdrawn.")
    mentee.sees_nothing_of(mine)


def whoever_has_no_room_reads_so_and_nobody_else(pair: Pair) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    mentor.opens(f"{pair.home}meetings/propose")
    mentor.sees("this partnership and no other")
    mentor.opens("/begin")
    expect(mentor.page.get_by_text("you can carry")).to_have_count(0)
    mentee.opens("/begin")
    mentee.sees("You are in one partnership now.")
    mentee.sees("In your agreement with Maren you said that you can carry one at once.")
    mentee.presses("Begin")
    mentee.sees("Invite")


def _says_other_terms(route: Route) -> None:
    """A server whose words say another window than the one that was proposed."""
    answer = route.fetch()
    body = answer.text().replace("within two working days", "within one working day")
    assert '"window_hours": 16' in body
    route.fulfill(response=answer, body=body.replace('"window_hours": 16', '"window_hours": 8'))


def _names_another_text(route: Route) -> None:
    """A server that would have somebody sign what they did not read."""
    answer = route.fetch()
    body = re.sub(r'(name="data.hash" value=")[0-9a-f]{64}', r"\g<1>" + "0" * 64, answer.text())
    route.fulfill(response=answer, body=body)
