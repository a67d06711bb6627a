"""Whether somebody has room for one more partnership, by what they themselves said in their agreements."""

from collections.abc import Iterable
from dataclasses import dataclass

from tilth.partnerships.models import Member
from tilth.partnerships.terms import Terms


@dataclass(frozen=True, kw_only=True)
class Full:
    """They are in `now` partnerships, and said in the one of `said_in` that they can carry `capacity` at once."""

    now: int
    capacity: int
    said_in: Member


def full(seats: Iterable[Member]) -> Full | None:
    """The least of what a person agreed on, where all these seats of theirs that have not ended leave no room beside
    it; None where there is room, or nothing was said."""
    living = [seat for seat in seats if seat.partnership.ended_at is None]
    said = [(own, seat) for seat in living if (own := _capacity(seat)) is not None]
    if not said:
        return None
    capacity, seat = min(said, key=lambda one: one[0])
    return Full(now=len(living), capacity=capacity, said_in=seat) if len(living) >= capacity else None


def _capacity(seat: Member) -> int | None:
    if not seat.partnership.terms:
        return None
    own = Terms.model_validate(seat.partnership.terms).members.get(seat.person_id)
    return own.capacity if own else None
