"""An invitation from the side of the one who was invited; they may not have an account yet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from tilth.accounts.bodies import answering
from tilth.accounts.cards import current_card
from tilth.accounts.context import person_context
from tilth.accounts.doors import hold_open, posted_from
from tilth.accounts.limits import take
from tilth.accounts.refused import Refused
from tilth.chapters.membership.views import invite_page
from tilth.ledger import reading
from tilth.ledger.addresses import uuid_in
from tilth.ledger.views import cards_json
from tilth.partnerships.access import member_or_404, seat_of, seats_of, visitor
from tilth.partnerships.invitations import open_invitations, why_gone
from tilth.partnerships.models import Decline, Invitation, Mailing, Member
from tilth.partnerships.room import full
from tilth.protocol import clock
from tilth.web.letters import LETTERS, send_invitation


@require_GET
def join(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Who invites, as what, until when; and the ways to say yes or no."""
    invitation = _invitation_or_404(invitation_id)
    person = visitor(request)
    seat = seat_of(person, invitation.partnership_id) if person else None
    if seat and seat.accepted == invitation.id:
        home = f"/p/{invitation.partnership_id}/?accepted"
        return HttpResponseRedirect(f"{home}#main")  # which takes the place of the link's secret
    gone = why_gone(invitation, clock.now())
    if not person and not gone:
        hold_open(request, invitation=invitation.id)
    context: dict[str, Any] = {"invitation": invitation, "gone": gone, "seat": seat, "inviter": invitation.by.person}
    if person:
        context["context_json"] = person_context(request)
        context["has_keys"] = current_card(person) is not None
        inviters = current_card(invitation.by.person)
        context["full"] = None if gone or seat else full(seats_of(person))
        context["inviter_card"] = inviters.hash if inviters else ""
    return render(request, "web/join.html", context)


@require_POST
def decline(_request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """No, thank you. No account is needed for it, and no reason is asked."""
    invitation = _invitation_or_404(invitation_id)
    with transaction.atomic():
        offered = Invitation.objects.select_for_update().get(id=invitation.id)  # as it is once nobody is accepting it
        if not why_gone(offered, clock.now()):
            Decline.objects.get_or_create(invitation=offered.id, defaults={"at": clock.now()})
    return HttpResponseRedirect(f"/join/{invitation.id}")


@posted_from("membership:invite")
def by_mail(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Mail an open invitation. The address is used for this one letter and kept nowhere."""
    member = member_or_404(request, partnership_id)
    wanted = uuid_in(request.POST.get("invitation"))
    invitation = open_invitations(member.partnership_id).filter(id=wanted).first() if wanted else None
    address = request.POST.get("address", "").strip()
    if invitation is None:
        raise Http404("No such invitation.")
    if why_gone(invitation, clock.now()):
        return HttpResponseRedirect(f"/p/{member.partnership_id}/membership/invite")  # which says why
    outcome = _mail(member, invitation, address)
    if outcome == "sent":
        return HttpResponseRedirect(f"/p/{member.partnership_id}/membership/invite?mailed")
    return invite_page(request, member, trouble=outcome, typed=address)


def _mail(member: Member, invitation: Invitation, address: str) -> str:
    """Send it, and say in one word how it went."""
    try:
        validate_email(address)
    except ValidationError:
        return "bad-address"
    if not take(LETTERS, str(member.person_id)):
        return "too-many"
    try:
        send_invitation(address, invitation)
    except OSError:
        return "not-sent"
    Mailing.objects.update_or_create(invitation=invitation.id, defaults={"at": clock.now()})
    return "sent"


@require_GET
@answering
def cards(request: HttpRequest, invitation_id: UUID) -> JsonResponse:
    """The cards of the partnership, for one who is invited and signed in: to compare with the link, and to seal to."""
    return JsonResponse({"cards": cards_json(_open_to(request, invitation_id).partnership)})


@require_GET
@answering
def links(request: HttpRequest, invitation_id: UUID) -> JsonResponse:
    """The chain so far, which the one who joins signs on to."""
    partnership = _open_to(request, invitation_id).partnership
    return JsonResponse({"links": reading.links(partnership, after=0), "head": reading.head(partnership)})


def _open_to(request: HttpRequest, invitation_id: UUID) -> Invitation:
    """Whose session has ended is told so: the invitation may still be theirs to accept."""
    if visitor(request) is None:
        raise Refused("signed_out", "You are signed out. Sign in again, then try once more.", status=403)
    invitation = _invitation_or_404(invitation_id)
    if why_gone(invitation, clock.now()):
        raise Http404("No such invitation.")
    return invitation


def _invitation_or_404(invitation_id: UUID) -> Invitation:
    invitations = Invitation.objects.select_related("partnership", "by__person")
    if invitation := invitations.filter(id=invitation_id).first():
        return invitation
    raise Http404("No such invitation.")
