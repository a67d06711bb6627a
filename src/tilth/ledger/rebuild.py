"""Making the projections anew from the ledger alone."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import models, transaction

from tilth.accounts.cards import card_by_hash
from tilth.ledger.door import project
from tilth.ledger.kinds import Act, Claim
from tilth.ledger.models import Entry, Month
from tilth.ledger.registry import chapters, kinds
from tilth.partnerships.models import Partnership
from tilth.protocol.entries import read_header


def projections() -> Iterator[type[models.Model]]:
    """Every table that is derived from the ledger, in an order in which rows can be deleted."""
    yield Month
    for chapter in reversed(chapters()):
        yield from chapter.models


def rebuild(partnership_id: UUID) -> int:
    """Replace one partnership's projections by what its entries say; returns how many entries were read."""
    with transaction.atomic():
        partnership = Partnership.objects.select_for_update().get(id=partnership_id)
        for model in projections():
            rows = model._default_manager.filter(partnership_id=partnership_id)
            rows._raw_delete(rows.db)  # entries point at members, who come back with the same ids
        partnership.terms = partnership.terms_entry = partnership.ended_at = None
        partnership.save(update_fields=["terms", "terms_entry", "ended_at"])
        count = 0
        for entry in Entry.objects.filter(partnership_id=partnership_id).order_by("seq").iterator():
            project(_act(entry, partnership))
            count += 1
        return count


def _act(entry: Entry, partnership: Partnership) -> Act:
    header = read_header(bytes(entry.header))
    kind = kinds()[entry.kind]
    data = kind.data.model_validate(header.data)
    vars(partnership).pop("everyone", None)  # who came or left with the entry before
    claim = Claim(person=card_by_hash(header.author).person, partnership=partnership, data=header.data, at=entry.at)
    return Act(
        entry=entry.id, kind=kind, member=kind.seat(claim), card=header.author, subject=entry.subject,
        data=data, at=entry.at, hash=bytes(entry.hash), sealed=header.commit is not None,
    )  # fmt: skip
