"""Before anything is proposed: times that suit both, and what a time would ask of the other."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tilth.accounts.refused import Refused
from tilth.chapters.meetings import queries, rules
from tilth.chapters.meetings.arranging import Choice, choices
from tilth.chapters.meetings.diary import Diary, diary, terms_for
from tilth.chapters.meetings.models import Meeting
from tilth.design.dates import weekdays
from tilth.design.wording import begun
from tilth.partnerships.hours import Stretch, common_slots, rests
from tilth.partnerships.limits import capacity_words, hours_words, zone_words
from tilth.partnerships.models import Member
from tilth.partnerships.terms import MemberTerms, Terms

SOONEST = timedelta(hours=2)
LOOK_AROUND = timedelta(days=14)
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
    room: str


def limits(member: Member, terms: Terms) -> list[Limits]:
    """The other's first; none before they have agreed on any."""
    if not member.partnership.terms:
        return []
    seats = [*member.others, member]
    return [_limits(seat, terms_for(seat, terms), mine=seat.id == member.id) for seat in seats]


def _limits(seat: Member, own: MemberTerms, *, mine: bool) -> Limits:
    return Limits(
        name=begun(seat.called),
        mine=mine,
        days=weekdays(own.days),
        hours=f"{own.available_from} to {own.available_to}, {zone_words(own.zone)}",
        quiet=f"{own.quiet_from} to {own.quiet_to}" if own.quiet_from != own.quiet_to else "",
        month=f"{hours_words(own.monthly_hours)} a month" if own.monthly_hours else "",
        room=capacity_words(own.capacity) if own.capacity else "",
    )


def suggestions(
    member: Member, terms: Terms, *, minutes: int, at: datetime, moving: Meeting | None = None
) -> list[Choice]:
    """Times that suit both, bringing no caution: the next ones, or those nearest to a meeting that moves."""
    other = member.other
    if other is None:
        return []
    near = moving.start_at if moving else at
    window = _window(near, at)
    book = diary(member, terms, [window.start, window.end], at=at, moving=moving.id if moving else None)
    taken = [Stretch(it.start_at, it.end_at) for it in book.planned]
    taken += rests(queries.pauses_since(member, window.start))
    own, theirs = terms_for(member, terms), terms_for(other, terms)
    slots = common_slots(own, theirs, window, minutes=minutes, taken=taken)
    suiting = [start for start in slots if not book.cautions(start, minutes=minutes)]
    nearest = sorted(suiting, key=lambda start: abs(start - near))[:MOST_SUGGESTED]
    return choices(sorted(nearest), member, at)


def _window(near: datetime, at: datetime) -> Stretch:
    """Two weeks with this moment in their middle, none of it before there is time to answer or beyond a year."""
    start = max(at + SOONEST, near - LOOK_AROUND / 2)
    return Stretch(start, min(start + LOOK_AROUND, at + rules.FURTHEST))


def why_not(start: datetime, book: Diary) -> str:
    """Why a time can't be named at all, in the rule's own sentence; empty where it can."""
    moving = next((meeting for meeting in book.planned if meeting.id == book.moving), None)
    try:
        rules.refuse_unfit_times([start], book.at, field="", meeting=moving)
    except Refused as refused:
        return refused.sentence
    return ""


def offered(meeting: Meeting, member: Member, terms: Terms, at: datetime) -> list[Choice]:
    """The times asked for; for the one who is to answer, with what each of them runs against."""
    if member.partnership.ended_at or not meeting.asked_entry:
        return []
    found = choices(meeting.times, member, at)
    if meeting.asked_by_id == member.id:
        return found
    book = diary(member, terms, meeting.times, at=at, moving=meeting.id)
    return [
        replace(choice, cautions=book.cautions(time, minutes=meeting.minutes))
        for choice, time in zip(found, meeting.times, strict=True)
    ]
