"""Passkeys over HTTP: two steps to add one, two steps to sign in with one."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from tilth.accounts import passkeys
from tilth.accounts.bodies import answering, for_person, read_body, text
from tilth.accounts.doors import next_page
from tilth.accounts.limits import PASSKEYS_FROM_A_PLACE, place, take
from tilth.accounts.models import Person
from tilth.accounts.refused import Refused
from tilth.accounts.signing_in import sign_in
from tilth.accounts.wraps import drop_wraps_of_passkey
from tilth.protocol import clock
from tilth.protocol.encoding import Json, b64u

MOST_BYTES = 32 * 1024
TIME_TO_ANSWER = timedelta(minutes=5)
ADDING, SIGNING_IN = "passkey_adding", "passkey_signing_in"


@require_POST
@answering
def sign_in_options(request: HttpRequest) -> HttpResponse:
    """POST: a challenge for any passkey of this place."""
    if not take(PASSKEYS_FROM_A_PLACE, place(request)):
        raise Refused("too_often", "That was too often. Wait a quarter of an hour, then try again.", status=429)
    return _ask(request, SIGNING_IN, passkeys.begin_signing_in())


@require_POST
@answering
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """POST {credential}: signs in, and says where to go."""
    found = read_body(request, keys={"credential"}, most=MOST_BYTES)
    person = passkeys.finish_signing_in(state=_asked(request, SIGNING_IN), response=_credential(found))
    sign_in(request, person)
    return JsonResponse({"next": next_page(request)})


@require_POST
@for_person
def add_options(request: HttpRequest, person: Person) -> HttpResponse:
    """POST: a challenge for a new passkey."""
    return _ask(request, ADDING, passkeys.begin_adding(person))


@require_POST
@for_person
def add(request: HttpRequest, person: Person) -> HttpResponse:
    """POST {credential, label}: keeps the passkey the browser has made."""
    found = read_body(request, keys={"credential", "label"}, most=MOST_BYTES)
    label = text(found, "label", most=80)
    kept = passkeys.finish_adding(
        person, state=_asked(request, ADDING), response=_credential(found), label=label.strip()
    )
    answer = {"id": str(kept.pk), "credential_id": b64u(bytes(kept.credential_id)), "label": kept.label}
    return JsonResponse(answer, status=201)


@require_POST
@for_person
def delete(_request: HttpRequest, person: Person, passkey_id: UUID) -> HttpResponse:
    """POST: the passkey no longer signs in, nor unlocks."""
    passkey = person.passkeys.filter(pk=passkey_id).first()
    if passkey is None:
        raise Refused("unknown_passkey", "There is no such passkey.", status=404)
    with transaction.atomic():
        drop_wraps_of_passkey(person, bytes(passkey.credential_id))
        passkey.delete()
    return HttpResponse(status=204)


def _ask(request: HttpRequest, name: str, begun: tuple[dict[str, Any], dict[str, Any]]) -> JsonResponse:
    """Hands out the options and keeps the challenge with this browser's session."""
    options, state = begun
    request.session[name] = {"state": state, "until": (clock.now() + TIME_TO_ANSWER).isoformat()}
    return JsonResponse(options)


def _asked(request: HttpRequest, name: str) -> dict[str, Any]:
    """The challenge this browser was given; it can be answered once, and soon."""
    kept = request.session.pop(name, None)
    if kept is None or clock.now() > datetime.fromisoformat(kept["until"]):
        raise Refused("no_challenge", "This took too long. Try again.", status=409)
    return dict(kept["state"])


def _credential(found: dict[str, Json]) -> dict[str, Any]:
    credential = found["credential"]
    if not isinstance(credential, dict):
        raise Refused("bad_field", "“credential” is not as it should be.", status=400, field="credential")
    return credential
