"""The one way in: whoever wants something of a partnership asks here first."""

from uuid import UUID

from django.http import Http404, HttpRequest

from tilth.accounts.models import Person
from tilth.partnerships.models import Member


def member_or_404(request: HttpRequest, partnership_id: UUID) -> Member:
    """The signed-in person's seat, with person and partnership loaded in one query.

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
    """The person's seat in a partnership, if they have one now."""
    seats = Member.objects.select_related("partnership").filter(
        partnership_id=partnership_id, person=person, left_at=None
    )
    member = seats.first()
    if member:
        member.person = person
    return member


def seats_of(person: Person) -> list[Member]:
    """All the partnerships a person is in now, oldest first, each knowing everyone in it; two queries in all."""
    seats = list(Member.objects.select_related("partnership").filter(person=person, left_at=None).order_by("joined_at"))
    everyone = Member.objects.filter(partnership__in=[seat.partnership_id for seat in seats])
    by_partnership: dict[UUID, list[Member]] = {}
    for member in everyone.select_related("person").order_by("joined_at"):
        by_partnership.setdefault(member.partnership_id, []).append(member)
    for seat in seats:
        seat.person = person
        seat.everyone = by_partnership[seat.partnership_id]
    return seats
