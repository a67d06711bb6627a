"""Looking closely: nobody is shut out of a page, as far as axe can tell."""

import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.chromium import AXE

SHAPE = """() => { const kindOf = (e) => e.tagName + e.className + e.hidden;
  const found = [...document.querySelectorAll('body *')].map((e) => kindOf(e.parentElement) + '>' + kindOf(e));
  return [...new Set(found)].sort().join(); }"""
IS_THERE = "() => typeof axe === 'object'"
RUN = """async (rules) => { await Promise.allSettled(document.getAnimations().map((a) => a.finished));
  return (await axe.run(document, {resultTypes: ['violations'], ...rules})).violations.map((v) =>
  `${v.id}: ${v.help} ` + v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join('; ')); }"""
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def violations(page: Page, *, looked_at: Path) -> list[str]:
    """Whatever axe finds in either theme. A state of a page, which is what kinds of elements it has in what others,
    was looked at before where its mark is in the folder."""
    path = urlsplit(page.url).path
    state = re.sub(r"[0-9a-f-]{36}", "ID", path) + str(page.evaluate(SHAPE))
    mark = looked_at / sha256(state.encode()).hexdigest()
    if mark.exists():
        return []
    if not page.evaluate(IS_THERE):
        page.evaluate(AXE.read_text())
    found = page.evaluate(RUN, {})
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {problem}" for problem in page.evaluate(RUN, CONTRAST)]
    page.emulate_media(color_scheme=None)
    mark.touch()
    return [f"axe at {path}: {problem}" for problem in found]
