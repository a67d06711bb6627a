"""A server that lies to browsers running Tilth's own scripts: what it gets them to send opens nothing."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair
from tests.journeys.people import Person
from tests.journeys.security_key import SecurityKey
from tilth.protocol.encoding import unb64u
from tilth.protocol.errors import ProtocolError
from tilth.protocol.wraps import open_by_passkey

pytestmark = pytest.mark.practice("C3")

Alter = Callable[[Any], Any]

# What the specification says of `toJSON`, and Chromium leaves out: bytes that extensions gave, in base64url.
TO_JSON = """const plain = PublicKeyCredential.prototype.toJSON;
const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
PublicKeyCredential.prototype.toJSON = function () {
  const results = this.getClientExtensionResults();
  const bytes = (name, value) => value instanceof ArrayBuffer ? text(value) : value;
  return {...plain.call(this), clientExtensionResults: JSON.parse(JSON.stringify(results, bytes))};
};"""


def lies(person: Person, where: str, alter: Alter) -> None:
    """From now on this person's browser gets an altered answer from there."""

    def answer(route: Route) -> None:
        found = route.fetch()
        is_json = "json" in found.headers["content-type"]
        said = alter(found.json() if is_json else found.text())
        if is_json:
            route.fulfill(response=found, json=said)
        else:
            route.fulfill(response=found, body=said)

    person.context.route(where, answer)


def asks_for_a_secret(salt: str) -> Alter:
    def alter(options: dict[str, Any]) -> dict[str, Any]:
        options["publicKey"]["extensions"] = {"prf": {"eval": {"first": salt}}}
        return options

    return alter


def secrets_in(value: Any) -> list[bytes]:
    """Whatever could be the 32 bytes, however deep."""
    if isinstance(value, dict):
        return [found for inner in value.values() for found in secrets_in(inner)]
    try:
        return [found for found in [unb64u(value)] if len(found) == 32] if isinstance(value, str) else []
    except ProtocolError:
        return []


def opens_with_what_was_sent(person: Person, wrap: bytes) -> bool:
    """Whether something that this person's browser ever sent opens a wrap that the server keeps."""
    bodies = [json.loads(sent.body) for sent in person.sent if sent.body.startswith(b"{")]
    for secret in {secret for body in bodies for secret in secrets_in(body)}:
        try:
            open_by_passkey(wrap, secret)
        except ProtocolError:
            continue
        return True
    return False


def test_a_server_that_asks_a_passkey_for_its_secret_does_not_get_it(pair: Pair) -> None:
    mentor = pair.mentor
    mentor.context.add_init_script(TO_JSON)
    lies(mentor, "**/account/passkeys/options", asks_for_a_secret("A" * 43))
    key = SecurityKey(mentor)
    mentor.asks_for_a_passkey()
    mentor.sees("It is added.")
    kept = mentor.page.request.get("/account/keys").json()["wraps"]
    (wrap,) = [wrap for wrap in kept if wrap["kind"] == "passkey"]

    key.goes_to_a_new_device(mentor)
    lies(mentor, "**/sign-in/passkey/options", asks_for_a_secret(wrap["prf_salt"]))
    mentor.opens("/sign-in/")
    mentor.page.get_by_role("button", name="Sign in with a passkey").click()
    mentor.page.wait_for_url(f"{mentor.server.url}/")
    assert not opens_with_what_was_sent(mentor, unb64u(wrap["age"]))


@pytest.mark.parametrize(
    "control",
    [
        '<form><input aria-label="Place" name="data.terms.rhythm.place">{value}</form>',
        '<form id="other"></form><form><input aria-label="Place" name="sealed.place" form="other">{value}</form>',
    ],
    ids=["that is public", "of a plain form"],
)
def test_a_page_does_not_get_words_into_a_control(pair: Pair, canary: Canaries, control: str) -> None:
    """Not where they could leave the browser unsealed."""
    shows_words_beside(control, pair, canary("I want to leave"))


