"""What the two call each other on these pages."""

from uuid import UUID

from tilth.partnerships.models import Member


def first_names(member: Member) -> dict[UUID, str]:
    """By person id, for all who are or were in the partnership; whole names where the first ones are the same."""
    people = {seat.person_id: seat.person.name for seat in member.everyone}
    short = {seat.person_id: seat.called for seat in member.everyone}
    return short if len(set(short.values())) == len(short) else people
