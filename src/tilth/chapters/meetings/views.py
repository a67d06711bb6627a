"""The pages of meetings: GET only; every act goes through the door."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from tilth.chapters.meetings import arranging, proposing, queries
from tilth.chapters.meetings.diary import diary
from tilth.chapters.meetings.models import Meeting, State
from tilth.chapters.meetings.occasion import Occasion, occasion
from tilth.chapters.meetings.waiting import slips_beside
from tilth.ledger.addresses import in_address, moment_in, place_in, uuid_in
from tilth.ledger.kept import kept_ready
from tilth.ledger.page import dues_by_chapter, render_page
from tilth.partnerships.access import member_or_404
from tilth.partnerships.elsewhere import agreed_words, ended_on, words_for_you
from tilth.partnerships.models import Member
from tilth.partnerships.terms import PLACES, Terms, terms_of
from tilth.protocol import clock

LENGTHS = (15, 30, 45, 60, 90, 120)


@require_GET
@kept_ready
def index(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Coming meetings, what waits for an answer, and those behind you."""
    member, at = member_or_404(request, partnership_id), clock.now()
    coming = queries.coming_meetings(member, at, after=place_in(request.GET.get("after")))
    past = queries.past_meetings(member, at, before=place_in(request.GET.get("before")))
    ended = member.partnership.ended_at is not None
    asked, unsaid = ([], []) if ended else (queries.asked_meetings(member, at), queries.unsaid_meetings(member, at))
    every = [*coming.meetings, *past.meetings, *asked, *unsaid]
    pauses = queries.pauses_since(member, min((meeting.start_at for meeting in every), default=at))
    terms, dues = terms_of(member.partnership), dues_by_chapter([member], at)
    paged = "after" in request.GET or "before" in request.GET
    question = None if paged else slips_beside(member, at)

    def shown(meetings: list[Meeting]) -> list[Occasion]:
        return [occasion(one, member, at, pauses, points=queries.agenda_size(one)) for one in meetings]

    context = {
        "coming": shown(coming.meetings),
        "is_planned": paged or coming.further or any(one.state == State.PLANNED for one in coming.meetings),
        "further_coming": coming.further and in_address(*coming.further),
        "past": shown([one for one in past.meetings if paged or one not in (*asked, *unsaid)]),
        "further_past": past.further and in_address(*past.further),
        "asked": shown(asked),
        "unsaid": shown(unsaid),
        "rhythm": terms.rhythm,
        "rhythm_words": _rhythm_words(terms, member, at, runs=not ended),
        "rhythm_ended": ended_on(terms.rhythm, member.partnership.ended_at or at) if terms.rhythm else "",
        "terms": terms,
        "slips": question if question and not dues.get(question.yields_to) else None,
        "paged": paged,
        "ended": ended,
    }
    return render_page(request, member, "meetings/index.html", context, dues=dues)


def _rhythm_words(terms: Terms, member: Member, at: datetime, *, runs: bool) -> str:
    """As agreed; while it runs, also as the meetings to come read on the member's own clock."""
    rhythm, zone = terms.rhythm, member.person.zone
    if rhythm is None:
        return ""
    return words_for_you(rhythm, zone, at) if runs else agreed_words(rhythm, zone)


@require_GET
@kept_ready
def show(request: HttpRequest, partnership_id: UUID, meeting_id: UUID) -> HttpResponse:
    """One meeting: when, its agenda, arriving, its summary, what was said."""
    return _meeting_page(request, partnership_id, meeting_id, "meetings/show.html")


@require_GET
def about(request: HttpRequest, partnership_id: UUID, entry_id: UUID) -> HttpResponse:
    """On to the meeting that an offer or a point is for."""
    member = member_or_404(request, partnership_id)
    meeting = queries.meeting_about(member, entry_id)
    if meeting is None:
        raise Http404("Nothing about a meeting.")
    return redirect("meetings:show", partnership_id=partnership_id, meeting_id=meeting)


