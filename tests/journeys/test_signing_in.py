"""Signing in and out, and devices: as people do it, in real browsers."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Pair
from tests.journeys.people import Person
from tests.journeys.security_key import SecurityKey
from tests.server import Server


def test_somebody_signs_in_with_a_code_from_their_mail(mentor: Person) -> None:
    code = mentor.asks_for_a_code()
    mentor.sees("No mail leaves this machine")
    mentor.fills("The six characters", "AAA AAA")
    mentor.presses("Sign in")
    mentor.sees("This is not the code we sent")
    mentor.fills("The six characters", f"{code[:3]} {code[3:]}".lower())
    mentor.presses("Sign in")

    mentor.sees("What are you called?")
    expect(mentor.page.get_by_label("Your time zone")).to_have_value(mentor.zone)
    mentor.fills("Your name", "")
    mentor.page.get_by_label("Your name").evaluate("field => field.required = false")
    mentor.presses("Go on")
    mentor.sees("Write the name your partner knows you by.")
    mentor.fills("Your name", mentor.name)
    mentor.presses("Go on")
    mentor.sees("One minute, once")


def test_the_first_person_comes_in_by_the_link_in_the_terminal(
    new_server: Callable[..., Server], new_person: Callable[..., Person]
) -> None:
    server = new_server(TILTH_SIGN_UP="invited")
    server.start()
    link = re.search(r"^Sign in: (\S+)$", server.said, re.MULTILINE)
    assert link, server.said
    first = new_person("Ida Berg", at=server)
    first.opens(link[1].removeprefix(first.server.url))
    first.sees("You are the first one here")
    first.fills("Your name", first.name)
    first.fills("Your e-mail address", first.email)
    first.presses("Begin")
    first.makes_keys()
    assert first.page.locator("html").get_attribute("data-keys") == "open"

    late = new_person("Late Comer", at=server)
    late.opens(link[1].removeprefix(late.server.url))
    late.sees("This link is no longer good")


@pytest.mark.practice("C3")
def test_a_passkey_signs_in_and_unlocks_until_it_is_removed(mentor: Person) -> None:
    key = SecurityKey(mentor)
    mentor.signs_in()
    mentor.makes_keys(with_passkey=True)
    assert key.credentials == 1
    mentor.opens("/account/")
    mentor.sees("Signs you in and unlocks your keys")
    mentor.signs_out()

    mentor.page.get_by_role("button", name="Sign in with a passkey").click()
    mentor.page.wait_for_url(f"{mentor.server.url}/")
    mentor.opens("/keys/unlock")
    mentor.page.get_by_role("button", name="Unlock with a passkey").click()
    mentor.page.wait_for_url(f"{mentor.server.url}/")
    expect(mentor.page.locator("html")).to_have_attribute("data-keys", "open")

    mentor.opens("/account/")
    mentor.presses("Remove Passkey")
    mentor.sees("It will no longer sign you in here, nor unlock your keys.")
    mentor.presses("Close")
    mentor.sees("Signs you in and unlocks your keys")
    mentor.presses("Remove Passkey")
    mentor.page.get_by_role("button", name="Remove it").click()
    mentor.sees("None yet.")
    mentor.signs_out()
    mentor.page.get_by_role("button", name="Sign in with a passkey").click()
    mentor.sees("This passkey could not be used here.")


@pytest.mark.practice("C3")
def test_off_line_signing_out_locks_and_only_the_server_signs_out_or_erases(mentor: Person) -> None:
    html = mentor.page.locator("html")
    mentor.signs_in()
    mentor.makes_keys()
    mentor.opens("/account/")
    with mentor.off_line():
        mentor.presses("Sign out", within=mentor.page.locator("#leaving"))
        mentor.sees("The server cannot be reached, so you are still signed in. Your keys are locked on this device.")
        expect(html).to_have_attribute("data-keys", "locked")
    mentor.unlocks()
    mentor.opens("/account/erase")
    mentor.fills("To confirm, write your address", "another@example.org")
    mentor.presses("Erase my account")
    mentor.sees("This is not the address of this account.")
    expect(html).to_have_attribute("data-keys", "open")

    mentor.fills("To confirm, write your address", mentor.email)
    mentor.presses("Erase my account")
    mentor.sees("Your account is erased")
    assert mentor.page.evaluate("indexedDB.databases()") == []


@pytest.mark.practice("C3")
def test_a_device_shown_out_from_another_has_lost_its_keys_and_comes_back_to_where_it_was(pair: Pair) -> None:
    left = pair.mentor.page
    pair.mentor.takes_a_new_device()
    pair.mentor.signs_in()
    pair.mentor.unlocks()
    pair.mentor.opens("/account/")
    pair.mentor.sees("This device")
    pair.mentor.presses("Sign out everywhere else")
    pair.mentor.opens(pair.home)
    expect(pair.mentor.page).to_have_url(re.compile(pair.home))

    pair.mentor.page = left
    left.goto(f"{pair.home}membership/hope")
    expect(left).to_have_url(re.compile("/sign-in/"))
    pair.mentor.signs_in(start=left.url)
    left.wait_for_url("**/keys/unlock?*")
    pair.mentor.unlocks()
    left.wait_for_url(f"**{pair.home}membership/hope")
