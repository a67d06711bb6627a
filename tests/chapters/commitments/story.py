"""Two people and a commitment, for the tests of this chapter."""

from datetime import UTC, datetime, timedelta

from tests.cast import Actor
from tilth.protocol import clock

MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
FRIDAY = "2026-12-04"
NEXT_FRIDAY = "2026-12-11"
WORDS = {"words": "Draft the outline of the talk"}
AFTER_FRIDAY = MONDAY + timedelta(days=5)


def makes(actor: Actor, due: str = FRIDAY, **data):
    return actor.writes("commitments.made", {"due": due, **data}, WORDS)


def asks(actor: Actor, other: Actor, due: str = FRIDAY):
    return makes(actor, due, owner=str(other.member.id))


def moved_and_hard(pair: tuple[Actor, Actor]):
    """The mentee's commitment, moved to the Friday after; an hour later the mentor says that it makes it hard."""
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        mentee.writes("commitments.renegotiated", {"due": NEXT_FRIDAY}, WORDS, subject=made)
    with clock.at(MONDAY + timedelta(hours=1)):
        mentor.writes("commitments.answered", {"agrees": False, "answers": "move"}, subject=made)
    return made
