"""A long partnership, and many others around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from bench.people import Pair, pair
from tilth.accounts.models import Card, Person
from tilth.chapters.agreement.models import Version
from tilth.chapters.commitments.models import Commitment
from tilth.chapters.meetings.models import Meeting
from tilth.ledger.models import Entry, Month
from tilth.partnerships.models import Member, Partnership
from tilth.protocol import clock
from tilth.protocol.encoding import uuid7

WORDS = "We spoke about the plan for the spring, and about what neither of us had wanted to say. " * 3
BATCH = 500


def long_history(number: int, entries: int, years: int = 5) -> tuple[Pair, UUID]:
    """A partnership of `entries` entries over `years`, with the same things open at its end whatever its length.

    The second is its longest thread.
    """
    now = datetime.now(UTC)
    start = now - timedelta(days=365 * years)
    with clock.at(start):
        found = pair(number)
        thread = _say(found, None)
    last = found.partnership
    for day in _days(start, now, entries):
        with clock.at(day):
            last = _agree(found, day)
            _fortnight(found, day.date(), thread)
        if _count(found) >= entries - 6:
            break
    with clock.at(now - timedelta(hours=3)):
        _leave_open(found, now.date(), thread)
    assert last
    return found, thread


def _days(start: datetime, now: datetime, entries: int) -> Iterator[datetime]:
    """Enough fortnights, evenly spread, for so many entries."""
    rounds = max(1, entries // 22)
    step = (now - timedelta(days=2) - start) / (rounds + 1)
    for turn in range(1, rounds + 8):
        yield min(start + step * turn, now - timedelta(days=1))


def _agree(found: Pair, day: datetime) -> UUID:
    """An agreement of two years, and the next one before it ends."""
    current = Version.objects.filter(partnership_id=found.partnership, in_force_at__isnull=False, until_at=None).first()
    if current and date.fromisoformat(current.terms["ends"]) > day.date() + timedelta(days=40):
        return current.id
    terms = _terms(found, day.date())
    data = {"terms": terms, "replaces": str(current.id) if current else None, "success": True}
    version = found.write(found.mentor, "agreement.proposed", data, {"channels": WORDS, "success": WORDS})
    signature = Entry.objects.get(id=version).hash
    found.write(found.mentee, "agreement.signed", {"hash": bytes(signature).hex(), "success": True},
                {"success": WORDS}, about=version)  # fmt: skip
    return version


def _terms(found: Pair, day: date) -> dict[str, Any]:
    own = {"zone": "Europe/Lisbon", "monthly_hours": 4}
    rhythm = {
        "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "start": day.isoformat(), "time": "16:00", "zone": "Europe/Lisbon",
        "minutes": 60, "ends": (day + timedelta(days=700)).isoformat(), "place": "video",
    }  # fmt: skip
    members = {str(found.mentor.person.id): own, str(found.mentee.person.id): own}
    return {"rhythm": rhythm, "members": members, "begins": day.isoformat(), "ends": rhythm["ends"]}


def _fortnight(found: Pair, day: date, thread: UUID) -> None:
    """Some twenty entries: promises kept, a thread, and a meeting with all that belongs to it."""
    for who in (found.mentor, found.mentee):
        due = {"due": (day + timedelta(days=5)).isoformat(), "source": None}
        promise = found.write(who, "commitments.made", due, {"words": "Send the notes"})
        found.write(who, "commitments.kept", {}, {"words": "Done."}, about=promise)
    for turn in range(6):
        _say(found, thread, by=turn)
    new = _say(found, None)
    _say(found, new, by=1)
    _meet(found)


def _meet(found: Pair) -> None:
    meeting = Meeting.objects.filter(
        partnership_id=found.partnership, state="planned", end_at__lt=clock.now()
    ).order_by("-start_at").first()  # fmt: skip
    if meeting is None:
        return
    found.write(found.mentor, "meetings.summed_up", {"replaces": None}, {"summary": WORDS}, about=meeting.id)
    found.write(found.mentee, "meetings.held", about=meeting.id)
    for who in (found.mentor, found.mentee):
        found.write(who, "meetings.looked_back", {}, {"present": "yes", "heard": "yes"}, about=meeting.id)


def _say(found: Pair, thread: UUID | None, *, by: int = 0) -> UUID:
    who = found.mentee if by % 2 else found.mentor
    sealed = {"body": WORDS} if thread else {"title": "A question", "body": WORDS}
    return found.write(who, "messages.written", {"expects": "reply"}, sealed, about=thread)


def _leave_open(found: Pair, today: date, thread: UUID) -> None:
    for who in (found.mentor, found.mentee):
        due = {"due": (today + timedelta(days=3)).isoformat(), "source": None}
        found.write(who, "commitments.made", due, {"words": "Read the draft"})
    _say(found, thread, by=1)


def _count(found: Pair) -> int:
    return Entry.objects.filter(partnership_id=found.partnership).count()


def crowd(model: Pair, count: int) -> None:
    """`count` more partnerships beside `model`, copied from it under new ids: to be read, not verified."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
    for done in range(0, count, BATCH):
        _copies(model, min(BATCH, count - done))


def _copies(model: Pair, count: int) -> None:
    rows: dict[Any, list[Any]] = {table: [] for table in (Person, Card, Partnership, Member, Entry, Commitment, Month)}
    entries = list(Entry.objects.filter(partnership_id=model.partnership).order_by("seq")[:8])
    promises = list(Commitment.objects.filter(partnership_id=model.partnership).order_by("-id")[:2])
    months = list(Month.objects.filter(partnership_id=model.partnership)[:3])
    seats = list(Member.objects.filter(partnership_id=model.partnership))
    for _ in range(count):
        partnership = uuid7()
        original = Partnership.objects.get(id=model.partnership) if not rows[Partnership] else rows[Partnership][0]
        rows[Partnership].append(_copy(original, id=partnership, head_seq=len(entries)))
        members = {}
        for seat in seats:
            person = uuid4()
            rows[Person].append(Person(id=person, email=f"{person}@example.org", name="Somebody"))
            rows[Card].append(Card(hash=person.hex * 2, person_id=person, generation=1, body=b"x" * 300, sig=b"x" * 64))
            members[seat.id] = Member.id_for(partnership, person)
            rows[Member].append(_copy(seat, id=members[seat.id], partnership_id=partnership, person_id=person))
        rows[Entry] += [
            _copy(entry, id=uuid7(), partnership_id=partnership, author_id=members[entry.author_id])
            for entry in entries
        ]
        rows[Commitment] += [
            _copy(promise, id=uuid7(), partnership_id=partnership, author_id=members[promise.author_id],
                  owner_id=members[promise.owner_id]) for promise in promises
        ]  # fmt: skip
        rows[Month] += [_copy(month, id=None, partnership_id=partnership) for month in months]
    for table, made in rows.items():
        table.objects.bulk_create(made, batch_size=BATCH)


def _copy(row: Any, **changes: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**values, **changes})
