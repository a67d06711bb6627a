"""Two who are partners already, laid into a server's store: a journey that is about something later begins with them.

What is laid is what their browsers would have made (tests/journeys/test_becoming_partners.py does it with browsers):
cards, a phrase that opens the keys, keyrings in which each has verified the other, and the entries of opening, inviting
and joining, each through the door. Their devices get the keys as well. And an older backup, put back under their feet.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from uuid import UUID

from django.db import ConnectionHandler, connections
from django.test import Client, override_settings

from tests import cast
from tests.chapters.meetings.rhythms import TUESDAYS, agree
from tests.server import Server
from tests.stores import database_settings, unguarded
from tilth.accounts.models import Card, Keyring, Wrap
from tilth.chapters.meetings.models import Meeting
from tilth.config.environment import secret_key_file
from tilth.ledger.models import Entry
from tilth.ledger.rebuild import rebuild
from tilth.notices.models import Letter
from tilth.partnerships.models import Member, Partnership
from tilth.protocol import clock, keyring
from tilth.protocol.cards import SignedCard, read_card
from tilth.protocol.encoding import b64u
from tilth.protocol.keys import Keys
from tilth.protocol.words import new_phrase
from tilth.protocol.wraps import wrap_by_phrase


@dataclass(frozen=True, kw_only=True)
class Way:
    """How somebody gets in: the address they are known by, their session's cookie, their key phrase, their keys."""

    email: str
    cookie: str
    phrase: str
    keys: dict[str, object]  # as tests/browser/keys.py lays them


Lived = Callable[[cast.Actor, cast.Actor], None]


def meet(one: cast.Actor, other: cast.Actor) -> None:
    """They become partners, now."""
    cast.joins(other, one, cast.invites(cast.opens(one)))


def meet_in_a_rhythm_that_slips(one: cast.Actor, other: cast.Actor) -> None:
    """They became partners eight weeks ago, agreed to meet every second week, and twice it came to nothing."""
    begun = clock.now() - timedelta(weeks=8)
    with clock.at(begun):
        meet(one, other)
        start, ends = begun.date() + timedelta(days=2), begun.date() + timedelta(weeks=30)
        spent = {"start": start.isoformat(), "ends": ends.isoformat(), "rrule": "FREQ=WEEKLY;INTERVAL=2"}
        agree(one, other, TUESDAYS | spent, begins=begun.date().isoformat(), ends=ends.isoformat())
    for meeting in Meeting.objects.filter(partnership=one.partnership, end_at__lt=clock.now()).order_by("start_at"):
        was_held = meeting.laid_for != start and meeting.laid_for != start + timedelta(weeks=4)
        with clock.at(meeting.end_at):
            one.writes(f"meetings.{'held' if was_held else 'missed'}", {}, subject=meeting.id)


def lay_pair(
    server: Server, *, mentor: tuple[str, str], mentee: tuple[str, str], lived: Lived = meet
) -> tuple[UUID, Way, Way]:
    """A partnership of two new people, each given as name and time zone; `lived` is what lies behind the two."""
    with _inside(server):
        one, other = _somebody("mentor", *mentor), _somebody("mentee", *mentee)
        lived(one, other)
        _verify(one, other)
        return one.partnership, _way("mentor", one), _way("mentee", other)


def put_back(server: Server, partnership_id: UUID, *, to: int) -> None:
    """The server's store as a backup has it: of this partnership, nothing after that entry."""
    with _inside(server), unguarded():
        entries = Entry.objects.filter(partnership_id=partnership_id)
        later = entries.filter(seq__gt=to)
        Letter.objects.filter(entry__in=later.values("id")).delete()
        later.delete()
        Partnership.objects.filter(id=partnership_id).update(head_seq=to, head_hash=entries.get(seq=to).hash)
        rebuild(partnership_id)


def newest(server: Server, partnership_id: UUID) -> int:
    """The place of the newest entry of a partnership."""
    with _inside(server):
        return Partnership.objects.get(id=partnership_id).head_seq


def words_of(server: Server, partnership: str) -> list[tuple[str, str, str]]:
    """Everything sealed that the server keeps of two who were laid, as kind, field and words, by the mentor's keys."""
    _, keys, _ = _keys_of("mentor")
    with _inside(server):
        mentor = Member.objects.select_related("person").get(partnership_id=partnership, role="mentor").person
        card = read_card(bytes(Card.objects.get(person=mentor).body))
        reader = cast.Actor(mentor, keys, card, Client(), UUID(partnership))
        rows = Entry.objects.filter(partnership_id=partnership).exclude(ct=None).values_list("id", "kind")
        return [(kind, field, str(words)) for entry, kind in rows for field, words in reader.reads(entry).items()]


def _somebody(role: str, name: str, zone: str) -> cast.Actor:
    _, keys, wrap = _keys_of(role)
    actor = cast.somebody(name, zone=zone, keys=keys)
    Wrap.objects.create(person=actor.person, card_id=actor.card.hash, kind=Wrap.Kind.PHRASE, age=wrap)
    return actor


@cache
def _keys_of(role: str) -> tuple[str, Keys, bytes]:
    """A phrase, the keys it opens, and the wrap: slow to make on purpose, so every mentor here has the same."""
    phrase, keys = new_phrase(), Keys.new()
    return phrase, keys, wrap_by_phrase(keys, phrase)


def _verify(one: cast.Actor, other: cast.Actor) -> None:
    pins = {str(actor.person.id): (keyring.Pin(signed=_signed(actor), verified=True),) for actor in (one, other)}
    for actor, partner in ((one, other), (other, one)):
        partners = {str(one.partnership): keyring.Partner(person=str(partner.person.id), verified=True)}
        sealed = keyring.seal_keyring(keyring.Keyring(version=1, pins=pins, partners=partners), actor.keys)
        Keyring.objects.create(person=actor.person, version=1, sealed=sealed)


def _signed(actor: cast.Actor) -> SignedCard:
    card = Card.objects.get(hash=actor.card.hash)
    return SignedCard(body=bytes(card.body), sig=bytes(card.sig))


def _way(role: str, actor: cast.Actor) -> Way:
    signed = _signed(actor)
    card = {"card": b64u(signed.body), "sig": b64u(signed.sig), "previous_sig": None}
    keys = {"person": str(actor.person.id), "root": b64u(actor.keys.root), "signed": card}
    cookie = actor.client.cookies["tilth"].value
    return Way(email=actor.person.email, cookie=cookie, phrase=_keys_of(role)[0], keys=keys)


@contextmanager
def _inside(server: Server) -> Iterator[None]:
    """Django's `default` is the server's own store meanwhile, and what is signed is signed as the server does it."""
    before = connections.settings["default"], connections["default"]
    handler = ConnectionHandler({"default": database_settings(server.store_url)})
    connections.settings["default"], connections["default"] = handler.settings["default"], handler["default"]
    try:
        with override_settings(SECRET_KEY=secret_key_file(server.data).read_text().strip()):
            yield
    finally:
        connections["default"].close()
        connections.settings["default"], connections["default"] = before
