"""Keys: made, unlocked on a second device, locked, forgotten, lost; the words of a pair open only where they should."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import NewPerson, Pair
from tests.journeys.people import Person
from tests.journeys.security_key import SecurityKey


@pytest.fixture
def mentee(new_person: NewPerson, people: list[Person]) -> Person:
    """Lives where it is noon now: what is mailed does not wait for the end of quiet hours."""
    people.append(new_person("Noor Aziz", f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"))
    return people[-1]


def write_hopes(pair: Pair, canary: Canaries) -> str:
    """Each writes a line; returns the mentee's, which the mentor can now read."""
    theirs = canary("To dare more")
    for person, words in ((pair.mentor, canary("That somebody asks")), (pair.mentee, theirs)):
        person.opens(f"{pair.home}membership/hope")
        person.fills("What would make this worthwhile", words)
        person.sends("Write it")
    return theirs


def test_where_nobody_answers_nothing_is_said_against_the_words(mentor: Person) -> None:
    mentor.signs_in()
    phrase = " ".join(mentor.makes_keys())
    mentor.opens("/account/")
    for closed in ("Add a passkey", "Take a new key phrase"):
        mentor.page.get_by_text(closed, exact=True).first.click()
    asking = {"Your key phrase": "Add a passkey", "Your twelve words now": "Go on"}
    with mentor.off_line():
        for label, button in asking.items():
            mentor.fills(label, phrase)
            mentor.page.get_by_role("button", name=button, exact=True).click()
        expect(mentor.page.get_by_text("The server cannot be reached just now.")).to_have_count(2)
    mentor.context.clear_cookies()
    for button in asking.values():
        mentor.page.get_by_role("button", name=button, exact=True).click()
    expect(mentor.page.get_by_text("You were signed out meanwhile")).to_have_count(2)
    mentor.sees_nothing_of("These words do not open your keys.")


PLAIN_HTTP = """Object.defineProperty(window, "isSecureContext", {value: false});
delete Crypto.prototype.subtle; delete window.PublicKeyCredential; delete Navigator.prototype.locks;"""


@pytest.mark.practice("C3")
def test_where_the_browser_does_not_encrypt_the_pages_say_so_before_anybody_types(mentor: Person) -> None:
    mentor.signs_in()
    mentor.makes_keys()
    mentor.takes_a_new_device()
    mentor.context.add_init_script(PLAIN_HTTP)
    says = "this one came by plain http. Ask the person who runs this Tilth for its address with https."
    mentor.opens("/sign-in/")
    mentor.sees(says)
    mentor.signs_in()
    for path in ("/keys/unlock#phrase=one-two", "/keys/new", "/account/"):
        mentor.opens(path)
        assert "#" not in mentor.page.url
        for closed in mentor.page.get_by_text(re.compile("^(Add a passkey|Take a new key phrase)$")).all():
            closed.click()
        mentor.sees(says)
        expect(mentor.page.get_by_label(re.compile("words|phrase"))).to_have_count(0)
    expect(mentor.page.get_by_text(says).filter(visible=True)).to_have_count(2)


@pytest.mark.practice("C3")
def test_the_key_phrase_opens_everything_on_a_second_device_and_another_phrase_nothing(
    pair: Pair, canary: Canaries
) -> None:
    words = write_hopes(pair, canary)
    mentor = pair.mentor
    mentor.takes_a_new_device()
    mentor.signs_in()
    mentor.opens("/keys/unlock")
    for typed, said in (
        (" ".join(mentor.phrase[:11]), "A key phrase has twelve words; these are 11."),
        (" ".join([*mentor.phrase[:11], "qwerty"]), "“qwerty” is not one of the words"),
        (" ".join(pair.mentee.phrase), "These words do not open your keys."),
    ):
        mentor.fills("Your twelve words", typed)
        mentor.page.get_by_role("button", name="Unlock", exact=True).click()
        mentor.sees(said)
    mentor.phrase = [word.upper() + "," for word in mentor.phrase]
    mentor.unlocks()
    mentor.opens(f"{pair.home}membership/hope")
    mentor.sees(words)


@pytest.mark.practice("C3")
def test_a_passkey_opens_everything_on_a_second_device(pair: Pair, canary: Canaries) -> None:
    words = write_hopes(pair, canary)
    mentor = pair.mentor
    key = SecurityKey(mentor)
    mentor.asks_for_a_passkey(called="The blue key")
    mentor.sees("It is added.")

    key.goes_to_a_new_device(mentor)
    mentor.opens("/sign-in/")
    mentor.page.get_by_role("button", name="Sign in with a passkey").click()
    mentor.page.wait_for_url(f"{mentor.server.url}/")
    mentor.page.goto(f"{pair.home}membership/hope")
    mentor.page.wait_for_url("**/keys/unlock*")
    mentor.settles()
    mentor.page.get_by_role("button", name="Unlock with a passkey").click()
    mentor.page.wait_for_url(f"**{pair.home}membership/hope")
    mentor.settles()
    mentor.sees(words)

    mentor.opens("/account/")
    card = mentor.page.locator("#phrase")
    card.get_by_text("Take a new key phrase").click()
    card.get_by_role("button", name="Use a passkey instead").click()
    take_new_phrase(mentor)


