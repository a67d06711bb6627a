"""Who may join, and where somebody goes after signing in."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from tilth.accounts.models import Person
from tilth.protocol import clock

INVITED_UNTIL = "invited_until"


def hold_open(request: HttpRequest, *, until: datetime) -> None:
    """Lets this browser sign up until then. Called by the page of an open invitation."""
    request.session[INVITED_UNTIL] = until.isoformat()


def may_join(request: HttpRequest) -> bool:
    """Whether an address without an account may sign up from this browser."""
    if settings.SIGN_UP == "open" or not Person.objects.exists():
        return True
    until = request.session.get(INVITED_UNTIL)
    return until is not None and clock.now() < datetime.fromisoformat(until)


def next_page(request: HttpRequest, default: str = "/") -> str:
    """Where the request wants to go next; only a path of this site counts."""
    wanted = request.POST.get("next") or request.GET.get("next") or default
    local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if local else default
