"""The cast of the tests: people with keys, who write through the door as a browser would, without a browser.

`partnership()` gives a mentor and a mentee who have met; `mentor.writes("commitments.made", {…}, {…})` posts a sealed
entry and `mentor.is_refused(...)` expects a refusal and gives back its code.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tilth.accounts.cards import keep_card
from tilth.accounts.instance import instance_id
from tilth.accounts.models import Card as CardRow
from tilth.accounts.models import Person
from tilth.ledger.models import Entry
from tilth.partnerships.models import Member, Partnership
from tilth.protocol import clock
from tilth.protocol.cards import Card, make_card, read_card
from tilth.protocol.encoding import b64u, uuid7
from tilth.protocol.entries import Expected, SignedEntry, open_entry, seal_entry
from tilth.protocol.keys import Keys

_number = count(1)


@dataclass
class Actor:
    """Somebody with keys and a signed-in client."""

    person: Person
    keys: Keys
    card: Card
    client: Client
    partnership: UUID = field(default_factory=lambda: uuid7(clock.now()))

    @property
    def member(self) -> Member:
        return Member.objects.select_related("partnership", "person").get(
            partnership_id=self.partnership, person=self.person
        )

    @property
    def path(self) -> str:
        return f"/p/{self.partnership}/"

    def makes_new_keys(self, *, vouched: bool = False) -> str:
        """New keys in place of the old, which are lost or still sign for them; the hash of the card before."""
        before, old, self.keys = self.card, self.keys if vouched else None, Keys.new()
        signed = make_card(self.keys, instance=instance_id(), person=self.person.id, previous=before, previous_keys=old)
        keep_card(self.person, body=signed.body, sig=signed.sig, previous_sig=signed.previous_sig)
        self.card = signed.card
        return before.hash

    def seal(
        self,
        kind: str,
        data: dict[str, Any] | None = None,
        sealed: dict[str, Any] | None = None,
        *,
        subject: UUID | None = None,
        **other: Any,
    ) -> SignedEntry:
        """An entry, sealed to all who are in the partnership now, at the place after its head."""
        row = Partnership.objects.filter(id=self.partnership).first()
        head = None if row is None or row.head_hash is None else bytes(row.head_hash)
        made: dict[str, Any] = {
            "author": self.card, "partnership": self.partnership, "kind": kind, "data": data or {},
            "to": self.readers(), "prev": head, "subject": subject, "sealed": sealed,
        }  # fmt: skip
        return seal_entry(self.keys, **{"entry": uuid7(clock.now()), **made, **other})

    def readers(self) -> list[Card]:
        people = Member.objects.filter(partnership_id=self.partnership, left_at=None).values_list("person_id")
        rows = CardRow.objects.filter(person__in=people).order_by("generation")
        current = {row.person_id: row for row in rows}
        cards = {_card(row).hash: _card(row) for row in current.values()}
        return list({**cards, self.card.hash: self.card}.values())

    def posts(self, entry: SignedEntry) -> Any:
        body = {
            "header": b64u(entry.header),
            "ct": None if entry.ct is None else b64u(entry.ct),
            "sig": b64u(entry.sig),
        }
        return self.client.post(f"{self.path}entries", json.dumps(body), content_type="application/json")

    def writes(self, kind: str, data: Any = None, sealed: Any = None, *, subject: UUID | None = None) -> UUID:
        """Post an entry that must be accepted; its id."""
        answer = self.posts(self.seal(kind, data, sealed, subject=subject))
        assert answer.status_code == 201, answer.content
        return UUID(answer.json()["entry"])

    def is_refused(self, kind: str, data: Any = None, sealed: Any = None, *, subject: UUID | None = None) -> str:
        """Post an entry that must be refused and must change nothing; the code of the refusal."""
        before = Partnership.objects.filter(id=self.partnership).values_list("head_seq", "head_hash").first()
        answer = self.posts(self.seal(kind, data, sealed, subject=subject))
        after = Partnership.objects.filter(id=self.partnership).values_list("head_seq", "head_hash").first()
        assert answer.status_code >= 400, answer.content
        assert before == after
        assert answer.json()["sentence"]
        return str(answer.json()["code"])

    def sees(self, page: str = "") -> str:
        """The HTML of a page of the partnership, which must answer 200."""
        answer = self.client.get(f"{self.path}{page}")
        assert answer.status_code == 200, (page, answer.status_code)
        return str(answer.content.decode())

    def queries_of(self, page: str = "") -> int:
        """How many queries a page of the partnership takes."""
        with CaptureQueriesContext(connection) as queries:
            self.sees(page)
        return len(queries)

    def reads(self, entry: UUID) -> dict[str, Any]:
        """The sealed words of an entry, opened with my keys and fully checked."""
        row = Entry.objects.select_related("author").get(id=entry)
        author = _card(CardRow.objects.get(hash=json.loads(bytes(row.header))["author"]))
        signed = SignedEntry(bytes(row.header), None if row.ct is None else bytes(row.ct), bytes(row.sig))
        expected = Expected(
            instance=instance_id(), partnership=self.partnership, entry=entry, kind=row.kind,
            subject=row.subject, to=frozenset(signed.read.to),
        )  # fmt: skip
        return open_entry(signed, self.keys, author=author, expected=expected)


def somebody(name: str = "Ada", *, zone: str = "UTC", keys: Keys | None = None) -> Actor:
    """A new person with keys, signed in, in no partnership."""
    address = f"{name.split()[0].lower()}.{next(_number)}@example.org"
    person = Person.objects.join(address, name=name, zone=zone)
    keys = keys or Keys(person.id.bytes * 2)
    signed = make_card(keys, instance=instance_id(), person=person.id)
    CardRow.objects.create(hash=signed.card.hash, person=person, generation=1, body=signed.body, sig=signed.sig)
    client = Client()
    client.force_login(person)
    return Actor(person=person, keys=keys, card=signed.card, client=client)


def opens(founder: Actor, *, role: str = "mentor") -> Actor:
    founder.writes("membership.opened", {"role": role})
    return founder


def invites(founder: Actor, *, role: str = "mentee", by: str = "link") -> UUID:
    expires = (clock.now() + timedelta(days=14)).isoformat()
    return founder.writes("membership.invited", {"role": role, "by": by, "expires": expires})


def joins(invited: Actor, founder: Actor, invitation: UUID) -> Actor:
    invited.partnership = founder.partnership
    readers = list({card.hash: card for card in [*founder.readers(), invited.card]}.values())
    data = {"invitation": str(invitation), "proof": None}
    answer = invited.posts(invited.seal("membership.joined", data, subject=invitation, to=readers))
    assert answer.status_code == 201, answer.content
    return invited


def partnership(*, mentor_zone: str = "Europe/Madrid", mentee_zone: str = "Europe/Lisbon") -> tuple[Actor, Actor]:
    """A mentor and a mentee who have opened, invited and joined."""
    mentor = opens(somebody("Amara", zone=mentor_zone))
    mentee = somebody("Yusuf", zone=mentee_zone)
    return mentor, joins(mentee, mentor, invites(mentor))


def _card(row: CardRow) -> Card:
    return read_card(bytes(row.body))
