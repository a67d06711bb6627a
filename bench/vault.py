"""How fast the browser unlocks, opens and seals, in a real Chromium against the real server.

    uv run python -m bench.vault [--quick]

- `unlock_ms`: from pressing the button with the twelve words to the next page.
- `page_beyond_ms`: a page of 50 sealed items on a device that has the keys and none of the entries, from when its HTML
  is there to the last opened text (script, asking for the entries, every check, showing), less what the library alone
  takes to decrypt 50 such files in the same browser. `again_ms` is the same page once more, from the device.
- `seal_ms`: sealing and signing a message of 2 KB.

Each is the median of some rounds. Nothing is asked of a page before its last text is opened: the script that a question
brings along takes the page itself some forty milliseconds.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from bench.report import options, report
from bench.server import Server, discard, fresh_folder, lay

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from bench.people import Pair

ITEMS = 50
WORDS = "What became of the talk we prepared? I would like to hear how the first minutes went. " * 4
LONG = "x" * 2048
ALL_OPENED = "all opened"
COUNT_OPENED = f"""window.opened = []; document.addEventListener('tilth:opened', () => {{
  if (opened.push(performance.now()) === {ITEMS}) console.debug('{ALL_OPENED}'); }});"""
FORGET = """async () => {
  const [{ name }] = await indexedDB.databases();
  await new Promise((done, fail) => {
    const asked = indexedDB.open(name);
    asked.onerror = fail;
    asked.onsuccess = () => {
      const change = asked.result.transaction(['entries', 'links'], 'readwrite');
      for (const shelf of ['entries', 'links']) change.objectStore(shelf).clear();
      change.oncomplete = () => { asked.result.close(); done(); };
    };
  });
}"""
KEPT = """count => new Promise(async (done, fail) => {
  const [{ name }] = await indexedDB.databases();
  const asked = indexedDB.open(name);
  asked.onerror = fail;
  asked.onsuccess = () => {
    const counted = asked.result.transaction('entries').objectStore('entries').count();
    counted.onsuccess = () => { asked.result.close(); done(counted.result >= count); };
  };
})"""
SELDOM = 200  # milliseconds; a look at every frame would have the page drawn at every frame
BEYOND_HTML = "() => Math.max(...opened) - performance.getEntriesByType('navigation')[0].responseEnd"


def main() -> int:
    chosen = options("vault", "Unlock, open and seal in a real browser.").parse_args()
    data = fresh_folder()
    try:
        lay(data)
        figures = _measure(data, rounds=2 if chosen.quick else 7)
    finally:
        discard(data)
    return report("vault", figures, at_least={}, at_most={"unlock_ms": 1000, "page_beyond_ms": 150, "seal_ms": 20})


def _measure(data: Path, *, rounds: int) -> dict[str, float]:
    from playwright.sync_api import sync_playwright
    from tests.browser.chromium import FLAGS, find_chromium

    pair, phrase = _pair_with_history()
    cookie, chromium = pair.mentor.cookie(), find_chromium()
    with Server(data) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path, args=list(FLAGS), env=chromium.environment)
        measured = [_round(browser, server.port, cookie, phrase, pair) for _ in range(rounds + 1)][1:]
        browser.close()
    return {name: median(one[name] for one in measured) for name in measured[0]}


def _pair_with_history() -> tuple[Pair, str]:
    """Two people, fifty messages of one, and the other's twelve words."""
    from bench.people import pair
    from tilth.accounts.models import Wrap
    from tilth.protocol.words import new_phrase
    from tilth.protocol.wraps import wrap_by_phrase

    made, phrase = pair(), new_phrase()
    who = made.mentor
    Wrap.objects.create(person=who.person, card=who.row, kind=Wrap.Kind.PHRASE, age=wrap_by_phrase(who.keys, phrase))
    for _ in range(ITEMS):
        made.write(made.mentee, "messages.written", {}, {"title": "A question", "body": WORDS})
    return made, phrase


def _round(browser: Browser, port: int, cookie: str, phrase: str, pair: Pair) -> dict[str, float]:
    """One new device: unlock, open the page, open it again."""
    url = f"http://localhost:{port}"
    context: BrowserContext = browser.new_context(base_url=url)
    context.add_cookies([{"name": "tilth", "value": cookie, "url": url}])
    context.add_init_script(COUNT_OPENED)
    page = context.new_page()
    sealed = f"/p/{pair.partnership}/plain/sealed"
    unlock = _unlock(page, phrase, f"/p/{pair.partnership}/plain/sealed?first")
    _forget_entries(page)
    opened, again = _open(page, sealed), _open(page, sealed)
    page.evaluate(_bundle())
    library = page.evaluate("([count, words]) => bench.decrypting(count, words)", [ITEMS, WORDS])
    seals: list[float] = page.evaluate("([count, words]) => bench.sealing(count, words)", [20, LONG])
    context.close()
    return {
        "unlock_ms": unlock,
        "page_beyond_ms": opened - library,
        "page_ms": opened,
        "again_ms": again,
        "library_ms": library,
        "seal_ms": median(seals),
    }


def _unlock(page: Page, phrase: str, then: str) -> float:
    page.goto(f"/keys/unlock?next={then}")
    page.get_by_label("Your twelve words").fill(phrase)
    page.wait_for_function("() => document.documentElement.dataset.keys === 'locked'")
    start = perf_counter()
    page.get_by_role("button", name="Unlock", exact=True).click()
    page.wait_for_url(f"**{then}", wait_until="commit")
    took = (perf_counter() - start) * 1000
    _wait_until_kept(page)
    return took


def _wait_until_kept(page: Page) -> None:
    """All is opened, and on the device: else the next look would be a first one, or the forgetting come too early."""
    page.wait_for_function(f"() => opened.length >= {ITEMS}", polling=SELDOM)
    page.wait_for_function(KEPT, arg=ITEMS, polling=SELDOM)


def _forget_entries(page: Page) -> None:
    """The device keeps its keys and loses what it had fetched."""
    page.evaluate(FORGET)


def _open(page: Page, path: str) -> float:
    with page.expect_console_message(lambda said: said.text == ALL_OPENED):
        page.goto(path, wait_until="commit")
    _wait_until_kept(page)
    took: float = page.evaluate(BEYOND_HTML)
    return took


def _bundle() -> str:
    from tests.browser.chromium import node

    root = Path(__file__).parents[1]
    command = [node(), root / "frontend/node_modules/esbuild/bin/esbuild", root / "bench/browser/vault.ts"]
    made = subprocess.run(
        [*command, "--bundle", "--format=iife", "--minify"], capture_output=True, check=True, text=True
    )
    return made.stdout


if __name__ == "__main__":
    sys.exit(main())
