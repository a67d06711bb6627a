"""People with a browser each. Their verbs wait for the page to settle, and look at every page with axe."""

import json
import re
from base64 import urlsafe_b64decode
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Browser, Error, Locator, Page, Request, Response, expect

from tests.journeys.closely import violations
from tests.journeys.devices import Owner
from tests.server import Server

SETTLED = """() => document.readyState === 'complete' && !window.__waits
  && !document.querySelector('[aria-busy="true"]')
  && (!document.querySelector('#tilth') || document.querySelector('[data-nobody], [data-keys]'))"""
CODE = re.compile(r"^\s+([A-Z0-9]{3}) ([A-Z0-9]{3})$", re.MULTILINE)


class Person(Owner):
    """Somebody with a name, a mail address and devices of their own."""

    def __init__(self, browser: Browser, server: Server, *, looked_at: Path, name: str, zone: str) -> None:
        super().__init__(browser, server, zone=zone)
        self.name, self._looked_at = name, looked_at
        self.email = f"{name.split()[0].lower()}-{uuid4().hex[:8]}@example.org"

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
