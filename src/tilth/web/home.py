"""A partnership's home: the next small step, what waits on whom, the margin, what was lately said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from tilth.design.dates import near_day, since_day
from tilth.design.rings import Picture
from tilth.design.wording import begun
from tilth.ledger import story
from tilth.ledger.chapter import Aside, Due, Step
from tilth.ledger.page import Dues, dues_by_chapter
from tilth.ledger.registry import chapters
from tilth.ledger.rings import time_together
from tilth.partnerships.elsewhere import describe_in, ended_on
from tilth.partnerships.models import Member, Pause, PutOff
from tilth.partnerships.putting_off import put_off_now
from tilth.partnerships.terms import terms_of

REST = timedelta(days=7)
LATELY = 4
WAITING = 7  # more is a burden to look at, and each chapter has its own list
EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Waits:
    """What waits on one of the two: the soonest, how many more there are, and where those are: titles and addresses."""

    soonest: list[Due]
    more: int
    under: list[tuple[str, str]]

    @property
    def count(self) -> int:
        return len(self.soonest) + self.more


@dataclass(frozen=True, kw_only=True)
class Home:
    """Everything the home of a partnership shows, top to bottom."""

    next_step: Step | None
    on_me: Waits
    on_other: Waits
    asides: list[Aside]
    lately: list[story.Told]
    picture: Picture
    pause: Pause | None
    dues: Dues
    lead: str

    def context(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def home_of(member: Member, at: datetime) -> Home:
    """Where this partnership stands for `member` at `at`; a fixed number of queries, however long its history."""
    by_chapter = dues_by_chapter([member], at)
    return Home(
        next_step=next_small_step(member, at, by_chapter),
        on_me=waits(member, by_chapter, "me"),
        on_other=waits(member, by_chapter, "other"),
        asides=_asides(member, at),
        lately=story.newest(member, most=LATELY, sealed_only=True),
        picture=time_together(member, at.date()),
        pause=member.open_pause,
        lead=lead(member, at),
        dues=by_chapter,
    )


def waits(member: Member, by_chapter: Dues, on: Literal["me", "other"]) -> Waits:
    """What waits on one of the two in this partnership, of what waits there and perhaps in others."""
    here = (due for found in by_chapter.values() for due in found if due.member is member)
    dues = _soonest_first(due for due in here if due.on == on)
    rest = {id(due) for due in dues[WAITING:]}
    under = [
        (chapter.title, f"/p/{member.partnership_id}/{chapter.slug}/")
        for chapter in chapters()
        if any(id(due) in rest for due in by_chapter[chapter.slug])
    ]
    return Waits(soonest=dues[:WAITING], more=len(rest), under=under)


def _asides(member: Member, at: datetime) -> list[Aside]:
    """What comes next and what holds, for the margin; after the end nothing does."""
    if member.partnership.ended_at:
        return []
    return [aside for chapter in chapters() if (aside := chapter.margin(member, at))]


def lead(member: Member, at: datetime) -> str:
    """One line under the heading: since when, and in which rhythm; after the end, until when."""
    partnership, zone = member.partnership, member.now_zone
    today = at.astimezone(zone).date()
    words = begun(since_day(partnership.opened_at.astimezone(zone).date(), today))
    if partnership.ended_at:
        return f"{words}, until {near_day(partnership.ended_at.astimezone(zone).date(), today)}."
    rhythm = terms_of(partnership).rhythm if partnership.terms else None
    if rhythm is None:
        return f"{words}."
    until = f" until {last}" if (last := ended_on(rhythm, at)) else ""
    return f"{words}, meeting {describe_in(rhythm, member.person.zone, at)}{until}."


def _soonest_first(dues: Iterable[Due]) -> list[Due]:
    """By their moment; what has none comes last."""
    return sorted(dues, key=lambda due: (due.when is None, due.when or EVER))


def next_small_step(member: Member, at: datetime, by_chapter: Dues) -> Step | None:
    """The weightiest step that the member has not put off, and that does not yield to what waits in some chapter."""
    put_off = put_off_now(member, at)
    shown = (step for step in candidates(member, at) if step.key not in put_off)
    return max(
        (step for step in shown if not by_chapter.get(step.yields_to)), key=lambda step: step.weight, default=None
    )


def candidates(member: Member, at: datetime) -> Iterator[Step]:
    """Every step that a chapter offers now."""
    return (step for chapter in chapters() for step in chapter.steps(member, at))


def put_off(member: Member, key: str, at: datetime) -> None:
    """Let a step rest for a week; what is not on offer is not kept."""
    if any(step.key == key for step in candidates(member, at)):
        PutOff.objects.update_or_create(member_id=member.id, key=key, defaults={"until": at + REST})
