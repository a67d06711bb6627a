"""The only way a page of a partnership is made: with its navigation, its lock line and what the browser must know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tilth.accounts.context import person_context
from tilth.ledger import reading
from tilth.ledger.chapter import Due
from tilth.ledger.registry import chapters
from tilth.partnerships.models import Member
from tilth.protocol import clock

Dues = dict[str, list[Due]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place in the navigation."""

    slug: str
    title: str
    icon: str
    url: str
    current: bool
    count: int = 0


def render_page(
    request: HttpRequest,
    member: Member,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    dues: Dues | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page of `member`'s partnership. `dues` is what waits there, where the page has asked already."""
    slug, at = template.partition("/")[0], clock.now()
    everything = {
        "member": member,
        "other": member.other,
        "now": at,
        "nav": navigation(member, current=slug, dues=dues_by_chapter([member], at) if dues is None else dues),
        "context_json": browser_context(request, member),
        **(context or {}),
    }
    return render(request, template, everything, status=status)


def dues_by_chapter(members: Sequence[Member], at: datetime) -> Dues:
    """What waits, in all of these partnerships at once, by chapter; where there is a pause, what rests."""
    prefetch_related_objects([member.partnership for member in members], "pauses")
    found = {chapter.slug: chapter.due(members, at) for chapter in chapters()}
    return {slug: [due.resting if due.member.open_pause else due for due in dues] for slug, dues in found.items()}


def navigation(member: Member, *, current: str, dues: Dues) -> list[Place]:
    """Home, the chapters in their order, each with how much waits there on the member, and the timeline."""
    counts = {slug: sum(due.on == "me" and not due.rests for due in found) for slug, found in dues.items()}
    root = f"/p/{member.partnership_id}/"
    found = [("home", "Home", "sprout", root)]
    found += [(chapter.slug, chapter.title, chapter.icon, f"{root}{chapter.slug}/") for chapter in chapters()]
    found += [("timeline", "Timeline", "rows-3", f"{root}timeline")]
    return [
        Place(slug=slug, title=title, icon=icon, url=url, current=slug == current, count=counts.get(slug, 0))
        for slug, title, icon, url in found
    ]


def browser_context(request: HttpRequest, member: Member) -> str:
    """The JSON the elements read in a partnership: who I am, my card, its head and its members, and whether
    my keys are new and not announced there yet."""
    return person_context(request, partnership=_partnership(member))


def context_of_several(request: HttpRequest, members: Sequence[Member]) -> str:
    """The same on a page outside partnerships, of those that it opens something of."""
    return person_context(request, partnerships=[_partnership(member) for member in members])


def _partnership(member: Member) -> dict[str, Any]:
    members = [
        {
            "id": str(seat.id), "person": str(seat.person_id), "name": seat.person.name, "role": seat.role,
            "card": seat.newest_card, "you": seat.id == member.id, "left": seat.left_at is not None,
        }
        for seat in member.everyone
    ]  # fmt: skip
    unannounced = member.newest_card != member.announced and member.partnership.ended_at is None
    return {
        "id": str(member.partnership_id), "head": reading.head(member.partnership), "members": members,
        "unannounced": unannounced,
    }  # fmt: skip
