"""Telling the whole story into a store, and finding it there again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tilth.accounts.links import make_link
from tilth.accounts.models import Person
from tilth.demo.people import JUNIPER, ROWAN, keep_keyrings, make_actor
from tilth.demo.stage import Stage
from tilth.demo.story import PARTS
from tilth.demo.voice import Pair
from tilth.ledger.outlet import silence
from tilth.protocol import clock

LINKS_LAST = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """The key phrases of the two: whoever has a demo's folder may be either of them."""

    mentor: str
    mentee: str


def tell(ends: datetime) -> Phrases:
    """All of it, at once or not at all. Nobody is mailed what happened months ago."""
    with transaction.atomic(), silence():
        stage = Stage(zone=ROWAN.zone, ends=ends)
        with clock.at(stage.now):
            mentor, mentee = make_actor(JUNIPER), make_actor(ROWAN)
        pair = Pair(stage, mentor, mentee)
        for part in PARTS:
            part(pair)
        keep_keyrings(stage.partnership, mentor, mentee)
    return Phrases(mentor=mentor.phrase, mentee=mentee.phrase)


def is_told() -> bool:
    """Whether the two are in the store."""
    return Person.objects.filter(email__in=[JUNIPER.address, ROWAN.address]).count() == 2


def links(phrases: Phrases, site: str) -> tuple[str, str]:
    """A way in for each. What stands behind # opens their keys in the browser and never reaches the server."""
    return _link(JUNIPER.address, phrases.mentor, site), _link(ROWAN.address, phrases.mentee, site)


def _link(address: str, phrase: str, site: str) -> str:
    token = make_link(Person.objects.get(email=address), LINKS_LAST, once=False)
    return f"{site}/sign-in/link/{token}#phrase={phrase.replace(' ', '-')}"