def test_a_passkey_that_cannot_unlock_signs_in_only_and_the_page_says_so(mentor: Person) -> None:
    key = SecurityKey(mentor, prf=False)
    mentor.signs_in()
    mentor.makes_keys()
    mentor.asks_for_a_passkey()
    mentor.sees("cannot unlock with a passkey")
    assert key.credentials == 1
    mentor.opens("/account/")
    mentor.sees("Signs you in; your key phrase unlocks")


@pytest.mark.practice("C3")
def test_locking_closes_everything_and_signing_out_makes_the_device_forget(pair: Pair, canary: Canaries) -> None:
    words = write_hopes(pair, canary)
    mentor, page = pair.mentor, pair.mentor.page
    mentor.opens(f"{pair.home}membership/hope")
    mentor.sees(words)
    mentor.locks()
    page.goto(f"{pair.home}membership/hope")
    page.wait_for_url("**/keys/unlock*")
    mentor.settles()
    mentor.unlocks()
    expect(page).to_have_url(re.compile("membership/hope"))
    mentor.sees(words)

    mentor.signs_out()
    page.go_back()
    mentor.sees_nothing_of(words)
    mentor.signs_in()
    page.goto(f"{pair.home}membership/hope")
    page.wait_for_url("**/keys/unlock*")
    mentor.sees_nothing_of(words)


def take_new_phrase(person: Person) -> None:
    """Writes the new words down, and gives three of them."""
    card = person.page.locator("#phrase")
    person.presses("I have written them down", within=card)
    words = person.twelve("phrase", within=card)
    for ask in card.locator("[data-part=ask]").all():
        ask.locator("input").fill(words[int(ask.locator("[data-part=place]").inner_text()) - 1])
    card.get_by_role("button", name="Use the new words").click()
    person.sees("From now on the new words unlock your keys.")
    person.phrase = words


@pytest.mark.practice("C3")
def test_a_new_phrase_opens_and_the_old_one_no_more(mentor: Person) -> None:
    mentor.signs_in()
    old = mentor.makes_keys()
    mentor.opens("/account/")
    card = mentor.page.locator("#phrase")
    card.get_by_text("Take a new key phrase").click()
    mentor.fills("Your twelve words now", " ".join(old), within=card)
    mentor.presses("Go on", within=card)
    mentor.page.emulate_media(media="print")
    expect(card.get_by_text("Tilth key phrase")).to_be_visible()
    for other in ("Devices", "Leaving"):  # of this page only the sheet goes on paper
        expect(mentor.page.get_by_role("heading", name=other)).to_be_hidden()
    mentor.page.emulate_media(media="screen")
    take_new_phrase(mentor)

    mentor.takes_a_new_device()
    mentor.signs_in()
    mentor.opens("/keys/unlock")
    mentor.fills("Your twelve words", " ".join(old))
    mentor.page.get_by_role("button", name="Unlock", exact=True).click()
    mentor.sees("These words do not open your keys.")
    mentor.unlocks()


def comes_back_with_new_keys(person: Person, home: str) -> None:
    """The first page of the partnership announces them by itself."""
    with person.page.expect_response(lambda answer: answer.url.endswith("/entries") and answer.status == 201):
        person.opens(home)


@pytest.mark.practice("C3")
def test_new_keys_are_noticed_and_vouched_for_only_by_the_old_ones(pair: Pair, canary: Canaries) -> None:
    words = write_hopes(pair, canary)
    mentor, mentee = pair.mentor, pair.mentee
    mentor.opens("/keys/new")
    mentor.makes_keys(begin="Make new keys")
    comes_back_with_new_keys(mentor, pair.home)
    mentee.page.evaluate("dispatchEvent(new Event('online'))")
    mentee.sees("has new keys, vouched for by the old ones")
    mentee.presses("Good to know")
    mentee.server.mailed(
        mentee.email, "Maren Holm has new keys; this page says whether to compare codes before you go on."
    )

    mentor.takes_a_new_device()
    mentor.signs_in()
    mentor.opens("/keys/unlock")
    mentor.presses("I have lost my key phrase and my passkeys")
    mentor.sees("What you lose")
    mentor.sees("What stays")
    mentor.makes_keys(begin="Make new keys")
    comes_back_with_new_keys(mentor, pair.home)
    mentor.opens(f"{pair.home}membership/hope")
    mentor.sees_nothing_of(words)
    expect(mentor.page.get_by_text("This was sealed to your keys from before, and stays closed.")).to_have_count(2)
    mentee.opens(pair.home)
    mentee.sees("keys were replaced")
    mentee.presses("Compare codes with Maren")
    mentor.opens(f"{pair.home}membership/code")
    codes = [person.twelve("code") for person in (mentee, mentor)]
    assert len(codes[0]) == 12
    assert codes[0] == codes[1]
    mentee.page.get_by_role("button", name="They match").click()
    mentee.sees("You have compared.")
    mentee.opens(pair.home)
    mentee.sees_nothing_of("keys were replaced")
    mentee.sees("Keys verified")
    mentee.opens(f"{pair.home}timeline")
    expect(mentee.page.get_by_text("made new keys")).to_have_count(2)
    assert "New keys were made" in str(mentor.server.mails_to(mentor.email)[-1]["Subject"])
