"""What pages and the floors above ask about messages. The number of queries never grows with the history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, prefetch_related_objects

from tilth.chapters.messages.models import WAITING, Message, Thread
from tilth.chapters.messages.windows import limits_of, standing
from tilth.ledger.addresses import Place
from tilth.partnerships.memo import once_a_page
from tilth.partnerships.models import Member

MOST_WAITING = 200
THREADS_A_PAGE = 30
MESSAGES_A_PAGE = 30


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A message that waits for an answer, as one member sees it; `by` is None while a pause lets it rest."""

    message: Message
    member: Member
    by: datetime | None

    @property
    def on_me(self) -> bool:
        return self.message.recipient_id == self.member.id


@once_a_page
def waiting_messages(members: Sequence[Member], at: datetime) -> list[Waiting]:
    """In these members' partnerships, the message of each thread whose answer is expected first, for either of them.

    One query for all of them, and one for their pauses where they are not loaded yet.
    """
    places = not_ended(members)
    rows = Message.objects.select_related("thread", "recipient__person").filter(
        WAITING, partnership_id__in=places
    )  # fmt: skip
    earliest = list(rows.order_by("reply_by", "id")[: MOST_WAITING * max(len(places), 1)])
    return waiting(first_of_each_thread(earliest), places, at)


def not_ended(members: Sequence[Member]) -> dict[UUID, Member]:
    """The seats, by partnership, where answers are still expected: after the end nobody owes one."""
    return {member.partnership_id: member for member in members if member.partnership.ended_at is None}


def first_of_each_thread(messages: Iterable[Message]) -> list[Message]:
    """The first for each thread and each one who is to answer; the rest go with it when it is answered."""
    found: dict[tuple[UUID, UUID | None], Message] = {}
    for message in messages:
        found.setdefault((message.thread_id, message.recipient_id), message)
    return list(found.values())


def waiting(messages: Sequence[Message], places: dict[UUID, Member], at: datetime) -> list[Waiting]:
    """Those of the messages, each of which waits for an answer, that are of one of these `places`."""
    prefetch_related_objects([member.partnership for member in places.values()], "pauses")
    return [
        Waiting(message=message, member=member, by=answer_by(message, member, at))
        for message in messages
        if (member := places.get(message.partnership_id))
    ]


def answer_by(message: Message, member: Member, at: datetime) -> datetime | None:
    expected = message.expected
    assert expected is not None
    assert message.recipient is not None
    pauses = member.partnership.pauses.all()
    if not pauses:
        return expected.reply_by
    limits = limits_of(member.partnership, message.recipient.person_id, zone=message.zone)
    return standing(expected, limits, pauses, at)


def threads(member: Member, *, before: Place | None) -> list[Thread]:
    """A page of threads, the one with the newest message first; one more than a page where there are more."""
    rows = Thread.objects.filter(partnership_id=member.partnership_id)
    if before:
        rows = rows.filter(Q(last_at__lt=before[0]) | Q(last_at=before[0], id__lt=before[1]))
    return list(rows.order_by("-last_at", "-id")[: THREADS_A_PAGE + 1])


def thread(member: Member, thread_id: UUID) -> Thread | None:
    return Thread.objects.filter(partnership_id=member.partnership_id, id=thread_id).first()


def messages_of(found: Thread, *, before: Place | None) -> list[Message]:
    """A page of a thread, the newest first; one more than a page where there are more."""
    rows = Message.objects.filter(partnership_id=found.partnership_id, thread_id=found.id)
    if before:
        rows = rows.filter(Q(at__lt=before[0]) | Q(at=before[0], id__lt=before[1]))
    return list(rows.select_related("recipient__person").order_by("-at", "-id")[: MESSAGES_A_PAGE + 1])


def page_with(message: Message) -> Place | None:
    """The place before which the page with this message ends; None where it is on the newest."""
    rows = Message.objects.filter(partnership_id=message.partnership_id, thread_id=message.thread_id)
    newer = rows.filter(Q(at__gt=message.at) | Q(at=message.at, id__gt=message.id)).order_by("at", "id")
    places = list(newer.values_list("at", "id")[:MESSAGES_A_PAGE])
    return places[0] if len(places) == MESSAGES_A_PAGE else None


def message(member: Member, message_id: UUID) -> Message | None:
    rows = Message.objects.filter(partnership_id=member.partnership_id, id=message_id)
    return rows.select_related("thread").first()
