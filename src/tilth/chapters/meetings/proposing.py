"""Before anything is proposed: times that suit both, and what a time would ask of the other."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tilth.chapters.meetings import queries
from tilth.chapters.meetings.arranging import Choice, choices, month_of
from tilth.design.dates import weekdays
from tilth.design.wording import first_name
from tilth.partnerships.hours import Stretch, common_slots, is_paused, rests
from tilth.partnerships.limits import Caution, hours_words, month_cautions, within_available, zone_words
from tilth.partnerships.models import Member
from tilth.partnerships.terms import MemberTerms, Terms

LOOK_AHEAD = timedelta(days=14)
MOST_SUGGESTED = 12


@dataclass(frozen=True, kw_only=True)
class Limits:
    """A member's own limits in words, shown before anything is proposed to them."""

    name: str
    mine: bool
    days: str
    hours: str
    quiet: str
    month: str


def limits(member: Member, terms: Terms) -> list[Limits]:
    """The other's first."""
    seats = [*member.others, member]
    return [_limits(seat, terms_for(seat, terms), mine=seat.id == member.id) for seat in seats]


def _limits(seat: Member, own: MemberTerms, *, mine: bool) -> Limits:
    return Limits(
        name=first_name(seat.person.name),
        mine=mine,
        days=weekdays(own.days),
        hours=f"{own.available_from} to {own.available_to}, {zone_words(own.zone)}",
        quiet=f"{own.quiet_from} to {own.quiet_to}" if own.quiet_from != own.quiet_to else "",
        month=f"{hours_words(own.monthly_hours)} a month" if own.monthly_hours else "",
    )


def terms_for(seat: Member, terms: Terms) -> MemberTerms:
    return terms.of(seat.person_id, zone=seat.person.zone)


def suggestions(member: Member, terms: Terms, *, minutes: int, at: datetime) -> list[Choice]:
    """Times in the next two weeks that suit both: none of them crosses a limit, a pause or another meeting."""
    other = member.other
    if other is None:
        return []
    window = Stretch(at + timedelta(hours=2), at + LOOK_AHEAD)
    meetings = queries.meetings_between(member, window.start, window.end)
    taken = [Stretch(meeting.start_at, meeting.end_at) for meeting in meetings]
    taken += rests(queries.pauses_since(member, window.start))
    own, theirs = terms_for(member, terms), terms_for(other, terms)
    slots = common_slots(own, theirs, window, minutes=minutes, taken=taken)
    return choices(slots[:MOST_SUGGESTED], member, at)


def cautions(
    member: Member, terms: Terms, start: datetime, *, minutes: int, moving: UUID | None = None
) -> list[Caution]:
    """What this time would run against, for the other first and for oneself; `moving` is the meeting that takes it."""
    end = start + timedelta(minutes=minutes)
    spent = queries.minutes_between(member, *month_of(start, member), without=moving)
    found: list[Caution] = []
    for seat in (member.other, member):
        if seat is not None:
            name = None if seat.id == member.id else first_name(seat.person.name)
            own = terms_for(seat, terms)
            found += within_available(start, end, own, name=name)
            found += month_cautions(spent, minutes, own, name=name)
    if is_paused(start, queries.pauses_since(member, start)):
        found.append(Caution("paused", "This falls into a pause."))
    return found
