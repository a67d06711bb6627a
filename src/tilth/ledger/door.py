"""The one door by which entries are written: read, check, chain, project and queue, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from pydantic import ValidationError

from tilth.accounts.instance import instance_id
from tilth.accounts.models import Person
from tilth.accounts.refused import Refused
from tilth.accounts.rows import insert, run
from tilth.ledger import checks, erase
from tilth.ledger.kinds import Act, Claim, Kind
from tilth.ledger.models import Entry
from tilth.ledger.months import count_in_month
from tilth.ledger.outlet import queue_notice
from tilth.ledger.together import together
from tilth.partnerships.access import found, laid
from tilth.partnerships.models import Member, Partnership
from tilth.protocol.cards import Card
from tilth.protocol.entries import SignedEntry

_MOVED = "UPDATE partnerships_partnership SET head_seq = %s, head_hash = %s WHERE id = %s AND head_seq = %s"


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Where the entry stands now. `new` is false when these very bytes had been accepted before."""

    entry: UUID
    seq: int
    hash: bytes
    new: bool


def append(entry: SignedEntry, *, person: Person, card: Card, partnership_id: UUID, at: datetime) -> Receipt:
    """Write one entry of `person`, whose current card is `card`, or raise Refused and change nothing.

    Sending the same bytes again gives the same receipt. The order of the checks is the protocol's.
    """
    header = checks.parsed(entry)
    checks.signed_by(card, entry)
    kind = checks.known_kind(entry)
    checks.addressed_to(header, instance=instance_id(), partnership_id=partnership_id)

    def written() -> Receipt:
        partnership = found(partnership_id) or laid(partnership_id, at=at)
        if again := checks.already_written(entry, partnership):
            return Receipt(entry=again.id, seq=again.seq, hash=bytes(again.hash), new=False)
        member = kind.seat(Claim(person=person, partnership=partnership, data=header.data, at=at))
        checks.still_open(partnership, kind)
        checks.recipients(header, member=member, card=card)
        checks.next_in_line(header, partnership)
        checks.somebody_to_read(entry, member)
        return _write(entry, _act(entry, kind, member=member, at=at))

    try:
        return together(written)
    except IntegrityError as clash:
        if Entry.objects.filter(id=header.entry).exists():
            raise checks.entry_id_used() from clash
        raise


def _act(entry: SignedEntry, kind: Kind, *, member: Member, at: datetime) -> Act:
    header = entry.read
    return Act(
        entry=header.entry,
        kind=kind,
        member=member,
        card=header.author,
        subject=header.subject,
        data=_public_data(kind, header.data),
        at=at,
        hash=entry.hash_after(header.prev),
        sealed=entry.ct is not None,
    )


def _write(entry: SignedEntry, act: Act) -> Receipt:
    act.kind.rule(act)
    partnership = act.partnership
    _move_head(partnership, act.hash)
    project(act)
    insert(
        Entry(
            id=act.entry,
            partnership=partnership,
            seq=partnership.head_seq,
            kind=act.kind.name,
            subject=act.subject,
            author=act.member,
            at=act.at,
            header=entry.header,
            ct=entry.ct,
            ct_hash=entry.ct_hash,
            sig=entry.sig,
            hash=act.hash,
        )
    )
    if act.kind.erasure == "withdraws" and act.subject:
        erase.ciphertext_of(act.subject, partnership)
    if notice := act.kind.notify(act):
        queue_notice(act, notice)
    return Receipt(entry=act.entry, seq=partnership.head_seq, hash=act.hash, new=True)


def _move_head(partnership: Partnership, to: bytes) -> None:
    """From here on nobody else can write in this partnership. Whoever did since it was read has moved the head, and all
    that was checked against it has to be checked again."""
    seq = partnership.head_seq
    if not run(_MOVED, seq + 1, to, partnership.id, seq):
        partnership.refresh_from_db()
        raise checks.stale_head(partnership)
    partnership.head_seq, partnership.head_hash = seq + 1, to


def project(act: Act) -> None:
    """Bring the projections up to date with one entry; the rebuild does the same."""
    act.kind.apply(act)
    if act.kind.ring:
        count_in_month(act.partnership, act.kind.ring, act.at)


def _public_data(kind: Kind, data: dict[str, Any]) -> Any:
    try:
        return kind.data.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(["data", *(str(part) for part in first["loc"])])
        sentence = first["msg"].removeprefix("Value error, ").rstrip(".") + "."
        raise Refused("bad_data", sentence[:1].upper() + sentence[1:], field=place) from error
