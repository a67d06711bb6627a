"""Inviting by mail and comparing codes, saying no, pausing, leaving with a copy, and finding one's way."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair
from tests.journeys.people import Person
from tests.journeys.test_commitments import makes


@pytest.mark.practice("C3")
def test_a_mailed_invitation_is_unverified_until_the_two_compare_codes(
    mentor: Person, mentee: Person, canary: Canaries
) -> None:
    partnership = mentor.starts_out()
    mentor.page.get_by_label("By an e-mail from this server").check()
    mentor.invites()
    expect(mentor.page.get_by_label("Their e-mail address")).to_be_focused()
    mentor.fills("Their e-mail address", mentee.email)
    mentor.presses("Send the invitation")
    mentor.sees("The invitation is on its way.")

    letter = mentor.server.mails_to(mentee.email)[-1].get_content()
    link = re.search(r"http\S+/join/\S+", letter)
    assert link, letter
    mentee.joins(link[0])
    mentor.opens(f"/p/{partnership}/")
    mentor.sees("Keys not verified")

    codes = []
    for who in (mentor, mentee):
        who.opens(f"/p/{partnership}/membership/code")
        codes.append(who.twelve("code"))
        with who.off_line():
            who.page.get_by_role("button", name="They match").click()
            who.sees("The server cannot be reached just now")
        who.page.get_by_role("button", name="They match").click()
        who.sees("You have compared.")
        expect(who.page.get_by_text("verified already")).to_be_hidden()
        who.opens(f"/p/{partnership}/membership/code")
        who.sees("verified already")
    assert codes[0] == codes[1]
    assert len("".join(codes[0])) == 60
    mentor.opens(f"/p/{partnership}/")
    mentor.sees("Keys verified")


@pytest.mark.practice("Z2")
def test_an_invitation_can_be_declined_without_an_account(mentor: Person, stranger: Person) -> None:
    partnership = mentor.starts_out()
    link = mentor.invites()
    stranger.opens(link)
    stranger.page.wait_for_function("() => localStorage.length === 1")
    stranger.presses("No, thank you")
    stranger.sees("was declined")
    stranger.page.wait_for_function("() => localStorage.length === 0")
    with mentor.page.expect_response("**/account/keyring"):  # lets go of the secret
        mentor.opens(f"/p/{partnership}/membership/invite")
    mentor.sees("Your last invitation was declined")


@pytest.mark.practice("F3")
@pytest.mark.seals("membership.paused", "membership.resumed")
def test_either_side_pauses_at_once_and_comes_back(pair: Pair, canary: Canaries) -> None:
    words, back = canary("My father is ill"), canary("He is well again")
    pair.mentee.opens(f"{pair.home}membership/pause")
    pair.mentee.fills("A word to Maren", words)
    pair.mentee.sends("Pause now")
    pair.mentee.page.wait_for_url(f"**{pair.home}")

    pair.mentor.opens(pair.home)
    pair.mentor.sees("You are in a pause")
    pair.mentor.sees(words)
    pair.mentor.opens(f"{pair.home}membership/pause")
    pair.mentor.sees("Nothing is expected of you either")

    pair.mentee.opens(f"{pair.home}membership/pause")
    pair.mentee.fills("A word to come back with", back)
    pair.mentee.sends("I am back")
    pair.mentee.page.wait_for_url(f"**{pair.home}")
    pair.mentor.opens(pair.home)
    pair.mentor.sees_nothing_of("You are in a pause")
    pair.mentor.opens(f"{pair.home}timeline")
    pair.mentor.sees(back)


@pytest.mark.practice("B4")
@pytest.mark.seals("membership.hoped", "membership.left")
def test_leaving_needs_no_reason_and_keeps_a_copy_that_the_phrase_opens(
    pair: Pair, canary: Canaries, tmp_path: Path
) -> None:
    hope, goodbye = canary("To be asked"), canary("Thank you for the walks")
    for who in (pair.mentor, pair.mentee):
        who.opens(f"{pair.home}membership/hope")
        who.fills("What would make this worthwhile", hope)
        who.sends("Write it")
    pair.mentee.opens(f"{pair.home}membership/leave")
    with pair.mentee.page.expect_download() as download:
        pair.mentee.page.get_by_role("link", name="Download my copy").click()
    copy = tmp_path / "copy.jsonl"
    download.value.save_as(copy)
    pair.mentee.fills("A last word to Maren", goodbye)
    pair.mentee.sends("Leave now")
    pair.mentee.page.wait_for_url(lambda url: urlsplit(url).path == "/")
    pair.mentee.sees("You have left")

    assert pair.mentee.page.request.get(pair.home).status == 404
    pair.mentor.opens(pair.home)
    pair.mentor.sees("This partnership has ended")
    pair.mentor.opens(f"{pair.home}timeline")
    pair.mentor.sees(goodbye)
    assert hope.encode() not in copy.read_bytes()
    read = subprocess.run(
        [sys.executable, "-m", "tilth.config.command", "read", str(copy)],
        input=" ".join(pair.mentee.phrase), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert read.returncode == 0, read.stderr
    assert hope in read.stdout


@pytest.mark.practice("Z1")
def test_home_suggests_one_small_step_that_can_be_put_off(pair: Pair) -> None:
    pair.mentor.opens(pair.home)
    step = pair.mentor.page.locator(".step")
    expect(step).to_have_count(1)
    first = step.get_by_role("heading").inner_text()
    pair.mentor.presses("Not now", within=step)
    expect(step.get_by_role("heading")).not_to_have_text(first)
    pair.mentee.opens(pair.home)
    pair.mentee.sees(first)


@pytest.mark.practice("Z1")
def test_today_and_the_timeline_show_what_happened_and_what_waits(pair: Pair, canary: Canaries) -> None:
    pair.mentee.opens("/")
    pair.mentee.sees("Nothing waits on you today")
    pair.mentor.opens(f"{pair.home}membership/hope")
    hope = canary("That we laugh")
    pair.mentor.fills("What would make this worthwhile", hope)
    pair.mentor.sends("Write it")

    pair.mentee.looks_for_news()
    pair.mentee.sees("One thing waits on you")
    pair.mentee.presses("One line about what you hope for")
    pair.mentee.sees("You will see it when yours is in")
    pair.mentor.opens(f"{pair.home}timeline")
    pair.mentor.sees("wrote what you hope for")
    pair.mentor.sees(hope)
    pair.mentor.sees("opened this partnership as mentor")


@pytest.mark.practice("Z1")
def test_today_names_what_waits_by_its_words_while_keys_are_open(pair: Pair, canary: Canaries) -> None:
    line, mentee = canary("Ask the archive for the letters"), pair.mentee
    makes(mentee, pair, line)
    mentee.opens("/")
    mentee.sees(line)
    mentee.page.keyboard.press("F8")
    expect(mentee.page.get_by_text(line)).to_be_hidden()
    mentee.presses("Uncover")

    mentee.locks()
    mentee.opens("/")
    mentee.sees("Your commitment")
    mentee.sees_nothing_of(line)
    mentee.presses("Unlock them")
    mentee.unlocks()
    mentee.presses(line)
    mentee.sees("I kept it")
