"""Messages, as two people write and answer them in two browsers."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Response, expect

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair
from tests.journeys.people import Person

PATIENCE = 60_000  # milliseconds; a page looks for news every few seconds
IN_FOUR_DAYS = (date.today() + timedelta(days=4)).isoformat()

KEPT = """() => new Promise(async (done, fail) => {
  const [{ name }] = await indexedDB.databases();
  const asked = indexedDB.open(name);
  asked.onerror = fail;
  asked.onsuccess = () => {
    const counted = asked.result.transaction('entries').objectStore('entries').count();
    counted.onsuccess = () => { asked.result.close(); done(counted.result > 0); };
  };
})"""  # the device holds a sealed entry
HOLDS = (
    KEPT.replace("() =>", "(entry) =>", 1)
    .replace("count()", "getAllKeys()")
    .replace("counted.result > 0", "counted.result.some((key) => key.endsWith(entry))")
)  # the device holds this one


def starts(person: Person, pair: Pair, title: str, words: str, *, hurry: str = "Within") -> str:
    """Begins a conversation; returns the address of its page."""
    person.opens(f"{pair.home}messages/new")
    person.page.get_by_label(hurry).check()
    person.fills("What is it about", title)
    person.fills("What you want to say", words)
    goes_on(person, "Send")
    return urlsplit(person.page.url).path


def goes_on(person: Person, button: str) -> None:
    """Presses the button of a form that leads to another page, and waits for that page."""
    person.page.evaluate("() => { window.__waits = true; }")
    person.presses(button)


def answers(person: Person, words: str) -> None:
    """Writes two lines in the box at the foot, and sends them without the mouse."""
    box = person.page.get_by_label("Your message")
    box.fill(words)
    box.press("End")
    box.press("Enter")
    box.press_sequentially("And more.")
    with person.page.expect_response(_written):
        box.press("Control+Enter")
    expect(box).to_have_value("")
    person.settles()


def _written(response: Response) -> bool:
    return response.request.method == "POST" and response.url.endswith("/entries") and response.status == 201


def message_with(person: Person, words: str) -> Locator:
    return person.page.locator("article", has_text=words)


@pytest.mark.practice("C2")
@pytest.mark.seals("messages.written")
def test_a_question_is_answered_and_the_answer_comes_without_a_reload(pair: Pair, canary: Canaries) -> None:
    title, question, answer = canary("The lead role"), canary("Should I take it?"), canary("Yes, and here is why")

    pair.mentor.opens(pair.home)
    page = starts(pair.mentee, pair, title, question)
    pair.mentee.sees("Maren’s reply by")
    place = pair.mentor.page.get_by_role("link", name="Messages").filter(visible=True).first
    expect(place).to_contain_text("1 waiting on you", timeout=PATIENCE)
    pair.mentor.opens(f"{pair.home}messages/")
    pair.mentor.sees(title)
    pair.mentor.sees("your reply by")
    pair.mentor.presses(title)
    pair.mentor.sees(question)
    answers(pair.mentor, answer)
    pair.mentor.sees_nothing_of("Your reply")

    expect(message_with(pair.mentee, answer)).to_be_visible(timeout=PATIENCE)
    assert urlsplit(pair.mentee.page.url).path == page
    pair.mentee.sees_nothing_of("Maren’s reply by")
    expect(message_with(pair.mentee, answer)).to_contain_text("And more.")


@pytest.mark.practice("C2")
def test_while_someone_writes_what_is_new_is_offered_and_takes_no_words_away(pair: Pair, canary: Canaries) -> None:
    begun, news = canary("A long answer, begun"), canary("One thing more")
    page = starts(pair.mentee, pair, canary("Two at once"), canary("What do you think?"))
    pair.mentor.opens(page)
    pair.mentor.page.get_by_label("Your message").fill(begun)
    answers(pair.mentee, news)

    show = pair.mentor.page.get_by_role("button", name="Show it")
    expect(show).to_be_visible(timeout=PATIENCE)
    pair.mentor.sees_nothing_of(news)
    pair.mentor.settles()
    show.click()
    expect(message_with(pair.mentor, news)).to_be_visible()
    expect(show).to_be_hidden()
    expect(pair.mentor.page.get_by_label("Your message")).to_have_value(begun)


def test_what_was_opened_once_is_not_asked_for_again(pair: Pair, canary: Canaries) -> None:
    question = canary("Was it read before?")
    page = starts(pair.mentee, pair, canary("Opened twice"), question)
    asked: list[str] = []
    pair.mentor.page.on("request", lambda request: asked.append(urlsplit(request.url).path))

    with pair.mentor.page.expect_request("**/sealed"):
        pair.mentor.opens(page)
    pair.mentor.sees(question)
    pair.mentor.page.wait_for_function(KEPT)
    asked.clear()
    pair.mentor.opens(page)
    pair.mentor.sees(question)

    assert not [path for path in asked if path.endswith("/sealed")]


@pytest.mark.practice("C2")
def test_seen_and_a_day_by_which_an_answer_comes(pair: Pair, canary: Canaries) -> None:
    page = starts(pair.mentee, pair, canary("A longer matter"), canary("What would you have done?"))

    pair.mentor.opens(page)
    pair.mentor.page.get_by_text("Seen, will answer by a day").click()
    pair.mentor.fills("I will answer by", IN_FOUR_DAYS)
    pair.mentor.sends("Say so")
    pair.mentor.sees("as you said")
    pair.mentee.opens(page)
    pair.mentee.sees("as they said")


@pytest.mark.practice("C2")
def test_with_no_rush_nothing_waits_on_anyone(pair: Pair, canary: Canaries) -> None:
    title, words = canary("An article"), canary("I thought of you when I read it")
    page = starts(pair.mentee, pair, title, words, hurry="No rush")
    pair.mentee.sees_nothing_of("Maren’s reply")
    pair.mentor.opens(page)
    pair.mentor.sees_nothing_of("Seen, will answer by a day")


@pytest.mark.practice("C2")
def test_a_message_is_withdrawn_for_both(pair: Pair, canary: Canaries) -> None:
    kept, regretted = canary("About Tuesday"), canary("That was unfair of me")
    page = starts(pair.mentee, pair, canary("Tuesday"), kept)
    answers(pair.mentee, regretted)
    pair.mentor.opens(page)
    pair.mentor.sees(regretted)
    entry = (message_with(pair.mentor, regretted).get_attribute("id") or "").removeprefix("m-")
    pair.mentor.page.wait_for_function(HOLDS, arg=entry)

    open_menu(pair.mentee, regretted)
    pair.mentee.presses("Withdraw it")
    pair.mentee.sees("cannot be brought back")
    goes_on(pair.mentee, "Withdraw it")

    for person in (pair.mentee, pair.mentor):
        person.opens(page)
        person.sees(kept)
        person.sees("This was withdrawn.")
        person.sees_nothing_of(regretted)
    pair.mentor.page.wait_for_function(HOLDS.replace("done(", "done(!"), arg=entry)


@pytest.mark.practice("C1")
def test_a_message_becomes_a_commitment(pair: Pair, canary: Canaries) -> None:
    words, line = canary("I could show you my notes"), canary("Show the notes")
    starts(pair.mentor, pair, canary("Notes"), words)
    open_menu(pair.mentor, words)
    pair.mentor.presses("Make this a commitment")
    pair.mentor.sees(words)
    pair.mentor.fills("What will be done", line)
    pair.mentor.fills("By", IN_FOUR_DAYS)
    goes_on(pair.mentor, "Make it a commitment")
    pair.mentor.sees("What it came out of")
    pair.mentee.opens(urlsplit(pair.mentor.page.url).path)
    pair.mentee.sees(line)
    pair.mentee.sees(words)


def open_menu(person: Person, words: str) -> None:
    message_with(person, words).get_by_role("button", name="More about this message").click()


@pytest.mark.practice("C3")
def test_words_go_nowhere_while_the_scripts_of_a_page_have_not_come(pair: Pair, canary: Canaries) -> None:
    mentor, page = pair.mentor, pair.mentor.page
    title, words = canary("A title typed early"), canary("Words typed early")
    page.route("**/dist/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))

    page.goto(f"{pair.home}messages/new")
    page.get_by_label("What is it about").fill(title)
    page.get_by_label("What you want to say").fill(words)
    page.get_by_role("button", name="Send").press("Enter")  # the mouse does not reach it yet
    expect(page.get_by_label("What you want to say")).to_have_value(words)

    page.goto("/keys/unlock")
    page.get_by_label("Your twelve words").fill(" ".join(mentor.phrase))
    page.get_by_role("button", name="Unlock", exact=True).press("Enter")
    expect(page.get_by_label("Your twelve words")).to_have_value(" ".join(mentor.phrase))
    assert not any(mentor.phrase[0] in sent.url and mentor.phrase[1] in sent.url for sent in mentor.sent)
