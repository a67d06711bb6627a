"""The one door by which entries are written: read, check, chain, project and queue, in one transaction."""

from __future__ import annotations

import hashlib
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
from tilth.ledger.registry import kinds
from tilth.partnerships.models import Member, Partnership
from tilth.protocol.entries import Header, link_hash, read_header
from tilth.protocol.errors import ProtocolError


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What a browser sends: the author's exact header, the ciphertext (none where nothing is sealed), the signature."""

    header: bytes
    ct: bytes | None
    sig: bytes

    @property
    def ct_hash(self) -> bytes:
        return hashlib.sha256(self.ct or b"").digest()


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Where the entry stands now. `new` is false when these very bytes had been accepted before."""

    entry: UUID
    seq: int
    hash: bytes
    new: bool


def append(envelope: Envelope, *, person: Person, card: Card, partnership_id: UUID, at: datetime) -> Receipt:
    """Write one entry of `person`, whose current card is `card`, or raise Refused and change nothing.

    Sending the same bytes again gives the same receipt. The order of the checks is the protocol's.
    """
    header = _parsed(envelope)
    if header.author != card.hash:
        raise Refused("stale_card", "Your keys have changed since this was signed. Reload the page and send it again.")
    checks.signature(envelope.header, envelope.ct, envelope.sig, card=card)
    kind = _kind(header, envelope)
    with transaction.atomic():
        partnership = Partnership.objects.select_for_update().filter(id=partnership_id).first()
        checks.addressed_to(header, instance=instance_id(), partnership_id=partnership_id)
        if again := checks.already_written(header, envelope, person=person):
            return Receipt(entry=again.id, seq=again.seq, hash=bytes(again.hash), new=False)
        data = header.data
        claim = Claim(
            person=person, partnership_id=partnership_id, subject=_uuid(header.subject), data=data, at=at
        )
        member = _seat(kind, claim, partnership)
        checks.recipients(header, member=member, card=card)
        checks.next_in_line(header, member.partnership)
        return _write(envelope, header, kind, member=member, at=at)


def _parsed(envelope: Envelope) -> Header:
    checks.sizes(envelope.header, envelope.ct, envelope.sig)
    try:
        return read_header(envelope.header)
    except ProtocolError as error:
        raise Refused(error.code, str(error), status=400) from error


def _kind(header: Header, envelope: Envelope) -> Kind:
    kind = kinds().get(header.kind)
    if kind is None:
        raise Refused("unknown_kind", "This Tilth does not know that kind of entry. Reload the page and try again.")
    if (header.commit is None) != (envelope.ct is None):
        raise Refused("commit_mismatch", "What is sealed and what the entry says of it do not belong together.")
    if envelope.ct is not None and not kind.sealed:
        raise Refused("nothing_to_seal", "This kind of entry has nothing sealed in it.")
    return kind


def _seat(kind: Kind, claim: Claim, partnership: Partnership | None) -> Member:
    member = kind.seat(claim)
    if partnership is not None:
        member.partnership = partnership  # the locked row: its head cannot move under us
    return member


def _write(envelope: Envelope, header: Header, kind: Kind, *, member: Member, at: datetime) -> Receipt:
    partnership = member.partnership
    before = None if partnership.head_hash is None else bytes(partnership.head_hash)
    header_hash = hashlib.sha256(envelope.header).digest()
    link = link_hash(before, header_hash, envelope.ct_hash, envelope.sig)
    act = Act(
        entry=UUID(header.entry), kind=kind, member=member, subject=_uuid(header.subject),
        data=_public_data(kind, header.data), at=at, hash=link, sealed=envelope.ct is not None,
    )  # fmt: skip
    kind.rule(act)
    partnership.head_seq += 1
    partnership.head_hash = link
    project(act)
    partnership.save(update_fields=["head_seq", "head_hash"])
    Entry.objects.create(
        id=act.entry, partnership=partnership, seq=partnership.head_seq, kind=kind.name, subject=act.subject,
        author=member, at=at, header=envelope.header, ct=envelope.ct, ct_hash=envelope.ct_hash,
        sig=envelope.sig, hash=link,
    )  # fmt: skip
    if kind.erasure == "withdraws" and act.subject:
        erase.ciphertext_of(act.subject, partnership)
    if notice := kind.notify(act):
        queue_notice(act, notice)
    return Receipt(entry=act.entry, seq=partnership.head_seq, hash=link, new=True)


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


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
