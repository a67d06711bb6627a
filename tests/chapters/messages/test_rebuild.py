"""Whatever was written, the projections are what a rebuild makes of the ledger."""

from datetime import timedelta
from itertools import cycle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import partnership
from tests.chapters.messages.story import TUESDAY
from tilth.chapters.messages.models import Message, Thread
from tilth.ledger.rebuild import rebuild
from tilth.protocol import clock

pytestmark = pytest.mark.django_db

ACTS = ["write", "write with no rush", "start", "see", "withdraw"]
tries = st.lists(st.tuples(st.booleans(), st.sampled_from(ACTS), st.integers(0, 3)), min_size=4, max_size=12)


def rows():
    return [
        list(model.objects.order_by("id").values_list(*(field.attname for field in model._meta.fields)))
        for model in (Thread, Message)
    ]


def attempt(actor, act, threads, messages):
    words = {"title": "A matter", "body": "A word"}
    if act == "start" or not threads:
        entry = actor.seal("messages.written", {"zone": "Asia/Tokyo"}, words)
        threads.append(entry.read.entry)
    elif act == "see":
        entry = actor.seal("messages.seen", {"by": "2026-12-20"}, subject=messages[-1])
    elif act == "withdraw":
        entry = actor.seal("messages.withdrawn", subject=messages[-1])
    else:
        expects = "no rush" if act.endswith("no rush") else "reply"
        entry = actor.seal("messages.written", {"expects": expects}, {"body": "A word"}, subject=threads[-1])
    if entry.read.kind == "messages.written":
        messages.append(entry.read.entry)
    return actor.posts(entry).status_code


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tried=tries)
def test_random_conversations_rebuild_to_the_same(tried):
    at = TUESDAY
    with clock.at(at):
        mentor, mentee = partnership()
    threads, messages = [], []
    for by_mentor, act, days in tried:
        at += timedelta(days=days, minutes=1)
        with clock.at(at):
            assert attempt(mentor if by_mentor else mentee, act, threads, messages) in (201, 422)
    before = rows()
    rebuild(mentor.partnership)
    assert rows() == before


def test_after_someone_has_moved_to_another_zone_a_rebuild_still_gives_the_same():
    with clock.at(TUESDAY):
        mentor, mentee = partnership()
        for actor, zone in zip((mentor, mentee), cycle(["Europe/Lisbon", "Asia/Tokyo"]), strict=False):
            actor.writes("messages.written", {"zone": zone}, {"title": "A matter", "body": "A word"})
    before = rows()
    mentor.person.zone = "Pacific/Auckland"
    mentor.person.save()
    rebuild(mentor.partnership)
    assert rows() == before
