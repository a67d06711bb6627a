"""The checks of the door, one function each, in the words a person sees when one refuses."""

from uuid import UUID

from tilth.accounts.models import Person
from tilth.accounts.refused import Refused
from tilth.accounts.writing import locked
from tilth.ledger.kinds import Kind
from tilth.ledger.models import Entry
from tilth.ledger.registry import kinds
from tilth.partnerships.models import Member, Partnership
from tilth.protocol.cards import Card
from tilth.protocol.entries import LARGEST_CT, Header, SignedEntry, check_signature
from tilth.protocol.errors import ProtocolError
from tilth.protocol.headers import LARGEST_HEADER


def parsed(entry: SignedEntry) -> Header:
    if len(entry.header) > LARGEST_HEADER:
        raise Refused("header_too_large", "The public part of this entry is too large.", status=413)
    if len(entry.ct or b"") > LARGEST_CT:
        raise Refused("ct_too_large", "This text is too long to send at once. Split it in two.", status=413)
    try:
        return entry.read
    except ProtocolError as error:
        raise Refused(error.code, error.sentence, status=400) from error


def signed_by(card: Card, entry: SignedEntry) -> None:
    if entry.read.author != card.hash:
        raise Refused("stale_card", "Your keys have changed since this was signed. Reload the page and send it again.")
    try:
        check_signature(entry, card)
    except ProtocolError as error:
        raise Refused("bad_signature", "This entry is not signed as it should be.", status=400) from error


def known_kind(entry: SignedEntry) -> Kind:
    kind = kinds().get(entry.read.kind)
    if kind is None:
        raise Refused("unknown_kind", "This Tilth does not know that kind of entry. Reload the page and try again.")
    if (entry.read.commit is None) != (entry.ct is None):
        raise Refused("wrong_commit", "What is sealed and what the entry says of it differ.", status=400)
    if entry.ct is not None and not kind.sealed:
        raise Refused("nothing_to_seal", "This kind of entry has nothing sealed in it.", status=400)
    return kind


def addressed_to(header: Header, *, instance: str, partnership_id: UUID) -> None:
    if header.instance != instance:
        raise Refused("wrong_instance", "This entry was made for another Tilth.")
    if header.partnership != partnership_id:
        raise Refused("wrong_partnership", "This entry was made for another partnership.")


def already_written(sent: SignedEntry, partnership: Partnership) -> Entry | None:
    """The entry that these very bytes, which only their author can send, made before; another of its id is refused."""
    if sent.read.prev == _head(partnership):
        return None  # a chain that holds it already would have gone on from there
    entry = Entry.objects.filter(id=sent.read.entry).first()
    if entry is None:
        return None
    if (bytes(entry.header), bytes(entry.ct_hash), bytes(entry.sig)) == (sent.header, sent.ct_hash, sent.sig):
        return entry
    raise entry_id_used()


def entry_id_used() -> Refused:
    return Refused("entry_id_used", "Another entry already has this id.", status=409)


def not_erased(newcomer: Member) -> None:
    """Whoever comes to have a seat has not erased their account at this moment, and waits if they are about to."""
    people = locked(Person.objects.filter(pk=newcomer.person_id, is_active=True))
    if not people.values_list("pk", flat=True).first():
        raise Refused("erased", "This account was erased meanwhile.", status=403)


def recipients(header: Header, *, member: Member, card: Card) -> None:
    """Sealed to exactly the members' current cards, and to the author who may only now be joining."""
    here = {seat.newest_card for seat in member.here if seat.newest_card}
    wanted = sorted({card.hash, *here})
    if list(header.to) != wanted:
        raise Refused(
            "wrong_recipients", "Who can read here has changed. Reload the page and send it again.", status=409
        )


def still_open(partnership: Partnership, kind: Kind) -> None:
    if partnership.ended_at is not None and not kind.after_end:
        raise Refused("ended", "This partnership has ended. What was written here stays readable.", status=409)


def somebody_to_read(entry: SignedEntry, member: Member) -> None:
    """What is sealed while one is alone could not be opened by whoever joins later."""
    if entry.ct is not None and not member.others:
        raise Refused("alone", "There is nobody else here yet who could read it.", status=409)


def next_in_line(header: Header, partnership: Partnership) -> None:
    if header.prev != _head(partnership):
        raise stale_head(partnership)


def stale_head(partnership: Partnership) -> Refused:
    """Someone else was faster; `partnership` says where its ledger stands now."""
    head = _head(partnership)
    return Refused(
        "stale_head",
        "Something was written here in the meantime.",
        status=409,
        head={"seq": partnership.head_seq, "hash": None if head is None else head.hex()},
    )


def _head(partnership: Partnership) -> bytes | None:
    return None if partnership.head_hash is None else bytes(partnership.head_hash)