def test_a_form_that_a_page_sends_by_itself_does_not_get_words(pair: Pair, canary: Canaries) -> None:
    """Nobody would have to press anything for it."""
    control = (
        '<form hx-post="/collect" hx-trigger="load delay:500ms"><input aria-label="Place" name="place">{value}</form>'
    )
    pair.mentor.context.route("**/collect", lambda route: route.fulfill(status=204))
    with pair.mentor.page.expect_request("**/collect") as collected:
        shows_words_beside(control, pair, canary("I want to leave"))
    assert collected.value.post_data == "place="


def shows_words_beside(control: str, pair: Pair, words: str) -> None:
    """The server puts a control on a page, to be filled with what the page also shows; it stays empty."""
    mentor = pair.mentor
    mentor.opens(f"{pair.home}membership/hope")
    mentor.fills("What would make this worthwhile", words)
    mentor.sends("Write it")
    said = mentor.page.locator("sealed-text").first
    names = " ".join(f'{name}="{said.get_attribute(name)}"' for name in ("entry", "kind", "author", "field", "subject"))
    value = f'<sealed-value {names} into="input"></sealed-value><sealed-text id="opened" {names}></sealed-text>'
    lies(
        mentor, f"**{pair.home}timeline", lambda page: page.replace("</main>", control.format(value=value) + "</main>")
    )
    mentor.opens(f"{pair.home}timeline")
    expect(mentor.page.locator("#opened")).to_have_text(words)
    assert mentor.page.locator("main input").last.input_value() == ""


def lists_a_third(page: str) -> str:
    """The page, with one more member in what it tells the browser."""
    before, start, rest = page.partition('<script type="application/json" id="tilth">')
    island, end, after = rest.partition("</script>")
    context = json.loads(island)
    members = context["partnership"]["members"]
    members.append({**members[-1], "you": False, "id": str(uuid4()), "person": str(uuid4()), "card": "ab" * 32})
    return f"{before}{start}{json.dumps(context)}{end}{after}"


def writes_in_vain(person: Person, words: str, *, because: str) -> None:
    """On the page for a hope: the page says why nothing is written, and nothing has left the browser."""
    person.fills("What would make this worthwhile", words)
    person.presses("Write it")
    expect(person.page.locator("sealed-form [data-part=problem]")).to_contain_text(because)
    assert not [sent for sent in person.sent if sent.url.endswith("/entries")]


def test_a_new_device_that_is_told_of_no_keyring_says_so_and_writes_nothing(pair: Pair, canary: Canaries) -> None:
    mentor = pair.mentor
    cookies = mentor.context.cookies()
    mentor.takes_a_new_device().context.add_cookies(cookies)
    lies(mentor, "**/account/keys", lambda keys: {**keys, "keyring": None})
    mentor.unlocks()
    mentor.opens(f"{pair.home}membership/hope")
    mentor.sees("your own notes on keys is not the one you left")
    writes_in_vain(mentor, canary("Only for two"), because="not the one you left")


def test_where_a_third_person_is_listed_nothing_is_written_and_the_page_says_so(pair: Pair, canary: Canaries) -> None:
    mentor = pair.mentor
    lies(mentor, f"**{pair.home}membership/hope", lists_a_third)
    mentor.opens(f"{pair.home}membership/hope")
    mentor.sees("names someone else in this partnership")
    writes_in_vain(mentor, canary("Only for two"), because="names someone else")


def test_the_way_on_leads_to_no_other_site(pair: Pair) -> None:
    mentor = pair.mentor
    mentor.opens("/")
    for way in ("/%09/other.example/", "//other.example/", "/%5Cother.example/"):
        mentor.locks()
        mentor.opens(f"/keys/unlock?next={way}")
        mentor.unlocks()
        assert mentor.page.url == f"{mentor.server.url}/"
