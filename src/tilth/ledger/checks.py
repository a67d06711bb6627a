"""The checks of the door, one function each, in the words a person sees when one refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tilth.accounts.cards import current_cards
from tilth.accounts.models import Card, Person
from tilth.ledger.models import Entry
from tilth.ledger.refused import Refused
from tilth.partnerships.models import Member, Partnership
from tilth.protocol.entries import MAX_CT, MAX_HEADER, Header, entry_digest
from tilth.protocol.cards import read_card
from tilth.protocol.errors import ProtocolError
from tilth.protocol.signing import verify

if TYPE_CHECKING:
    from tilth.ledger.door import Envelope


def sizes(header: bytes, ct: bytes | None, sig: bytes) -> None:
    if len(header) > MAX_HEADER:
        raise Refused("header_too_large", "The public part of this entry is too large.", status=413)
    if len(ct or b"") > MAX_CT:
        raise Refused("too_large", "This text is too long to send at once. Split it in two.", status=413)
    if len(sig) != 64:
        raise Refused("bad_signature", "This entry is not signed as it should be.", status=400)


def signature(header: bytes, ct: bytes | None, sig: bytes, *, card: Card) -> None:
    try:
        verify(read_card(bytes(card.body)).sign, sig, entry_digest(header, ct))
    except ProtocolError as error:
        raise Refused("bad_signature", "This entry is not signed as it should be.", status=400) from error


def addressed_to(header: Header, *, instance: str, partnership_id: UUID) -> None:
    if header.instance != instance:
        raise Refused("wrong_instance", "This entry was made for another Tilth.")
    if header.partnership != str(partnership_id):
        raise Refused("wrong_partnership", "This entry was made for another partnership.")


def already_written(header: Header, envelope: Envelope, *, person: Person) -> Entry | None:
    """The entry these very bytes made before; another entry under the same id is refused."""
    entry = Entry.objects.select_related("author").filter(id=UUID(header.entry)).first()
    if entry is None:
        return None
    same = bytes(entry.header) == envelope.header and bytes(entry.ct_hash) == envelope.ct_hash
    if same and bytes(entry.sig) == envelope.sig and entry.author.person_id == person.id:
        return entry
    raise Refused("entry_id_used", "Another entry already has this id.", status=409)


def recipients(header: Header, *, member: Member, card: Card) -> None:
    """Sealed to exactly the members' current cards, and to the author who may only now be joining."""
    people = {seat.person_id for seat in member.everyone if seat.left_at is None} - {member.person_id}
    wanted = sorted({card.hash, *(known.hash for known in current_cards(people))})
    if list(header.to) != wanted:
        raise Refused(
            "wrong_recipients", "Who can read here has changed. Reload the page and send it again.", status=409
        )


def next_in_line(header: Header, partnership: Partnership) -> None:
    head = None if partnership.head_hash is None else bytes(partnership.head_hash).hex()
    if header.prev != head:
        raise Refused(
            "stale_head",
            "Something was written here in the meantime.",
            status=409,
            head={"seq": partnership.head_seq, "hash": head},
        )


