"""A rhythm that keeps slipping: of the last meetings it laid, too few came to be when they were to be.

That says something about the rhythm and nothing about either of the two, so it leads to the rhythm.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tilth.chapters.meetings.models import Meeting, State
from tilth.design.wording import NUMBERS
from tilth.ledger.chapter import Step
from tilth.partnerships.elsewhere import ended_on
from tilth.partnerships.hours import is_paused
from tilth.partnerships.models import Member
from tilth.partnerships.rhythm import days_between
from tilth.partnerships.terms import terms_of

LOOKED_AT = 4
OFTEN_OFF = 2
MOSTLY = 3
TURNS = 8  # of the rhythm, back from now, within which the last four are looked for
OFF = (State.MISSED, State.CANCELLED)
AGREEMENT = "agreement"  # the chapter where a rhythm is changed


@dataclass(frozen=True, kw_only=True)
class Slipped:
    """Of the last `of` meetings that the agreed rhythm laid, how many were `off`, and how many others were `moved`."""

    of: int
    off: int
    moved: int

    @property
    def keeps_slipping(self) -> bool:
        return self.off >= OFTEN_OFF or self.off + self.moved >= MOSTLY

    @property
    def words(self) -> str:
        """`Of the last four meetings of your rhythm, two did not happen and one was moved.`"""
        found = [(self.off, "did not happen"), (self.moved, "was moved" if self.moved == 1 else "were moved")]
        said = " and ".join(f"{NUMBERS[count]} {what}" for count, what in found if count)
        return f"Of the last {NUMBERS[self.of]} meetings of your rhythm, {said}."


def looked_back_to(member: Member, at: datetime) -> datetime | None:
    """From when on the meetings of the rhythm count; None where there is no rhythm that the two could change now."""
    if member.partnership.ended_at or member.open_pause or not member.others:
        return None
    rhythm = terms_of(member.partnership).rhythm
    if rhythm is None or ended_on(rhythm, at):
        return None
    return at - TURNS * timedelta(days=days_between(rhythm))


def change_the_rhythm(member: Member, meetings: Iterable[Meeting], at: datetime) -> Step | None:
    """To ask whether another rhythm would fit; it rests while the two already talk about a new agreement."""
    slipped, agreement = _slipped(member, meetings, at), member.partnership.terms_entry
    if not slipped.keeps_slipping:
        return None
    return Step(
        key=f"change-rhythm-{agreement}", weight=63, title="Change the rhythm?",
        why=f"{slipped.words} Perhaps another day, or fewer of them, would fit the two of you better.",
        action="Look at the rhythm", url=f"/p/{member.partnership_id}/{AGREEMENT}/draft?from={agreement}#rhythm",
        yields_to=AGREEMENT,
    )  # fmt: skip


def _slipped(member: Member, meetings: Iterable[Meeting], at: datetime) -> Slipped:
    """Of these meetings, the last that the agreement in force laid and whose time has passed. Those in a pause, and
    those moved out of one, are left out; so is what an earlier agreement laid."""
    since, agreement = looked_back_to(member, at), member.partnership.terms_entry
    laid = [it for it in meetings if since and it.laid_by == agreement and it.start_at > since and it.end_at <= at]
    last = sorted((it for it in laid if not _lay_in_a_pause(it, member)), key=lambda it: it.start_at)[-LOOKED_AT:]
    stood = [meeting for meeting in last if meeting.state not in OFF]
    moved = sum(meeting.moved_from is not None for meeting in stood)
    return Slipped(of=len(last), off=len(last) - len(stood), moved=moved)


def _lay_in_a_pause(meeting: Meeting, member: Member) -> bool:
    return any(is_paused(moment, member.pauses) for moment in (meeting.start_at, meeting.moved_from) if moment)
