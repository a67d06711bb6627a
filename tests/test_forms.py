"""No page offers a form that the door would refuse whatever is written in it. The pages come from the resolver."""

import re

import pytest

from tests.cast import Actor, opens, somebody
from tests.test_who_may import OF_PARTNERSHIPS, Place, asks, is_page
from tilth.ledger.registry import kinds

FORMS = re.compile(r'<sealed-form kind="([^"]+)"[^>]*>(.*?)</sealed-form>', re.DOTALL)
KEPT_FOR_LATER = "agreement:draft"  # says that it stays on the device, and its button is off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


def test_to_one_who_is_alone_nothing_is_offered_to_seal() -> None:
    founder = opens(somebody())
    offered = {
        (name, kind)
        for name, kind, form in _forms(founder, {"partnership_id": founder.partnership})
        if 'name="sealed.' in form and name != KEPT_FOR_LATER
    }
    assert offered == set()


@pytest.mark.parametrize("page", ["messages/", "messages/new", "commitments/", "commitments/new", "meetings/propose"])
def test_one_who_is_alone_is_told_what_they_wait_for(page: str) -> None:
    assert "You are alone here so far." in opens(somebody()).sees(page)


def test_after_the_end_only_what_may_still_be_written_is_offered() -> None:
    place = Place()
    place.mentee.writes("membership.left")
    offered = {(name, kind) for name, kind, _ in _forms(place.mentor, place.ids) if not kinds()[kind].after_end}
    assert offered == set()


def test_after_the_end_a_commitment_that_was_open_stays_readable() -> None:
    place = Place()
    place.mentee.writes("membership.left")
    assert "What you wrote together stays readable." in place.mentor.sees(f"commitments/{place.ids['commitment_id']}/")


def _forms(actor: Actor, ids: dict[str, object]) -> list[tuple[str, str, str]]:
    """The name of the page, the kind and the inside of every form on the pages that these ids lead to."""
    found = []
    for pattern, name in OF_PARTNERSHIPS:
        wanted = re.findall(r"<\w+:(\w+)>", pattern)
        if is_page(name) and ids.keys() >= set(wanted):
            address = "/" + re.sub(r"<\w+:(\w+)>", lambda one: str(ids[one[1]]), pattern)
            answer = asks(actor.client, "GET", address)
            assert answer.status_code == 200, name
            if not getattr(answer, "streaming", False):
                found += [(name, kind, form) for kind, form in FORMS.findall(answer.text)]
    return found
