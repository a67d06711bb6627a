"""Who said how many partnerships they can carry reads so before they take on another, and can do so all the same."""

from dataclasses import replace
from typing import Any

import pytest

from tests.cast import Actor, invites, joins, opens, partnership, somebody
from tests.chapters.agreement.drafts import agree
from tilth.partnerships.models import Partnership
from tilth.partnerships.terms import terms_of
from tilth.protocol import clock
from tilth.protocol.encoding import uuid7

pytestmark = pytest.mark.django_db


def agreed(capacity: int | None) -> tuple[Actor, Actor]:
    """A pair whose mentee said how many partnerships they can carry."""
    mentor, mentee = partnership()
    limits: dict[str, Any] = {"zone": "UTC"} | ({} if capacity is None else {"capacity": capacity})
    agree(mentor, mentee, members={str(mentor.person.id): {"zone": "UTC"}, str(mentee.person.id): limits})
    return mentor, mentee


def is_told(actor: Actor, address: str = "/begin") -> bool:
    answer = actor.client.get(address)
    assert answer.status_code == 200
    return "you can carry" in answer.text


def test_where_there_is_no_room_it_is_said_before_one_begins_another_or_accepts() -> None:
    mentor, mentee = agreed(1)
    assert not is_told(mentor)
    assert is_told(mentee)
    assert "You are in one partnership now." in mentee.client.get("/begin").text
    asking = opens(somebody("Cato"))
    invitation = invites(asking)
    assert is_told(mentee, f"/join/{invitation}")
    joins(mentee, asking, invitation)
    assert "You are in two partnerships now." in mentee.client.get("/begin").text


def test_where_there_is_room_or_nothing_was_said_or_the_other_has_ended_nothing_is_told() -> None:
    _, roomy = agreed(2)
    assert not is_told(roomy)
    opens(replace(roomy, partnership=uuid7(clock.now())))
    assert is_told(roomy)
    _, silent = agreed(None)
    assert not is_told(silent)
    _, free = agreed(1)
    free.writes("membership.left")
    assert not is_told(free)


def test_an_agreement_of_before_is_as_valid_as_it_was_and_says_nothing_of_it() -> None:
    mentor, mentee = agreed(3)
    row = Partnership.objects.get(id=mentor.partnership)
    for own in row.terms["members"].values():
        del own["capacity"]
    row.save()
    assert terms_of(row).members[mentee.person.id].capacity is None
    assert not is_told(mentee)
    assert ".capacity" in mentee.sees(f"agreement/draft?from={row.terms_entry}")
