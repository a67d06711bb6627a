"""Steps about a proposal of how to work together that several journeys take."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Pair
from tests.journeys.people import Person


def starts_a_draft(person: Person, pair: Pair) -> None:
    person.opens(f"{pair.home}agreement/")
    person.presses(re.compile("Write a first draft|Draft it again"))


def reads_the_proposal(person: Person, pair: Pair) -> None:
    person.opens(f"{pair.home}agreement/")
    person.presses("Read the proposal")
    expect(person.page.get_by_role("button", name="Sign the agreement")).to_be_enabled()
