"""The one way in: whoever wants something of a partnership asks here first."""

from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest

from tilth.accounts.models import Card, Person
from tilth.partnerships.models import Member


def member_or_404(request: HttpRequest, partnership_id: UUID) -> Member:
    """The signed-in person's seat, with the partnership and everyone in it, in one query.

    Strangers, former members, anonymous visitors and unknown ids all get the same 404.
    """
    person = visitor(request)
    if person and (member := seat_of(person, partnership_id)):
        return member
    raise Http404("No such partnership.")


def visitor(request: HttpRequest) -> Person | None:
    """Who is signed in; None where nobody is."""
    return request.user if isinstance(request.user, Person) else None


def seat_of(person: Person, partnership_id: UUID) -> Member | None:
    """The person's seat in a partnership, if they have one now, with all who are or were in it; one query."""
    everyone = list(_seats().filter(partnership_id=partnership_id))
    return _own_seat(person, everyone)


def seats_of(person: Person) -> list[Member]:
    """All the partnerships a person is in now, oldest first, each as `seat_of` gives it; one query."""
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
