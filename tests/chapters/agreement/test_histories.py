"""Whatever two people do to their agreement in whatever order, it stays one that both have signed."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Actor, partnership
from tests.chapters.agreement.drafts import PROSE, proposal, signature
from tests.chapters.agreement.test_rules import rows
from tilth.chapters.agreement.models import Signature, Version
from tilth.ledger.rebuild import rebuild

pytestmark = pytest.mark.django_db

acts = st.tuples(
    st.sampled_from(["propose", "propose", "sign", "sign", "withdraw", "decline"]), st.booleans(), st.integers(0, 3)
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, max_size=12))
def test_an_agreement_is_only_ever_what_both_have_signed(history: list[tuple[str, bool, int]]) -> None:
    pair = partnership()
    versions: list[UUID] = []
    for what, by_first, back in history:
        me, other = pair if by_first else pair[::-1]
        about = versions[-1 - back] if back < len(versions) else None
        if made := _try(what, me, other, about):
            versions.append(made)
        _holds(me)
    before = rows(pair[0].partnership)
    rebuild(pair[0].partnership)
    assert rows(pair[0].partnership) == before


def _try(what: str, me: Actor, other: Actor, about: UUID | None) -> UUID | None:
    """Do it if it is allowed; the id of a new version."""
    if what == "propose":
        entry = me.seal("agreement.proposed", proposal(me, other, replaces=about), PROSE)
        return UUID(str(entry.read.entry)) if me.posts(entry).status_code == 201 else None
    if about is not None:
        kinds = {"sign": "agreement.signed", "withdraw": "agreement.withdrawn", "decline": "agreement.declined"}
        data = signature(about) if what == "sign" else {}
        me.posts(me.seal(kinds[what], data, subject=about))
    return None


def _holds(actor: Actor) -> None:
    mine = Version.objects.filter(partnership_id=actor.partnership)
    in_force = list(mine.filter(in_force_at__isnull=False, until_at=None))
    assert len(in_force) <= 1
    assert actor.member.partnership.terms_entry == (in_force[0].id if in_force else None)
    for version in mine.filter(in_force_at__isnull=False):
        assert Signature.objects.filter(version=version).count() == 2
    for version in mine.filter(closed_at=None, in_force_at=None):
        assert set(Signature.objects.filter(version=version).values_list("by_id", flat=True)) == {version.by_id}
