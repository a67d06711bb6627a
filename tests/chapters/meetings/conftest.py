"""Two people with a rhythm, one week before they first meet."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.cast import Actor, partnership
from tests.chapters.meetings.rhythms import agree, first_meeting
from tests.chapters.meetings.story import at


@pytest.fixture
def pair(db: None) -> Iterator[tuple[Actor, Actor]]:
    with at("2026-11-24T10:00+00:00"):
        two = partnership()
        agree(*two)
        yield two


@pytest.fixture
def mentor(pair: tuple[Actor, Actor]) -> Actor:
    return pair[0]


@pytest.fixture
def mentee(pair: tuple[Actor, Actor]) -> Actor:
    return pair[1]


@pytest.fixture
def meeting(mentor: Actor) -> UUID:
    return first_meeting(mentor).id
