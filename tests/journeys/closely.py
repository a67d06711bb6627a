"""Looking closely: nobody is shut out of a page, as far as axe can tell."""

import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.chromium import AXE

KINDS = """() => { const kindOf = (e) => `${e.tagName} ${e.className} ${e.hidden}`.replace(/\\s+/g, ' ');
  const within = [...document.querySelectorAll('body *')].map((e) => `${kindOf(e.parentElement)} > ${kindOf(e)}`);
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((e) => e.tagName);
  const inTurn = headings.slice(1).map((name, n) => `${headings[n]}, ${name}`);
  return [...new Set([...within, ...inTurn])]; }"""
IS_THERE = "() => typeof axe === 'object'"
RUN = """async (rules) => { await Promise.allSettled(document.getAnimations().map((a) => a.finished));
  return (await axe.run(document, {resultTypes: ['violations'], ...rules})).violations.map((v) =>
  `${v.id}: ${v.help} ` + v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join('; ')); }"""
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def violations(page: Page, *, looked_at: Path) -> list[str]:
    """Whatever axe finds in either theme. It looks once at each kind of element, in each kind of parent, of a page,
    and at each heading that follows one; notes in the folder say which it has looked at."""
    path = urlsplit(page.url).path
    notes = looked_at / sha256(re.sub(r"[0-9a-f-]{36}", "ID", path).encode()).hexdigest()
    notes.touch()
    kinds = set(page.evaluate(KINDS))
    if kinds <= set(notes.read_text().splitlines()):
        return []
    if not page.evaluate(IS_THERE):
        page.evaluate(AXE.read_text())
    found = page.evaluate(RUN, {})
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {problem}" for problem in page.evaluate(RUN, CONTRAST)]
    page.emulate_media(color_scheme="light")  # as a browser of ours begins; None would leave it dark
    with notes.open("a") as more:
        more.writelines(f"{kind}\n" for kind in kinds)
    return [f"axe at {path}: {problem}" for problem in found]
