"""What was typed: it outlives a page that is left, one that is late, and a message that is on its way."""

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair
from tests.journeys.people import Person
from tests.journeys.test_commitments import makes

pytestmark = pytest.mark.practice("C2")

DRAFTS = """() => new Promise(async (done, fail) => {
  const [{ name }] = await indexedDB.databases();
  const asked = indexedDB.open(name);
  asked.onerror = fail;
  asked.onsuccess = () => {
    const found = asked.result.transaction('drafts').objectStore('drafts').getAllKeys();
    found.onsuccess = () => { asked.result.close(); done(found.result); };
  };
})"""


def box(person: Person) -> Locator:
    return person.page.get_by_label("What you want to say")


def test_a_page_left_at_once_gives_the_words_back(pair: Pair, canary: Canaries) -> None:
    mentor, page, words = pair.mentor, f"{pair.home}messages/new", canary("Pasted, and gone on")
    mentor.opens(page)
    box(mentor).fill(words)
    mentor.page.get_by_role("link", name="Meetings").filter(visible=True).first.click()
    mentor.page.wait_for_url("**/meetings/")
    mentor.opens(page)
    expect(box(mentor)).to_have_value(words)


def test_an_older_draft_does_not_write_over_what_is_typed_before_it_comes(pair: Pair, canary: Canaries) -> None:
    mentor, page = pair.mentor, f"{pair.home}messages/new"
    title, older, newer = canary("A title"), canary("Older"), canary("Newer")
    mentor.opens(page)
    mentor.fills("What is it about", title)
    box(mentor).fill(older)
    mentor.opens(page)
    expect(box(mentor)).to_have_value(older)

    late: list[Route] = []
    mentor.page.route("**/dist/tilth*.js", lambda route: late.append(route))
    mentor.page.goto(page, wait_until="commit")
    box(mentor).fill(newer)
    late[0].continue_()
    expect(mentor.page.get_by_label("What is it about")).to_have_value(title)
    expect(box(mentor)).to_have_value(newer)


def test_nothing_is_typed_into_a_message_that_is_on_its_way(pair: Pair, canary: Canaries) -> None:
    mentor = pair.mentor
    mentor.opens(f"{pair.home}messages/new")
    mentor.fills("What is it about", canary("A title"))
    box(mentor).fill(canary("First words"))
    late: list[Route] = []
    mentor.page.route("**/entries", lambda route: late.append(route))
    with mentor.page.expect_request("**/entries"):
        mentor.page.get_by_role("button", name="Send").click()
    expect(box(mentor)).not_to_be_editable()
    late[0].continue_()
    mentor.page.wait_for_url(lambda address: not address.endswith("/new"))
    mentor.settles()


def test_looking_is_not_writing(pair: Pair, canary: Canaries) -> None:
    line = canary("Read the three reports")
    page = makes(pair.mentee, pair, line)
    for _ in range(2):
        pair.mentee.opens(page)
        expect(pair.mentee.page.locator("[id=renegotiated-words]")).to_have_value(line)
    assert pair.mentee.page.evaluate(DRAFTS) == []
