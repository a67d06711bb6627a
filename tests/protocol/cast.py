"""The people of these tests, with keys that are the same every time."""

from hashlib import sha256
from uuid import UUID

from tilth.protocol.cards import Card, make_card
from tilth.protocol.entries import Expected, SignedEntry, seal_entry
from tilth.protocol.keys import Keys

INSTANCE = "0b5c4c3e-3d0f-4f6b-8a57-0f3ad7d5a001"
PARTNERSHIP = UUID("0197a8a0-0000-7000-8000-00000000000a")
ENTRY = UUID("0197a8a0-0000-7000-8000-0000000000e1")
PREV = sha256(b"the entry before").digest()


def keys_of(name: str) -> Keys:
    return Keys(sha256(name.encode()).digest())


def person_of(name: str) -> UUID:
    return UUID(bytes=sha256(name.encode()).digest()[:16], version=4)


def card_of(name: str) -> Card:
    return make_card(keys_of(name), instance=INSTANCE, person=person_of(name)).card


MENTOR, MENTEE, STRANGER = keys_of("mentor"), keys_of("mentee"), keys_of("stranger")
MENTOR_CARD, MENTEE_CARD, STRANGER_CARD = card_of("mentor"), card_of("mentee"), card_of("stranger")
BOTH = [MENTOR_CARD, MENTEE_CARD]

EXPECTED = Expected(
    instance=INSTANCE,
    partnership=PARTNERSHIP,
    entry=ENTRY,
    kind="commitments.made",
    subject=None,
    to=frozenset(card.hash for card in BOTH),
)


def commitment(words: str | None = "Send the outline") -> SignedEntry:
    """A commitment by the mentor, sealed to both; with no words, nothing is sealed."""
    return seal_entry(
        MENTOR,
        author=MENTOR_CARD,
        partnership=PARTNERSHIP,
        entry=ENTRY,
        kind="commitments.made",
        data={"due": "2026-12-04", "owner": str(person_of("mentor"))},
        to=BOTH,
        prev=PREV,
        sealed=None if words is None else {"words": words},
    )
