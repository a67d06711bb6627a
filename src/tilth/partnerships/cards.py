"""The keys of a partnership's people."""

from tilth.accounts.models import Card
from tilth.partnerships.models import Partnership


def cards_used_in(partnership: Partnership) -> list[tuple[Card, bool]]:
    """Every card of everyone who is or was a member, oldest first, each with whether it is its person's newest."""
    cards = list(Card.objects.filter(person__seats__partnership=partnership).order_by("generation"))
    newest = {card.person_id: card.hash for card in cards}
    return [(card, newest[card.person_id] == card.hash) for card in cards]
