"""What a draft starts from: the terms in the form, the passages to fill in, and what the proposal would replace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tilth.chapters.agreement import queries
from tilth.chapters.agreement.data import PROSE
from tilth.chapters.agreement.document import passage_of, success_of
from tilth.chapters.agreement.models import Version
from tilth.chapters.agreement.names import first_names
from tilth.chapters.agreement.phrases import place_name
from tilth.chapters.agreement.recurrence import MONTHS, ORDINALS, WEEKS, Choice, choice_of
from tilth.chapters.agreement.starting import first_terms, renewed, suggested_rhythm
from tilth.design.dates import WEEKDAYS
from tilth.ledger.chapter import Sealed
from tilth.partnerships.models import Member
from tilth.partnerships.rhythm import describe
from tilth.partnerships.terms import PLACES, MemberTerms, Rhythm, Terms

CHOICES: dict[str, list[tuple[Any, str]]] = {
    "often": [
        ("none", "No fixed rhythm, we arrange each meeting"),
        *((f"weeks-{count}", said.capitalize()) for count, said in WEEKS.items()),
        *((f"months-{count}", said.capitalize()) for count, said in MONTHS.items()),
    ],
    "by": [("weekday", "a day of the week"), ("date", "a day of the month")],
    "nth": list(ORDINALS.items()),
    "days": list(enumerate(WEEKDAYS)),
    "places": [(place, words.capitalize()) for place, words in PLACES.items()],
}
"""What the form offers to choose from: values with their words."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """One member's own limits in the form."""

    seat: Member
    name: str
    terms: MemberTerms


@dataclass(frozen=True, kw_only=True)
class Draft:
    """`base` is the version that it starts from, None for a first draft; it may have been left or withdrawn, so what
    the draft `replaces` is told apart. `passages` are empty where there are no words to start from.

    `rhythm` fills the form's fields even where
    none is agreed, so that choosing one starts from something sensible."""

    base: Version | None
    replaces: UUID | None
    is_amendment: bool
    terms: Terms
    rhythm: Rhythm
    choice: Choice
    limits: list[Limits]
    passages: dict[str, Sealed]
    success: Sealed | None

    @property
    def often(self) -> list[tuple[str, str]]:
        kept = [("kept", f"As it is: {describe(self.rhythm)}")] if self.choice.often == "kept" else []
        return [*CHOICES["often"], *kept]

    @property
    def zones(self) -> list[tuple[str, str]]:
        """The clocks a meeting can keep to: each one's own, and the one it keeps to now."""
        whose: dict[str, list[str]] = {self.rhythm.zone: []}
        for own in self.limits:
            whose.setdefault(own.terms.zone, []).append(own.name)
        return [(zone, _zone_words(zone, names)) for zone, names in whose.items()]

    @property
    def schedulers(self) -> list[tuple[str, str]]:
        return [("either", "Either of us"), *((str(own.seat.person_id), own.name) for own in self.limits)]

    @property
    def is_answer(self) -> bool:
        return self.base is not None and self.base.is_open

    @property
    def is_again(self) -> bool:
        return self.base is not None and self.base.closed_at is not None


def _zone_words(zone: str, names: list[str]) -> str:
    return f"{place_name(zone)} ({' and '.join(names)})" if names else place_name(zone)


def draft_for(member: Member, wanted: UUID | None, at: datetime, *, afresh: bool = False) -> Draft:
    """The draft of `member`, from the version they wanted to change or from where the partnership stands; `afresh`,
    from nothing that was left before."""
    found = {signature.version_id: signature.version for signature in queries.current_versions([member])}
    living = list(found.values())
    in_force = next((version for version in living if version.is_in_force), None)
    base = _living_base(member, living, wanted)
    if not afresh and (base is None or (base.is_in_force and base.id != wanted)):
        base = _left_base(queries.closed_versions(member), wanted, alone=not living) or base
    replaces = base if base and base.is_open else in_force
    terms = _terms(member, base, at)
    rhythm = terms.rhythm or suggested_rhythm(member, terms, at)
    names = first_names(member)
    return Draft(
        base=base,
        replaces=replaces.id if replaces else None,
        is_amendment=replaces is not None and replaces.is_in_force,
        terms=terms,
        rhythm=rhythm,
        choice=choice_of(terms.rhythm.rrule if terms.rhythm else None, weekday=rhythm.start.weekday()),
        limits=[
            Limits(seat=seat, name=names[seat.person_id], terms=terms.members[seat.person_id])
            for seat in sorted(member.here, key=lambda seat: seat.id != member.id)
        ],
        passages={field: passage_of(base, field) for field in PROSE} if base and not base.is_withdrawn else {},
        success=success_of(queries.own_success(member)),
    )


def _living_base(member: Member, living: list[Version], wanted: UUID | None) -> Version | None:
    """The version asked for, while it is open or in force; else my own open proposal, or what is in force."""
    mine = next((version for version in living if version.is_open and version.by_id == member.id), None)
    in_force = next((version for version in living if version.is_in_force), None)
    asked = next((version for version in living if version.id == wanted), None)
    if asked and not (asked.is_in_force and mine):
        return asked
    return mine or in_force


def _left_base(closed: list[Version], wanted: UUID | None, *, alone: bool) -> Version | None:
    """The version asked for, if it was left; where nothing is open or in force (`alone`), the last one with words."""
    asked = next((version for version in closed if version.id == wanted and version.is_declined), None)
    if asked or not alone:
        return asked
    return next((version for version in closed if not version.is_withdrawn), next(iter(closed), None))


def _terms(member: Member, base: Version | None, at: datetime) -> Terms:
    if base is None:
        return first_terms(member, at)
    today = at.astimezone(member.now_zone).date()
    return renewed(Terms.model_validate(base.terms), member, today)
