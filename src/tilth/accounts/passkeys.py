"""Passkeys: WebAuthn credentials that find their person by themselves and ask for finger, face or PIN."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tilth.accounts.models import Passkey, Person
from tilth.accounts.refused import Refused
from tilth.protocol import clock

MOST_PASSKEYS = 20
State = dict[str, Any]


def begin_adding(person: Person) -> tuple[dict[str, Any], State]:
    """What the browser needs to make a passkey, and what must be kept until it has."""
    options, state = _server().register_begin(
        PublicKeyCredentialUserEntity(id=person.pk.bytes, name=person.email, display_name=person.name or person.email),
        credentials=[AttestedCredentialData(bytes(known.credential)) for known in person.passkeys.all()],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


def finish_adding(person: Person, *, state: State, response: Mapping[str, Any], label: str) -> Passkey:
    """Keeps the passkey the browser made; raises Refused when it does not answer what was asked."""
    if person.passkeys.count() >= MOST_PASSKEYS:
        raise Refused("too_many_passkeys", f"More than {MOST_PASSKEYS} passkeys cannot be kept. Remove one first.")
    try:
        made = _server().register_complete(state, RegistrationResponse.from_dict(response)).credential_data
    except (ValueError, KeyError, TypeError) as error:
        raise _not_right() from error
    if made is None or Passkey.objects.filter(credential_id=made.credential_id).exists():
        raise _not_right()
    return Passkey.objects.create(
        person=person, credential_id=made.credential_id, credential=bytes(made), label=label or "Passkey"
    )


def begin_signing_in() -> tuple[dict[str, Any], State]:
    """What the browser needs to ask for any passkey of this place: no address is named, so none is given away."""
    options, state = _server().authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options), state


def finish_signing_in(*, state: State, response: Mapping[str, Any]) -> Person:
    """The person whose passkey signed the challenge; raises Refused when none did."""
    try:
        answer = AuthenticationResponse.from_dict(response)
        passkey = _known(answer.raw_id)
        _server().authenticate_complete(state, [AttestedCredentialData(bytes(passkey.credential))], answer)
        counted = answer.response.authenticator_data.counter
    except (ValueError, KeyError, TypeError) as error:
        raise _not_right() from error
    if answer.response.user_handle not in (None, passkey.person.pk.bytes):
        raise _not_right()
    _count(passkey, counted)
    return passkey.person


def _known(credential_id: bytes) -> Passkey:
    passkey = Passkey.objects.select_related("person").filter(credential_id=credential_id).first()
    if passkey is None or not passkey.person.is_active:
        raise _not_right()
    return passkey


def _count(passkey: Passkey, counted: int) -> None:
    """A counter that stands still or goes back is the mark of a copied key; many passkeys never count and send 0."""
    if counted and counted <= passkey.sign_count:
        raise _not_right()
    passkey.sign_count = counted
    passkey.used_at = clock.now()
    passkey.save(update_fields=["sign_count", "used_at"])


def _server() -> Fido2Server:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name="Tilth"), verify_origin=_is_here)


def _is_here(origin: str) -> bool:
    """Asked by a page of this place: WebAuthn would also let pages of any other host below it ask."""
    asking, here = urlsplit(origin), urlsplit(settings.SITE_URL)
    return (asking.scheme, asking.hostname) == (here.scheme, here.hostname)


def _not_right() -> Refused:
    return Refused("passkey_refused", "This passkey could not be used here. Try again, or sign in by code.", status=403)
