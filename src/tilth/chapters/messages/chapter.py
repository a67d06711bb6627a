"""What messages tell the floors above: whose answer is expected by when, and the small step that comes of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tilth.chapters.messages import words
from tilth.chapters.messages.entries import KINDS, WRITTEN
from tilth.chapters.messages.models import Message, Thread
from tilth.chapters.messages.queries import Waiting, waiting_messages
from tilth.design.wording import begun
from tilth.ledger.chapter import Chapter, Due, Named, Step
from tilth.partnerships.models import Member

SOON = timedelta(hours=24)


def due(members: Sequence[Member], at: datetime) -> list[Due]:
    """Every thread in which an answer is expected, on the one who is to give it."""
    return [_due(waiting, at) for waiting in waiting_messages(members, at)]


def _due(waiting: Waiting, at: datetime) -> Due:
    late = waiting.by is not None and waiting.by <= at
    return Due(
        member=waiting.member,
        on="me" if waiting.on_me else "other",
        text="Reply in" if waiting.on_me else "A reply in",
        plain="A reply to write" if waiting.on_me else "A reply to you",
        title=None if waiting.message.thread.title_gone else waiting.message.thread.title,
        when=waiting.by,
        when_words=words.waiting(waiting.message, waiting.by, waiting.member, at),
        url=url_of(waiting),
        late=late and waiting.on_me,
    )


def steps(member: Member, at: datetime) -> list[Step]:
    """An answer that is late or soon expected; two lines are always enough."""
    return [step for waiting in waiting_messages([member], at) if (step := _step(waiting, at))]


def _step(waiting: Waiting, at: datetime) -> Step | None:
    if not waiting.on_me or waiting.by is None:
        return None
    thread, other = waiting.message.thread, waiting.member.other
    name = other.called if other else "the other"
    who = begun(name)
    late, soon = waiting.by <= at, waiting.by - at <= SOON
    if late:
        why = f"{who} wrote, and it has waited a little. Two lines are enough, or a day by which you will answer."
    else:
        why = f"{who} hopes to hear {words.waiting(waiting.message, waiting.by, waiting.member, at)}."
    return Step(
        key=f"messages.{waiting.message.id}", weight=75 if late else 62 if soon else 40,
        title=f"Answer {name}", sealed=None if thread.title_gone else thread.title, why=why, action="Write two lines",
        url=url_of(waiting),
    )  # fmt: skip


def url_of(waiting: Waiting) -> str:
    message = waiting.message
    return f"/p/{message.partnership_id}/messages/{message.thread_id}/#latest"


def whereabouts(entry: Named) -> str | None:
    """The message, on its own page of the thread; what was done about one, beside it."""
    return f"messages/about/{entry.entry if entry.kind == WRITTEN.name else entry.about}"


chapter = Chapter(
    slug="messages",
    title="Messages",
    icon="message-circle",
    place=30,
    practices=("C2",),
    kinds=KINDS,
    models=(Message, Thread),
    due=due,
    steps=steps,
    whereabouts=whereabouts,
)
