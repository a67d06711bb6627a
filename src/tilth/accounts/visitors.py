"""Who is asking: the person of the session, loaded with it."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from tilth.accounts.models import Person
from tilth.accounts.sessions import SessionStore

GetResponse = Callable[[HttpRequest], HttpResponse]


def visitors(get_response: GetResponse) -> GetResponse:
    """Middleware, in place of Django's: `request.user` without a query of its own.

    What is said to one visitor is kept for no other, neither on the way nor in a browser that somebody signed out of.
    """

    def with_visitor(request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: visitor_of(request))  # type: ignore[assignment]
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return with_visitor


def visitor_of(request: HttpRequest) -> Person | AnonymousUser:
    session = request.session
    assert isinstance(session, SessionStore)
    signed_in = session.get(SESSION_KEY)  # loads the session
    person = session.person
    return person if person and str(person.pk) == signed_in else AnonymousUser()
