"""What a browser keeps here of its keys: JSON in and out, always of the signed-in person alone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tilth.accounts.bodies import binary, binary_or_none, for_person, read_body, text, whole
from tilth.accounts.cards import current_card, keep_card
from tilth.accounts.letters import tell_of_new_keys
from tilth.accounts.models import Keyring, Person
from tilth.accounts.refused import Refused
from tilth.accounts.wraps import NewWrap, drop_wrap, keep_keyring, keep_wrap, keyring_json, wrap_json, wraps_of
from tilth.protocol.cards import LARGEST_CARD
from tilth.protocol.encoding import b64u

MOST_BYTES_OF_CARD = 8 * 1024
MOST_BYTES_OF_WRAP = 16 * 1024
MOST_BYTES_OF_KEYRING = 512 * 1024


@require_GET
@for_person
def keys(_request: HttpRequest, person: Person) -> HttpResponse:
    """GET: the current card, the ways to unlock it, and the keyring."""
    card = current_card(person)
    answer = {
        "card": b64u(bytes(card.body)) if card else None,
        "card_sig": b64u(bytes(card.sig)) if card else None,
        "wraps": [wrap_json(wrap) for wrap in wraps_of(card)] if card else [],
        "keyring": keyring_json(Keyring.objects.filter(person=person).first()),
    }
    return JsonResponse(answer)


@require_POST
@for_person
def card(request: HttpRequest, person: Person) -> HttpResponse:
    """POST {card, sig, previous_sig|null}: keeps the person's next card."""
    found = read_body(request, keys={"card", "sig", "previous_sig"}, most=MOST_BYTES_OF_CARD)
    kept = keep_card(
        person,
        body=binary(found, "card", most=LARGEST_CARD),
        sig=binary(found, "sig", least=64, most=64),
        previous_sig=binary_or_none(found, "previous_sig", least=64, most=64),
    )
    if kept.generation > 1:
        tell_of_new_keys(person)
    return JsonResponse({"hash": kept.hash, "generation": kept.generation}, status=201)


@require_POST
@for_person
def wraps(request: HttpRequest, person: Person) -> HttpResponse:
    """POST {id, kind, age, credential_id|null, prf_salt|null, label}: keeps one more way to unlock."""
    names = {"id", "kind", "age", "credential_id", "prf_salt", "label"}
    found = read_body(request, keys=names, most=MOST_BYTES_OF_WRAP)
    new = NewWrap(
        id=_uuid(text(found, "id", most=36)),
        kind=text(found, "kind", most=16),
        age=binary(found, "age", most=4096),
        credential_id=binary_or_none(found, "credential_id", most=1023),
        prf_salt=binary_or_none(found, "prf_salt", least=16, most=64),
        label=text({"label": found["label"] or ""}, "label", most=80),
    )
    wrap, is_new = keep_wrap(person, new)
    return JsonResponse(wrap_json(wrap), status=201 if is_new else 200)


@require_POST
@for_person
def wrap_delete(_request: HttpRequest, person: Person, wrap_id: UUID) -> HttpResponse:
    """POST: takes one way to unlock away."""
    drop_wrap(person, wrap_id)
    return HttpResponse(status=204)


@require_http_methods(["PUT"])
@for_person
def keyring(request: HttpRequest, person: Person) -> HttpResponse:
    """PUT {version, becomes, sealed}: puts it in place of that version; 409 with the current one otherwise."""
    found = read_body(request, keys={"version", "becomes", "sealed"}, most=MOST_BYTES_OF_KEYRING)
    sealed = binary(found, "sealed", most=MOST_BYTES_OF_KEYRING)
    replaces, becomes = whole(found, "version"), whole(found, "becomes")
    kept = keep_keyring(person, replaces=replaces, becomes=becomes, sealed=sealed)
    return JsonResponse({"version": kept.version})


def _uuid(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError as error:
        raise Refused("bad_field", "“id” should be a UUID.", status=400, field="id") from error
