"""What holds for everything that is done with a meeting."""

from uuid import UUID, uuid4

import pytest

from tests.cast import Actor, partnership
from tests.chapters.meetings.story import EXTRA, TIMES
from tilth.notices.models import Letter

pytestmark = pytest.mark.django_db


def test_a_meeting_of_another_partnership_is_unknown(mentor: Actor, meeting: UUID) -> None:
    other, _ = partnership()
    for kind in ("meetings.cancelled", "meetings.held", "meetings.missed"):
        assert other.is_refused(kind, {}, subject=meeting) == "no_such_meeting"
    assert other.is_refused("meetings.declined", {}, subject=meeting) == "not_open"
    assert other.is_refused("meetings.point_settled", {"settled": True}, subject=meeting) == "no_such_point"
    assert other.client.get(f"{other.path}meetings/{meeting}").status_code == 404


def test_an_entry_about_nothing_is_refused(mentor: Actor) -> None:
    assert mentor.is_refused("meetings.cancelled", {}) == "no_subject"
    assert mentor.is_refused("meetings.cancelled", {}, subject=uuid4()) == "no_such_meeting"
    assert mentor.is_refused("meetings.proposed", EXTRA, subject=uuid4()) == "wrong_subject"


def test_what_the_other_is_told_leads_to_the_meeting_it_is_about(mentor: Actor, mentee: Actor, meeting: UUID) -> None:
    extra = mentor.writes("meetings.proposed", EXTRA)
    counter = mentee.writes("meetings.times_offered", {"times": TIMES}, subject=extra)
    agreed = mentor.writes("meetings.accepted", {"time": TIMES[0]}, subject=counter)
    off = mentee.writes("meetings.cancelled", {}, subject=meeting)
    urls = dict(Letter.objects.values_list("entry", "url"))
    assert {urls[entry] for entry in (extra, counter, agreed)} == {f"{mentor.path}meetings/{extra}"}
    assert urls[off] == f"{mentor.path}meetings/{meeting}"
