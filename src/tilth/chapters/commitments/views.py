"""Pages of commitments. They only read; every form on them writes through the door."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tilth.chapters.commitments import queries
from tilth.chapters.commitments.queries import Shown
from tilth.chapters.commitments.shelves import by_month, open_shelves
from tilth.chapters.commitments.words import as_story
from tilth.ledger import story
from tilth.ledger.addresses import day_in, in_address, place_in, uuid_in
from tilth.ledger.kept import kept_ready
from tilth.ledger.page import render_page
from tilth.partnerships.access import member_or_404
from tilth.partnerships.limits import Caution, due_day_cautions
from tilth.partnerships.models import Member
from tilth.partnerships.terms import MemberTerms, terms_of
from tilth.protocol import clock


@require_GET
@kept_ready
def index(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """What is asked, what is mine, what is theirs, and the newest of what was resolved."""
    member = member_or_404(request, partnership_id)
    at = clock.now()
    shelves = open_shelves(queries.open_commitments([member], at))
    newest = queries.resolved_commitments(member, at, before=None)
    context = {"shelves": shelves, "months": by_month(newest[:5], member), "more": len(newest) > 5}
    return render_page(request, member, "commitments/index.html", context)


@require_GET
def new(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The one-line form alone, for a commitment that comes out of something else: `source` is that entry."""
    member = member_or_404(request, partnership_id)
    source = uuid_in(request.GET.get("source"))
    context = {"source": source, "came_from": source and story.one(member, source)}
    return render_page(request, member, "commitments/new.html", context)


@require_GET
def resolved(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """All that was kept, released, let go or declined, by month, a page at a time."""
    member = member_or_404(request, partnership_id)
    found = queries.resolved_commitments(member, clock.now(), before=place_in(request.GET.get("before")))
    page, rest = found[: queries.A_PAGE], found[queries.A_PAGE :]
    context = {"months": by_month(page, member), "older": _address(page[-1]) if rest else None}
    return render_page(request, member, "commitments/resolved.html", context)


@require_GET
@kept_ready
def one(request: HttpRequest, partnership_id: UUID, commitment_id: UUID) -> HttpResponse:
    """One commitment with its whole story, and what can be done about it now."""
    member = member_or_404(request, partnership_id)
    shown = queries.commitment(member, commitment_id, clock.now())
    if shown is None:
        raise Http404("No such commitment.")
    people = {seat.id: seat for seat in member.everyone}
    context = {
        "shown": shown,
        "row": shown.row,
        "people": people,
        "story": as_story(queries.story_of(shown.row), member),
        "came_from": shown.row.source and story.one(member, shown.row.source),
    }
    return render_page(request, member, "commitments/one.html", context)


@require_GET
def limits(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """A piece of a form: the limits of the one who is to do it, and what the chosen day would run against."""
    member = member_or_404(request, partnership_id)
    owner = _owner(member, request.GET.get("data.owner"))
    terms = _agreed(owner)
    context = {
        "member": member,
        "owner": owner,
        "terms": terms,
        "cautions": _cautions(member, owner, terms, request.GET.get("data.due")),
    }
    return render(request, "commitments/limits.html", context)


def _agreed(owner: Member) -> MemberTerms | None:
    """The owner's limits by the agreement; nothing is told as theirs before there is one."""
    return terms_of(owner.partnership).members.get(owner.person_id) if owner.partnership.terms else None


def _cautions(member: Member, owner: Member, terms: MemberTerms | None, chosen: str | None) -> list[Caution]:
    day = day_in(chosen)
    if day is None:
        return []
    name = None if owner.id == member.id else owner.called
    today = clock.now().astimezone(owner.now_zone).date()
    return due_day_cautions(day, terms, name=name, today=today, paused=member.open_pause is not None)


def _owner(member: Member, chosen: str | None) -> Member:
    return next((seat for seat in member.everyone if str(seat.id) == chosen), member)


def _address(shown: Shown) -> str:
    assert shown.row.resolved_at
    return in_address(shown.row.resolved_at, shown.row.id)
