"""The one way in: whoever wants something of a partnership asks here first."""

from uuid import UUID

from django.http import Http404, HttpRequest

from tilth.accounts.models import Person
from tilth.partnerships.models import Member


def member_or_404(request: HttpRequest, partnership_id: UUID) -> Member:
    """The signed-in person's seat, with person and partnership loaded in one query.

    Strangers, former members, anonymous visitors and unknown ids all get the same 404.
    """
    if request.user.is_authenticated and (member := seat_of(request.user, partnership_id)):
        return member
    raise Http404("No such partnership.")


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
    """All the partnerships a person is in now, oldest first."""
    seats = Member.objects.select_related("partnership").filter(person=person, left_at=None)
    return list(seats.order_by("joined_at"))
