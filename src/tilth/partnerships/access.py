"""The one way in: whoever wants something of a partnership asks here first."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest

from tilth.accounts.models import Card, Person
from tilth.accounts.refused import Refused
from tilth.partnerships.models import Member, Partnership


def member_or_404(request: HttpRequest, partnership_id: UUID) -> Member:
    """The signed-in person's seat, with the partnership and everyone in it; asked once for a request.

    Strangers, former members, anonymous visitors and unknown ids all get the same 404.
    """
    known: Member | None = getattr(request, "tilth_seat", None)
    if known and known.partnership_id == partnership_id:
        return known
    person = visitor(request)
    member = seat_of(person, partnership_id) if person else None
    if member is None:
        raise Http404("No such partnership.")
    request.tilth_seat = member  # type: ignore[attr-defined]
    return member


def visitor(request: HttpRequest) -> Person | None:
    """Who is signed in; None where nobody is."""
    return request.user if isinstance(request.user, Person) else None


def must_have_left(person: Person) -> None:
    """Leaving is an entry that only the person can sign, so it comes before their keys are erased."""
    if Member.objects.filter(person=person, left_at=None).exists():
        raise Refused("still_a_member", "Leave your partnerships first. Each has its way out under “The two of you”.")


# Written out, because building it anew for every request costs several times as much as running it.
_EVERYONE = """
    SELECT m.*, p.email AS p_email, p.name AS p_name, p.zone AS p_zone,
        (SELECT c.hash FROM accounts_card c WHERE c.person_id = p.id ORDER BY c.generation DESC LIMIT 1) AS newest_card,
        (SELECT MAX(o.until) FROM partnerships_putoff o WHERE o.member_id = m.id) AS put_off
    FROM partnerships_member m JOIN accounts_person p ON p.id = m.person_id
    WHERE m.partnership_id = %s ORDER BY m.joined_at
"""


_GLANCE = """
    SELECT m.id, m.person_id, m.left_at, p.name, p.zone, t.head_hash,
        (SELECT c.hash FROM accounts_card c WHERE c.person_id = p.id ORDER BY c.generation DESC LIMIT 1),
        (SELECT MAX(o.until) FROM partnerships_putoff o WHERE o.member_id = m.id)
    FROM partnerships_member m
        JOIN accounts_person p ON p.id = m.person_id JOIN partnerships_partnership t ON t.id = m.partnership_id
    WHERE m.partnership_id = %s ORDER BY m.joined_at
"""


def glance(person: Person, partnership_id: UUID) -> tuple[object, ...] | None:
    """All that can change about a partnership's people and ledger, as values to compare; None for who has no seat.

    Whoever gets something here has the same right to look as by `member_or_404`, which loads the rows themselves.
    """
    place = Partnership._meta.pk.get_db_prep_value(partnership_id, connection)
    own = Person._meta.pk.get_db_prep_value(person.id, connection)
    with connection.cursor() as cursor:
        cursor.execute(_GLANCE, [place])
        rows = [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in cursor]
    return tuple(rows) if any(row[1] == own and row[2] is None for row in rows) else None


def seat_of(person: Person, partnership_id: UUID) -> Member | None:
    """The person's seat in a partnership, if they have one now, with all who are or were in it; two queries."""
    place = Partnership._meta.pk.get_db_prep_value(partnership_id, connection)
    everyone = list(Member.objects.raw(_EVERYONE, [place]))
    mine = next((seat for seat in everyone if seat.person_id == person.id and seat.left_at is None), None)
    if mine is None:
        return None
    partnership = Partnership.objects.raw("SELECT * FROM partnerships_partnership WHERE id = %s", [place])[0]
    for seat in everyone:
        seat.partnership = partnership
        seat.person = person if seat is mine else _person(seat)
        seat.everyone = everyone
    return mine


def _person(seat: Any) -> Person:
    """The person of a row of _EVERYONE; what it does not hold is fetched where it is asked for."""
    values = (seat.person_id, seat.p_email, seat.p_name, seat.p_zone)
    return Person.from_db("default", ["id", "email", "name", "zone"], values)


def seats_of(person: Person) -> list[Member]:
    """All the partnerships a person is in now, oldest first, each with everyone in it; one query."""
    mine = Member.objects.filter(person=person, left_at=None).values("partnership_id")
    by_partnership: dict[UUID, list[Member]] = {}
    for seat in _seats().filter(partnership_id__in=mine):
        by_partnership.setdefault(seat.partnership_id, []).append(seat)
    found = [_own_seat(person, everyone) for everyone in by_partnership.values()]
    return sorted((seat for seat in found if seat), key=lambda seat: seat.joined_at)


def _own_seat(person: Person, everyone: list[Member]) -> Member | None:
    mine = next((seat for seat in everyone if seat.person_id == person.id and seat.left_at is None), None)
    if mine:
        mine.person = person
        for seat in everyone:
            seat.partnership = mine.partnership
            seat.everyone = everyone
    return mine


def _seats() -> QuerySet[Member]:
    newest = Card.objects.filter(person=OuterRef("person")).order_by("-generation").values("hash")[:1]
    seats = Member.objects.select_related("partnership", "person").annotate(**{"newest_card": Subquery(newest)})
    return seats.order_by("joined_at")
