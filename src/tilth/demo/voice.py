"""What one of the two can do in the story, in the words of the product."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from secrets import token_bytes
from typing import Any, Literal
from uuid import UUID

from tilth.chapters.meetings.models import AgendaPoint, Meeting, Turn
from tilth.demo.people import Actor
from tilth.demo.stage import Stage
from tilth.ledger.models import Entry
from tilth.partnerships.models import Member, Partnership
from tilth.protocol.encoding import b64u
from tilth.protocol.joining import SECRET_BYTES, join_proof


class Voice:
    """One of the two. Every verb is one entry, written at the stage's own moment."""

    def __init__(self, stage: Stage, actor: Actor) -> None:
        self.stage = stage
        self.actor = actor

    @property
    def person(self) -> str:
        return str(self.actor.person.id)

    @property
    def seat(self) -> UUID:
        return Member.id_for(self.stage.partnership, self.actor.person.id)

    def writes(
        self, kind: str, data: dict[str, Any] | None = None, *, about: UUID | None = None, **sealed: str
    ) -> UUID:  # fmt: skip
        """Any entry; prose that is empty is left out."""
        prose = {name: text for name, text in sealed.items() if text}
        return self.stage.write(self.actor, kind, data, prose or None, about=about)

    # --- the partnership's own life

    def opens(self, role: str) -> UUID:
        return self.writes("membership.opened", {"role": role})

    def invites(self, role: str) -> UUID:
        expires = self.stage.now + timedelta(days=14)
        return self.writes("membership.invited", {"role": role, "by": "link", "expires": expires.isoformat()})

    def joins(self, invitation: UUID) -> UUID:
        """By a link that was handed over: its secret part is in nobody's store."""
        secret = token_bytes(SECRET_BYTES)
        proof = join_proof(secret, partnership=self.stage.partnership, card_hash=self.actor.signed.card.hash)
        data = {"invitation": str(invitation), "proof": b64u(proof)}
        return self.writes("membership.joined", data, about=invitation)

    def hopes(self, words: str, *, opening: UUID) -> UUID:
        return self.writes("membership.hoped", about=opening, words=words)

    def pauses(self, words: str, *, back_on: date) -> UUID:
        return self.writes("membership.paused", {"back_on": back_on.isoformat()}, words=words)

    def comes_back(self, words: str) -> UUID:
        return self.writes("membership.resumed", words=words)

    # --- the agreement

    def proposes(self, terms: dict[str, Any], prose: dict[str, str], *, replaces: UUID | None = None) -> UUID:
        data = {
            "terms": terms, "replaces": None if replaces is None else str(replaces), "success": "success" in prose,
        }  # fmt: skip
        return self.stage.write(self.actor, "agreement.proposed", data, prose)

    def signs(self, version: UUID, *, success: str = "", note: str = "") -> UUID:
        signed_hash = bytes(Entry.objects.values_list("hash", flat=True).get(id=version)).hex()
        data = {"hash": signed_hash, "success": bool(success)}
        return self.writes("agreement.signed", data, about=version, success=success, note=note)

    # --- commitments

    def promises(self, words: str, due: date, *, source: UUID | None = None) -> UUID:
        data = {"due": due.isoformat(), "source": None if source is None else str(source)}
        return self.writes("commitments.made", data, words=words)

    def asks(self, other: Voice, words: str, due: date) -> UUID:
        data = {"due": due.isoformat(), "owner": str(other.seat)}
        return self.writes("commitments.made", data, words=words)

    def takes_on(self, ask: UUID, words: str = "", *, due: date | None = None) -> UUID:
        data = {} if due is None else {"due": due.isoformat()}
        return self.writes("commitments.taken_on", data, about=ask, words=words)

    def keeps(self, promise: UUID, words: str = "") -> UUID:
        return self.writes("commitments.kept", about=promise, words=words)

    def renegotiates(self, promise: UUID, words: str, due: date, *, why: str = "") -> UUID:
        return self.writes("commitments.renegotiated", {"due": due.isoformat()}, about=promise, words=words, why=why)

    def answers_move(self, promise: UUID, words: str, *, agrees: bool = True) -> UUID:
        data = {"agrees": agrees, "answers": "move"}
        return self.writes("commitments.answered", data, about=promise, words=words)

    def asks_release(self, promise: UUID, words: str) -> UUID:
        return self.writes("commitments.release_asked", about=promise, words=words)

    def releases(self, promise: UUID, words: str) -> UUID:
        return self.writes("commitments.released", about=promise, words=words)

    def owns(
        self, promise: UUID, words: str, *, then: Literal["name", "move", "let go"], due: date | None = None
    ) -> UUID:  # fmt: skip
        data = {"then": then, "due": None if due is None else due.isoformat()}
        return self.writes("commitments.owned", data, about=promise, words=words)

    # --- messages

    def begins(self, title: str, body: str, *, awaits: bool = False) -> UUID:
        """A thread; `awaits` where an answer is expected."""
        return self.writes("messages.written", self._expects(awaits), title=title, body=body)

    def answers(self, thread: UUID, body: str, *, awaits: bool = False) -> UUID:
        return self.writes("messages.written", self._expects(awaits), about=thread, body=body)

    def _expects(self, awaits: bool) -> dict[str, str]:
        return {"expects": "reply" if awaits else "no rush"}

    # --- meetings

    def adds(self, meeting: Meeting, point: str) -> UUID:
        return self.writes("meetings.point_added", about=meeting.id, point=point)

    def settles(self, *points: UUID) -> None:
        for point in points:
            self.writes("meetings.point_settled", {"settled": True}, about=point)

    def arrives(self, meeting: Meeting, line: str) -> UUID:
        return self.writes("meetings.arrived", about=meeting.id, line=line)

    def sums_up(self, meeting: Meeting, summary: str) -> UUID:
        """The shared summary, over the version that stands."""
        before = Turn.objects.filter(meeting=meeting, kind="meetings.summed_up").order_by("-number").first()
        data = {"replaces": None if before is None else str(before.entry)}
        return self.writes("meetings.summed_up", data, about=meeting.id, summary=summary)

    def says_held(self, meeting: Meeting, words: str = "") -> UUID:
        return self.writes("meetings.held", about=meeting.id, words=words)

    def says_missed(self, meeting: Meeting, words: str) -> UUID:
        return self.writes("meetings.missed", about=meeting.id, words=words)

    def looks_back(self, meeting: Meeting, present: str, heard: str, words: str) -> UUID:
        return self.writes("meetings.looked_back", about=meeting.id, present=present, heard=heard, words=words)

    def moves(self, meeting: Meeting, to: datetime, words: str) -> UUID:
        return self.writes("meetings.moved", {"to": to.isoformat()}, about=meeting.id, words=words)

    def offers(self, times: Sequence[datetime], words: str, *, minutes: int, place: str) -> UUID:
        data = {"times": [time.isoformat() for time in times], "minutes": minutes, "place": place}
        return self.writes("meetings.proposed", data, words=words)

    def accepts(self, offer: UUID, time: datetime, words: str = "") -> UUID:
        return self.writes("meetings.accepted", {"time": time.isoformat()}, about=offer, words=words)


