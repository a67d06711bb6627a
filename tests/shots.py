"""Pictures of every main page, phone and desktop, in both themes: `python -m tests.shots [--out shots] [--only NAME…]`.

Starts the demo in a store of its own, signs in as both, follows the links of each page as far as new kinds of pages
turn up, and writes one PNG for each page, size and theme. Look at them before you call a change of looks done.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.chromium import FLAGS, find_chromium

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
THEMES = ("light", "dark")
TALLEST = 8000
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
APART = ("export", "/source", "sign-out", "/static", ".ics", "/keys/unlock")  # the last goes on where keys are open
OPENED = '!document.querySelector("sealed-text:not([state]), sealed-text[state=waiting], sealed-diff:not([state])")'
LINKS = "() => [...document.querySelectorAll('a[href]')].map((link) => link.href)"


def main() -> None:
    arguments = _arguments()
    arguments.out.mkdir(parents=True, exist_ok=True)
    chromium = find_chromium()
    with demo() as links, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.path, args=list(FLAGS), env={**os.environ, **chromium.env}
        )
        for who, link in links.items():
            pages = visit(browser, link)
            take(pages, who, arguments.out, only=arguments.only)
        for who, pages in outside(browser, links["mentee"]):
            take(pages, who, arguments.out, only=arguments.only)
        browser.close()


@contextmanager
def demo() -> Iterator[dict[str, str]]:
    """A running demo; the link of each of the two, by role."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).parent / "tilth"), "demo", "--data", folder, "--port", str(_free_port())]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            yield _links(process)
        finally:
            process.terminate()
            process.wait(timeout=30)


def visit(browser: Browser, link: str) -> tuple[Page, dict[str, str]]:
    """Sign in and walk: one address for each kind of page, by a name made of its path."""
    page = browser.new_page()
    page.goto(link)
    until(page, "!location.pathname.startsWith('/sign-in') && !location.pathname.startsWith('/keys')")
    found: dict[str, str] = {}
    waiting = [page.url, urljoin(page.url, "/")]
    while waiting:
        address = waiting.pop(0)
        if name_of(address) in found or any(part in address for part in APART):
            continue
        found[name_of(address)] = address
        page.goto(address)
        until(page, OPENED)
        waiting += [one for one in page.evaluate(LINKS) if urlsplit(one).netloc == urlsplit(link).netloc]
    page.goto(found["home"])
    coming = [one for one in page.evaluate(LINKS) if name_of(one) == "meetings-one"]  # the margin's comes last
    found["meetings-one-now"] = f"{coming[-1]}/now"  # linked only when its hour has come
    return page, found


def outside(browser: Browser, link: str) -> Iterator[tuple[str, tuple[Page, dict[str, str]]]]:
    """What somebody sees who isn't signed in, and on a device that doesn't have the keys."""
    plain = link.partition("#")[0]
    page = browser.new_page()
    yield "nobody", (page, {"sign-in": urljoin(link, "/sign-in/"), "sign-in-link": plain})
    page.goto(plain)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    yield "locked", (page, {"keys-unlock": urljoin(link, "/keys/unlock"), "today": urljoin(link, "/")})


def take(visited: tuple[Page, dict[str, str]], who: str, out: Path, *, only: list[str]) -> None:
    """One picture of each page found, size and theme, as tall as the page."""
    page, found = visited
    for name, address in sorted(found.items()):
        if only and name not in only:
            continue
        for size, (width, height) in SIZES.items():
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                page.set_viewport_size({"width": width, "height": height})
                page.goto(address)
                until(page, OPENED)
                for _ in range(2):  # what is opened into controls grows once more
                    tall = page.evaluate("document.documentElement.scrollHeight")
                    page.set_viewport_size({"width": width, "height": min(max(tall, height), TALLEST)})
                page.screenshot(path=out / f"{name}-{who}-{size}-{theme}.png")
        sys.stdout.write(f"{who} {name} {urlsplit(address).path}\n")


def name_of(address: str) -> str:
    """`meetings-one-move` of `/p/<uuid>/meetings/<uuid>/move`; `home` of a partnership's root, `today` of `/`."""
    path = re.sub(r"^/p/[^/]+", "", urlsplit(address).path) if "/p/" in address else urlsplit(address).path or "/"
    parts = [UUID.sub("one", part) for part in path.split("/") if part]
    return "-".join(parts) or ("home" if "/p/" in address else "today")


def until(page: Page, holds: str, *, seconds: float = 20) -> None:
    """Wait until a condition holds. Asked from outside, since the pages allow no evaluation of strings inside."""
    end = time.monotonic() + seconds
    while not _now(page, holds):
        if time.monotonic() > end:
            raise TimeoutError(f"{page.url}: not within {seconds} seconds: {holds}")
        page.wait_for_timeout(50)


def _now(page: Page, holds: str) -> bool:
    try:
        return bool(page.evaluate(holds))
    except Error:  # on its way to another page
        return False


def _links(process: subprocess.Popen[str]) -> dict[str, str]:
    assert process.stdout is not None
    found: dict[str, str] = {}
    for line in process.stdout:
        who, _, link = line.strip().partition(": ")
        if who in ("Mentor", "Mentee"):
            found[who.lower()] = link
        if len(found) == 2:
            return found
    raise RuntimeError("the demo ended before it printed its links")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--only", nargs="*", default=[], help="names of pages, such as home or meetings-one")
    return parser.parse_args()


if __name__ == "__main__":
    main()
