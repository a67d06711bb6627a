"""What the story is told on: a calendar that ends now, and the ledger's own door."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tilth.demo.people import Actor
from tilth.ledger.door import append
from tilth.partnerships.models import Partnership
from tilth.protocol import clock
from tilth.protocol.client import Author
from tilth.protocol.encoding import uuid7
from tilth.protocol.entries import SignedEntry

WEEKS = 26
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
BETWEEN = timedelta(minutes=3)  # what one entry takes, where the story doesn't say


class Stage:
    """The half-year before `ends`, by the wall clock of `zone`. Week 0 begins on a Monday; week 26 is this one."""

    def __init__(self, *, zone: str, ends: datetime) -> None:
        self.zone = ZoneInfo(zone)
        self.ends = ends
        self.today = ends.astimezone(self.zone).date()
        self.start = self.today - timedelta(weeks=WEEKS, days=self.today.weekday())
        self.now = self._at(self.start, "00:00")
        self.partnership = uuid7(self.now)
        self.present: dict[str, Actor] = {}

    def day(self, week: int, weekday: int) -> date:
        return self.start + timedelta(weeks=week, days=weekday)

    def moment(self, week: int, weekday: int, clock_text: str) -> datetime:
        return self._at(self.day(week, weekday), clock_text)

    def on(self, week: int, weekday: int, clock_text: str) -> datetime:
        """Go on to that moment of the story."""
        return self._go_on(self.moment(week, weekday, clock_text))

    def ago(self, days: int, clock_text: str) -> datetime:
        """Go on to that time of day, so many days before the story's end."""
        return self._go_on(self._at(self.today - timedelta(days=days), clock_text))

    def coming(self, workdays: int, clock_text: str = "00:00") -> datetime:
        """A moment ahead of the story's end, so many working days from its last day."""
        day = self.today
        for _ in range(workdays):
            day += timedelta(days=1 if day.weekday() < FRI else 7 - day.weekday())
        return self._at(day, clock_text)

    def at_now(self) -> AbstractContextManager[None]:
        return clock.at(self.now)

    def write(
        self, who: Actor, kind: str, data: dict[str, Any] | None = None, sealed: dict[str, Any] | None = None,
        *, about: UUID | None = None,
    ) -> UUID:  # fmt: skip
        """One entry by `who`, now; its id. The clock goes on a little."""
        self.present[who.signed.card.hash] = who
        to = [actor.signed.card for actor in self.present.values()]
        author = Author(
            keys=who.keys, card=who.signed.card, partnership=self.partnership, head=self._head, send=self._sender(who)
        )
        with self.at_now():
            entry = author.write(kind, data or {}, to=to, sealed=sealed, subject=about, entry=uuid7(self.now))
        self.now += BETWEEN
        return entry

    def _go_on(self, moment: datetime) -> datetime:
        if not self.now <= moment <= self.ends:
            raise ValueError(f"the story cannot go from {self.now} to {moment}")
        self.now = moment
        return moment

    def _at(self, day: date, clock_text: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock_text), tzinfo=self.zone)

    def _head(self) -> bytes | None:
        row = Partnership.objects.filter(id=self.partnership).values_list("head_hash", flat=True).first()
        return None if row is None else bytes(row)

    def _sender(self, who: Actor) -> Any:
        def send(header: bytes, ct: bytes | None, sig: bytes) -> object:
            entry = SignedEntry(header, ct, sig)
            return append(
                entry, person=who.person, card=who.signed.card, partnership_id=self.partnership, at=clock.now()
            )  # fmt: skip

        return send
