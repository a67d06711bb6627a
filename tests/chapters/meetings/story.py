"""The meetings of two people who agreed on a rhythm, for the tests of this chapter."""

from typing import Any
from uuid import UUID

from tests.chapters.meetings.rhythms import moment
from tilth.chapters.meetings.models import Meeting
from tilth.protocol import clock

START = moment("2026-12-01T16:00+00:00")
"""When their first meeting begins."""
TIMES = ["2026-12-03T12:00:00+01:00", "2026-12-04T10:30:00+01:00"]
EXTRA = {"times": TIMES, "minutes": 30, "place": "phone"}


def at(text: str) -> Any:
    return clock.at(moment(text))


def state(meeting: UUID) -> str:
    return Meeting.objects.get(id=meeting).state
