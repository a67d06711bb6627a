"""Whose card is current."""

from tilth.accounts.models import Card, Person


def current_card(person: Person) -> Card | None:
    """The person's card of the highest generation; None before they have made keys."""
    return person.cards.order_by("-generation").first()
