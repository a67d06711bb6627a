"""Cards: whose is current, and the checks a new one passes."""

from functools import lru_cache

from django.db import IntegrityError, transaction

from tilth.accounts.instance import instance_id
from tilth.accounts.models import Card, Person
from tilth.accounts.refused import Refused
from tilth.protocol import cards as protocol
from tilth.protocol.errors import ProtocolError


def current_card(person: Person) -> Card | None:
    """The person's card of the highest generation; None before they have made keys."""
    return Card.objects.filter(person=person).order_by("-generation").first()


def signing_card(person: Person) -> protocol.Card | None:
    """The current card of somebody who came with their session, read; None before they have made keys."""
    return card_read(person.card_hash) if person.card_hash else None


@lru_cache(maxsize=4096)  # what a hash names never changes, and it is needed with every entry
def card_read(card_hash: str) -> protocol.Card:
    """The card of this hash, read. Raises Card.DoesNotExist."""
    return protocol.read_card(bytes(Card.objects.values_list("body", flat=True).get(pk=card_hash)))


def card_by_hash(card_hash: str) -> Card:
    """The card of this hash, with its person. Raises Card.DoesNotExist."""
    return Card.objects.select_related("person").get(pk=card_hash)


def keep_card(person: Person, *, body: bytes, sig: bytes, previous_sig: bytes | None) -> Card:
    """Keeps a new card as the person's current one, or raises Refused or ProtocolError and keeps nothing.

    The same card again is answered as the first time. A card without `previous_sig` is accepted: the keys before may
    be lost; it is for the partner's browser to tell that apart.
    """
    card = protocol.read_card(body)
    _check_place(card, person)
    try:
        with transaction.atomic():
            before = current_card(person)
            if before and before.hash == card.hash:
                return before
            _check_follows(card, before)
            _check_signed(body, sig, previous_sig, before)
            return Card.objects.create(
                hash=card.hash,
                person=person,
                generation=card.generation,
                body=body,
                sig=sig,
                previous_sig=previous_sig,
            )
    except IntegrityError as error:  # two tabs at the same moment
        raise _other_keys() from error


def _check_place(card: protocol.Card, person: Person) -> None:
    if card.instance != instance_id():
        raise Refused("wrong_instance", "These keys were made for another Tilth.")
    if card.person != person.pk:
        raise Refused("wrong_person", "These keys were made for someone else.", status=403)


def _check_follows(card: protocol.Card, before: Card | None) -> None:
    generation = before.generation + 1 if before else 1
    if card.generation != generation or card.previous != (before.hash if before else None):
        raise _other_keys()


def _check_signed(body: bytes, sig: bytes, previous_sig: bytes | None, before: Card | None) -> None:
    try:
        protocol.check_card(body, sig, previous_sig, protocol.read_card(bytes(before.body)) if before else None)
    except ProtocolError as error:
        raise Refused(error.code, "These keys are not signed as they should be.", status=400) from error


def _other_keys() -> Refused:
    return Refused("wrong_generation", "Other keys were made in the meantime. Reload the page.", status=409)
