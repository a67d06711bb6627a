"""Erasing an account comes after leaving one's partnerships."""

import pytest

from tests.cast import Actor, partnership
from tilth.accounts.models import Person, Wrap

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


def test_whoever_has_left_is_erased_and_what_they_signed_still_stands() -> None:
    mentor, mentee = partnership()
    mentor.writes("membership.left", sealed={"words": "goodbye"})
    _erases(mentor)
    assert not Person.objects.get(id=mentor.person.id).is_active
    assert not Wrap.objects.filter(person=mentor.person).exists()
    assert "ended" in mentee.sees()
    assert "left the partnership" in mentee.sees("timeline")
