"""A member's own copy: the whole partnership in one sealed file that `tilth read` opens."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from tilth.accounts.instance import instance_id
from tilth.accounts.models import Card, Keyring, Wrap
from tilth.ledger.reading import exported_entries
from tilth.partnerships.access import member_or_404
from tilth.partnerships.cards import cards_used_in
from tilth.partnerships.models import Member
from tilth.protocol import clock
from tilth.protocol.cards import SignedCard
from tilth.protocol.export import ExportedKeyring, ExportedMember, ExportedWrap, Title, export_lines


@require_GET
def export(request: HttpRequest, partnership_id: UUID) -> StreamingHttpResponse:
    """Everything this member may read, as they may read it: what is held back from them stays held back."""
    member = member_or_404(request, partnership_id)
    answer = StreamingHttpResponse(_lines(member), content_type="application/x-ndjson")
    name = f"tilth-{clock.now().date().isoformat()}-{str(member.partnership_id)[-6:]}.jsonl"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _lines(member: Member) -> Iterator[bytes]:
    members = tuple(
        ExportedMember(id=seat.id, person=seat.person_id, name=str(seat.person), role=seat.role)
        for seat in member.everyone
    )
    title = Title(instance=instance_id(), partnership=member.partnership_id, made_at=clock.now(), members=members)
    return export_lines(
        title,
        cards=[_signed(card) for card, _ in cards_used_in(member.partnership)],
        wraps=[
            ExportedWrap(kind=wrap.kind, age=bytes(wrap.age), label=wrap.label)
            for wrap in Wrap.objects.filter(person_id=member.person_id, kind=Wrap.Kind.PHRASE)
        ],
        keyring=_keyring(member),
        entries=exported_entries(member),
    )


def _keyring(member: Member) -> ExportedKeyring | None:
    """So that the reader's own list of accepted keys says whose the cards are, and not the server alone."""
    kept = Keyring.objects.filter(person_id=member.person_id).first()
    return None if kept is None else ExportedKeyring(version=kept.version, sealed=bytes(kept.sealed))


def _signed(card: Card) -> SignedCard:
    previous = None if card.previous_sig is None else bytes(card.previous_sig)
    return SignedCard(body=bytes(card.body), sig=bytes(card.sig), previous_sig=previous)
