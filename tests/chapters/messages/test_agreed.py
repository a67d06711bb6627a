"""By when an answer is expected, once the two have agreed on it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import partnership
from tests.chapters.agreement.drafts import agree, terms
from tests.chapters.messages.story import TUESDAY, starts
from tilth.chapters.messages.chapter import due
from tilth.chapters.messages.models import Message
from tilth.ledger.rebuild import rebuild
from tilth.partnerships.access import seats_of
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    with clock.at(TUESDAY - timedelta(days=1)):
        return partnership(mentor_zone="Europe/Madrid", mentee_zone="Europe/Lisbon")


def limits_of(mentor, mentee, **changes):
    members = terms(mentor, mentee)["members"]
    return {**members, str(mentor.person.id): {**members[str(mentor.person.id)], **changes}}


def reply_by(entry):
    return Message.objects.get(id=entry).reply_by


def test_the_window_runs_in_the_agreed_hours_outside_the_quiet_ones(pair):
    mentor, mentee = pair
    hours = {"days": [1, 2], "available_from": "09:00", "available_to": "17:00"}
    quiet = {"quiet_from": "12:00", "quiet_to": "13:00", "zone": "Europe/Madrid"}
    with clock.at(TUESDAY - timedelta(hours=20)):
        agree(mentor, mentee, window_hours=10, members=limits_of(mentor, mentee, **hours, **quiet))
    with clock.at(TUESDAY):
        first = starts(mentee, zone="Asia/Tokyo")
    assert reply_by(first) == datetime(2026, 12, 2, 14, tzinfo=UTC)


def test_what_is_agreed_later_moves_no_message_that_was_sent(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY - timedelta(hours=20)):
        agreed = agree(mentor, mentee, window_hours=16)
    with clock.at(TUESDAY):
        first = starts(mentee)
        before = reply_by(first)
        agree(mentor, mentee, window_hours=4, replaces=agreed)
        second = starts(mentee)
    assert reply_by(second) < before == reply_by(first)
    rebuild(mentor.partnership)
    assert reply_by(second) < before == reply_by(first)


def test_a_pause_stops_the_agreed_clock(pair):
    mentor, mentee = pair
    with clock.at(TUESDAY - timedelta(hours=20)):
        agree(mentor, mentee, window_hours=16)
    with clock.at(TUESDAY):
        first = starts(mentee)
        mentor.writes("membership.paused", {"back_on": None})
    with clock.at(TUESDAY + timedelta(days=7)):
        mentor.writes("membership.resumed")
    [waiting] = due(seats_of(mentor.person), TUESDAY + timedelta(days=8))
    assert waiting.when == reply_by(first) + timedelta(days=7)
