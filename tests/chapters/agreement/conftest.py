"""Two people who have met and agreed on nothing yet."""

import pytest

from tests.cast import Actor, partnership


@pytest.fixture
def pair(db: None) -> tuple[Actor, Actor]:
    return partnership()
