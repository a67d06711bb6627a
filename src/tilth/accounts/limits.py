"""How often something may be tried. Counted in the store, so that every web process counts together."""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from tilth.accounts.models import Limit
from tilth.protocol import clock


@dataclass(frozen=True, kw_only=True)
class Rate:
    """At most `most` tries of `name` by the same one within `window`."""

    name: str
    most: int
    window: timedelta = timedelta(minutes=15)


CODES_TO_AN_ADDRESS = Rate(name="codes to an address", most=5)
CODES_FROM_A_PLACE = Rate(name="codes from a place", most=30)
GUESSES_FOR_AN_ADDRESS = Rate(name="guesses for an address", most=15)
GUESSES_FROM_A_PLACE = Rate(name="guesses from a place", most=60)
PASSKEYS_FROM_A_PLACE = Rate(name="passkeys from a place", most=60)
LINKS_FROM_A_PLACE = Rate(name="links from a place", most=60)


def take(rate: Rate, who: str) -> bool:
    """Counts one try by `who`; False when there have been too many in this window."""
    key = hashlib.sha256(f"{rate.name}\0{who}".encode()).hexdigest()
    at = clock.now()
    counted = Limit.objects.filter(pk=key)
    with transaction.atomic():
        if counted.filter(until__gt=at).update(count=F("count") + 1):
            return counted.values_list("count", flat=True)[0] <= rate.most
        Limit.objects.update_or_create(pk=key, defaults={"count": 1, "until": at + rate.window})
    return True


def place(request: HttpRequest) -> str:
    """Where a request comes from: its address, or for IPv6 the network, which one household shares.

    A server that listens on both names IPv4 addresses in the way of IPv6; they still are one household each.
    """
    address = _client_address(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _client_address(request: HttpRequest) -> str:
    """Behind n trusted proxies, the n-th address from the right: those further left anyone can write."""
    trusted: int = settings.TRUSTED_PROXIES
    forwarded = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if trusted and len(forwarded) >= trusted:
        return forwarded[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))
