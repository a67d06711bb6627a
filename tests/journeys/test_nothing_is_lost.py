"""What was typed: it outlives a page that is left, one that is late, and a message that is on its way."""

from uuid import UUID

import pytest
from playwright.sync_api import Locator, Route, expect
from pytest_django import DjangoDbBlocker

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair
from tests.journeys.partners import newest, put_back
from tests.journeys.people import Person
from tests.journeys.test_commitments import makes
from tests.journeys.test_messages import answers, starts
from tests.server import Server

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


def test_words_sent_after_the_session_ended_go_out_when_one_has_signed_in_again(pair: Pair, canary: Canaries) -> None:
    mentor, title = pair.mentor, canary("A question")
    mentor.opens(f"{pair.home}messages/new")
    mentor.fills("What is it about", title)
    box(mentor).fill(canary("With its words"))
    mentor.context.clear_cookies(name="tilth")
    mentor.page.get_by_role("button", name="Send").click()
    mentor.sees("You were signed out. Your words are kept on this device")
    mentor.signs_in()
    mentor.unlocks()
    mentor.opens(pair.home)
    expect(mentor.page.get_by_text("Waiting to be sent")).to_be_hidden()
    pair.mentee.opens(f"{pair.home}messages/")
    pair.mentee.sees(title)


def test_what_one_tab_has_sent_another_sends_again_only_when_asked_to(pair: Pair, canary: Canaries) -> None:
    mentor, new = pair.mentor, f"{pair.home}messages/new"
    mentor.opens(new)
    mentor.fills("What is it about", canary("A question"))
    box(mentor).fill(canary("With its words"))
    first, mentor.page = mentor.page, mentor.context.new_page()
    mentor.opens(new)
    expect(box(mentor)).not_to_be_empty()
    first.get_by_role("button", name="Send").click()
    first.wait_for_url(lambda address: not address.endswith("/new"))

    mentor.page.get_by_role("button", name="Send").click()
    mentor.sees("What stood here was sent from another tab.")
    mentor.opens(f"{pair.home}messages/")
    expect(mentor.page.locator("main sealed-text[field=title]")).to_have_count(1)


def test_spaces_are_no_title(pair: Pair, canary: Canaries) -> None:
    mentor, words = pair.mentor, canary("Nothing of this is lost")
    mentor.opens(f"{pair.home}messages/new")
    mentor.fills("What is it about", "   ")
    box(mentor).fill(words)
    mentor.page.get_by_role("button", name="Send").click()
    mentor.sees("There are only spaces here.")
    expect(mentor.page.get_by_label("What is it about")).to_be_focused()
    expect(box(mentor)).to_have_value(words)


def test_looking_is_not_writing(pair: Pair, canary: Canaries) -> None:
    line = canary("Read the three reports")
    page = makes(pair.mentee, pair, line)
    for _ in range(2):
        pair.mentee.opens(page)
        expect(pair.mentee.page.locator("[id=renegotiated-words]")).to_have_value(line)
    assert pair.mentee.page.evaluate(DRAFTS) == []


def test_after_an_old_backup_was_put_back_the_words_of_both_are_there_again(
    pair: Pair, canary: Canaries, server: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    asked, answered = canary("Will you tell them?"), canary("I have told them")
    with django_db_blocker.unblock():
        backup = newest(server, UUID(pair.partnership))
    thread = starts(pair.mentor, pair, canary("The letter"), asked)
    pair.mentee.opens(thread)
    pair.mentee.sees(asked)
    answers(pair.mentee, answered)
    pair.mentor.opens(thread)
    pair.mentor.sees(answered)
    with django_db_blocker.unblock():
        put_back(server, UUID(pair.partnership), to=backup)

    for person in (pair.mentor, pair.mentee):
        person.opens(pair.home)
        person.sees("This server no longer has all that you saw here")
        person.page.get_by_role("button", name="A backup was put back, go on").click()
        expect(person.page.get_by_text("no longer has all that you saw")).to_have_count(0)
        person.settles()
    for person in (pair.mentor, pair.mentee):
        person.opens(thread)
        person.sees(asked)
        person.sees(answered)
