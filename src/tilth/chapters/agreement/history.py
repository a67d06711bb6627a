"""The list of versions: who proposed which, who signed when, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tilth.chapters.agreement.models import Closing, Version
from tilth.chapters.agreement.names import first_names
from tilth.chapters.agreement.phrases import day_words
from tilth.chapters.agreement.queries import waits
from tilth.design.wording import begun
from tilth.partnerships.models import Member


@dataclass(frozen=True, kw_only=True)
class Row:
    """One version in the list. `tone` is "kept" for the one in force, "waiting" where one can sign it, else empty."""

    version: Version
    title: str
    state: str
    tone: str
    signed: str


def rows(member: Member, versions: Sequence[Version]) -> list[Row]:
    names = {seat.id: _name(member, seat, first_names(member)) for seat in member.everyone}
    return [_row(member, version, names) for version in versions]


def state_of(member: Member, version: Version) -> str:
    """Where a version stands, in words, on the member's calendar."""
    if version.in_force_at is None:
        if version.closed_as:
            return Closing(version.closed_as).label
        if not waits(member, version):
            return "left open"
        return "waits for an answer" if version.by_id == member.id else "waits for you"
    since, until = _day(member, version.in_force_at), version.until_at or member.partnership.ended_at
    return f"in force from {since} to {_day(member, until)}" if until else f"in force since {since}"


def _row(member: Member, version: Version, names: dict[UUID, str]) -> Row:
    signatures = sorted(version.signatures.all(), key=lambda signature: signature.at)
    signers = {**names, member.id: "you"}
    what = "a change" if version.amends else "how to work together"
    return Row(
        version=version,
        title=begun(f"{names[version.by_id]} proposed {what}, {_day(member, version.at)}"),
        state=state_of(member, version),
        tone="kept" if version.is_in_force else "waiting" if waits(member, version) else "",
        signed=" and ".join(f"by {signers[one.by_id]} on {_day(member, one.at)}" for one in signatures),
    )


def _name(member: Member, seat: Member, names: dict[UUID, str]) -> str:
    return "You" if seat.id == member.id else names[seat.person_id]


def _day(member: Member, at: datetime) -> str:
    return day_words(at.astimezone(member.now_zone).date())
