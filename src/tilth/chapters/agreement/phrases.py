"""Terms in words: one line for each thing agreed, so that people read, compare and sign sentences and not fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tilth.chapters.agreement.sections import SectionKey
from tilth.design.dates import weekdays
from tilth.design.wording import begun, notice_time, number, place_of_zone, working_time
from tilth.partnerships.elsewhere import from_the_start, reads_as
from tilth.partnerships.limits import capacity_words
from tilth.partnerships.rhythm import describe
from tilth.partnerships.terms import PLACES, MemberTerms, Terms


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing agreed. `key` stays the same from one version to the next, whatever the words."""

    key: str
    section: SectionKey
    label: str
    words: str
    person: UUID | None = None


def lines(terms: Terms, names: Mapping[UUID, str]) -> list[Line]:
    """All that the terms say, in the order of the sections. `names` are the first names of the members."""
    found = [*_talk(terms, names), *_rhythm(terms, names), *_span(terms), *_time(terms, names)]
    return [Line(key=key, section=section, label=begun(label), words=words, person=person)
            for key, section, label, words, person in found]  # fmt: skip


_Row = tuple[str, SectionKey, str, str, UUID | None]


def _talk(terms: Terms, names: Mapping[UUID, str]) -> Iterator[_Row]:
    yield "window", "talk", "Answers", answers(terms.window_hours), None
    yield "counted", "talk", "Counted in", "working hours of whoever is to answer; eight make a day", None
    yield "digest", "talk", "After feedback", digest(terms.digest_hours), None
    for person, name, own in _each(terms, names):
        yield f"quiet.{person}", "talk", f"{name}’s quiet hours", quiet_hours(own), person


def _rhythm(terms: Terms, names: Mapping[UUID, str]) -> Iterator[_Row]:
    rhythm = terms.rhythm
    if rhythm is None:
        yield "often", "rhythm", "How often", "no fixed rhythm, we arrange each meeting", None
    else:
        yield "often", "rhythm", "How often", describe(rhythm), None
        yield "first", "rhythm", "From", day_words(rhythm.start), None
        yield "clock", "rhythm", "At", f"{rhythm.time} in {place_of_zone(rhythm.zone)}", None
        for person, name, own in _each(terms, names):
            if reads := reads_as(rhythm, own.zone, from_the_start(rhythm)):
                yield f"clock.{person}", "rhythm", f"For {name}", reads, person
        yield "length", "rhythm", "Length", f"{rhythm.minutes} minutes", None
        yield "place", "rhythm", "Where", PLACES[rhythm.place], None
        if rhythm.ends != terms.ends:
            yield "last", "rhythm", "Last meeting", f"by {day_words(rhythm.ends)}", None
    yield "notice", "rhythm", "Moving a meeting", notice_time(terms.notice_hours), None
    yield "schedules", "rhythm", "Who schedules", scheduler(terms, names), None


def _span(terms: Terms) -> Iterator[_Row]:
    yield "begins", "rhythm", "Begins", day_words(terms.begins), None
    yield "ends", "rhythm", "Ends", day_words(terms.ends), None


def _time(terms: Terms, names: Mapping[UUID, str]) -> Iterator[_Row]:
    for person, name, own in _each(terms, names):
        yield f"hours.{person}", "time", f"{name}’s days", working_hours(own), person
        yield f"budget.{person}", "time", f"{name}’s time in a month", budget(own), person
        if own.capacity is not None:
            yield f"capacity.{person}", "time", f"{name} can carry", capacity_words(own.capacity), person
        yield f"zone.{person}", "time", f"{name}’s clock", f"{place_of_zone(own.zone)} time", person


def _each(terms: Terms, names: Mapping[UUID, str]) -> Iterator[tuple[UUID, str, MemberTerms]]:
    """In the order of the names; for both members the same."""
    order = {person: place for place, person in enumerate(names)}
    for person, own in sorted(terms.members.items(), key=lambda item: (order.get(item[0], len(order)), str(item[0]))):
        yield person, names.get(person, "a former member"), own


def answers(hours: int) -> str:
    return f"within {working_time(hours)}"


def digest(hours: int) -> str:
    return "no time set aside" if hours == 0 else f"{_hours(hours)} in which nothing is expected"


def _hours(hours: int) -> str:
    days, rest = divmod(hours, 24)
    if days and not rest:
        return "a day" if days == 1 else number(days, "day")
    return "an hour" if hours == 1 else f"{hours} hours"


def scheduler(terms: Terms, names: Mapping[UUID, str]) -> str:
    return "either of us" if terms.schedules == "either" else names.get(terms.schedules, "a former member")


def quiet_hours(own: MemberTerms) -> str:
    return "none" if own.quiet_from == own.quiet_to else f"{own.quiet_from} to {own.quiet_to}"


def working_hours(own: MemberTerms) -> str:
    return f"{weekdays(own.days)}, {own.available_from} to {own.available_to}"


def budget(own: MemberTerms) -> str:
    if own.monthly_hours is None:
        return "no limit set"
    return "one hour" if own.monthly_hours == 1 else f"{own.monthly_hours:g} hours"


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def place_name(zone: str) -> str:
    """The zone's own name, readable: `America/New York`."""
    return zone.replace("_", " ")
