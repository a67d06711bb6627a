"""Terms to begin a draft with: gentle limits, and a first suggestion for a rhythm that suits both clocks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tilth.chapters.agreement.recurrence import weekly
from tilth.partnerships.hours import Stretch, common_slots
from tilth.partnerships.models import Member
from tilth.partnerships.terms import MemberTerms, Rhythm, Terms

SOONEST = timedelta(days=3)
LENGTH = 60
LASTS = timedelta(days=182)


def first_terms(member: Member, at: datetime) -> Terms:
    """What a first draft starts from: half a year, every second week, at an hour that suits both."""
    today = at.astimezone(member.now_zone).date()
    own = {seat.person_id: MemberTerms(zone=seat.person.zone) for seat in member.here}
    bare = Terms(members=own, begins=today, ends=today + LASTS)
    return bare.model_copy(update={"rhythm": suggested_rhythm(member, bare, at)})


def renewed(terms: Terms, member: Member, today: date) -> Terms:
    """The terms as the start of the next proposal: with limits for whoever is here now, and not over already."""
    own = {seat.person_id: terms.of(seat.person_id, zone=seat.person.zone) for seat in member.here}
    changes: dict[str, Any] = {"members": own}
    if terms.schedules not in own:
        changes["schedules"] = "either"
    if terms.ends <= today:
        ends = today + LASTS
        rhythm = terms.rhythm.model_copy(update={"start": today, "ends": ends}) if terms.rhythm else None
        changes |= {"begins": today, "ends": ends, "rhythm": rhythm}
    return terms.model_copy(update=changes)


def suggested_rhythm(member: Member, terms: Terms, at: datetime) -> Rhythm:
    """Every second week on the first day, three days from now or later, that has an hour for both."""
    mine = terms.members[member.person_id]
    theirs = next((own for person, own in terms.members.items() if person != member.person_id), mine)
    window = Stretch(at + SOONEST, at + SOONEST + timedelta(days=14))
    slots = common_slots(mine, theirs, window, minutes=LENGTH)
    zone = ZoneInfo(mine.zone)
    first = slots[0].astimezone(zone) if slots else (at + SOONEST).astimezone(zone).replace(hour=12, minute=0)
    return Rhythm(
        rrule=weekly(first.weekday(), every=2),
        start=first.date(),
        time=f"{first:%H:%M}",
        zone=mine.zone,
        minutes=LENGTH,
        ends=max(terms.ends, first.date()),
        place="video",
    )
