import pytest

from tests.protocol.cast import MENTEE, MENTOR_CARD, PARTNERSHIP
from tests.protocol.ledger import CARDS, Ledger
from tilth.protocol.cards import Card
from tilth.protocol.client import MOST_TRIES, StaleHead
from tilth.protocol.entries import Expected, SignedEntry, open_entry


def test_an_author_writes_what_the_other_opens():
    ledger = Ledger()
    written = ledger.write("mentor", "messages.sent", {"thread": "t"}, sealed={"words": "Hello"})
    assert opened(ledger.entries[0], MENTOR_CARD, entry=written) == {"words": "Hello"}


def test_entries_follow_each_other():
    ledger = Ledger()
    first = ledger.write("mentor", "messages.sent", {})
    ledger.write("mentee", "messages.sent", {}, subject=first)
    one, two = ledger.entries
    assert SignedEntry(two.header, None, two.sig).read.prev == one.hash
    assert SignedEntry(two.header, None, two.sig).read.subject == first


def test_when_another_comes_first_the_entry_is_signed_again_with_the_same_id():
    ledger = Ledger(interruptions=2)
    written = ledger.write("mentor", "messages.sent", {}, sealed={"words": "and I second"})
    assert len(ledger.entries) == 3
    assert opened(ledger.entries[-1], MENTOR_CARD, entry=written) == {"words": "and I second"}


def test_an_author_gives_up_after_many_tries():
    ledger = Ledger()
    author = ledger.author("mentor")
    tries = []

    def refuse(header, ct, sig):
        tries.append(header)
        raise StaleHead

    stuck = type(author)(keys=author.keys, card=author.card, partnership=PARTNERSHIP, head=lambda: None, send=refuse)
    with pytest.raises(StaleHead):
        stuck.write("messages.sent", {}, to=[author.card])
    assert len(tries) == MOST_TRIES


def opened(exported, author: Card, *, entry):
    expected = Expected(
        instance=author.instance,
        partnership=PARTNERSHIP,
        entry=entry,
        kind="messages.sent",
        subject=None,
        to=frozenset(card.hash for card in CARDS.values()),
    )
    return open_entry(SignedEntry(exported.header, exported.ct, exported.sig), MENTEE, author=author, expected=expected)
