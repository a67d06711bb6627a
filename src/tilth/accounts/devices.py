"""A person's devices: the browsers they are signed in with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from tilth.accounts.models import Person, Session
from tilth.accounts.sessions import key_of
from tilth.protocol import clock


@dataclass(frozen=True, kw_only=True)
class Device:
    """One browser; `seen_at` is right to the hour."""

    id: UUID
    browser: str
    signed_in_at: datetime | None
    seen_at: datetime
    here: bool


def devices(person: Person, request: HttpRequest) -> list[Device]:
    """The devices of a person, this one first, then the latest seen."""
    here = key_of(request.session.session_key or "")
    sessions = Session.objects.filter(person=person, expire_date__gt=clock.now()).order_by("-seen_at")
    found = [
        Device(
            id=session.device_id,
            browser=session.browser or "A browser",
            signed_in_at=session.signed_in_at,
            seen_at=session.seen_at,
            here=session.pk == here,
        )
        for session in sessions
    ]
    return sorted(found, key=lambda device: not device.here)


def show_out(person: Person, device_id: UUID) -> bool:
    """Ends one device's session; False when it is no device of this person."""
    ended, _ = Session.objects.filter(person=person, device_id=device_id).delete()
    return bool(ended)


def show_out_others(person: Person, request: HttpRequest) -> int:
    """Ends every session of the person but this one; how many there were."""
    here = key_of(request.session.session_key or "")
    ended, _ = Session.objects.filter(person=person).exclude(pk=here).delete()
    return ended
