"""Who said how many partnerships they can carry reads so before they take on another, and can do so all the same."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Actor, invites, joins, opens, partnership, somebody
from tests.chapters.agreement.drafts import PROSE, agree, proposal, proposes, signs
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


def test_the_form_says_who_alone_is_told() -> None:
    mentor, mentee = partnership()
    draft = mentee.sees("agreement/draft")
    assert "to you alone, before one more begins" in draft
    assert f"to {mentor.member.called} alone, before one more begins" in draft


def test_the_number_is_signed_by_whom_it_binds_before_anything_is_told_of_it() -> None:
    mentor, mentee = partnership()
    members = {str(mentor.person.id): {"zone": "UTC"}, str(mentee.person.id): {"zone": "UTC", "capacity": 1}}
    version = proposes(mentor, mentee, members=members)
    assert not is_told(mentee)
    signs(mentee, version)
    assert is_told(mentee)


@pytest.mark.parametrize("capacity", [0, -1, 51, 1.5, "two", True])
def test_what_is_no_number_of_partnerships_is_refused_at_the_door(capacity: object) -> None:
    mentor, mentee = partnership()
    members = {str(mentor.person.id): {"zone": "UTC", "capacity": capacity}, str(mentee.person.id): {"zone": "UTC"}}
    data = proposal(mentor, mentee, members=members)
    assert mentor.is_refused("agreement.proposed", data, PROSE) == "bad_data"


def test_nobody_of_one_partnership_reads_what_was_said_in_another() -> None:
    mentor, mentee = agreed(1)
    asking = opens(somebody("Cato"))
    invitation = invites(asking)
    assert is_told(mentee, f"/join/{invitation}")
    assert not is_told(asking, f"/join/{invitation}")
    joins(mentee, asking, invitation)
    for other in (mentor, asking):
        assert not is_told(other)
    for page in ("", "agreement/", "agreement/draft", "meetings/propose", "membership/invite"):
        assert "an carry" not in asking.sees(page), page
    assert "two partnerships now" not in mentor.sees()


def test_it_asks_the_store_no_more_the_more_partnerships_there_are() -> None:
    _, mentee = agreed(1)
    invitation = invites(opens(somebody("Cato")))
    addresses = ("/begin", f"/join/{invitation}")
    before = [queries(mentee, address) for address in addresses]
    for _ in range(3):
        opens(replace(mentee, partnership=uuid7(clock.now())))
    assert [queries(mentee, address) for address in addresses] == before
    assert max(before) <= 12


def queries(actor: Actor, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert is_told(actor, address)
    return len(asked)
