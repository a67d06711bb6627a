"""The pages of a partnership's life: who can read here, the invitation, the first line, pause, leaving."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from tilth.chapters.membership import queries
from tilth.chapters.membership.data import OPPOSITE
from tilth.ledger.page import render_page
from tilth.partnerships.access import member_or_404
from tilth.partnerships.invitations import why_gone
from tilth.partnerships.models import Member
from tilth.protocol import clock

LASTS = timedelta(days=14)
NOT_MAILED = {
    "bad-address": "That is not an e-mail address. Look at it once more.",
    "too-many": "That is enough letters for one day. Hand the link over yourself, or wait until tomorrow.",
    "not-sent": "The mail could not be sent just now. Hand the link over yourself, or try again later.",
}


@require_GET
def show(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Who is here, whether their keys are verified, and the ways to pause and to leave."""
    member = member_or_404(request, partnership_id)
    return render_page(request, member, "membership/show.html", {"pause": member.open_pause})


@require_GET
def invite(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Make an invitation, or see the one that is out."""
    return invite_page(request, member_or_404(request, partnership_id))


def invite_page(request: HttpRequest, member: Member, *, trouble: str = "", typed: str = "") -> HttpResponse:
    """With `trouble`, one of NOT_MAILED, it says why nothing was sent to the address `typed`."""
    now = clock.now()
    invitation = queries.open_invitation(member)
    context = {
        "invitation": invitation,
        "gone": why_gone(invitation, now) if invitation else None,
        "spent": queries.spent_invitations(member, now),
        "role": OPPOSITE[member.role],
        "expires": now + LASTS,
        "mailed": "mailed" in request.GET,
        "trouble": NOT_MAILED.get(trouble),
        "typed": typed,
    }
    return render_page(request, member, "membership/invite.html", context, status=422 if trouble else 200)


@require_GET
def hope(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The first small thing: one line each about what they hope for, revealed together."""
    member = member_or_404(request, partnership_id)
    return render_page(request, member, "membership/hope.html", {"opening": queries.opening(member)})


@require_GET
def pause(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Ask for a pause, or end one's own."""
    member = member_or_404(request, partnership_id)
    return render_page(request, member, "membership/pause.html", {"pause": member.open_pause})


@require_GET
def leave(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Leave, at once and without a reason, after being told what happens to what was written."""
    return render_page(request, member_or_404(request, partnership_id), "membership/leave.html")


@require_GET
def code(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The sixty digits that the two compare."""
    return render_page(request, member_or_404(request, partnership_id), "membership/code.html")
