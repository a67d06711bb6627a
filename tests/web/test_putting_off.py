"""A next small step that is put off rests for a week, without any penalty."""

from datetime import timedelta

import pytest

from tests.cast import partnership
from tilth.notices import jobs
from tilth.partnerships.models import PutOff
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


def test_a_step_that_was_put_off_comes_back_after_a_week() -> None:
    mentor, _ = partnership()
    mentor.client.post(f"{mentor.path}not-now", {"key": "hope"})
    assert "Write my line" not in mentor.sees()
    with clock.at(clock.now() + timedelta(days=8)):
        assert "Write my line" in mentor.sees()
        jobs.tidy.call()
    assert not PutOff.objects.exists()


@pytest.mark.parametrize("key", ["", "hope\0", "words that nobody offered", "x" * 10_000])
def test_what_is_not_on_offer_is_not_kept(key: str) -> None:
    mentor, _ = partnership()
    assert mentor.client.post(f"{mentor.path}not-now", {"key": key}).status_code == 302
    assert not PutOff.objects.exists()
