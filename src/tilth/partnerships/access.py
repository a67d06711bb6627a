"""The one way in: whoever wants something of a partnership asks here first."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest

from tilth.accounts.models import Card, Person
from tilth.accounts.refused import Refused
from tilth.accounts.rows import Select, bound, joined, store
from tilth.accounts.sessions import HELD, STILL_VALID, VISIT, SessionStore
from tilth.partnerships.models import Member, Partnership


def member_or_404(request: HttpRequest, partnership_id: UUID) -> Member:
    """The signed-in person's seat, with the partnership and everyone in it; asked once for a request.

    Strangers, former members, anonymous visitors and unknown ids all get the same 404.
    """
    known: Member | None = getattr(request, "tilth_seat", None)
    if known and known.partnership_id == partnership_id:
        return known
    person, partnership = arrival(request, partnership_id)
    member = seat_in(partnership, person) if person and partnership else None
    if member is None:
        raise Http404("No such partnership.")
    request.tilth_seat = member  # type: ignore[attr-defined]
    return member


def arrival(request: HttpRequest, partnership_id: UUID) -> tuple[Person | None, Partnership | None]:
    """Who asks, and the partnership that is asked for, which they may have no seat in; one query for both, unless it
    was asked before who it is. Whoever is not signed in is shown none."""
    session = cast(SessionStore, request.session)
    if session.is_loaded:
        person = visitor(request)
        return person, found(partnership_id) if person else None
    rows = session.load_with(_ARRIVAL, partnership_id)
    person = visitor(request)
    return person, _with_everyone(rows) if person else None


def visitor(request: HttpRequest) -> Person | None:
    """Who is signed in; None where nobody is."""
    return getattr(request.user, "itself", None)


def must_have_left(person: Person) -> None:
    """Leaving is an entry that only the person can sign, so it comes before their keys are erased."""
    if Member.objects.filter(person=person, left_at=None).exists():
        raise Refused("still_a_member", "Leave your partnerships first. Each has its way out under “The two of you”.")


_GLANCE = Select(
    """
    SELECT m.person_id, m.left_at, m.id, p.name, p.zone, t.head_hash,
        (SELECT c.hash FROM accounts_card c WHERE c.person_id = p.id ORDER BY c.generation DESC LIMIT 1),
        (SELECT MAX(o.until) FROM partnerships_putoff o WHERE o.member_id = m.id),
        (SELECT MAX(g.at) FROM partnerships_invitation i JOIN partnerships_mailing g ON g.invitation = i.id
            WHERE i.partnership_id = t.id),
        (SELECT MAX(d.at) FROM partnerships_invitation i JOIN partnerships_decline d ON d.invitation = i.id
            WHERE i.partnership_id = t.id)
    FROM partnerships_partnership t
        JOIN partnerships_member m ON m.partnership_id = t.id JOIN accounts_person p ON p.id = m.person_id
    WHERE t.id = %s ORDER BY m.joined_at
    """
)
_SEATS = """
    LEFT JOIN partnerships_member m ON m.partnership_id = t.id LEFT JOIN accounts_person p ON p.id = m.person_id
"""
_OF_A_SEAT = """
    (SELECT c.hash FROM accounts_card c WHERE c.person_id = p.id ORDER BY c.generation DESC LIMIT 1),
    (SELECT MAX(o.until) FROM partnerships_putoff o WHERE o.member_id = m.id)
"""
_EVERYONE = Select(
    f"""
    SELECT {{t}}, {{m}}, {{p}}, {_OF_A_SEAT} FROM partnerships_partnership t {_SEATS}
    WHERE t.id = %s ORDER BY m.joined_at
    """,  # noqa: S608  (no values)
    t=Partnership, m=Member, p=Person,
)  # fmt: skip
_ARRIVAL = Select(
    f"""
    SELECT {{v}}, {{t}}, {{m}}, {{p}}, {HELD}, {_OF_A_SEAT}
    FROM {VISIT} LEFT JOIN partnerships_partnership t ON t.id = %s {_SEATS}
    WHERE {STILL_VALID} ORDER BY m.joined_at
    """,  # noqa: S608  (no values)
    v=Person, t=Partnership, m=Member, p=Person,
)  # fmt: skip


def glance(person: Person, partnership_id: UUID) -> tuple[object, ...] | None:
    """All that can change about a partnership's people and ledger, as values to compare; None for who has no seat.

    Whoever gets something here has the same right to look as by `member_or_404`, which loads the rows themselves.
    """
    rows, [mine] = tuple(_GLANCE.rows(partnership_id)), bound([person.id], store())
    return rows if any(row[0] == mine and row[1] is None for row in rows) else None


def seat_of(person: Person, partnership_id: UUID) -> Member | None:
    """The person's seat in a partnership, if they have one now, with all who are or were in it; one query."""
    partnership = found(partnership_id)
    return seat_in(partnership, person) if partnership else None


def seat_in(partnership: Partnership, person: Person) -> Member | None:
    """The same in a partnership that is loaded already."""
    mine = next((seat for seat in partnership.everyone if seat.person_id == person.id and seat.left_at is None), None)
    if mine:
        mine.person = person
    return mine


def found(partnership_id: UUID) -> Partnership | None:
    """A partnership with all who are or were in it and their newest cards; one query. Who may see it is not asked."""
    return _with_everyone(_EVERYONE.rows(partnership_id))


def _with_everyone(rows: list[tuple[Any, ...]]) -> Partnership | None:
    """The partnership of these rows, each of which has a seat of it; None where there is none."""
    partnership: Partnership | None = rows[0][0] if rows else None
    if partnership is None:
        return None
    partnership.everyone = []
    for _, seat, person, newest_card, put_off in rows:
        if seat:
            joined(seat, partnership=partnership, person=person)
            seat.newest_card, seat.put_off = newest_card, put_off
            partnership.everyone.append(seat)
    return partnership


def unopened(partnership_id: UUID, *, at: datetime) -> Partnership:
    """One that is not there yet: the entry that opens it `at` makes its row."""
    partnership = Partnership(id=partnership_id, opened_at=at)
    partnership.everyone = []
    return partnership


def seats_of(person: Person) -> list[Member]:
    """All the partnerships a person is in now, oldest first, each with everyone in it; one query."""
    mine = Member.objects.filter(person=person, left_at=None).values("partnership_id")
    partnerships: dict[UUID, Partnership] = {}
    for seat in _seats().filter(partnership_id__in=mine):
        if seat.partnership_id not in partnerships:
            partnerships[seat.partnership_id] = seat.partnership
            seat.partnership.everyone = []
        seat.partnership = partnerships[seat.partnership_id]
        seat.partnership.everyone.append(seat)
    found = [seat_in(partnership, person) for partnership in partnerships.values()]
    return sorted((seat for seat in found if seat), key=lambda seat: seat.joined_at)


def _seats() -> QuerySet[Member]:
    newest = Card.objects.filter(person=OuterRef("person")).order_by("-generation").values("hash")[:1]
    seats = Member.objects.select_related("partnership", "person").annotate(**{"newest_card": Subquery(newest)})
    return seats.order_by("joined_at")
