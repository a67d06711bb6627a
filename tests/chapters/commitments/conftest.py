"""Two people who met on the Monday on which most of these stories begin."""

import pytest

from tests.cast import Actor, partnership
from tests.chapters.commitments.story import MONDAY
from tilth.protocol import clock


@pytest.fixture
def pair(db: None) -> tuple[Actor, Actor]:
    with clock.at(MONDAY):
        return partnership()
