"""The first steps without a pointer: every stop of the focus can be seen, and no step loses it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair
from tests.journeys.people import SETTLED, Person

STOP = """() => { const at = document.activeElement, box = at.getBoundingClientRect();
  const labels = [...(at.labels ?? [])].map((label) => label.innerText).join(' ');
  const ring = getComputedStyle(at).outlineStyle !== 'none', inside = box.bottom > 0 && box.top < innerHeight;
  return {name: (at.ariaLabel || labels || at.innerText).trim(), seen: at === document.body || (ring && inside)}; }"""
CUT = """() => { const at = document.activeElement, box = at.getBoundingClientRect(), looks = getComputedStyle(at);
  const ring = parseFloat(looks.outlineOffset) + parseFloat(looks.outlineWidth);
  const rail = at.closest('.rail').getBoundingClientRect();
  return box.left - ring < rail.left || box.right + ring > rail.right; }"""
FARTHEST = 30


class Hands:
    """A person's hands on the keys."""

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def arrives(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        self.page.wait_for_load_state("load")
        self.page.wait_for_function(SETTLED)

    def is_at(self, name: str) -> bool:
        """Whether what has the focus begins with this name; wherever it is, it can be seen."""
        stop: dict[str, Any] = self.page.evaluate(STOP)
        assert stop["seen"], f"the focus cannot be seen: {stop['name']}"
        return str(stop["name"]).startswith(name)

    def tabs_to(self, name: str) -> None:
        for _ in range(FARTHEST):
            self.press("Tab")
            if self.is_at(name):
                return
        raise AssertionError(f"not within {FARTHEST} stops: {name}")

    def presses(self, name: str) -> None:
        self.tabs_to(name)
        self.press("Enter")

    def types(self, text: str) -> None:
        """Into what has the focus."""
        self.page.keyboard.type(text)

    def signs_in(self) -> None:
        self.arrives("Sign in")
        assert self.is_at("Your e-mail address")
        self.types(self.person.email)
        self.press("Enter")
        self.arrives("Look in your mail")
        assert self.is_at("The six characters")
        self.types(self.person.code())
        self.press("Enter")
        self.arrives("What are you called?")
        assert self.is_at("Your name")
        self.types(self.person.name)
        self.press("Enter")

    def makes_keys(self) -> None:
        self.arrives("Your keys")
        self.presses("Make my keys")
        phrase = self.person.twelve("phrase")
        self.presses("I have written them down")
        for number in range(3):
            if number:
                self.press("Tab")
            assert self.is_at("Word ")
            place = self.page.evaluate("() => document.activeElement.labels[0].innerText.match(/[0-9]+/)[0]")
            self.types(phrase[int(place) - 1])
        self.press("Enter")
        self.arrives("A passkey as well?")
        self.presses("Not now")

    def writes_a_hope(self, words: str) -> None:
        self.arrives("What do you hope for?")
        self.tabs_to("What would make this worthwhile")
        self.types(words)
        self.presses("Write it")
        expect(self.page.get_by_role("status").get_by_text("Done.")).to_be_attached()
        self.person.sees(words)


@pytest.mark.practice("Z2")
def test_the_first_steps_go_by_keyboard_alone(mentor: Person, mentee: Person, canary: Canaries) -> None:
    hope, theirs = canary("That somebody asks"), canary("To dare more")
    one, other = Hands(mentor), Hands(mentee)

    mentor.page.goto("/sign-in/")
    one.signs_in()
    one.makes_keys()
    one.arrives("Welcome to Tilth")
    one.presses("Begin a partnership")
    one.arrives("Begin a partnership")
    one.tabs_to("Mentor")
    one.press("Space")
    one.presses("Begin")
    one.arrives("Invite the other person")
    one.presses("Make the invitation")
    link = mentor.page.get_by_label("The invitation link")
    expect(link).to_be_focused()
    one.presses("Copy the link")
    mentor.sees("Copied.")
    assert one.is_at("Copy the link")

    mentee.page.goto(link.input_value())
    one_invites = f"{mentor.name} invites you"
    other.arrives(one_invites)
    other.presses("Sign in to accept")
    other.signs_in()
    other.makes_keys()
    other.arrives(one_invites)
    other.presses("Accept and join")
    other.writes_a_hope(theirs)

    mentor.page.evaluate("() => dispatchEvent(new Event('online'))")
    one.arrives("You are two")
    one.presses("Go to your home")
    one.arrives("You and Noor")
    one.presses("Write my line")
    one.writes_a_hope(hope)
    mentor.sees(theirs)


def test_the_focus_is_back_where_it_was_when_the_screen_is_uncovered(pair: Pair) -> None:
    pair.mentor.opens(pair.home)
    hands = Hands(pair.mentor)
    hands.tabs_to("Write my line")
    for uncover in ("F8", "Escape", "Enter"):
        hands.press("F8")
        expect(pair.mentor.page.get_by_role("button", name="Uncover", exact=True)).to_be_focused()
        hands.press(uncover)
        expect(pair.mentor.page.get_by_role("link", name="Write my line")).to_be_focused()


def test_on_a_phone_the_sheet_of_places_closes_when_the_focus_leaves_it(pair: Pair) -> None:
    page, hands = pair.mentor.page, Hands(pair.mentor)
    page.set_viewport_size({"width": 390, "height": 844})
    pair.mentor.opens(pair.home)
    more, sheet = page.get_by_role("button", name="More"), page.locator("#chapters")
    first, last = sheet.get_by_role("link").first, sheet.get_by_role("button").last
    for stop, key in ((last, "Tab"), (first, "Shift+Tab")):
        more.press("Enter")
        expect(sheet).to_be_visible()
        hands.press("Tab")
        expect(first).to_be_focused()
        stop.focus()
        expect(sheet).to_be_visible()
        hands.press(key)
        expect(sheet).to_be_hidden()
    more.click()
    sheet.click(position={"x": 200, "y": 8})
    expect(sheet).to_be_visible()
    hands.press("Tab")
    hands.press("Escape")
    expect(sheet).to_be_hidden()
    expect(more).to_be_focused()
    more.press("Enter")
    page.locator("#main").get_by_role("link").first.focus()
    expect(sheet).to_be_hidden()


def test_the_ring_of_a_place_in_the_rail_is_whole(pair: Pair) -> None:
    page, hands = pair.mentor.page, Hands(pair.mentor)
    pair.mentor.opens(pair.home)
    for name in ("Home", "You", "Lock now"):
        hands.tabs_to(name)
        assert not page.evaluate(CUT), name
