"""The ledger over HTTP: the door, and what a browser needs to open and verify what it is shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from tilth.accounts.bodies import answering, read_body
from tilth.accounts.cards import signing_card
from tilth.accounts.models import Person
from tilth.accounts.refused import Refused
from tilth.ledger import reading
from tilth.ledger.door import append
from tilth.partnerships.access import arrival, member_or_404, visitor
from tilth.partnerships.cards import cards_used_in
from tilth.partnerships.models import Member, Partnership
from tilth.protocol import clock
from tilth.protocol.encoding import b64u, unb64u
from tilth.protocol.entries import LARGEST_CT, LARGEST_HEADER, SignedEntry
from tilth.protocol.fields import text

MOST_BYTES = (LARGEST_HEADER + LARGEST_CT) * 4 // 3 + 1024


@require_POST
@answering
def entries(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The door: POST {header, ct, sig} writes one entry."""
    who, partnership = arrival(request, partnership_id)
    person = _signed_in(who)
    card = signing_card(person)
    if card is None:
        raise Refused("no_keys", "You have no keys yet. Make them first.", status=403)
    receipt = append(
        _signed(request), person=person, card=card, partnership_id=partnership_id, at=clock.now(), known=partnership
    )
    answer = {"entry": str(receipt.entry), "seq": receipt.seq, "hash": receipt.hash.hex()}
    return JsonResponse(answer, status=201 if receipt.new else 200)


@require_POST
@answering
def sealed(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """POST {ids}: the entries a page names and the browser does not hold yet."""
    member = _member(request, partnership_id)
    ids: Any = read_body(request, keys={"ids"}, most=MOST_BYTES)["ids"]
    try:
        wanted = [UUID(each) for each in ids]
    except (TypeError, ValueError, AttributeError) as error:
        raise Refused("malformed", "That is not a list of entries.", status=400) from error
    if len(wanted) > reading.MOST_AT_ONCE:
        raise Refused("too_many", f"Ask for at most {reading.MOST_AT_ONCE} entries at once.", status=413)
    return JsonResponse({"entries": reading.sealed_entries(member, wanted)})


@require_GET
@answering
def links(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """GET ?after=: the next links of the chain, a thousand at most, and where it ends."""
    member = _member(request, partnership_id)
    after = request.GET.get("after", "0")
    if not after.isascii() or not after.isdigit() or len(after) > 9:
        raise Refused("malformed", "That is not a place in the chain.", status=400)
    partnership = member.partnership
    return JsonResponse({"links": reading.links(partnership, after=int(after)), "head": reading.head(partnership)})


@require_GET
@answering
def head(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """The newest entry's place and hash; what open pages ask to know whether something is new."""
    return JsonResponse(reading.head(_member(request, partnership_id).partnership))


@require_GET
@answering
def cards(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """Every card ever used in this partnership."""
    return JsonResponse({"cards": cards_json(_member(request, partnership_id).partnership)})


def cards_json(partnership: Partnership) -> list[dict[str, Any]]:
    """Every card of a partnership, as a browser pins them."""
    return [
        {
            "card": b64u(bytes(card.body)),
            "sig": b64u(bytes(card.sig)),
            "previous_sig": None if card.previous_sig is None else b64u(bytes(card.previous_sig)),
            "person": str(card.person_id),
            "current": current,
        }
        for card, current in cards_used_in(partnership)
    ]


def _signed_in(person: Person | None) -> Person:
    """A browser whose session has ended is told so, whatever it asks for: what it has to send can wait for that."""
    if person is None:
        raise Refused("signed_out", "You are signed out. Sign in again; your words are kept here.", status=403)
    return person


def _member(request: HttpRequest, partnership_id: UUID) -> Member:
    try:
        return member_or_404(request, partnership_id)
    except Http404:
        _signed_in(visitor(request))
        raise


def _signed(request: HttpRequest) -> SignedEntry:
    body = read_body(request, keys={"header", "ct", "sig"}, most=MOST_BYTES)
    ct = None if body["ct"] is None else unb64u(text(body, "ct"))
    return SignedEntry(unb64u(text(body, "header")), ct, unb64u(text(body, "sig")))
