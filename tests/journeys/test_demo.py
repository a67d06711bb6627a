"""`tilth demo`: from an empty folder to reading along, for each of the two."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.journeys.closely import violations
from tests.server import free_port, settings_of_none
from tests.stores import Store

WHAT_ROWAN_DOES = "Send the letter to the nineteen theatres, with my name under it"
TILTH = [sys.executable, "-m", "tilth.config.command"]


def test_the_links_sign_in_and_open_what_was_written_as_often_as_one_likes(
    browser: Browser, run_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    (run_folder / "looked-at-in-the-demo").mkdir(exist_ok=True)
    if (run_folder / "static").is_dir():
        shutil.copytree(run_folder / "static", folder / "static")
    with demo(folder) as links:
        for who, other in (("Mentor", "Rowan"), ("Mentee", "Juniper"), ("Mentee", "Juniper")):
            page = opened(browser, links[who])
            page.get_by_role("link", name=other).first.click()
            expect(page.get_by_text(WHAT_ROWAN_DOES).first).to_be_visible()
            expect(page.locator("html[data-trust=verified]")).to_have_count(1)
            expect(page.locator("sealed-text[state=unverified]")).to_have_count(0)
            assert violations(page, looked_at=run_folder / "looked-at-in-the-demo") == []
            page.context.close()
    with demo(folder) as again:
        assert again["Mentor"] != links["Mentor"]
        opened(browser, again["Mentor"]).context.close()


def test_a_folder_in_use_by_others_is_left_alone(store: Store, tmp_path: Path) -> None:
    environment = {**settings_of_none(), "TILTH_DATABASE_URL": store_in_use(store)}
    said = subprocess.run(
        [*TILTH, "demo", "--data", str(tmp_path), "--port", str(free_port())],
        env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    store.drop("somebodys")
    assert said.returncode == 2
    assert said.stderr.count("\n") == 1
    assert "is not a demo" in said.stderr


def store_in_use(store: Store) -> str:
    """A store with one person in it, made by the command that makes them."""
    store.copy("somebodys")
    url = store.url("somebodys")
    joins = "from tilth.accounts.models import Person; Person.objects.join('ada@example.org')"
    environment = {**settings_of_none(), "TILTH_DATABASE_URL": url}
    subprocess.run(
        [*TILTH, "manage", "shell", "-c", joins], env=environment, check=True, capture_output=True, timeout=60
    )
    return url


def opened(browser: Browser, link: str) -> Page:
    """The first page behind a link, in a browser that was never here before."""
    page = browser.new_context(locale="en-GB", reduced_motion="reduce").new_page()
    page.set_default_timeout(30_000)
    page.goto(link)
    page.wait_for_url(lambda url: "/sign-in" not in url and "/keys" not in url)
    expect(page.locator("html[data-keys=open]")).to_have_count(1)
    assert "phrase" not in page.url
    return page


@contextmanager
def demo(folder: Path) -> Iterator[dict[str, str]]:
    """The demo while it runs; its two links by role."""
    process = subprocess.Popen(
        [*TILTH, "demo", "--data", str(folder), "--port", str(free_port())],
        env=settings_of_none(), stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        links: dict[str, str] = {}
        while len(links) < 2:
            line = process.stdout.readline()
            assert line, "the demo ended before it had said its links"
            if line.startswith(("Mentor: ", "Mentee: ")):
                who, _, link = line.strip().partition(": ")
                links[who] = link
        yield links
    finally:
        process.terminate()
        process.wait(30)