@require_GET
def now(request: HttpRequest, partnership_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The quiet screen for the meeting itself: the agenda and nothing else, and no clock."""
    return _meeting_page(request, partnership_id, meeting_id, "meetings/now.html")


@require_GET
def afterwards(request: HttpRequest, partnership_id: UUID, meeting_id: UUID) -> HttpResponse:
    """One private question, revealed only together."""
    return _meeting_page(request, partnership_id, meeting_id, "meetings/afterwards.html")


@require_GET
def move(request: HttpRequest, partnership_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Another time for a meeting: at once before the notice begins, else as an offer."""
    member = member_or_404(request, partnership_id)
    context = _arranged(member, meeting_id)
    meeting, terms = context["meeting"], context["terms"]
    context |= {
        "suggestions": proposing.suggestions(member, terms, minutes=meeting.minutes, at=clock.now(), moving=meeting),
        "limits": proposing.limits(member, terms),
        "minutes": meeting.minutes,
    }
    return render_page(request, member, "meetings/move.html", context)


@require_GET
def propose(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """An extra meeting: the other's limits first, then times that suit both."""
    member = member_or_404(request, partnership_id)
    terms = terms_of(member.partnership)
    minutes = _minutes(request, terms)
    context = {
        "terms": terms,
        "minutes": minutes,
        "lengths": _lengths(minutes),
        "places": list(PLACES.items()),
        "place": terms.rhythm.place if terms.rhythm else "video",
        "limits": proposing.limits(member, terms),
        "suggestions": proposing.suggestions(member, terms, minutes=minutes, at=clock.now()),
    }
    return render_page(request, member, "meetings/propose.html", context)


@require_GET
def note(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """A meeting that the two had without a plan."""
    member = member_or_404(request, partnership_id)
    minutes = _minutes(request, terms_of(member.partnership))
    context = {"lengths": _lengths(minutes), "places": list(PLACES.items()), "minutes": minutes}
    return render_page(request, member, "meetings/note.html", context)


@require_GET
def limits(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """A fragment: what a time typed into a form would run against."""
    member = member_or_404(request, partnership_id)
    terms = terms_of(member.partnership)
    typed = request.GET.getlist("data.times")[-1:] or request.GET.getlist("data.to")[-1:]
    start = moment_in("".join(typed), member.now_zone)
    if start is None:
        return render(request, "meetings/limits.html", {"choice": None})
    at, moving = clock.now(), uuid_in(request.GET.get("meeting"))
    book = diary(member, terms, [start], at=at, moving=moving)
    [choice] = arranging.choices([start], member, at)
    context = {
        "choice": choice,
        "why_not": proposing.why_not(start, book),
        "cautions": book.cautions(start, minutes=_minutes(request, terms)),
    }
    return render(request, "meetings/limits.html", context)


def _meeting_page(request: HttpRequest, partnership_id: UUID, meeting_id: UUID, template: str) -> HttpResponse:
    member = member_or_404(request, partnership_id)
    return render_page(request, member, template, _arranged(member, meeting_id))


def _arranged(member: Member, meeting_id: UUID) -> dict[str, Any]:
    """Everything that the pages of one meeting show."""
    meeting, at = queries.meeting_or_404(member, meeting_id), clock.now()
    turns, terms = queries.turns_of(meeting), terms_of(member.partnership)
    shown = occasion(meeting, member, at, queries.pauses_since(member, meeting.start_at))
    seats = {seat.id: seat for seat in member.everyone}
    asked = next((turn for turn in turns if turn.entry == meeting.asked_entry), None)
    return {
        "meeting": meeting,
        "shown": shown,
        "terms": terms,
        "acts": arranging.acts(shown, member, at),
        "points": arranging.points(meeting, queries.agenda_of(meeting), seats),
        "sayings": arranging.sayings([turn for turn in turns if turn != asked], member, at),
        "asked": asked,
        "arrivals": arranging.pair(turns, "meetings.arrived", member),
        "arrived": arranging.arrived(turns, meeting),
        "looks_back": arranging.pair(turns, "meetings.looked_back", member),
        "summaries": arranging.summaries(turns),
        "seats": seats,
        "choices": proposing.offered(meeting, member, terms, at),
        "asked_by_me": meeting.asked_by_id == member.id,
        "root": f"/p/{member.partnership_id}/meetings/",
    }


def _lengths(minutes: int) -> list[tuple[int, str]]:
    return [(length, f"{length} minutes") for length in sorted({*LENGTHS, minutes})]


def _minutes(request: HttpRequest, terms: Terms) -> int:
    text = request.GET.get("data.minutes", "")
    minutes = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if 5 <= minutes <= 480:
        return minutes
    return terms.rhythm.minutes if terms.rhythm else 60
