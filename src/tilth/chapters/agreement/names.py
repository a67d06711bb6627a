"""What the two call each other on these pages."""

from uuid import UUID

from tilth.design.wording import first_name
from tilth.partnerships.models import Member


def first_names(member: Member) -> dict[UUID, str]:
    """By person id, for all who are or were in the partnership; whole names where the first ones are the same."""
    people = {seat.person_id: seat.person.name for seat in member.everyone}
    short = {person: first_name(name) for person, name in people.items()}
    return short if len(set(short.values())) == len(short) else people
