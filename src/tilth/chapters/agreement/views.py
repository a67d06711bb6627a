"""The pages of the agreement: what holds, a version to read and sign, a draft, and two versions side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from pydantic import ValidationError

from tilth.chapters.agreement import document, drafting, history, queries
from tilth.chapters.agreement.ahead import Ahead, Side, ahead
from tilth.chapters.agreement.drafting import CHOICES
from tilth.chapters.agreement.models import Closing, Version
from tilth.chapters.agreement.names import first_names
from tilth.chapters.agreement.rules import why_closed
from tilth.chapters.agreement.sections import OWN_SUCCESS, SECTIONS
from tilth.ledger.addresses import in_address, place_in, uuid_in
from tilth.ledger.kept import kept_ready
from tilth.ledger.page import render_page
from tilth.partnerships.access import member_or_404
from tilth.partnerships.models import Member
from tilth.partnerships.terms import MemberTerms, Rhythm, Terms
from tilth.protocol import clock


@require_GET
@kept_ready
def show(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The agreement in force, what is proposed now, and all versions there were, a page of them at a time."""
    member = member_or_404(request, partnership_id)
    before = place_in(request.GET.get("before"))
    found = queries.versions(member, before=before)
    page, rest = found[: queries.ON_A_PAGE], found[queries.ON_A_PAGE :]
    living = {signature.version_id: signature.version for signature in queries.current_versions([member])}
    prefetch_related_objects(list(living.values()), "signatures")
    in_force = next((version for version in living.values() if version.is_in_force), None)
    last = next(iter(page), None) if before is None else None
    context = {
        "in_force": in_force,
        "left": document.leaving(member, last) if last else None,
        "proposals": [version for version in living.values() if version.is_open],
        "versions": history.rows(member, page),
        "paged": before is not None,
        "older": in_address(page[-1].at, page[-1].id) if rest else None,
        **(_reading(member, in_force) if in_force else {}),
    }
    return render_page(request, member, "agreement/show.html", context)


@require_GET
def version(request: HttpRequest, partnership_id: UUID, version_id: UUID) -> HttpResponse:
    """One version to read; where it is open, to sign, to answer, to withdraw or to decline."""
    member = member_or_404(request, partnership_id)
    found = queries.version_or_404(member, version_id)
    earlier = queries.version_or_none(member, found.replaces)
    context = {
        "version": found,
        "waits": queries.waits(member, found),
        "earlier": earlier,
        "has_agreement": any(one.version.is_in_force for one in queries.current_versions([member])),
        "changes": document.comparison(earlier, found, first_names(member)) if earlier else [],
        "state": history.state_of(member, found),
        "why_closed": why_closed(Closing(found.closed_as), member.partnership) if found.closed_as else None,
        "ahead": _ahead(member, found),
        "declined": document.declining(member, found),
        "own_success": OWN_SUCCESS,
        "my_success": document.success_of(queries.own_success(member)),
        **_reading(member, found),
    }
    return render_page(request, member, "agreement/version.html", context)


@require_GET
def compare(request: HttpRequest, partnership_id: UUID, before_id: UUID, after_id: UUID) -> HttpResponse:
    """Two versions side by side, with what changed."""
    member = member_or_404(request, partnership_id)
    before, after = queries.versions_or_404(member, before_id, after_id)
    context = {
        "before": before,
        "after": after,
        "changes": document.comparison(before, after, first_names(member)),
        "successes": []
        if before.is_withdrawn or after.is_withdrawn
        else document.success_pairs(
            member.everyone, queries.successes(member, before), queries.successes(member, after)
        ),
    }
    return render_page(request, member, "agreement/compare.html", context)


@require_GET
def draft(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """A first draft, an answer to a proposal, or a change to what is in force: section by section."""
    member = member_or_404(request, partnership_id)
    wanted = uuid_in(request.GET.get("from"))
    context = {
        "draft": drafting.draft_for(member, wanted, clock.now(), afresh="afresh" in request.GET),
        "choices": CHOICES,
        "sections": SECTIONS,
        "own_success": OWN_SUCCESS,
        "alone": not member.others,
    }
    return render_page(request, member, "agreement/draft.html", context)


@require_GET
def dates(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """A fragment: the first dates of a rhythm that is being chosen, and what it runs against with these limits."""
    member = member_or_404(request, partnership_id)
    asked = {seat.person_id: _limits(request, name, seat) for name, seat in _sides(member)}
    try:
        rhythm = Rhythm.model_validate_json(request.GET.get("rhythm", ""))
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]["msg"]
        return render(request, "agreement/dates.html", {"problem": problem}, status=422)
    sides = [_side(member, seat, asked[seat.person_id], asked[seat.person_id].zone) for _, seat in _sides(member)]
    context = {"problem": "", "ahead": ahead(rhythm, sides, clock.now()), "member": member, "other": member.other}
    return render(request, "agreement/dates.html", context)


def _ahead(member: Member, version: Version) -> Ahead | None:
    """The same of a rhythm that can still be signed, on the clocks that the two live by now."""
    terms = Terms.model_validate(version.terms)
    if terms.rhythm is None or not queries.waits(member, version):
        return None
    sides = [_side(member, seat, terms.of(seat.person_id), seat.person.zone) for _, seat in _sides(member)]
    return ahead(terms.rhythm, sides, clock.now())


def _sides(member: Member) -> list[tuple[str, Member]]:
    return [("mine", member), *(("theirs", seat) for seat in member.others)]


def _side(member: Member, seat: Member, limits: MemberTerms, zone: str) -> Side:
    name = None if seat.id == member.id else first_names(member)[seat.person_id]
    return Side(name=name, zone=zone, limits=limits)


def _limits(request: HttpRequest, name: str, seat: Member) -> MemberTerms:
    """As they are typed; gentle ones while that isn't possible."""
    try:
        return MemberTerms.model_validate_json(request.GET.get(name, ""))
    except ValidationError:
        return MemberTerms(zone=seat.person.zone)


def _reading(member: Member, version: Version) -> dict[str, Any]:
    """What it takes to read one version as a document."""
    return {
        "sections": document.sections(version, first_names(member)),
        "successes": document.successes(member.everyone, queries.successes(member, version)),
        "signatures": document.signatures(member, version),
    }
