"""Checking an export as a whole: cards, chain, signatures. What passes is as its authors made it, in their order."""

from dataclasses import dataclass
from hashlib import sha256

from tilth.protocol.cards import Card, SignedCard, check_card, read_card
from tilth.protocol.chain import link_hash
from tilth.protocol.entries import signature_holds
from tilth.protocol.errors import ProtocolError
from tilth.protocol.export import Export, ExportedEntry
from tilth.protocol.headers import Header, read_header


@dataclass(frozen=True, kw_only=True)
class CheckedEntry:
    entry: ExportedEntry
    header: Header
    author: Card


@dataclass(frozen=True, kw_only=True)
class Checked:
    cards: dict[str, Card]
    entries: list[CheckedEntry]


def check_export(export: Export) -> Checked:
    """Everything checked, or ProtocolError `unsound_export` naming the first thing that does not hold."""
    cards = _check_cards(export)
    entries: list[CheckedEntry] = []
    prev: bytes | None = None
    for place, entry in enumerate(export.entries, start=1):
        try:
            entries.append(_check_entry(entry, export, cards=cards, prev=prev, place=place))
        except ProtocolError as error:
            raise _unsound(f"entry {place}", error) from error
        prev = entry.hash
    return Checked(cards=cards, entries=entries)


def _check_cards(export: Export) -> dict[str, Card]:
    checked: dict[str, Card] = {}
    for signed in sorted(export.cards, key=_generation):
        try:
            card = _check_one_card(signed, checked)
            if card.instance != export.title.instance:
                raise ProtocolError("wrong_instance", "It belongs to another place.")
        except ProtocolError as error:
            raise _unsound("a card", error) from error
        checked[card.hash] = card
    return checked


def _check_one_card(signed: SignedCard, known: dict[str, Card]) -> Card:
    before = signed.card.previous
    return check_card(signed.body, signed.sig, signed.previous_sig, known.get(before) if before else None)


def _generation(signed: SignedCard) -> int:
    try:
        return read_card(signed.body).generation
    except ProtocolError as error:
        raise _unsound("a card", error) from error


def _check_entry(
    entry: ExportedEntry, export: Export, *, cards: dict[str, Card], prev: bytes | None, place: int
) -> CheckedEntry:
    header = read_header(entry.header)
    author = cards.get(header.author)
    if author is None:
        raise ProtocolError("wrong_author", "Its author's card is not in this export.")
    if (header.instance, header.partnership) != (export.title.instance, export.title.partnership):
        raise ProtocolError("wrong_partnership", "It belongs to another partnership.")
    if entry.seq != place or header.prev != prev:
        raise ProtocolError("broken_chain", "It does not follow the entry before it.")
    if header.author not in header.to or not cards.keys() >= set(header.to):
        raise ProtocolError("wrong_to", "It is addressed to a card that is not in this export, or not to its author.")
    _check_content(entry, header)
    _check_hashes(entry, author, prev=prev)
    return CheckedEntry(entry=entry, header=header, author=author)


def _check_content(entry: ExportedEntry, header: Header) -> None:
    held = sha256(entry.ct or b"").digest() == entry.ct_hash
    if entry.state == "here" and not held:
        raise ProtocolError("wrong_content", "Its sealed part is not the one that was signed.")
    if entry.state == "here" and (entry.ct is None) != (header.commit is None):
        raise ProtocolError("wrong_commit", "What is sealed and what the header says of it differ.")
    if entry.state != "here" and (entry.ct is not None or header.commit is None):
        raise ProtocolError("wrong_content", "It is marked as gone, but is not.")


def _check_hashes(entry: ExportedEntry, author: Card, *, prev: bytes | None) -> None:
    header_hash = sha256(entry.header).digest()
    if not signature_holds(author, header_hash=header_hash, ct_hash=entry.ct_hash, sig=entry.sig):
        raise ProtocolError("bad_signature", "Its signature does not fit.")
    if entry.hash != link_hash(prev, header_hash, entry.ct_hash, entry.sig):
        raise ProtocolError("broken_chain", "Its hash is not the one it should have.")


def _unsound(where: str, error: ProtocolError) -> ProtocolError:
    return ProtocolError("unsound_export", f"This export does not hold: {where}: {error.sentence}")
