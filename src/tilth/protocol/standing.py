"""Whose keys the reader accepted, by their own signed keyring: what an export claims is held against it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tilth.protocol.cards import Card
from tilth.protocol.checking import Checked
from tilth.protocol.errors import ProtocolError
from tilth.protocol.export import Export
from tilth.protocol.joining import code
from tilth.protocol.keyring import Keyring, Pin, open_keyring
from tilth.protocol.keys import Keys

NO_KEYRING = "Your own list of accepted keys is missing here, or damaged: every whole export of yours holds it."


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`mine`: the reader's keys by card hash; `accepted`: None where no keyring says; `lines`: to be told."""

    mine: Mapping[str, Keys]
    accepted: frozenset[str] | None
    lines: tuple[str, ...]

    def accepts(self, card_hash: str) -> bool:
        return self.accepted is None or card_hash in self.accepted


def standing_of(export: Export, checked: Checked, mine: Mapping[str, Keys]) -> Standing:
    """Compare cards and head of a checked export with the reader's keyring, if it is there and opens."""
    keyring, partnership = _keyring(export, mine), str(export.title.partnership)
    own = {checked.cards[one].person for one in mine}
    others = [card for card in checked.cards.values() if card.person not in own]
    pins = {card.hash: keyring.pin_in(partnership, card.hash) for card in others} if keyring else {}
    verified = {card_hash for card_hash, pin in pins.items() if pin and pin.verified}
    lines = [f"{name_of(card, export)}, keys {card.generation}: {_trust(card, keyring, pins)}" for card in others]
    lines += [
        f"Code to compare: {code(one, card.hash)}" for card in others for one in mine if card.hash not in verified
    ]
    if keyring is None:
        return Standing(mine=mine, accepted=None, lines=(NO_KEYRING, *lines))
    accepted = {card_hash for card_hash, pin in pins.items() if pin} | _own_past(checked, mine)
    return Standing(mine=mine, accepted=frozenset(accepted), lines=(*lines, *_missing(export, keyring)))


def name_of(card: Card, export: Export) -> str:
    return next((member.name for member in export.title.members if member.person == card.person), "Someone who left")


def _keyring(export: Export, mine: Mapping[str, Keys]) -> Keyring | None:
    """The reader's keyring; one that none of their keys opens and signed is as good as none: anyone can make it."""
    if export.keyring is None:
        return None
    for keys in mine.values():
        try:
            return open_keyring(export.keyring.sealed, keys, version=export.keyring.version)
        except ProtocolError:
            continue
    return None


def _own_past(checked: Checked, mine: Mapping[str, Keys]) -> set[str]:
    """The reader's cards, and those that they name as the ones before."""
    found: set[str] = set()
    for start in mine:
        one: str | None = start
        while one is not None and one in checked.cards:
            found.add(one)
            one = checked.cards[one].previous
    return found


def _trust(card: Card, keyring: Keyring | None, pins: Mapping[str, Pin | None]) -> str:
    if keyring is None:
        return "this export does not show whether you accepted them; compare codes."
    pin = pins[card.hash]
    if pin is None:
        return "you never accepted these here; what they signed is not shown."
    return "verified." if pin.verified else "accepted, but not verified; compare codes."


def _missing(export: Export, keyring: Keyring) -> Iterator[str]:
    seen = keyring.heads.get(str(export.title.partnership))
    if seen is None:
        return
    if len(export.entries) < seen.seq:
        yield f"Entries are missing: you have seen {seen.seq}, this export ends at {len(export.entries)}."
    elif export.entries[seen.seq - 1].hash.hex() != seen.hash:
        yield f"This is another history than the one you saw: entry {seen.seq} was a different one."
