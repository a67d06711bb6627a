"""Whatever was done, the projections are what a rebuild makes of the ledger."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import partnership
from tests.chapters.commitments.story import FRIDAY, MONDAY, NEXT_FRIDAY, WORDS, asks, makes
from tilth.chapters.commitments.lifecycle import FINAL
from tilth.chapters.commitments.models import Commitment, Deed
from tilth.ledger.rebuild import rebuild
from tilth.protocol import clock

pytestmark = pytest.mark.django_db

DEEDS = [
    ("taken_on", {}),
    ("taken_on", {"due": NEXT_FRIDAY}),
    ("declined", {}),
    ("kept", {}),
    ("renegotiated", {"due": NEXT_FRIDAY}),
    ("answered", {"agrees": True}),
    ("answered", {"agrees": False}),
    ("release_asked", {}),
    ("released", {}),
    ("taken_back", {}),
    ("owned", {"then": "name"}),
    ("owned", {"then": "move", "due": "2026-12-18"}),
    ("owned", {"then": "let go"}),
]


def rows():
    return [
        list(model.objects.order_by("id").values_list(*(field.attname for field in model._meta.fields)))
        for model in (Commitment, Deed)
    ]


tries = st.lists(
    st.tuples(st.booleans(), st.sampled_from(DEEDS), st.sampled_from([0, 1, 5]), st.booleans()), min_size=4, max_size=12
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(is_ask=st.booleans(), tried=tries)
def test_random_histories_end_at_most_once_and_rebuild_to_the_same(is_ask, tried):
    at = MONDAY
    with clock.at(at):
        mentor, mentee = partnership()
        made = asks(mentor, mentee) if is_ask else makes(mentee)
    ends = 0
    for by_owner, (name, data), days, with_words in tried:
        at += timedelta(days=days)
        actor = mentee if by_owner else mentor
        with clock.at(at):
            entry = actor.seal(f"commitments.{name}", data, WORDS if with_words else None, subject=made)
            answer = actor.posts(entry)
        if answer.status_code == 201:
            ends += Commitment.objects.get(id=made).state in FINAL
        else:
            assert answer.json()["sentence"]
    assert ends <= 1
    before = rows()
    rebuild(mentor.partnership)
    assert rows() == before


def test_many_commitments_of_both_rebuild_to_the_same():
    with clock.at(MONDAY):
        mentor, mentee = partnership()
        for actor in (mentor, mentee, mentor):
            kept = makes(actor, FRIDAY, source=str(actor.partnership))
            actor.writes("commitments.kept", subject=kept)
            makes(actor)
    before = rows()
    assert len(before[0]) == 6
    rebuild(mentor.partnership)
    assert rows() == before
