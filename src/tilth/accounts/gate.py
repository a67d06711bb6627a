"""The gate: who lacks sign-in, name or keys for a page is first taken to where they get them, and then on."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tilth.accounts.models import Person

OPEN = ("/sign-in/", "/sign-out/", "/keys/", "/account/", "/static/", "/health")
GetResponse = Callable[[HttpRequest], HttpResponse]


def gate(get_response: GetResponse) -> GetResponse:
    """Middleware. Only pages that a person looks at are turned, and forms of partnerships that nobody signed in sends;
    JSON and the pages of `OPEN` pass."""

    def pass_or_turn(request: HttpRequest) -> HttpResponse:
        if _is_for_people(request) and (missing := _missing(request)):
            return HttpResponseRedirect(f"{missing}?{urlencode({'next': request.get_full_path()})}")
        return get_response(request)

    return pass_or_turn


def _is_for_people(request: HttpRequest) -> bool:
    return not request.path.startswith(OPEN) and "text/html" in request.headers.get("Accept", "")


def _missing(request: HttpRequest) -> str | None:
    person = request.user
    if not isinstance(person, Person):  # known and unknown partnerships alike, so that nothing is told
        return "/sign-in/" if request.path.startswith("/p/") else None
    if request.method != "GET":
        return None
    if not person.name:
        return "/sign-in/you/"
    return None if person.card_hash else "/keys/"
