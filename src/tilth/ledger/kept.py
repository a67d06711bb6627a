"""Pages kept ready: what a page shows of a partnership changes when its ledger does, and as time passes.

A rendered page is kept in this process and handed out again to the same member until the ledger's head moves, a minute
has gone, or something else that the page shows of its people has changed. The seat is looked up anew for every request,
so a page is never kept from the check who may see it. What differs from one request to the next, the token against
forged forms, is filled in each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from datetime import datetime
from functools import wraps
from threading import Lock
from typing import Any
from uuid import UUID

from cachetools import LRUCache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from tilth.partnerships.access import glance, visitor
from tilth.protocol import clock

MOST_BYTES = 16 * 1024 * 1024

_TOKEN = re.compile(rb'(?:(?<="csrf":")|(?<=name="csrfmiddlewaretoken" value="))[A-Za-z0-9]{64}(?=")')

Parts = list[bytes]  # of a page, with the token between each two
_kept: LRUCache[Hashable, Parts] = LRUCache(MOST_BYTES, getsizeof=lambda parts: sum(map(len, parts)) + 500)
_lock = Lock()


def kept_ready(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a GET view of a partnership whose page depends on nothing but its ledger, its people and the minute."""

    @wraps(view)
    def answer(request: HttpRequest, partnership_id: UUID, **place: Any) -> HttpResponse:
        key = _key(request, partnership_id, clock.now())
        if key is None:
            return view(request, partnership_id, **place)
        with _lock:
            parts = _kept.get(key)
        if parts is not None:
            return HttpResponse(get_token(request).encode().join(parts))
        response = view(request, partnership_id, **place)
        if response.status_code == 200:
            with _lock:
                _kept[key] = _TOKEN.split(bytes(response.content))
        return response

    return answer


def _key(request: HttpRequest, partnership_id: UUID, at: datetime) -> Hashable:
    """What the page depends on; None for whoever has no seat, so that the view itself turns them away."""
    person = visitor(request)
    people = glance(person, partnership_id) if person else None
    if person is None or people is None:
        return None
    minute = at.replace(second=0, microsecond=0)
    return (person.id, request.get_full_path(), minute, person.theme, person.card_hash, person.keyring_version, people)
