"""What a page tells the browser of the signed-in person, where no partnership is open."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token

from tilth.accounts.instance import instance_id
from tilth.accounts.models import Person


def person_context(
    request: HttpRequest, *, partnership: dict[str, Any] | None = None, partnerships: Sequence[dict[str, Any]] = ()
) -> str:
    """The JSON of `<script id="tilth">`: the person, and the partnership where one is open, or those that a page of
    several opens something of; asks the store nothing."""
    person = request.user
    assert isinstance(person, Person)
    found: dict[str, Any] = {
        "instance": instance_id(),
        "csrf": get_token(request),
        "person": {"id": str(person.pk), "name": person.name, "zone": person.zone},
        "card": person.card_hash,
        "keyring_version": person.keyring_version,
        "partnership": partnership,
        "partnerships": partnerships,
    }
    return json.dumps(found, separators=(",", ":"))
