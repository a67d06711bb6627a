"""Partnerships for the benches, written through the ledger's own door by the Python client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from tilth.accounts.instance import instance_id
from tilth.accounts.models import Card as CardRow
from tilth.accounts.models import Keyring as KeyringRow
from tilth.accounts.models import Person
from tilth.ledger.door import append
from tilth.partnerships.models import Partnership
from tilth.protocol import clock
from tilth.protocol.cards import Card, make_card
from tilth.protocol.client import Author
from tilth.protocol.encoding import uuid7
from tilth.protocol.entries import SignedEntry
from tilth.protocol.keyring import Keyring, Pin, seal_keyring
from tilth.protocol.keys import Keys


@dataclass
class Actor:
    """A person with keys; `row` is their card as the server keeps it."""

    person: Person
    keys: Keys
    card: Card
    row: CardRow

    def cookie(self) -> str:
        """A signed-in session."""
        client = Client()
        client.force_login(self.person)
        return str(client.cookies["tilth"].value)


def actor(name: str, number: int = 0) -> Actor:
    person = Person.objects.join(f"{name.lower()}{number}@example.org", name=name, zone="Europe/Lisbon")
    keys = Keys.new()
    signed = make_card(keys, instance=instance_id(), person=person.id)
    row = CardRow.objects.create(hash=signed.card.hash, person=person, generation=1, body=signed.body, sig=signed.sig)
    ring = Keyring(version=1, pins={str(person.id): (Pin(signed=signed, verified=True),)})
    KeyringRow.objects.create(person=person, version=1, sealed=seal_keyring(ring, keys))
    return Actor(person=person, keys=keys, card=signed.card, row=row)


@dataclass
class Pair:
    """A mentor and a mentee in one partnership."""

    mentor: Actor
    mentee: Actor
    partnership: UUID
    planned_head: bytes | None = None  # after entries that are sealed already and not sent yet

    def write(self, who: Actor, kind: str, data: Any = None, sealed: Any = None, *, about: UUID | None = None) -> UUID:
        """One entry, now; its id."""

        def send(header: bytes, ct: bytes | None, sig: bytes) -> object:
            entry = SignedEntry(header, ct, sig)
            return append(entry, person=who.person, card=who.card, partnership_id=self.partnership, at=clock.now())

        author = Author(keys=who.keys, card=who.card, partnership=self.partnership, head=self.head, send=send)
        readers = [self.mentor.card] if kind in ("membership.opened", "membership.invited") else self.cards
        return author.write(kind, data or {}, to=readers, sealed=sealed, subject=about, entry=uuid7(clock.now()))

    @property
    def cards(self) -> list[Card]:
        return [self.mentor.card, self.mentee.card]

    def head(self) -> bytes | None:
        found = Partnership.objects.filter(id=self.partnership).values_list("head_hash", flat=True).first()
        return None if found is None else bytes(found)


def pair(number: int = 0) -> Pair:
    """Two who have met: opened, invited, joined."""
    made = Pair(mentor=actor("Mentor", number), mentee=actor("Mentee", number), partnership=uuid7(clock.now()))
    made.write(made.mentor, "membership.opened", {"role": "mentor"})
    expires = (clock.now() + timedelta(days=14)).isoformat()
    invited = made.write(made.mentor, "membership.invited", {"role": "mentee", "by": "link", "expires": expires})
    made.write(made.mentee, "membership.joined", {"invitation": str(invited), "proof": None}, about=invited)
    return made
