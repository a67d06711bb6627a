"""The ledger told in words, newest first: the timeline, and what was lately said."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tilth.ledger.chapter import Named, Sealed
from tilth.ledger.kinds import Telling
from tilth.ledger.models import Entry
from tilth.ledger.registry import chapter_of, kinds
from tilth.partnerships.models import Member

Row = tuple[UUID, int, str, UUID | None, UUID, datetime, bytes]
COLUMNS = ("id", "seq", "kind", "subject", "author_id", "at", "header")


@dataclass(frozen=True, kw_only=True)
class Told:
    """One entry in words: who, what after their name, when, the sealed line that says it in their own, and the address
    where the whole of it stands, if there is such a page."""

    seq: int
    author: Member
    words: str
    at: datetime
    title: Sealed | None
    url: str | None


def newest(member: Member, *, before: int | None = None, most: int = 30, sealed_only: bool = False) -> list[Told]:
    """Up to `most` entries before the place `before`, newest first; `sealed_only` leaves out what holds no words."""
    rows = Entry.objects.filter(partnership_id=member.partnership_id)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    if sealed_only:
        rows = rows.filter(ct__isnull=False)
    return tell(member, rows.order_by("-seq").values_list(*COLUMNS)[:most])


def one(member: Member, entry_id: UUID) -> Told | None:
    """A single entry in words; None where it is not of this partnership."""
    rows = Entry.objects.filter(partnership_id=member.partnership_id, id=entry_id)
    return next(iter(tell(member, rows.values_list(*COLUMNS))), None)


def tell(member: Member, rows: Iterable[Row]) -> list[Told]:
    """Entries, as rows of COLUMNS, put into words for `member`."""
    people = {seat.id: seat for seat in member.everyone}
    return [_told(member, people[row[4]], row) for row in rows]


def _place(viewer: Member, entry: Named) -> str | None:
    path = chapter_of(entry.kind).whereabouts(entry)
    return path and f"/p/{viewer.partnership_id}/{path}"


def _told(viewer: Member, author: Member, row: Row) -> Told:
    entry, seq, name, subject, author_id, at, raw = row
    kind = kinds()[name]
    header = json.loads(raw)
    telling = Telling(
        data=kind.data.model_validate(header["data"]),
        at=at,
        by_me=author_id == viewer.id,
        other_name=viewer.other.called if viewer.other else "",
        viewer=viewer,
    )
    title = None
    if header["commit"] is not None:
        title = Sealed(entry=entry, kind=name, author=author_id, field=kind.sealed[0], subject=subject)
    url = _place(viewer, Named(entry=entry, kind=name, subject=subject))
    return Told(seq=seq, author=author, words=kind.words(telling), at=at, title=title, url=url)
