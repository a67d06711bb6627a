"""The guided minute in which keys are made: words written down, three of them asked, another tab, the way back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import Person
from tests.journeys.security_key import SecurityKey


@pytest.mark.practice("C3")
def test_keys_are_made_in_one_guided_minute(mentor: Person) -> None:
    mentor.signs_in()
    mentor.opens("/keys/")
    mentor.sees("One minute, once")
    mentor.presses("Make my keys")
    words = mentor.twelve("phrase")
    assert len(set(words)) > 6
    mentor.page.emulate_media(media="print")
    mentor.sees("Keep this sheet where you keep your passport")
    mentor.page.emulate_media(media="screen")

    mentor.presses("I have written them down")
    asked = mentor.page.locator("[data-part=ask]").all()
    assert len(asked) == 3
    for ask in asked:
        ask.locator("input").fill("zebra")
    mentor.page.get_by_role("button", name="Keep these keys").click()
    mentor.sees("Look at your sheet again")
    mentor.presses("Show the words again")
    assert mentor.twelve("phrase") == words
    mentor.page.reload()

    mentor.makes_keys()
    assert mentor.page.locator("html").get_attribute("data-keys") == "open"
    assert not any(" ".join(mentor.phrase).encode() in sent.body for sent in mentor.sent)


def test_where_other_words_are_asked_nothing_is_said_of_the_ones_before(mentor: Person) -> None:
    mentor.signs_in()
    mentor.opens("/keys/")
    mentor.presses("Make my keys")
    mentor.presses("I have written them down")
    for box in mentor.page.locator("[data-part=ask] input").all():
        box.fill("nonsense")
    mentor.presses("Keep these keys")
    mentor.sees("is another one")
    mentor.presses("Show the words again")
    mentor.presses("I have written them down")
    expect(mentor.page.get_by_text("is another one")).to_be_hidden()
    expect(mentor.page.locator("[data-part=ask] [aria-invalid]")).to_have_count(0)


def keeps_keys(person: Person, words: list[str]) -> None:
    """From the words on the page to three of them."""
    person.presses("I have written them down")
    for ask in person.page.locator("[data-part=ask]").all():
        ask.locator("input").fill(words[int(ask.locator("[data-part=place]").inner_text()) - 1])
    person.page.get_by_role("button", name="Keep these keys").click()


def test_a_tab_left_open_does_not_replace_the_keys_made_in_another(mentor: Person) -> None:
    mentor.signs_in()
    mentor.opens("/keys/")
    mentor.presses("Make my keys")
    left, words = mentor.page, mentor.twelve("phrase")
    mentor.page = mentor.context.new_page()
    mentor.opens("/")
    made = mentor.makes_keys()

    mentor.page = left
    keeps_keys(mentor, words)
    mentor.sees("Keep the words that were shown there, and not these.")
    mentor.page.reload()
    mentor.page.wait_for_url(f"{mentor.server.url}/")
    mentor.takes_a_new_device()
    mentor.signs_in()
    assert mentor.phrase == made
    mentor.unlocks()


def test_who_comes_back_to_making_or_unlocking_with_open_keys_goes_on(mentor: Person) -> None:
    SecurityKey(mentor)
    mentor.signs_in()
    mentor.opens("/keys/?next=/account/")
    mentor.presses("Make my keys")
    keeps_keys(mentor, mentor.twelve("phrase"))
    mentor.sees("A passkey as well?")
    mentor.page.reload()
    mentor.page.wait_for_url("**/account/")
    mentor.opens("/begin")
    mentor.page.go_back()
    mentor.page.wait_for_url("**/account/")
