"""People with a browser each. Their verbs wait for the page to settle, and look at every page with axe."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Request, Response, expect

from tests.browser.devices import lay_keys
from tests.journeys.closely import violations
from tests.journeys.partners import Way
from tests.server import Server

SETTLED = """() => document.readyState === 'complete' && !window.__waits
  && !document.querySelector('[aria-busy="true"]')
  && (!document.querySelector('#tilth') || document.querySelector('[data-nobody], [data-keys]'))"""
EXPECTED = re.compile(
    "Failed to load resource: "
    r"(the server responded with a status of (409|410|422|404|403)|net::ERR_INTERNET_DISCONNECTED)"
)
CODE = re.compile(r"^\s+([A-Z0-9]{3}) ([A-Z0-9]{3})$", re.MULTILINE)


@dataclass
class Sent:
    """One request as the browser made it."""

    url: str
    body: bytes


class Person:
    """Somebody in a browser of their own, with a time zone of their own."""

    def __init__(
        self, browser: Browser, server: Server, *, looked_at: Path, name: str, zone: str, number: int = 1
    ) -> None:
        self.name, self.zone, self.server = name, zone, server
        self.email = f"{name.split()[0].lower()}-{uuid4().hex[:8]}@example.org"
        self.place = f"10.{number}.{uuid4().int % 256}.{uuid4().int % 256}"
        self.phrase: list[str] = []
        self.sent: list[Sent] = []
        self.troubles: list[str] = []
        self._browser, self._looked_at = browser, looked_at
        self.takes_a_new_device()

    # devices

    def takes_a_new_device(self, **options: Any) -> Page:
        """From now on this person sits at another device, with nothing on it."""
        self.context = self._browser.new_context(
            base_url=self.server.url,
            locale="en-GB",
            timezone_id=self.zone,
            reduced_motion="reduce",
            extra_http_headers={"X-Forwarded-For": self.place},
            permissions=["clipboard-read", "clipboard-write"],
            **options,
        )
        self.context.set_default_timeout(20_000)
        self.context.on("request", self._note)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.troubles.append(f"script error: {error.error}"))
        self.page = self.context.new_page()
        return self.page

    def _note(self, request: Request) -> None:
        self.sent.append(Sent(request.url, request.post_data_buffer or b""))
        if not request.url.startswith((self.server.url, "data:", "blob:")):
            self.troubles.append(f"request to a third party: {request.url}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not EXPECTED.match(message.text):
            self.troubles.append(f"console: {message.text} at {urlsplit(self.page.url).path}")

    # going about

    def opens(self, path: str) -> Page:
        self.page.goto(path)
        self.settles()
        return self.page

    def settles(self) -> None:
        """Waits until the page is whole and its sealed parts are opened, then looks at it with axe."""
        while True:
            self.page.wait_for_load_state("load")
            self.page.wait_for_function(SETTLED)
            try:
                self.troubles += violations(self.page, looked_at=self._looked_at)
                return
            except Error as error:  # a page that goes on by itself had not settled
                if "because of a navigation" not in error.message:
                    raise

    def presses(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Presses a button or follows a link, by its name."""
        self._pressable(name, within).click()
        self.settles()

    def sends(self, name: str | re.Pattern[str], *, within: Locator | None = None, stays: bool = False) -> str:
        """Presses the button of a sealed form; returns the new entry's id once page and server are done with it.

        `stays` where neither a next page nor a refreshed one follows.
        """
        if not stays:
            self.page.evaluate("""() => { window.__waits = true;
              document.addEventListener('tilth:refreshed', () => { window.__waits = false; }, {once: true}); }""")
        with self.page.expect_response(_entry_accepted) as answer:
            self._pressable(name, within).click()
        entry = _entry_in(answer.value.request)
        self.settles()
        return entry

    def fills(self, label: str | re.Pattern[str], text: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_label(label).first.fill(text)

    def looks_for_news(self) -> None:
        """Comes back to a tab: the page asks at once whether anything is new, and is then as new as the ledger."""
        self.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def sees_nothing_of(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text)).to_have_count(0)

    def twelve(self, part: str, *, within: Locator | None = None) -> list[str]:
        """The twelve words of a phrase, or the twelve numbers of a code, once they are shown."""
        items = (within or self.page).locator(f"[data-part={part}] li")
        expect(items).to_have_count(12)
        return items.all_inner_texts()

    def _pressable(self, name: str | re.Pattern[str], within: Locator | None) -> Locator:
        place = within or self.page
        return (
            place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name)).filter(visible=True).first
        )

    # an account

    def asks_for_a_code(self, *, start: str = "/sign-in/") -> str:
        """Types the address; returns the code that came by mail."""
        self.opens(start)
        self.fills("Your e-mail address", self.email)
        self.presses("Send me a code")
        return self.code()

    def code(self) -> str:
        """The one that came last."""
        letters = [letter.get_content() for letter in self.server.mails_to(self.email)]
        codes = [found for words in letters if (found := CODE.search(words))]
        assert codes, letters
        return codes[-1][1] + codes[-1][2]

    def signs_in(self, *, start: str = "/sign-in/") -> None:
        code = self.asks_for_a_code(start=start)
        self.fills("The six characters", code)
        self.presses("Sign in")
        if "/sign-in/you" in self.page.url:
            self.fills("Your name", self.name)
            self.fills("Your time zone", self.zone)
            self.presses("Go on")

    def comes_in(self, way: Way) -> None:
        """Signed in before, on a device that has the keys; no page is open yet."""
        self.email, self.phrase = way.email, way.phrase.split()
        self.context.add_cookies([{"name": "tilth", "value": way.cookie, "url": self.server.url}])
        self.page.goto("/health")
        lay_keys(self.page, way.keys)

    def makes_keys(self, *, begin: str = "Make my keys", with_passkey: bool = False) -> list[str]:
        """Through the guided minute; the twelve words are kept in `phrase`."""
        if "/keys/" not in self.page.url:
            self.opens("/keys/")
        self.presses(begin)
        self.phrase = self.twelve("phrase")
        self.presses("I have written them down")
        for asked in self.page.locator("[data-part=ask]").all():
            place = int(asked.locator("[data-part=place]").inner_text())
            asked.locator("input").fill(self.phrase[place - 1])
        self._pressable("Keep these keys", None).click()
        skip = self.page.get_by_role("button", name="Not now")
        expect(skip.or_(self.page.locator("html[data-keys=open]:not(:has(key-maker))"))).to_be_visible()
        self.settles()
        if skip.is_visible():
            (self.page.get_by_role("button", name="Add a passkey") if with_passkey else skip).click()
            self.page.wait_for_url(lambda url: "/keys/" not in url)
            self.settles()
        return self.phrase

    def asks_for_a_passkey(self, *, called: str = "") -> None:
        """On the page of the account, with the key phrase; what becomes of it the page then says."""
        self.opens("/account/")
        self.page.get_by_text("Add a passkey").first.click()
        passkeys = self.page.locator("#passkeys")
        self.fills("Your key phrase", " ".join(self.phrase), within=passkeys)
        if called:
            self.fills("What to call it", called, within=passkeys)
        self._pressable("Add a passkey", passkeys).click()

    def unlocks(self) -> None:
        """With the key phrase, on a device that does not have the keys."""
        if "/keys/unlock" not in self.page.url:
            self.opens("/keys/unlock")
        self.fills("Your twelve words", " ".join(self.phrase))
        self._pressable("Unlock", None).click()
        self.page.wait_for_url(lambda url: "/keys/unlock" not in url)
        self.settles()

    def locks(self) -> None:
        """From a page that shows something opened."""
        self._pressable("Lock now", None).click()
        self.page.wait_for_url("**/keys/unlock*")
        self.settles()

    def signs_out(self) -> None:
        self.opens("/account/")
        self._pressable("Sign out", self.page.locator("#leaving")).click()
        self.page.wait_for_url("**/sign-in/")
        self.settles()

    # a partnership

    def starts_out(self) -> str:
        """From nothing to a partnership of one: signs in, makes keys, begins. Returns its id."""
        self.signs_in()
        self.makes_keys()
        return self.begins_a_partnership()

    def begins_a_partnership(self, role: str = "Mentor") -> str:
        """Returns its id; the page is then the one for inviting."""
        self.opens("/begin")
        self.page.get_by_label(re.compile(role)).check()
        self.page.evaluate("() => { window.__waits = true; }")
        self._pressable("Begin", self.page.locator("main")).click()
        self.page.wait_for_url("**/p/*/**")
        self.settles()
        return urlsplit(self.page.url).path.split("/")[2]

    def invites(self) -> str:
        """Makes an invitation by link, on the page for it; returns the link."""
        self.sends("Make the invitation")
        link = self.page.locator("[data-part=link]")
        expect(link).to_have_value(re.compile("/join/"))
        return link.input_value()

    def joins(self, link: str) -> None:
        """Follows the invitation from a device that knows nothing yet, to being a member."""
        self.opens(link)
        if self.page.get_by_role("link", name="Sign in to accept").is_visible():
            self.presses("Sign in to accept")
            self.signs_in(start=self.page.url)
        if "/join/" not in self.page.url and "/keys/" not in self.page.url:
            self.opens(urlsplit(link).path)
        if "/keys/" not in self.page.url and self.page.get_by_role("link", name="Make my keys").is_visible():
            self.presses("Make my keys")
        if "/keys/" in self.page.url:
            self.makes_keys()
        if "/join/" not in self.page.url:
            self.opens(urlsplit(link).path)
        self._pressable("Accept and join", None).click()
        self.page.wait_for_url("**/p/**")
        self.settles()

    # bad days

    @contextmanager
    def off_line(self) -> Iterator[None]:
        """The line is down."""
        self.context.set_offline(True)
        try:
            yield
        finally:
            self.context.set_offline(False)

    def context_json(self) -> dict[str, Any]:
        """What the page told the browser about itself."""
        text = self.page.locator("#tilth").text_content() or "{}"
        told: dict[str, Any] = json.loads(text)
        return told


def _entry_in(request: Request) -> str:
    """The new entry's id, from what was sent: the answer may be gone with the page that asked for it."""
    header = request.post_data_json["header"]  # type: ignore[index]
    return str(json.loads(urlsafe_b64decode(header + "==="))["entry"])


def _entry_accepted(response: Response) -> bool:
    return (
        response.request.method == "POST"
        and urlsplit(response.url).path.endswith("/entries")
        and response.status in (200, 201)
    )
