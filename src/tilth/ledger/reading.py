"""Handing sealed entries and the chain to a member's browser."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Literal
from uuid import UUID

from tilth.ledger.models import Entry
from tilth.ledger.registry import kinds
from tilth.partnerships.models import Member, Partnership
from tilth.protocol.encoding import b64u
from tilth.protocol.export import ExportedEntry

MOST_AT_ONCE = 200
LINKS_AT_ONCE = 1000


def sealed_entries(member: Member, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """The asked-for entries of this partnership, as the browser verifies them; unknown ids are left out.

    What is revealed together is held back until the member's own is in.
    """
    entries = list(Entry.objects.filter(partnership_id=member.partnership_id, id__in=ids[:MOST_AT_ONCE]))
    waiting = _held_back(member, entries)
    return [_as_json(entry, held_back=entry.id in waiting) for entry in entries]


def exported_entries(member: Member) -> Iterator[ExportedEntry]:
    """Every entry in order, for the member's own copy; a few hundred at a time in memory.

    It ends where the ledger ended when the member was read: a later entry may be by a card that the copy lacks.
    """
    whole = Entry.objects.filter(partnership_id=member.partnership_id, seq__lte=member.partnership.head_seq)
    after = 0
    while rows := list(whole.filter(seq__gt=after).order_by("seq")[:MOST_AT_ONCE]):
        waiting = _held_back(member, rows)
        for entry in rows:
            held_back = entry.id in waiting
            yield ExportedEntry(
                seq=entry.seq, at=entry.at, header=bytes(entry.header),
                ct=None if held_back or entry.ct is None else bytes(entry.ct), ct_hash=bytes(entry.ct_hash),
                sig=bytes(entry.sig), hash=bytes(entry.hash), state="held back" if held_back else _state(entry),
            )  # fmt: skip
        after = rows[-1].seq


def _held_back(member: Member, entries: Sequence[Entry]) -> set[UUID]:
    together = {name for name, kind in kinds().items() if kind.reveal == "together"}
    theirs = [entry for entry in entries if entry.kind in together and entry.author_id != member.id]
    if not theirs:
        return set()
    mine = set(
        Entry.objects.filter(
            partnership_id=member.partnership_id, author_id=member.id,
            subject__in={entry.subject for entry in theirs}, kind__in=together,
        ).values_list("kind", "subject")
    )  # fmt: skip
    return {entry.id for entry in theirs if (entry.kind, entry.subject) not in mine}


def _as_json(entry: Entry, *, held_back: bool) -> dict[str, Any]:
    ct = None if held_back or entry.ct is None else bytes(entry.ct)
    return {
        "seq": entry.seq,
        "header": b64u(bytes(entry.header)),
        "ct": None if ct is None else b64u(ct),
        "ct_hash": bytes(entry.ct_hash).hex(),
        "sig": b64u(bytes(entry.sig)),
        "hash": bytes(entry.hash).hex(),
        "state": "held back" if held_back else _state(entry),
    }


def _state(entry: Entry) -> Literal["here", "erased"]:
    nothing_sealed = bytes(entry.ct_hash) == hashlib.sha256(b"").digest()
    return "erased" if entry.ct is None and not nothing_sealed else "here"


def links(partnership: Partnership, *, after: int) -> list[dict[str, Any]]:
    """What the browser needs to follow the chain from the place it knows, without any content."""
    rows = Entry.objects.filter(partnership=partnership, seq__gt=after).order_by("seq")
    columns = rows.values_list("seq", "id", "header", "ct_hash", "sig", "hash")[:LINKS_AT_ONCE]
    return [
        {
            "seq": seq,
            "entry": str(entry),
            "header_hash": hashlib.sha256(header).hexdigest(),
            "ct_hash": bytes(ct_hash).hex(),
            "sig": b64u(bytes(sig)),
            "hash": bytes(link).hex(),
        }
        for seq, entry, header, ct_hash, sig, link in columns
    ]


def head(partnership: Partnership) -> dict[str, Any]:
    """The newest entry's place and hash."""
    known = partnership.head_hash
    return {"seq": partnership.head_seq, "hash": None if known is None else bytes(known).hex()}
