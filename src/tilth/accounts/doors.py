"""Who may join, and where somebody goes after signing in."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from tilth.accounts.models import Person
from tilth.protocol import clock

INVITED_BY = "invited_by"
IsOpen = Callable[[UUID, datetime], bool]
View = Callable[..., HttpResponse]
_invitations: list[IsOpen] = []


def invitations_are_asked(is_open: IsOpen) -> None:
    """Lets the floor above that knows invitations say whether one is open at a moment."""
    _invitations.append(is_open)


def hold_open(request: HttpRequest, *, invitation: UUID) -> None:
    """Lets this browser sign up for as long as that invitation is open. Called by its page."""
    request.session[INVITED_BY] = str(invitation)


def may_join(request: HttpRequest) -> bool:
    """Whether an address without an account may sign up from this browser."""
    if settings.SIGN_UP == "open" or not Person.objects.exists():
        return True
    invitation = request.session.get(INVITED_BY)
    return invitation is not None and any(is_open(UUID(invitation), clock.now()) for is_open in _invitations)


def next_page(request: HttpRequest, default: str = "/") -> str:
    """Where the request wants to go next; only a path of this site counts."""
    wanted = request.POST.get("next") or request.GET.get("next") or default
    local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if local else default


def posted_from(page: str) -> Callable[[View], View]:
    """For what a form sends to: whoever comes by another way (a reload, signing in again) goes to the page of the form.

    `page` is that page's name; of the form's own address it takes no more than the partnership.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **ids: UUID) -> HttpResponse:
            if request.method == "POST":
                return view(request, **ids)
            return redirect(reverse(page, kwargs={name: ids[name] for name in ids if name == "partnership_id"}))

        return answer

    return decorate
