"""Steps about a meeting that several journeys take."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator

from tests.journeys.conftest import Pair
from tests.journeys.people import Person
from tests.journeys.proposals import reads_the_proposal, starts_a_draft


def clock_of(person: Person, **away: int) -> str:
    """What this person's own clock will show then, as a clock field takes it."""
    return f"{(datetime.now(UTC) + timedelta(**away)).astimezone(ZoneInfo(person.zone)):%Y-%m-%dT%H:%M}"


def opens_fold(person: Person, title: str) -> Locator:
    fold = person.page.locator("details", has=person.page.locator("summary", has_text=title)).first
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    return fold


def offers_a_time(person: Person, pair: Pair, time: str, words: str) -> str:
    """Offers one time of their own for an extra meeting; the address of its page."""
    person.opens(f"{pair.home}meetings/propose")
    person.fills("Or a time of your own", time)
    person.fills("What it is about", words)
    return f"{pair.home}meetings/{person.sends('Offer these times')}"


def agrees_on_a_rhythm(pair: Pair, words: str) -> None:
    mentor, mentee = pair.mentor, pair.mentee
    starts_a_draft(mentor, pair)
    mentor.page.get_by_label("How often you meet").select_option(label="Every second week")
    mentor.page.get_by_label("Tuesday").first.check()
    mentor.fills("First on or after", (date.today() + timedelta(days=7)).isoformat())
    mentor.page.get_by_label("At", exact=True).fill("16:00")
    mentor.fills("And ends", (date.today() + timedelta(days=120)).isoformat())
    mentor.fills("What success is for you", words)
    mentor.sends(re.compile("Propose this to"))
    reads_the_proposal(mentee, pair)
    mentee.fills("What success is for you", words)
    mentee.sends("Sign the agreement")
