"""Whatever two browsers and a bad line do to a ledger, in any order: every accepted entry is there once, the chain
holds, and the projections are what a rebuild gives."""

from __future__ import annotations

import json
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

from tests.cast import Actor, invites, opens, partnership, somebody
from tests.chapters.agreement.drafts import PROSE, proposal, signature
from tilth.ledger.models import Entry
from tilth.ledger.rebuild import projections, rebuild
from tilth.ledger.verifying import verify_partnership
from tilth.partnerships.models import Partnership
from tilth.protocol import clock
from tilth.protocol.entries import SignedEntry

WHO = st.sampled_from(["mentor", "mentee"])
WHAT = st.sampled_from(
    ["promise", "message", "pause", "resume", "keep", "reply", "propose", "sign", "offer", "take", "meet"]
)

SLOW = st.sampled_from([False, False, True])


class Histories(RuleBasedStateMachine):
    """Two people, a line that doubles, delays and loses what they send, and a day that goes on. Some are two from the
    start, some join on the way; either may leave at any time."""

    @initialize(joined=st.sampled_from([True, True, False]))
    def begin(self, joined: bool) -> None:
        self.day = clock.now()
        self.mentor, self.mentee = partnership() if joined else _invited()
        self.joined, self.gone = joined, set[str]()
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

    @precondition(lambda self: not self.joined)
    @rule(slow=SLOW)
    def joins(self, slow: bool) -> None:
        self._send_or_delay(self.mentee, "join", slow=slow)

    @precondition(lambda self: self.accepted)  # or many histories would be over before they began
    @rule(who=WHO, slow=SLOW)
    def leaves(self, who: str, slow: bool) -> None:
        self._send_or_delay(self._actor(who), "leave", slow=slow)

    @precondition(lambda self: self.gone)
    @rule(who=WHO)
    def says_something_without_words_where_somebody_has_left(self, who: str) -> None:
        self.writes(who, "pause")

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

    @rule(who=WHO)
    def one_proposes_and_the_other_signs(self, who: str) -> None:
        self.writes(who, "propose")
        self.writes(_other(who), "sign")

    @rule(who=WHO, met=st.booleans())
    def one_offers_a_time_and_the_other_takes_it(self, who: str, met: bool) -> None:
        self.writes(who, "offer")
        self.writes(_other(who), "take")
        if met:
            self.days_go_by(days=2)
            self.writes(who, "meet")

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

    def _meant(self, actor: Actor, what: str) -> tuple[str, dict[str, Any], dict[str, str] | None]:
        due = (self.day + timedelta(days=3)).date().isoformat()
        times = {"times": [(self.day + timedelta(days=1)).isoformat()], "minutes": 30, "place": "video"}
        in_force = Partnership.objects.get(id=actor.partnership).terms_entry
        return {
            "promise": ("commitments.made", {"due": due}, {"words": "I will"}),
            "keep": ("commitments.kept", {}, {"words": "I did"}),
            "message": ("messages.written", {"expects": "reply"}, {"title": "About", "body": "Well?"}),
            "reply": ("messages.written", {"expects": "no rush"}, {"body": "Well."}),
            "propose": ("agreement.proposed", proposal(self.mentor, self.mentee, replaces=in_force), PROSE),
            "sign": ("agreement.signed", _signature(self._subject(actor, "sign")), {"success": "That I am asked."}),
            "offer": ("meetings.proposed", times, {"words": "Soon?"}),
            "take": ("meetings.accepted", {"time": _offered(self._subject(actor, "take"))}, {"words": "Gladly"}),
            "meet": ("meetings.held", {}, {"words": "We did"}),
            "pause": ("membership.paused", {"back_on": None}, None),
            "resume": ("membership.resumed", {}, {"words": "here again"}),
            "join": ("membership.joined", {"invitation": str(self._subject(actor, "join")), "proof": None}, None),
            "leave": ("membership.left", {}, None),
        }[what]

    def _subject(self, actor: Actor, what: str) -> UUID | None:
        kinds = {
            "keep": "commitments.made", "reply": "messages.written", "join": "membership.invited",
            "sign": "agreement.proposed", "take": "meetings.proposed", "meet": "meetings.proposed",
        }  # fmt: skip
        if what not in kinds:
            return None
        entries = Entry.objects.filter(partnership=actor.partnership, kind=kinds[what], subject=None)
        return entries.order_by("-seq").values_list("id", flat=True).first()

    def _send_or_delay(self, actor: Actor, what: str, *, slow: bool) -> None:
        entry = self._sealed(actor, what)
        if slow:
            self.delayed.append((actor, entry))
        else:
            self._send(actor, entry)

    def _send(self, actor: Actor, entry: SignedEntry) -> str:
        """ "accepted", or the code of the refusal, after which nothing may have changed."""
        head = Partnership.objects.values_list("head_seq", "head_hash").get(id=actor.partnership)
        with clock.at(self.day):
            answer = actor.posts(entry)
        if answer.status_code == 201:
            self.accepted.append((actor, entry, answer.json()))
            self._was_right_to_accept(actor, entry)
            return "accepted"
        assert answer.status_code < 500, answer.content
        assert Partnership.objects.values_list("head_seq", "head_hash").get(id=actor.partnership) == head
        return str(answer.json()["code"])

    def _was_right_to_accept(self, actor: Actor, entry: SignedEntry) -> None:
        """Nobody joins twice, writes words that nobody else can read, or writes anything where somebody has left; only
        the other may leave too."""
        match entry.read.kind:
            case "membership.left":
                assert actor.card.hash not in self.gone
                self.gone.add(actor.card.hash)
            case "membership.joined":
                assert not self.joined
                assert not self.gone
                self.joined = True
            case _:
                assert self.joined or entry.ct is None
                assert not self.gone


def _other(who: str) -> str:
    return "mentee" if who == "mentor" else "mentor"


def _signature(version: UUID | None) -> dict[str, Any]:
    return {"hash": "0" * 64, "success": True} if version is None else signature(version)


def _offered(meeting: UUID | None) -> str:
    """The time that was offered, as it was written; some time where there is none."""
    entry = Entry.objects.filter(id=meeting).first()
    return "2026-12-01T10:00:00+00:00" if entry is None else json.loads(bytes(entry.header))["data"]["times"][0]


def _invited() -> tuple[Actor, Actor]:
    """A mentor who is alone yet, and whom they have invited."""
    mentor, mentee = opens(somebody("Amara", zone="Europe/Madrid")), somebody("Yusuf", zone="Europe/Lisbon")
    invites(mentor)
    mentee.partnership = mentor.partnership
    return mentor, mentee


def _projected(partnership_id: UUID) -> dict[str, list[Any]]:
    """Every row of every projection of a partnership, but for numbers that the store gives."""
    found = {"ended": [*Partnership.objects.filter(id=partnership_id).values_list("ended_at", "terms", "terms_entry")]}
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
