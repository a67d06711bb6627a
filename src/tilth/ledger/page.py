"""The only way a page of a partnership is made: with its navigation, its lock line and what the browser must know."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse

from tilth.accounts.cards import current_cards
from tilth.accounts.instance import instance_id
from tilth.accounts.models import Person
from tilth.ledger import reading
from tilth.ledger.registry import chapters
from tilth.partnerships.models import Member
from tilth.protocol import clock


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
    counts: dict[str, int] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page of `member`'s partnership. `counts` says how many things wait on the member in each chapter."""
    slug = template.partition("/")[0]
    everything = {
        "member": member,
        "other": member.other,
        "now": clock.now(),
        "nav": navigation(member, current=slug, counts=counts or {}),
        "context_json": browser_context(request, member),
        **(context or {}),
    }
    return render(request, template, everything, status=status)


def navigation(member: Member, *, current: str, counts: dict[str, int]) -> list[Place]:
    """Home, the chapters in their order, and the timeline."""
    root = f"/p/{member.partnership_id}/"
    found = [("home", "Home", "sprout", root)]
    found += [(chapter.slug, chapter.title, chapter.icon, f"{root}{chapter.slug}/") for chapter in chapters()]
    found += [("timeline", "Timeline", "rows-3", f"{root}timeline")]
    return [
        Place(slug=slug, title=title, icon=icon, url=url, current=slug == current, count=counts.get(slug, 0))
        for slug, title, icon, url in found
    ]


def browser_context(request: HttpRequest, member: Member | None) -> str:
    """The JSON the elements read: who I am, my card, and, in a partnership, its head and its members."""
    assert isinstance(request.user, Person)
    people = {request.user.id} | ({seat.person_id for seat in member.everyone} if member else set())
    hashes = {card.person_id: card.hash for card in current_cards(people)}
    found: dict[str, Any] = {
        "instance": instance_id(),
        "csrf": get_token(request),
        "person": {"id": str(request.user.id), "name": request.user.name, "zone": request.user.zone},
        "card": hashes.get(request.user.id),
        "keyring_version": None,
        "partnership": _partnership(member, hashes) if member else None,
    }
    return json.dumps(found, separators=(",", ":")).replace("<", "\\u003c")


def _partnership(member: Member, hashes: dict[Any, str]) -> dict[str, Any]:
    members = [
        {
            "id": str(seat.id), "person": str(seat.person_id), "name": seat.person.name, "role": seat.role,
            "card": hashes.get(seat.person_id), "you": seat.id == member.id, "left": seat.left_at is not None,
        }
        for seat in member.everyone
    ]  # fmt: skip
    return {"id": str(member.partnership_id), "head": reading.head(member.partnership), "members": members}


def chapter_url(member: Member, slug: str, name: str, **kwargs: Any) -> str:
    """The address of a chapter's page in this partnership."""
    return reverse(f"{slug}:{name}", kwargs={"partnership_id": member.partnership_id, **kwargs})
