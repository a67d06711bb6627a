"""A whole partnership in memory, and its export."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid5

from tests.protocol.cast import INSTANCE, MENTEE, MENTOR, PARTNERSHIP, person_of
from tilth.protocol.cards import make_card
from tilth.protocol.client import Author, StaleHead
from tilth.protocol.entries import SignedEntry
from tilth.protocol.export import ExportedEntry, ExportedKeyring, ExportedMember, ExportedWrap, Title, export_lines
from tilth.protocol.keyring import Keyring, Partner, Pin, Seen, seal_keyring
from tilth.protocol.words import new_phrase
from tilth.protocol.wraps import wrap_by_passkey, wrap_by_phrase

BEGAN = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
MENTEE_PHRASE = new_phrase(bytes(range(16)))
MENTEE_WRAP = wrap_by_phrase(MENTEE, MENTEE_PHRASE)
ROLES = {"mentor": MENTOR, "mentee": MENTEE}
SIGNED_CARDS = {name: make_card(ROLES[name], instance=INSTANCE, person=person_of(name)) for name in ROLES}
CARDS = {name: signed.card for name, signed in SIGNED_CARDS.items()}


@dataclass
class Ledger:
    """Takes entries as the door does, without its rules; `interruptions` entries of others come first."""

    entries: list[ExportedEntry] = field(default_factory=list)
    interruptions: int = 0

    @property
    def head(self):
        return self.entries[-1].hash if self.entries else None

    def send(self, header, ct, sig):
        if self.interruptions:
            self.interruptions -= 1
            self.author("mentee").write("messages.sent", {}, to=list(CARDS.values()), sealed={"words": "me first"})
        entry = SignedEntry(header, ct, sig)
        if entry.read.prev != self.head:
            raise StaleHead
        self.entries.append(
            ExportedEntry(
                seq=len(self.entries) + 1,
                at=BEGAN + timedelta(hours=7 * len(self.entries)),
                header=header,
                ct=ct,
                ct_hash=entry.ct_hash,
                sig=sig,
                hash=entry.hash_after(self.head),
            )
        )

    def author(self, name):
        return Author(
            keys=ROLES[name], card=CARDS[name], partnership=PARTNERSHIP, head=lambda: self.head, send=self.send
        )

    def write(self, name, kind, data, **more):
        return self.author(name).write(kind, data, to=list(CARDS.values()), **more)


TITLE = Title(
    instance=INSTANCE,
    partnership=PARTNERSHIP,
    made_at=BEGAN + timedelta(days=30),
    members=tuple(
        ExportedMember(id=uuid5(PARTNERSHIP, str(person_of(role))), person=person_of(role), name=name, role=role)
        for role, name in {"mentor": "Ada", "mentee": "Ben"}.items()
    ),
)
ALL_CARDS = tuple(SIGNED_CARDS.values())
WRAPS = [
    ExportedWrap(kind="phrase", age=MENTEE_WRAP),
    ExportedWrap(kind="passkey", age=wrap_by_passkey(MENTEE, bytes(32)), label="laptop"),
]


def short_history():
    """Four entries: one without prose, one commitment, one message, one answer."""
    ledger = Ledger()
    ledger.write("mentor", "membership.opened", {"role": "mentor"})
    made = ledger.write(
        "mentee", "commitments.made", {"due": "2026-12-04", "shared": True}, sealed={"words": "Send the outline"}
    )
    ledger.write("mentor", "messages.sent", {}, sealed={"words": "Take your time.\nNo rush."})
    ledger.write("mentee", "commitments.kept", {}, subject=made, sealed={"words": "", "learned": ["ask", "early"]})
    return ledger


def keyring_of_mentee(*, verified=False, accepted=("mentor",), partner="mentor", seen=None):
    """The mentee's keyring as it goes into an export; `seen` is the newest entry they saw."""
    pins = {str(person_of(name)): (Pin(signed=SIGNED_CARDS[name], verified=verified),) for name in accepted}
    heads = {str(PARTNERSHIP): Seen(seq=seen.seq, hash=seen.hash.hex())} if seen else {}
    partner = Partner(person=str(person_of(partner)), verified=verified)
    keyring = Keyring(version=3, pins=pins, partners={str(PARTNERSHIP): partner}, secrets={}, heads=heads)
    return ExportedKeyring(version=3, sealed=seal_keyring(keyring, MENTEE))


def lines_of(ledger, *, wraps=WRAPS, cards=ALL_CARDS, title=TITLE, keyring=None):
    return list(export_lines(title, cards=cards, wraps=wraps, entries=ledger.entries, keyring=keyring))