class Pair:
    """The two voices and their stage, with what they share."""

    def __init__(self, stage: Stage, mentor: Actor, mentee: Actor) -> None:
        self.stage = stage
        self.mentor = Voice(stage, mentor)
        self.mentee = Voice(stage, mentee)
        self.promises: dict[str, UUID] = {}  # those that a later part of the story comes back to
        self.threads: dict[str, UUID] = {}

    def meeting(self, week: int) -> Meeting:
        """The planned meeting that begins in this week of the story."""
        first, after = self.stage.day(week, 0), self.stage.day(week + 1, 0)
        meetings = Meeting.objects.filter(partnership_id=self.stage.partnership, state="planned")
        found = meetings.filter(start_at__date__gte=first, start_at__date__lt=after).order_by("start_at").first()
        if found is None:
            raise LookupError(f"the story has no meeting in week {week}")
        return found

    def settle(self, who: Voice, meeting: Meeting, *, leave: Sequence[UUID] = ()) -> None:
        """Tick off what they talked about; what is left goes on to the next meeting by itself."""
        points = AgendaPoint.objects.filter(meeting=meeting, settled_at=None).exclude(id__in=list(leave))
        who.settles(*points.order_by("at").values_list("id", flat=True))

    @property
    def agreement(self) -> UUID | None:
        """The version in force."""
        return Partnership.objects.get(id=self.stage.partnership).terms_entry
