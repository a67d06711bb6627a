"""Somebody's devices: a browser's context each, in their time zone, with whatever it says and asks for noted."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.browser.keys import lay_keys
from tests.journeys.partners import Way
from tests.server import Server

EXPECTED = re.compile(
    "Failed to load resource: "
    r"(the server responded with a status of (409|410|422|404|403)|net::ERR_INTERNET_DISCONNECTED)"
)


@dataclass
class Sent:
    """One request as the browser made it."""

    url: str
    body: bytes


class Owner:
    """Whoever sits at a device; the first is there from the first look on."""

    email: str

    def __init__(self, browser: Browser, server: Server, *, zone: str) -> None:
        self.zone, self.server = zone, server
        self.place = f"10.1.{uuid4().int % 256}.{uuid4().int % 256}"
        self.phrase: list[str] = []
        self.sent: list[Sent] = []
        self.troubles: list[str] = []
        self._browser = browser
        self._page: Page | None = None
        self._way: Way | None = None

    @property
    def page(self) -> Page:
        """What they have before them."""
        if self._page is None:
            self.takes_a_new_device()
            if self._way:
                self._is_known_by(self._way)
        assert self._page is not None
        return self._page

    @page.setter
    def page(self, page: Page) -> None:
        self._page = page

    @property
    def context(self) -> BrowserContext:
        """The device of the page."""
        return self.page.context

    def takes_a_new_device(self, **options: Any) -> Page:
        """From now on this person sits at another device, with nothing on it."""
        context = self._browser.new_context(
            base_url=self.server.url,
            locale="en-GB",
            timezone_id=self.zone,
            reduced_motion="reduce",
            extra_http_headers={"X-Forwarded-For": self.place},
            permissions=["clipboard-read", "clipboard-write"],
            **options,
        )
        context.set_default_timeout(20_000)
        context.on("request", self._note)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.troubles.append(f"script error: {error.error}"))
        self._page = context.new_page()
        return self._page

    def comes_in(self, way: Way) -> None:
        """Signed in before, on a device that has the keys; no page is open yet."""
        self.email, self.phrase, self._way = way.email, way.phrase.split(), way

    def puts_the_device_away(self) -> None:
        if self._page:
            self.context.unroute_all(behavior="wait")
            self.context.close()

    def _is_known_by(self, way: Way) -> None:
        self.context.add_cookies([{"name": "tilth", "value": way.cookie, "url": self.server.url}])
        self.page.goto("/health")
        lay_keys(self.page, way.keys)

    def _note(self, request: Request) -> None:
        self.sent.append(Sent(request.url, request.post_data_buffer or b""))
        if not request.url.startswith((self.server.url, "data:", "blob:")):
            self.troubles.append(f"request to a third party: {request.url}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not EXPECTED.match(message.text):
            self.troubles.append(f"console: {message.text} at {urlsplit(self.page.url).path}")

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
