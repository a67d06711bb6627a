"""What a page tells the browser of the signed-in person, where no partnership is open."""

import json

from django.http import HttpRequest
from django.middleware.csrf import get_token

from tilth.accounts.instance import instance_id
from tilth.accounts.models import Person


def person_context(request: HttpRequest) -> str:
    """The JSON of `<script id="tilth">` on pages outside a partnership; asks the store for nothing more."""
    person = request.user
    assert isinstance(person, Person)
    found = {
        "instance": instance_id(),
        "csrf": get_token(request),
        "person": {"id": str(person.pk), "name": person.name, "zone": person.zone},
        "card": person.card_hash,
        "keyring_version": person.keyring_version,
        "partnership": None,
    }
    return json.dumps(found, separators=(",", ":"))
