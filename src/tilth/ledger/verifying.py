"""Checking a whole store: every chain and every signature, from the first entry to the newest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from tilth.accounts.cards import card_by_hash
from tilth.ledger.models import Entry
from tilth.ledger.registry import kinds
from tilth.partnerships.models import Member, Partnership
from tilth.protocol.cards import Card, read_card
from tilth.protocol.entries import Header, link_hash, read_header, signature_holds
from tilth.protocol.errors import ProtocolError

AT_ONCE = 200  # entries held in memory, each of a few hundred KiB at most


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is wrong with a partnership's ledger, and at which entry; at none where its head is wrong."""

    partnership: UUID
    seq: int | None
    problem: str


def verify_partnership(partnership: Partnership) -> Iterator[Finding | None]:
    """Yield, entry by entry, None where it is sound and a Finding where it is not; at the end the head is compared.

    The head comes with the entries, by one statement: what is written meanwhile is in both or in neither.
    """
    before: bytes | None = None
    seq, named = 0, partnership
    for entry in _entries(partnership):
        seq, named = seq + 1, entry.partnership
        problem = _problem(entry, before, seq)
        yield Finding(partnership=partnership.id, seq=entry.seq, problem=problem) if problem else None
        before = bytes(entry.hash)
    head = None if named.head_hash is None else bytes(named.head_hash)
    if (seq, before) != (named.head_seq, head):
        yield Finding(partnership=partnership.id, seq=None, problem="the newest entry is not the one the store names")


def _entries(partnership: Partnership) -> Iterator[Entry]:
    """In order, a few at a time: SQLite lets nobody write while a statement has rows left."""
    entries = Entry.objects.filter(partnership=partnership).select_related("partnership").order_by("seq")
    some = list(entries[:AT_ONCE])
    while some:
        yield from some
        some = list(entries.filter(seq__gt=some[-1].seq)[:AT_ONCE]) if len(some) == AT_ONCE else []


def _problem(entry: Entry, before: bytes | None, seq: int) -> str | None:
    header_hash = hashlib.sha256(entry.header).digest()
    ct_hash, sig = bytes(entry.ct_hash), bytes(entry.sig)
    if entry.seq != seq:
        return "an entry is missing before this one"
    if entry.ct is not None and hashlib.sha256(entry.ct).digest() != ct_hash:
        return "the sealed part is not the one that was signed"
    if link_hash(before, header_hash, ct_hash, sig) != bytes(entry.hash):
        return "the chain breaks here"
    try:
        header = read_header(bytes(entry.header))
        card = _card(header.author)
    except (ProtocolError, ObjectDoesNotExist) as error:
        return f"its header or its author's card cannot be read ({error})"
    if not signature_holds(card, header_hash=header_hash, ct_hash=ct_hash, sig=sig):
        return "the signature does not hold"
    if header.prev != before:
        return "it was signed for another place in the chain"
    return _row_problem(entry, header, card)


def _card(card_hash: str) -> Card:
    """The card of this hash, by its own bytes: whoever has the store in hand could put others in their place."""
    card = read_card(bytes(card_by_hash(card_hash).body))
    if card.hash != card_hash:
        raise ProtocolError("wrong_card", "Its author's card was exchanged.")
    return card


def _is_withdrawn(entry: Entry) -> bool:
    """Whether its author said so in an entry that is there."""
    withdrawing = [name for name, kind in kinds().items() if kind.erasure == "withdraws"]
    said = Entry.objects.filter(partnership_id=entry.partnership_id, subject=entry.id, kind__in=withdrawing)
    return said.filter(author_id=entry.author_id, seq__gt=entry.seq).exists()


def _row_problem(entry: Entry, header: Header, card: Card) -> str | None:
    seat = Member.id_for(header.partnership, card.person)
    if entry.ct is None and header.commit is not None and not _is_withdrawn(entry):
        return "what was sealed is gone, and nobody withdrew it"
    row = (entry.id, entry.partnership_id, entry.kind, entry.subject, entry.author_id)
    said = (header.entry, header.partnership, header.kind, header.subject, seat)
    return None if row == said else "the row says something else than its signed header"
