"""Who the demo is about. Both are made up, and so is everyone they mention."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tilth.accounts.instance import instance_id
from tilth.accounts.models import Card as CardRow
from tilth.accounts.models import Keyring as KeyringRow
from tilth.accounts.models import Person, Wrap
from tilth.protocol.cards import SignedCard, make_card
from tilth.protocol.keyring import Keyring, Partner, Pin, seal_keyring
from tilth.protocol.keys import Keys
from tilth.protocol.words import new_phrase
from tilth.protocol.wraps import wrap_by_phrase


@dataclass(frozen=True, kw_only=True)
class Character:
    """Who somebody is before they have keys."""

    name: str
    address: str
    zone: str


JUNIPER = Character(name="Juniper Vale", address="juniper@garca-yard.example", zone="Europe/Lisbon")
ROWAN = Character(name="Rowan Pike", address="rowan@lyhty-tickets.example", zone="Europe/Helsinki")


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody of the demo, with the keys that the script signs with."""

    person: Person
    keys: Keys
    signed: SignedCard
    card_row: CardRow
    phrase: str


def make_actor(character: Character) -> Actor:
    """A person with fresh keys, a card, and a wrap that the phrase opens."""
    person = Person.objects.join(character.address, name=character.name, zone=character.zone)
    phrase, keys = new_phrase(), Keys.new()
    signed = make_card(keys, instance=instance_id(), person=person.id)
    row = CardRow.objects.create(
        hash=signed.card.hash, person=person, generation=1, body=signed.body, sig=signed.sig
    )  # fmt: skip
    Wrap.objects.create(person=person, card=row, kind=Wrap.Kind.PHRASE, age=wrap_by_phrase(keys, phrase))
    return Actor(person=person, keys=keys, signed=signed, card_row=row, phrase=phrase)


def keep_keyrings(partnership: UUID, one: Actor, other: Actor) -> None:
    """Each has compared the code with the other, and notes it as their browser would."""
    pins = {str(actor.person.id): (Pin(signed=actor.signed, verified=True),) for actor in (one, other)}
    for actor, partner in ((one, other), (other, one)):
        partners = {str(partnership): Partner(person=str(partner.person.id), verified=True)}
        sealed = seal_keyring(Keyring(version=1, pins=pins, partners=partners), actor.keys)
        KeyringRow.objects.create(person=actor.person, version=1, sealed=sealed)
