"""The one door by which entries are written: read, check, chain, project and queue, in one transaction."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from pydantic import ValidationError

from tilth.accounts.instance import instance_id
from tilth.accounts.models import Person
from tilth.accounts.refused import Refused
from tilth.accounts.writing import NothingChanged, at_once, insert
from tilth.ledger import checks, erase
from tilth.ledger.kinds import Act, Claim, Kind, seated
from tilth.ledger.models import Entry
from tilth.ledger.months import count_in_month
from tilth.ledger.outlet import queue_notice
from tilth.ledger.together import together
from tilth.partnerships.access import found, unopened
from tilth.partnerships.models import Partnership
from tilth.protocol.cards import Card
from tilth.protocol.entries import SignedEntry

_MOVED = "UPDATE partnerships_partnership SET head_seq = %s, head_hash = %s WHERE id = %s AND head_seq = %s"
_OPENED = (
    "INSERT INTO partnerships_partnership (head_seq, head_hash, id, opened_at) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Where the entry stands now. `new` is false when these very bytes had been accepted before."""

    entry: UUID
    seq: int
    hash: bytes
    new: bool


@dataclass(frozen=True, kw_only=True)
class _Sent:
    """An entry on its way in, once it is known to be of this kind and by the person whose card this is."""

    entry: SignedEntry
    kind: Kind
    person: Person
    card: Card
    at: datetime


def append(
    entry: SignedEntry,
    *,
    person: Person,
    card: Card,
    partnership_id: UUID,
    at: datetime,
    known: Partnership | None = None,
) -> Receipt:
    """Write one entry of `person`, whose current card is `card`, or raise Refused and change nothing.

    Sending the same bytes again gives the same receipt. The order of the checks is the protocol's. `known` is the
    partnership as it stood a moment ago, where that was asked already.
    """
    header = checks.parsed(entry)
    checks.signed_by(card, entry)
    kind = checks.known_kind(entry)
    checks.addressed_to(header, instance=instance_id(), partnership_id=partnership_id)
    sent = _Sent(entry=entry, kind=kind, person=person, card=card, at=at)
    try:
        return together(lambda: _as_it_stands(sent, known))
    except IntegrityError as clash:
        if Entry.objects.filter(id=header.entry).exists():
            raise checks.entry_id_used() from clash
        raise


def _as_it_stands(sent: _Sent, known: Partnership | None) -> Receipt:
    """What becomes of it as the partnership stands; where somebody was faster, as it stands then, for that may have
    been another click with this very entry."""
    wanted = sent.entry.read.partnership
    partnership = known or found(wanted) or unopened(wanted, at=sent.at)
    while True:
        seen = partnership.head_seq
        problem: Refused | NothingChanged
        try:
            act = _checked(sent, partnership)
        except Refused as refused:
            problem = refused
        else:
            try:
                return act if isinstance(act, Receipt) else _write(sent.entry, act)
            except NothingChanged as overtaken:
                problem = overtaken
        newer = found(wanted)
        if newer is None or newer.head_seq == seen:
            raise problem
        partnership = newer


def _checked(sent: _Sent, partnership: Partnership) -> Act | Receipt:
    """What may be written, or the receipt of before where the very same bytes were written already."""
    entry, kind, header = sent.entry, sent.kind, sent.entry.read
    if again := checks.already_written(entry, partnership):
        return Receipt(entry=again.id, seq=again.seq, hash=bytes(again.hash), new=False)
    member = kind.seat(Claim(person=sent.person, partnership=partnership, data=header.data, at=sent.at))
    checks.still_open(partnership, kind)
    checks.recipients(header, member=member, card=sent.card)
    checks.next_in_line(header, partnership)
    checks.somebody_to_read(entry, member)
    act = Act(
        entry=header.entry,
        kind=kind,
        member=member,
        card=header.author,
        subject=header.subject,
        data=_public_data(kind, header.data),
        at=sent.at,
        hash=entry.hash_after(header.prev),
        sealed=entry.ct is not None,
    )
    kind.rule(act)
    return act


def _write(entry: SignedEntry, act: Act) -> Receipt:
    partnership = act.partnership
    with _moved_head(partnership, act.hash):
        if act.kind.seat is not seated:
            checks.not_erased(act.member)
        project(act)
        _add(entry, act)
        if act.kind.erasure == "withdraws" and act.subject:
            erase.ciphertext_of(act.subject, partnership)
        if notice := act.kind.notify(act):
            queue_notice(act, notice)
    return Receipt(entry=act.entry, seq=partnership.head_seq, hash=act.hash, new=True)


def _moved_head(partnership: Partnership, to: bytes) -> AbstractContextManager[None]:
    """Within, nobody else can write in this partnership. Whoever did since it was read has moved the head: then nothing
    changes, for all that was checked against it has to be checked again."""
    seq = partnership.head_seq
    partnership.head_seq, partnership.head_hash = seq + 1, to
    if seq:
        return at_once(_MOVED, seq + 1, to, partnership.id, seq)
    return at_once(_OPENED, 1, to, partnership.id, partnership.opened_at)


def _add(entry: SignedEntry, act: Act) -> None:
    insert(
        Entry,
        id=act.entry,
        partnership_id=act.partnership_id,
        seq=act.partnership.head_seq,
        kind=act.kind.name,
        subject=act.subject,
        author_id=act.member.id,
        at=act.at,
        header=entry.header,
        ct=entry.ct,
        ct_hash=entry.ct_hash,
        sig=entry.sig,
        hash=act.hash,
    )


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
