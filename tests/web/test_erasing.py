"""Erasing an account comes after leaving one's partnerships."""

import re
from datetime import timedelta

import pytest

from tests.cast import Actor, partnership
from tests.chapters.commitments.story import makes
from tests.chapters.meetings.rhythms import agree, first_meeting
from tests.chapters.meetings.story import EXTRA, START
from tests.chapters.messages.story import starts
from tilth.accounts.models import Person, Wrap
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


def _erases(actor: Actor) -> str:
    return str(actor.client.post("/account/erase", {"email": actor.person.email}).content.decode())


def test_whoever_is_still_a_member_is_asked_to_leave_first() -> None:
    mentor, _ = partnership()
    assert "Leave your partnerships first" in _erases(mentor)
    assert Person.objects.get(id=mentor.person.id).is_active


def test_whoever_is_erased_is_called_by_their_role() -> None:
    mentor, mentee = partnership()
    mentor.writes("membership.left")
    _erases(mentor)
    assert "<h1>You and your mentor</h1>" in mentee.sees()
    assert "Sealed to you and your mentor alone." in mentee.sees()
    assert "You and your mentor" in mentee.client.get("/").text
    assert "Your mentor left the partnership" in mentee.sees("timeline")
    assert "<b>Former member</b>" in mentee.sees("membership/")


def test_no_page_calls_somebody_who_is_erased_someone() -> None:
    with clock.at(START - timedelta(days=8)):
        mentor, mentee = partnership()
        version = agree(mentor, mentee)
        meeting = first_meeting(mentor).id
        mentor.writes("meetings.point_added", {}, {"point": "The offer"}, subject=meeting)
        later = mentor.writes("meetings.proposed", EXTRA)
        thread = starts(mentor)
        promise = makes(mentor, due="2026-12-20")
    with clock.at(START + timedelta(hours=2)):
        mentor.writes("meetings.held", {}, subject=meeting)
        mentee.writes("meetings.looked_back", {}, {"present": "fully", "heard": "fully"}, subject=meeting)
        mentor.writes("membership.left")
        _erases(mentor)
        pages = [
            "", "timeline", "agreement/", f"agreement/{version}/", "meetings/", f"meetings/{meeting}",
            f"meetings/{meeting}/now", f"meetings/{meeting}/afterwards", f"meetings/{later}", "commitments/",
            f"commitments/{promise}/", "messages/", f"messages/{thread}/", "membership/hope",
        ]  # fmt: skip
        told = {page: mentee.sees(page) for page in pages}
    for page, html in told.items():
        words = re.sub(r"<(script|template).*?</\1>", "", html, flags=re.DOTALL)
        assert not re.search("Someone|Former", words), page
    assert "Your mentor’s, for 20 December." in told[f"commitments/{promise}/"]
    assert "Your mentor’s quiet hours" in told["agreement/"]
    assert "<h1>You and your mentor</h1>" in told[f"meetings/{meeting}/now"]
    assert "when theirs is in too" not in told[f"meetings/{meeting}/afterwards"]


def test_whoever_has_left_is_erased_and_what_they_signed_still_stands() -> None:
    mentor, mentee = partnership()
    mentor.writes("membership.left", sealed={"words": "goodbye"})
    _erases(mentor)
    assert not Person.objects.get(id=mentor.person.id).is_active
    assert not Wrap.objects.filter(person=mentor.person).exists()
    assert "ended" in mentee.sees()
    assert "left the partnership" in mentee.sees("timeline")
