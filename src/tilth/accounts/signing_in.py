"""Signing in: the one place where a browser becomes somebody's device."""

from uuid import UUID, uuid4

from django.contrib.auth import login
from django.http import HttpRequest

from tilth.accounts import letters
from tilth.accounts.browsers import browser_name
from tilth.accounts.codes import Answer, check_code, make_code
from tilth.accounts.doors import INVITED_BY, may_join
from tilth.accounts.limits import (
    CODES_FROM_A_PLACE,
    CODES_TO_AN_ADDRESS,
    GUESSES_FOR_AN_ADDRESS,
    GUESSES_FROM_A_PLACE,
    place,
    take,
)
from tilth.accounts.models import Person
from tilth.accounts.models.people import tidy_address
from tilth.protocol import clock

PENDING = "pending_code"
BACKEND = "tilth.accounts.backend.PersonBackend"


class TooOften(Exception):
    """Too many tries for this address or from this place; a quarter of an hour helps."""


def ask_for_code(request: HttpRequest, email: str) -> None:
    """Mails a code, or to an address that may not sign in, a letter that says so; the page is the same for both."""
    email = tidy_address(email)
    if not (take(CODES_FROM_A_PLACE, place(request)) and take(CODES_TO_AN_ADDRESS, email)):
        raise TooOften
    pending, code = make_code(email)
    request.session[PENDING] = {"id": str(pending), "email": email}
    if may_join(request) or Person.objects.with_address(email):
        letters.send_code(email, code)
    else:
        letters.send_no_account(email)


def pending_address(request: HttpRequest) -> str | None:
    """The address this browser waits for a code of."""
    pending = request.session.get(PENDING)
    return str(pending["email"]) if pending else None


def try_code(request: HttpRequest, typed: str) -> Answer:
    """Signs in when the code is right."""
    pending = request.session.get(PENDING)
    if not pending:
        return Answer.SPENT
    if not (take(GUESSES_FROM_A_PLACE, place(request)) and take(GUESSES_FOR_AN_ADDRESS, pending["email"])):
        raise TooOften
    checked = check_code(UUID(pending["id"]), typed)
    if checked.answer is Answer.RIGHT:
        person = _whose(request, checked.email)
        if person is None:
            return Answer.SPENT
        sign_in(request, person)
    return checked.answer


def _whose(request: HttpRequest, email: str) -> Person | None:
    person = Person.objects.with_address(email)
    if person is None and may_join(request):
        person, _ = Person.objects.get_or_create(email=email)
    return person if person and person.is_active else None


def sign_in(request: HttpRequest, person: Person) -> None:
    """Makes this browser a device of the person."""
    login(request, person, backend=BACKEND)
    for done in (PENDING, INVITED_BY):
        request.session.pop(done, None)
    request.session["device"] = {
        "device_id": str(uuid4()),
        "browser": browser_name(request.headers.get("User-Agent", "")),
        "signed_in_at": clock.now().isoformat(),
    }
