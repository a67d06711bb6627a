"""Sign-in links: the one-time link of `tilth up` for the first person, and the lasting ones of the demo."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from tilth.accounts.models import Link, Person
from tilth.protocol import clock


def make_link(person: Person | None, lifetime: timedelta, *, once: bool = True) -> str:
    """A token for /sign-in/link/<token> that signs `person` in; without one, it lets the first person join."""
    token = secrets.token_urlsafe(24)
    Link.objects.create(hash=_hash(token), person=person, expires_at=clock.now() + lifetime, once=once)
    return token


def first_link(lifetime: timedelta) -> str:
    """A token by which the first person joins, and the only one: those given before it, lost since, end with it."""
    with transaction.atomic():
        Link.objects.filter(person=None).delete()
        return make_link(None, lifetime)


def unused_link(token: str) -> Link | None:
    """The link of this token, if it can still be used; looking at it doesn't use it."""
    return (
        Link.objects.select_related("person")
        .filter(Q(used_at=None) | Q(once=False), pk=_hash(token), expires_at__gt=clock.now())
        .exclude(person__is_active=False)
        .first()
    )


def use_link(token: str) -> Link | None:
    """Uses the link up, unless it lasts, and returns it; None when it was used up, has expired or never was."""
    link = unused_link(token)
    if link and not link.once:
        return link
    if link and Link.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now()):
        return link
    return None


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
