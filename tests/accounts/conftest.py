"""People and their browsers, as the tests of the accounts floor see them."""

import pytest
from django.test import Client
from tests.accounts.cast import FIREFOX, Open, first_card, post_keys, sign_in

from tilth.accounts.models import Person
from tilth.protocol.keys import Keys


@pytest.fixture
def ana(db: None) -> Person:
    return Person.objects.join("ana@example.org", name="Ana", zone="Europe/Berlin")


@pytest.fixture
def stranger(db: None) -> Person:
    return Person.objects.join("stranger@example.org", name="Stranger")


@pytest.fixture
def browser() -> Open:
    """A new browser; signed in when a person is given."""

    def open_browser(person: Person | None = None, agent: str = FIREFOX) -> Client:
        made = Client(headers={"user-agent": agent, "accept": "text/html"})
        if person:
            sign_in(made, person)
        return made

    return open_browser


@pytest.fixture
def keys() -> Keys:
    return Keys.new()


@pytest.fixture
def client(ana: Person, browser: Open) -> Client:
    return browser(ana)


@pytest.fixture
def carded(client: Client, ana: Person, keys: Keys) -> Client:
    assert post_keys(client, first_card(ana, keys)).status_code == 201
    return client
