"""A cast with a browser each, the real server, and canaries that are looked for when a journey ends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from tests.browser.chromium import FLAGS, find_chromium, packages_ready
from tests.journeys.canaries import Canaries
from tests.journeys.partners import Lived, lay_pair, meet, meet_in_a_rhythm_that_slips, words_of
from tests.journeys.people import Person
from tests.server import Server
from tilth.ledger.registry import kinds

NewPerson = Callable[..., Person]


@dataclass
class Pair:
    """Two people who have just become partners."""

    mentor: Person
    mentee: Person
    partnership: str

    @property
    def home(self) -> str:
        return f"/p/{self.partnership}/"


def becomes_a_pair(mentor: Person, mentee: Person) -> Pair:
    """From nothing on, all in their browsers: sign in, make keys, begin, invite by a link, join."""
    partnership = mentor.starts_out()
    mentee.joins(mentor.invites())
    return Pair(mentor, mentee, partnership)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    packages_ready()
    chromium = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path, args=list(FLAGS), env=chromium.environment)
        yield browser
        browser.close()


@pytest.fixture
def new_person(browser: Browser, server: Server, run_folder: Path) -> Iterator[NewPerson]:
    """Makes people; when the journey ends, none of their browsers may have had any trouble."""
    made: list[Person] = []
    looked_at = run_folder / "looked-at"
    looked_at.mkdir(exist_ok=True)

    def make(name: str, zone: str = "Europe/Berlin", *, at: Server | None = None) -> Person:
        made.append(Person(browser, at or server, looked_at=looked_at, name=name, zone=zone))
        return made[-1]

    yield make
    troubles = [f"{person.name}: {trouble}" for person in made for trouble in person.troubles]
    for person in made:
        person.puts_the_device_away()
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def people(new_person: NewPerson) -> list[Person]:
    """Whoever took part: their requests are searched for canaries."""
    return []


@pytest.fixture
def mentor(new_person: NewPerson, people: list[Person]) -> Person:
    people.append(new_person("Maren Holm", "Europe/Berlin"))
    return people[-1]


@pytest.fixture
def mentee(request: pytest.FixtureRequest, new_person: NewPerson, people: list[Person]) -> Person:
    people.append(new_person("Noor Aziz", getattr(request, "param", "America/New_York")))
    return people[-1]


@pytest.fixture
def stranger(new_person: NewPerson, people: list[Person]) -> Person:
    people.append(new_person("Sasha Lind", "Asia/Kolkata"))
    return people[-1]


@pytest.fixture
def canary(server: Server, people: list[Person]) -> Iterator[Canaries]:
    """`canary("a worry")` is a text for a sealed field. When the journey ends, the server never had any of it."""
    canaries = Canaries()
    yield canaries
    requests = [("a request", sent.url.encode() + b"\n" + sent.body) for person in people for sent in person.sent]
    assert not (found := canaries.found_in([*server.kept(), *requests])), found


@pytest.fixture(autouse=True)
def seals(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Holds a journey to its mark `seals`: what the server keeps is opened; each such field has a canary."""
    mark = request.node.get_closest_marker("seals")
    if mark is None:
        yield
        return
    names = ("server", "pair", "canary")
    server, pair, canary = (request.getfixturevalue(name) for name in names)
    yield
    with django_db_blocker.unblock():
        sealed = {(kind, field) for kind, field, words in words_of(server, pair.partnership) if canary.is_in(words)}
    assert not {(kind, field) for kind in mark.args for field in kinds()[kind].sealed} - sealed


@pytest.fixture
def pair(server: Server, mentor: Person, mentee: Person, django_db_blocker: DjangoDbBlocker) -> Pair:
    """Mentor and mentee in one partnership, signed in and unlocked; how they got there is another journey's."""
    return _come_in(server, mentor, mentee, django_db_blocker, meet)


@pytest.fixture
def slipping(server: Server, mentor: Person, mentee: Person, django_db_blocker: DjangoDbBlocker) -> Pair:
    """The same two, after eight weeks in which every second of their meetings came to nothing."""
    return _come_in(server, mentor, mentee, django_db_blocker, meet_in_a_rhythm_that_slips)


def _come_in(server: Server, mentor: Person, mentee: Person, blocker: DjangoDbBlocker, lived: Lived) -> Pair:
    with blocker.unblock():
        laid = lay_pair(server, mentor=(mentor.name, mentor.zone), mentee=(mentee.name, mentee.zone), lived=lived)
    partnership, *ways = laid
    for person, way in zip((mentor, mentee), ways, strict=True):
        person.comes_in(way)
    return Pair(mentor, mentee, str(partnership))


@pytest.fixture
def met(mentor: Person, mentee: Person) -> Pair:
    """The same two, who got there themselves."""
    return becomes_a_pair(mentor, mentee)
