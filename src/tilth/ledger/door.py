"""The one door by which entries are written: read, check, chain, project and queue, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from pydantic import ValidationError

from tilth.accounts.instance import instance_id
from tilth.accounts.models import Card, Person
from tilth.ledger import checks, erase
from tilth.ledger.kinds import Act, Claim, Kind
from tilth.ledger.models import Entry
from tilth.ledger.months import count_in_month
from tilth.ledger.outlet import queue_notice
from tilth.ledger.refused import Refused
from tilth.partnerships.models import Member, Partnership
from tilth.protocol.entries import SignedEntry


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
    with transaction.atomic():
        partnership = Partnership.objects.select_for_update().filter(id=partnership_id).first()
        checks.addressed_to(header, instance=instance_id(), partnership_id=partnership_id)
        if again := checks.already_written(entry, person=person):
            return Receipt(entry=again.id, seq=again.seq, hash=bytes(again.hash), new=False)
        claim = Claim(person=person, partnership_id=partnership_id, subject=header.subject, data=header.data, at=at)
        member = kind.seat(claim)
        if partnership is not None:
            member.partnership = partnership  # the locked row: its head cannot move under us
        checks.recipients(header, member=member, card=card)
        checks.next_in_line(header, member.partnership)
        checks.still_open(member.partnership, kind)
        return _write(entry, _act(entry, kind, member=member, at=at))


def _act(entry: SignedEntry, kind: Kind, *, member: Member, at: datetime) -> Act:
    header = entry.read
    before = member.partnership.head_hash
    return Act(
        entry=header.entry,
        kind=kind,
        member=member,
        subject=header.subject,
        data=_public_data(kind, header.data),
        at=at,
        hash=entry.hash_after(None if before is None else bytes(before)),
        sealed=entry.ct is not None,
    )


def _write(entry: SignedEntry, act: Act) -> Receipt:
    act.kind.rule(act)
    partnership = act.partnership
    partnership.head_seq += 1
    partnership.head_hash = act.hash
    project(act)
    partnership.save(update_fields=["head_seq", "head_hash"])
    Entry.objects.create(
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
    if act.kind.erasure == "withdraws" and act.subject:
        erase.ciphertext_of(act.subject, partnership)
    if notice := act.kind.notify(act):
        queue_notice(act, notice)
    return Receipt(entry=act.entry, seq=partnership.head_seq, hash=act.hash, new=True)


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
