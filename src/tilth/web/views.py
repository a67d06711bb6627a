"""Today across partnerships, a partnership's home, its timeline."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tilth.accounts.context import person_context
from tilth.accounts.doors import posted_from
from tilth.ledger import story
from tilth.ledger.kept import kept_ready
from tilth.ledger.page import context_of_several, dues_by_chapter, render_page
from tilth.partnerships.access import member_or_404, seats_of, visitor
from tilth.partnerships.room import full
from tilth.protocol import clock
from tilth.web import home as homes

PAGE = 30


@require_GET
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """What waits, across all my partnerships; the first steps where there is none yet."""
    person = visitor(request)
    seats = seats_of(person) if person else []
    now = clock.now()
    dues = dues_by_chapter(seats, now)
    on_me = {seat.id: homes.waits(seat, dues, "me") for seat in seats}
    context = {
        "seats": seats,
        "on_me": on_me,
        "waiting": sum(on_me[seat.id].count for seat in seats if not seat.open_pause),
        "left": request.GET.get("left"),
        "context_json": context_of_several(request, [seat for seat in seats if on_me[seat.id].soonest]),
    }
    return render(request, "web/today.html", context)


@require_GET
@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """Open a partnership: as what, and then the invitation."""
    person = visitor(request)
    context = {"context_json": person_context(request), "full": full(seats_of(person)) if person else None}
    return render(request, "web/begin.html", context)


@require_GET
@kept_ready
def home(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Where this partnership stands, top to bottom."""
    member = member_or_404(request, partnership_id)
    found = homes.home_of(member, clock.now())
    context = {**found.context(), "by_old_link": "accepted" in request.GET}
    return render_page(request, member, "home/home.html", context, dues=found.dues)


@posted_from("web:home")
def not_now(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Put a step off, without any penalty."""
    member = member_or_404(request, partnership_id)
    homes.put_off(member, request.POST.get("key", ""), clock.now())
    return HttpResponseRedirect(f"/p/{member.partnership_id}/")


@require_GET
@kept_ready
def timeline(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Everything that happened, newest first, a page at a time."""
    member = member_or_404(request, partnership_id)
    before = request.GET.get("before", "")
    place = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    told = story.newest(member, before=place, most=PAGE + 1)
    older = told[PAGE - 1].seq if len(told) > PAGE else None
    return render_page(request, member, "timeline/timeline.html", {"told": told[:PAGE], "older": older})
