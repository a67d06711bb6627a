"""Whose card is current."""

from collections.abc import Iterable
from uuid import UUID

from tilth.accounts.models import Card, Person


def current_card(person: Person) -> Card | None:
    """The person's card of the highest generation; None before they have made keys."""
    return person.cards.order_by("-generation").first()


def current_cards(people: Iterable[UUID]) -> list[Card]:
    """The current cards of many people in one query; who has none is left out. Their bytes are not loaded."""
    cards = Card.objects.filter(person__in=list(people)).only("person", "generation").order_by("generation")
    return list({card.person_id: card for card in cards}.values())


def card_by_hash(card_hash: str) -> Card:
    """The card of this hash, with its person. Raises Card.DoesNotExist."""
    return Card.objects.select_related("person").get(pk=card_hash)
