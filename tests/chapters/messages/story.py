"""Two people and their threads, for the tests of this chapter."""

from datetime import UTC, datetime
from uuid import UUID

from tests.cast import Actor

TUESDAY = datetime(2026, 12, 1, 10, tzinfo=UTC)


def starts(actor: Actor, *, title: str = "The lead role", **data) -> UUID:
    return actor.writes("messages.written", data, {"title": title, "body": "Should I take it?"})


def replies(actor: Actor, thread: UUID, *, body: str = "Yes, and here is why", **data) -> UUID:
    return actor.writes("messages.written", data, {"body": body}, subject=thread)
