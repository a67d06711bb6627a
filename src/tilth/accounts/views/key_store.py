"""What a browser keeps here of its keys: JSON in and out, always of the signed-in person alone."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from tilth.accounts.bodies import binary, binary_or_none, for_person, part, read_body, text, whole
from tilth.accounts.cards import current_card, keep_card
from tilth.accounts.letters import tell_of_new_keys
from tilth.accounts.models import Keyring, Person
from tilth.accounts.refused import Refused
from tilth.accounts.wraps import (
    NewKeyring,
    NewWrap,
    drop_wrap,
    keep_keyring,
    keep_wrap,
    keyring_json,
    wrap_json,
    wraps_of,
)
from tilth.protocol.cards import LARGEST_CARD
from tilth.protocol.encoding import Json, b64u

MOST_BYTES_OF_NEW_KEYS = 32 * 1024
MOST_BYTES_OF_WRAP = 16 * 1024
MOST_BYTES_OF_KEYRING = 512 * 1024
NEW_KEYS = {"card", "sig", "previous_sig", "wrap", "keyring"}
WRAP = {"id", "kind", "age", "credential_id", "prf_salt", "label"}
KEYRING = {"version", "becomes", "sealed"}


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def keys(request: HttpRequest, person: Person) -> HttpResponse:
    """GET: the current card, the ways to unlock it, and the keyring. POST: new keys take their place."""
    return _make(request, person) if request.method == "POST" else _kept(person)


def _kept(person: Person) -> HttpResponse:
    card = current_card(person)
    answer = {
        "card": b64u(bytes(card.body)) if card else None,
        "card_sig": b64u(bytes(card.sig)) if card else None,
        "wraps": [wrap_json(wrap) for wrap in wraps_of(card)] if card else [],
        "keyring": keyring_json(Keyring.objects.filter(person=person).first()),
    }
    return JsonResponse(answer)


def _make(request: HttpRequest, person: Person) -> HttpResponse:
    """{card, sig, previous_sig|null, wrap, keyring}: kept whole or not at all, so that no card is without its wrap.

    The very same again, after a lost answer, is answered with 200: what its keyring has become since stays.
    """
    found = read_body(request, keys=NEW_KEYS, most=MOST_BYTES_OF_NEW_KEYS)
    wrap, ring = _wrap(part(found, "wrap", keys=WRAP)), _keyring(part(found, "keyring", keys=KEYRING))
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # the same twice at the same moment is done one by one
        card = keep_card(
            person,
            body=binary(found, "card", most=LARGEST_CARD),
            sig=binary(found, "sig", least=64, most=64),
            previous_sig=binary_or_none(found, "previous_sig", least=64, most=64),
        )
        _, is_new = keep_wrap(person, wrap)
        if is_new:
            keep_keyring(person, ring)
    if is_new and card.generation > 1:
        tell_of_new_keys(person)
    return JsonResponse({"hash": card.hash, "generation": card.generation}, status=201 if is_new else 200)


@require_POST
@for_person
def wraps(request: HttpRequest, person: Person) -> HttpResponse:
    """POST {id, kind, age, credential_id|null, prf_salt|null, label}: keeps one more way to unlock."""
    wrap, is_new = keep_wrap(person, _wrap(read_body(request, keys=WRAP, most=MOST_BYTES_OF_WRAP)))
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
    kept = keep_keyring(person, _keyring(read_body(request, keys=KEYRING, most=MOST_BYTES_OF_KEYRING)))
    return JsonResponse({"version": kept.version})


def _wrap(found: dict[str, Json]) -> NewWrap:
    return NewWrap(
        id=_uuid(text(found, "id", most=36)),
        kind=text(found, "kind", most=16),
        age=binary(found, "age", most=4096),
        credential_id=binary_or_none(found, "credential_id", most=1023),
        prf_salt=binary_or_none(found, "prf_salt", least=16, most=64),
        label=text({"label": found["label"] or ""}, "label", most=80),
    )


def _keyring(found: dict[str, Json]) -> NewKeyring:
    sealed = binary(found, "sealed", most=MOST_BYTES_OF_KEYRING)
    return NewKeyring(replaces=whole(found, "version"), becomes=whole(found, "becomes"), sealed=sealed)


def _uuid(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError as error:
        raise Refused("bad_field", "“id” should be a UUID.", status=400, field="id") from error
