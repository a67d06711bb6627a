"""A small phone, and letters twice as large: no page is wider than the screen, and no word is cut in two."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Pair
from tests.journeys.people import Person

CUT = """(places) => { const words = [], range = document.createRange();
  for (const place of document.querySelectorAll(places)) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) for (const word of walker.currentNode.data.matchAll(/[\\p{L}]+/gu)) {
      range.setStart(walker.currentNode, word.index);
      range.setEnd(walker.currentNode, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) words.push(word[0]); } }
  return words; }"""
BAR = ("Home", "Meetings", "Messages", "Commitments", "More")


def has_a_small_phone(person: Person, *, letters: int = 16) -> None:
    person.page.set_viewport_size({"width": 320, "height": 640})
    sizes = {"fontSizes": {"standard": letters, "fixed": letters}}
    person.context.new_cdp_session(person.page).send("Page.setFontSizes", sizes)


def fits(person: Person) -> None:
    wide = person.page.evaluate("() => document.scrollingElement.scrollWidth")
    assert wide <= 320, (person.page.url, wide)
    cut = person.page.evaluate(CUT, ".bar span:not(.unseen), h1, dt, dd")
    assert not cut, (person.page.url, cut)


def test_on_a_small_phone_the_bar_says_its_words_whole(pair: Pair) -> None:
    has_a_small_phone(pair.mentor)
    pair.mentor.opens(pair.home)
    for name in BAR:
        expect(pair.mentor.page.locator(".bar").get_by_text(name, exact=True)).to_be_visible()
    fits(pair.mentor)


def test_letters_twice_as_large_fit_a_small_phone(pair: Pair) -> None:
    one, other = pair.mentor, pair.mentee
    other.opens(f"{pair.home}agreement/draft")
    other.fills("What success is for you", "To dare more")
    version = other.sends(re.compile("Propose this to"))
    one.opens(f"{pair.home}commitments/")
    has_a_small_phone(one, letters=32)
    places = ("", f"agreement/{version}/", "commitments/", "meetings/propose", "membership/pause", "timeline")
    for place in places:
        one.opens(f"{pair.home}{place}")
        fits(one)
    bar = one.page.locator(".bar")
    for name in BAR:
        expect(bar.get_by_role("button" if name == "More" else "link", name=re.compile(name))).to_have_count(1)
