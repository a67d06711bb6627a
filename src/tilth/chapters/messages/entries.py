"""The kinds of messages: their public data, their rules, and what they change."""

from datetime import timedelta
from typing import Annotated, Any, Literal, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min, QuerySet
from pydantic import Field

from tilth.accounts.refused import Refused
from tilth.accounts.writing import insert
from tilth.chapters.messages import words
from tilth.chapters.messages.models import WAITING, Message, Thread
from tilth.chapters.messages.windows import agreed_hours, limits_of
from tilth.ledger.kinds import Act, Data, Kind, NoData, Notice
from tilth.partnerships.hours import working_deadline
from tilth.partnerships.rhythm import day_ends
from tilth.partnerships.terms import Day, Zone

FURTHEST_PROMISE = timedelta(days=92)


class Written(Data):
    """A message; the first of a thread has no subject, every other the thread as its subject.

    `window` gives more working hours than were agreed. `zone` is the recipient's, as the author's page knew it; it
    counts only while no agreement names one, so that a rebuild reckons with the same.
    """

    expects: Literal["reply", "no rush"] = "reply"
    window: Annotated[int, Field(strict=True, ge=1, le=240)] | None = None
    zone: Zone | None = None


class Seen(Data):
    """Seen, and an answer will come by that day."""

    by: Day


def written_rule(act: Act) -> None:
    if not act.sealed:
        raise Refused("words_missing", "Write something first.", field="sealed.body")
    if act.subject and not _threads(act, act.subject).exists():
        raise Refused("no_such_thread", "There is no such conversation here.", status=404)
    if act.data.window and act.data.window < agreed_hours(act.partnership):
        raise Refused("window_too_short", "You can give more time than you agreed on, not less.", field="data.window")


def write(act: Act) -> None:
    """One more message; what waited in this thread for an answer of its author is answered."""
    thread_id = act.subject or act.entry
    if act.subject is None:
        insert(Thread, id=act.entry, partnership_id=act.partnership_id, author_id=act.member.id, last_at=act.at)
    else:
        _threads(act, thread_id).update(last_at=act.at)
        waiting = Message.objects.filter(WAITING, partnership_id=act.partnership_id, thread_id=thread_id)
        waiting.filter(recipient=act.member).update(answered_at=act.at)
    insert(
        Message, id=act.entry, partnership_id=act.partnership_id, thread_id=thread_id, author_id=act.member.id,
        at=act.at, **_expectation(act),
    )  # fmt: skip


def _expectation(act: Act) -> dict[str, Any]:
    """Who is expected to answer by when; nobody where there is no rush, or no one to answer yet."""
    data, other = cast(Written, act.data), next(iter(act.member.others), None)
    if other is None:
        return {}
    if data.expects != "reply":
        return {"recipient_id": other.id}
    hours = data.window or agreed_hours(act.partnership)
    limits = limits_of(act.partnership, other.person_id, zone=data.zone or "UTC")
    by = working_deadline(act.at, hours, limits)
    return {"recipient_id": other.id, "zone": limits.zone, "reply_by": by}


def seen_rule(act: Act) -> None:
    message = _message(act)
    if message.author_id == act.member.id:
        raise Refused("not_yours_to_answer", "The answer to this one is the other’s to give.")
    if message.withdrawn_at:
        raise Refused("already_withdrawn", "This message was withdrawn. Nothing is expected any more.")
    if message.reply_by is None:
        raise Refused("nothing_expected", "There is no rush with this one. Answer whenever you like.")
    if message.answered_at:
        raise Refused("already_answered", "You have answered this already.")
    if message.promised_day:
        raise Refused("already_promised", "You have said a day for this one. A short answer now is enough.")
    today = act.at.astimezone(ZoneInfo(message.zone)).date()
    if act.data.by < today:
        raise Refused("day_gone", "That day has gone. Choose today or a later one.", field="data.by")
    if act.data.by > today + FURTHEST_PROMISE:
        raise Refused("day_too_far", "Choose a day within three months.", field="data.by")


def see(act: Act) -> None:
    """The promised day takes the place of the window, for this message and what waits before it in the thread."""
    message = _message(act)
    waiting = Message.objects.filter(WAITING, partnership_id=act.partnership_id, thread_id=message.thread_id)
    waiting.filter(recipient=act.member, promised_day=None, at__lte=message.at).update(
        promised_day=act.data.by, promised_at=act.at, reply_by=day_ends(act.data.by, ZoneInfo(message.zone))
    )


def withdrawn_rule(act: Act) -> None:
    message = _message(act)
    if message.author_id != act.member.id:
        raise Refused("not_yours", "Only the one who wrote it can withdraw it.")
    if message.withdrawn_at:
        raise Refused("already_withdrawn", "This message was withdrawn already.")


def withdraw(act: Act) -> None:
    message = _message(act)
    message.withdrawn_at = act.at
    message.save(update_fields=["withdrawn_at"])
    _answer_no_more(message)
    if message.id == message.thread_id:
        Thread.objects.filter(partnership_id=act.partnership_id, id=message.thread_id).update(title_gone=True)


def _answer_no_more(message: Message) -> None:
    """What it answered is answered by its author's next message in the thread, or waits again where there is none."""
    thread = Message.objects.filter(partnership_id=message.partnership_id, thread_id=message.thread_id)
    later = thread.filter(author=message.author_id, withdrawn_at=None, at__gt=message.at).aggregate(at=Min("at"))
    thread.filter(recipient=message.author_id, answered_at=message.at).update(answered_at=later["at"])


def _threads(act: Act, thread_id: UUID) -> QuerySet[Thread]:
    return Thread.objects.filter(partnership_id=act.partnership_id, id=thread_id)


def _message(act: Act) -> Message:
    rows = Message.objects.filter(partnership_id=act.partnership_id)
    found = rows.filter(id=act.about).first()
    if found is None:
        raise Refused("no_such_message", "There is no such message here.", status=404)
    return found


def _tell(act: Act, phrase: str, thread: object) -> Notice:
    return Notice(to=act.member.others, words=phrase, url=f"/p/{act.partnership_id}/messages/{thread}/#latest")


def _told_of_message(act: Act) -> Notice:
    return _tell(act, "wrote to you", act.subject or act.entry)


def _told_of_seen(act: Act) -> Notice:
    return _tell(act, "has seen your message and will answer", _message(act).thread_id)


WRITTEN = Kind(
    name="messages.written", data=Written, sealed=("body", "title"), rule=written_rule, apply=write,
    words=words.written, erasure="keeps", ring="message", notify=_told_of_message,
)  # fmt: skip
SEEN = Kind(
    name="messages.seen", data=Seen, sealed=(), rule=seen_rule, apply=see, words=words.seen, erasure="keeps",
    notify=_told_of_seen,
)  # fmt: skip
WITHDRAWN = Kind(
    name="messages.withdrawn", data=NoData, sealed=(), rule=withdrawn_rule, apply=withdraw, words=words.withdrawn,
    erasure="withdraws",
)  # fmt: skip

KINDS = (WRITTEN, SEEN, WITHDRAWN)
