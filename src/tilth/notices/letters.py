"""Sending the letters that are due: one mail for each person, however much there is to tell."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from email.utils import make_msgid
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Min

from tilth.accounts.models import Person
from tilth.notices.models import Letter
from tilth.notices.rest import may_come_at
from tilth.partnerships.models import Member, Pause
from tilth.partnerships.terms import terms_of

log = logging.getLogger(__name__)
AT_ONCE = 500  # people in one sweep
RETRY = timedelta(minutes=10)  # until the second try; every pause after that is twice as long as the one before
MOST_TRIES = 11  # the last of them comes a week after the first
KEPT = timedelta(days=30)


def due_letters(at: datetime) -> bool:
    return Letter.objects.filter(next_due__lte=at).exists()


def send_due(at: datetime) -> int:
    """Sends what may be sent now and puts off what must wait; returns how many mails went out."""
    waiting = Letter.objects.filter(next_due__lte=at).values("person").annotate(oldest=Min("next_due"))
    people = list(waiting.order_by("oldest").values_list("person", flat=True)[:AT_ONCE])
    return sum(_send_to(person_id, at) for person_id in people)


def _send_to(person_id: UUID, at: datetime) -> bool:
    letters = _take(person_id, at)
    if not letters:
        return False
    try:
        _mail(letters[0].person, letters).send()
    except Exception as problem:  # whatever a mail server does: the others' letters still go, this one is tried again
        log.error("A mail could not be sent: %s.", type(problem).__name__)  # its own words may name an address
        _give_up(letters)
        return False
    Letter.objects.filter(id__in=[letter.id for letter in letters]).update(sent_at=at, next_due=None)
    return True


def _give_up(letters: Sequence[Letter]) -> None:
    """Drops those that were tried for a week. What they told of is on the person's pages."""
    spent = [letter.id for letter in letters if letter.tries >= MOST_TRIES]
    if spent:
        Letter.objects.filter(id__in=spent).delete()
        log.error("What could not be mailed for a week was given up; letters: %d.", len(spent))


def _take(person_id: UUID, at: datetime) -> list[Letter]:
    """The person's letters that may go now, put aside so that no other worker takes them; the others are put off.

    What waited until somebody had left is dropped: it is not theirs any more.
    """
    with transaction.atomic():
        here = Member.objects.filter(person_id=person_id, left_at=None).values("partnership")
        Letter.objects.filter(person_id=person_id, next_due__lte=at).exclude(partnership__in=here).delete()
        due = Letter.objects.filter(person_id=person_id, next_due__lte=at).select_related(
            "person", "actor", "partnership"
        )
        due = due.select_for_update(of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked)
        taken = []
        for letter in due.order_by("queued_at", "id"):
            letter.next_due = _may_come_at(letter, at)
            if letter.next_due <= at:
                letter.next_due = at + RETRY * 2**letter.tries
                letter.tries += 1
                taken.append(letter)
            letter.save(update_fields=["next_due", "tries"])
        return taken


def _may_come_at(letter: Letter, at: datetime) -> datetime:
    limits = terms_of(letter.partnership).members.get(letter.person_id)
    if letter.urgent or limits is None:
        return at
    return may_come_at(at, limits, Pause.objects.filter(partnership=letter.partnership))


def _mail(person: Person, letters: Sequence[Letter]) -> EmailMessage:
    actors = {letter.actor_id: str(letter.actor) for letter in letters}
    subject = f"{next(iter(actors.values()))}, in Tilth" if len(actors) == 1 else "News from your partnerships in Tilth"
    body = "\n".join([*_lines(letters), "What was written is not in this mail: it opens in your browser only.", ""])
    return EmailMessage(subject, body, to=[person.email], headers={"Message-ID": _message_id(letters)})


def _lines(letters: Sequence[Letter]) -> Iterator[str]:
    for letter in letters:
        yield f"{letter.actor} {letter.words}.\n{settings.SITE_URL}{letter.url}\n"


def _message_id(letters: Sequence[Letter]) -> str:
    """The same letters sent twice, after a crash, carry the same id, so that mail programs show them once."""
    same = hashlib.sha256("".join(str(letter.id) for letter in letters).encode()).hexdigest()[:32]
    return f"<{same}@{make_msgid().rsplit('@', 1)[1]}"


def forget(person: Person) -> None:
    """Erasing an account takes its letters along."""
    Letter.objects.filter(person=person).delete()


def drop_old(at: datetime) -> None:
    Letter.objects.filter(sent_at__lt=at - KEPT).delete()
