"""What stands in the calendar of the two around some times, and what a further time would run against."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tilth.chapters.meetings import queries
from tilth.chapters.meetings.models import Meeting, State
from tilth.design.dates import span
from tilth.partnerships.hours import Stretch, is_paused
from tilth.partnerships.limits import PAUSED, Caution, month_cautions, within_available
from tilth.partnerships.models import Member
from tilth.partnerships.terms import MemberTerms, Terms


@dataclass(frozen=True, kw_only=True)
class Diary:
    """The meetings of the two in the months of some times, as `member` reads them `at` this moment.

    `moving` is the meeting that would take one of the times instead of its own.
    """

    member: Member
    terms: Terms
    at: datetime
    meetings: list[Meeting]
    moving: UUID | None

    @property
    def planned(self) -> list[Meeting]:
        return [meeting for meeting in self.meetings if meeting.state == State.PLANNED]

    def cautions(self, start: datetime, *, minutes: int) -> list[Caution]:
        """What a time would run against: their meetings, then the other's limits, then one's own, then a pause."""
        slot = Stretch(start, start + timedelta(minutes=minutes))
        found = [*self._meetings_then(slot)]
        for seat in (self.member.other, self.member):
            if seat is not None:
                found += self._limits_of(seat, slot, minutes)
        if self._rests(start):
            found.append(PAUSED)
        return found

    def _meetings_then(self, slot: Stretch) -> Iterator[Caution]:
        for meeting in self.planned:
            if not slot.overlaps(Stretch(meeting.start_at, meeting.end_at)):
                continue
            when = span(meeting.start_at, meeting.end_at, self.member.now_zone, self.at)
            if meeting.id == self.moving:
                yield Caution("own_time", f"This overlaps the time that the meeting has now: {when}.")
            elif self._rests(meeting.start_at):
                yield Caution("rests_then", f"A meeting of yours rests then, while you pause: {when}.")
            else:
                yield Caution("meet_then", f"You already meet then: {when}.")

    def _rests(self, start: datetime) -> bool:
        return is_paused(start, queries.pauses_since(self.member, start))

    def _limits_of(self, seat: Member, slot: Stretch, minutes: int) -> list[Caution]:
        if not self.member.partnership.terms:
            return []  # what is not agreed is nobody's limit
        name = None if seat.id == self.member.id else seat.called
        own = terms_for(seat, self.terms)
        first, following = month_of(slot.start, seat)
        in_month = (it for it in self.meetings if first <= it.start_at < following and it.id != self.moving)
        spent = sum(meeting.minutes for meeting in in_month)
        return [
            *within_available(slot.start, slot.end, own, name=name),
            *month_cautions(spent, minutes, own, name=name),
        ]


def diary(
    member: Member, terms: Terms, times: Sequence[datetime], *, at: datetime, moving: UUID | None = None
) -> Diary:
    """Asks once for all the months that the times fall in, for either of the two."""
    seats = [seat for seat in (member, member.other) if seat is not None]
    first = min(month_of(min(times), seat)[0] for seat in seats)
    following = max(month_of(max(times), seat)[1] for seat in seats)
    meetings = queries.meetings_between(member, first, following)
    return Diary(member=member, terms=terms, at=at, meetings=meetings, moving=moving)


def terms_for(seat: Member, terms: Terms) -> MemberTerms:
    return terms.of(seat.person_id, zone=seat.person.zone)


def month_of(start: datetime, member: Member) -> tuple[datetime, datetime]:
    """The calendar month of a moment in the member's zone."""
    first = start.astimezone(member.now_zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following
