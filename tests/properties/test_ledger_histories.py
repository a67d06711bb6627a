"""Whatever two browsers and a bad line do to a ledger, in any order: every accepted entry is there once, the chain
holds, and the projections are what a rebuild gives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.cast import Actor, partnership
from tilth.ledger.models import Entry
from tilth.ledger.rebuild import projections, rebuild
from tilth.ledger.verifying import verify_partnership
from tilth.partnerships.models import Partnership
from tilth.protocol import clock
from tilth.protocol.entries import SignedEntry

WHO = st.sampled_from(["mentor", "mentee"])
WHAT = st.sampled_from(["promise", "message", "pause", "resume", "keep", "reply"])


class Histories(RuleBasedStateMachine):
    """Two members, a line that doubles, delays and loses what they send, and a day that goes on."""

    @initialize()
    def begin(self) -> None:
        self.day = clock.now()
        self.mentor, self.mentee = partnership()
        self.accepted: list[tuple[Actor, SignedEntry, dict[str, Any]]] = []
        self.delayed: list[tuple[Actor, SignedEntry]] = []
        self.before = Entry.objects.filter(partnership=self.mentor.partnership).count()

    @rule(who=WHO, what=WHAT)
    def writes(self, who: str, what: str) -> None:
        actor = self._actor(who)
        self._send(actor, self._sealed(actor, what))

    @rule(who=WHO, what=WHAT)
    def seals_and_the_line_is_slow(self, who: str, what: str) -> None:
        actor = self._actor(who)
        self.delayed.append((actor, self._sealed(actor, what)))

    @precondition(lambda self: self.delayed)
    @rule(data=st.data())
    def what_was_slow_arrives(self, data: st.DataObject) -> None:
        actor, entry = self.delayed.pop(data.draw(st.integers(0, len(self.delayed) - 1)))
        self._send(actor, entry)

    @precondition(lambda self: self.delayed)
    @rule()
    def what_was_slow_is_lost(self) -> None:
        self.delayed.pop()

    @precondition(lambda self: self.accepted)
    @rule(data=st.data())
    def something_arrives_twice(self, data: st.DataObject) -> None:
        actor, entry, receipt = data.draw(st.sampled_from(self.accepted))
        answer = actor.posts(entry)
        assert (answer.status_code, answer.json()) == (200, receipt)

    @rule(what=WHAT, other=WHAT)
    def both_write_at_the_same_moment(self, what: str, other: str) -> None:
        first, second = self._sealed(self.mentor, what), self._sealed(self.mentee, other)
        self._send(self.mentor, first)
        if self._send(self.mentee, second) == "stale_head":
            self._send(self.mentee, self._sealed(self.mentee, other))

    @rule(days=st.integers(1, 5))
    def days_go_by(self, days: int) -> None:
        self.day += timedelta(days=days)

    @invariant()
    def every_accepted_entry_is_there_once_and_the_chain_holds(self) -> None:
        if not hasattr(self, "mentor"):
            return
        store = Partnership.objects.get(id=self.mentor.partnership)
        assert [finding for finding in verify_partnership(store) if finding] == []
        assert store.head_seq == self.before + len(self.accepted)

    def teardown(self) -> None:
        if not hasattr(self, "mentor"):
            return
        before = _projected(self.mentor.partnership)
        rebuild(self.mentor.partnership)
        assert _projected(self.mentor.partnership) == before

    def _actor(self, who: str) -> Actor:
        return self.mentor if who == "mentor" else self.mentee

    def _sealed(self, actor: Actor, what: str) -> SignedEntry:
        with clock.at(self.day):
            return actor.seal(*self._meant(actor, what), subject=self._subject(actor, what))

    def _meant(self, actor: Actor, what: str) -> tuple[str, dict[str, Any], dict[str, str]]:
        due = (self.day + timedelta(days=3)).date().isoformat()
        return {
            "promise": ("commitments.made", {"due": due}, {"words": "I will"}),
            "keep": ("commitments.kept", {}, {"words": "I did"}),
            "message": ("messages.written", {"expects": "reply"}, {"title": "About", "body": "Well?"}),
            "reply": ("messages.written", {"expects": "no rush"}, {"body": "Well."}),
            "pause": ("membership.paused", {"back_on": None}, {"words": "for a while"}),
            "resume": ("membership.resumed", {}, {"words": "here again"}),
        }[what]

    def _subject(self, actor: Actor, what: str) -> UUID | None:
        kinds = {"keep": "commitments.made", "reply": "messages.written"}
        if what not in kinds:
            return None
        entries = Entry.objects.filter(partnership=actor.partnership, kind=kinds[what], subject=None)
        return entries.order_by("-seq").values_list("id", flat=True).first()

    def _send(self, actor: Actor, entry: SignedEntry) -> str:
        """ "accepted", or the code of the refusal, after which nothing may have changed."""
        head = Partnership.objects.values_list("head_seq", "head_hash").get(id=actor.partnership)
        with clock.at(self.day):
            answer = actor.posts(entry)
        if answer.status_code == 201:
            self.accepted.append((actor, entry, answer.json()))
            return "accepted"
        assert answer.status_code < 500, answer.content
        assert Partnership.objects.values_list("head_seq", "head_hash").get(id=actor.partnership) == head
        return str(answer.json()["code"])


def _projected(partnership_id: UUID) -> dict[str, list[Any]]:
    """Every row of every projection of a partnership, but for numbers that the store gives."""
    found = {}
    for table in projections():
        names = [field.attname for field in table._meta.concrete_fields if field.get_internal_type() != "BigAutoField"]
        rows = table._default_manager.filter(partnership_id=partnership_id).values_list(*names)
        found[table._meta.label] = sorted(map(str, rows))
    return found


@pytest.mark.django_db
def test_whatever_two_people_do_in_whatever_order_the_ledger_holds() -> None:
    limits = settings(
        max_examples=15,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=False,
    )
    run_state_machine_as_test(Histories, settings=limits)
