"""Who is told what by mail, and when: never the content, never in somebody's quiet hours or a pause."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from tests.cast import Actor, partnership
from tests.chapters.messages.story import starts
from tilth.notices import jobs, letters
from tilth.notices.mail_files import MailFiles
from tilth.notices.models import Heartbeat, Letter
from tilth.notices.rest import may_come_at
from tilth.notices.worker import ALIVE_FOR, Rounds, seen_lately
from tilth.partnerships.terms import MemberTerms
from tilth.protocol import clock

MADRID, LISBON = ZoneInfo("Europe/Madrid"), ZoneInfo("Europe/Lisbon")
NOON = datetime(2026, 11, 24, 12, tzinfo=LISBON)
NIGHT = datetime(2026, 11, 24, 23, tzinfo=LISBON)
MORNING = datetime(2026, 11, 25, 8, tzinfo=LISBON)  # when quiet hours end for the mentee


@pytest.fixture
def pair(db: None) -> tuple[Actor, Actor]:
    both = partnership(mentor_zone="Europe/Madrid", mentee_zone="Europe/Lisbon")
    Letter.objects.all().delete()
    return both


def told(entry: UUID) -> Letter:
    return Letter.objects.get(entry=entry)


def waits_since(letter: Letter, at: datetime) -> None:
    Letter.objects.filter(pk=letter.pk).update(next_due=at, queued_at=at)


def test_a_message_queues_a_letter_in_the_doors_own_transaction(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair

    entry = starts(mentor)

    assert told(entry).person == mentee.person
    assert told(entry).actor == mentor.person


def test_a_refused_entry_tells_nobody(pair: tuple[Actor, Actor]) -> None:
    mentor, _ = pair

    mentor.is_refused("messages.written", {"hours": -1}, {"title": "A", "body": "B"})

    assert not Letter.objects.exists()


def test_a_mail_says_who_and_what_kind_and_nothing_of_what_was_written(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    waits_since(told(starts(mentor, title="The lead role")), NOON)

    assert letters.send_due(NOON) == 1

    [sent] = mail.outbox
    assert sent.to == [mentee.person.email]
    assert "Amara" in sent.body
    assert f"{settings.SITE_URL}/p/{mentor.partnership}/" in sent.body
    assert "lead role" not in sent.subject + sent.body


def test_a_letter_is_sent_once_however_often_the_sweep_comes(pair: tuple[Actor, Actor]) -> None:
    waits_since(told(starts(pair[0])), NOON)

    assert [letters.send_due(NOON), letters.send_due(NOON + timedelta(days=1))] == [1, 0]


def test_a_mail_in_quiet_hours_waits_until_they_end(pair: tuple[Actor, Actor]) -> None:
    letter = told(starts(pair[0]))
    waits_since(letter, NIGHT)

    assert letters.send_due(NIGHT) == 0

    letter.refresh_from_db()
    assert letter.next_due == MORNING
    assert letters.send_due(MORNING) == 1


def test_an_urgent_mail_does_not_wait(pair: tuple[Actor, Actor]) -> None:
    letter = told(starts(pair[0]))
    Letter.objects.update(urgent=True)
    waits_since(letter, NIGHT)

    assert letters.send_due(NIGHT) == 1


def test_nothing_comes_while_they_pause(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    letter = told(starts(mentor))
    mentee.writes("membership.paused", {"back_on": None})
    at = clock.now() + timedelta(days=1)
    waits_since(letter, at)

    letters.send_due(at)

    letter.refresh_from_db()
    assert letter.sent_at is None
    assert letter.next_due == at + timedelta(days=1)


def test_who_has_left_gets_no_letter_that_waited(pair: tuple[Actor, Actor]) -> None:
    mentor, mentee = pair
    waits_since(told(starts(mentor)), NOON)
    left = told(mentee.writes("membership.left"))
    waits_since(left, NOON)

    assert letters.send_due(NOON) == 1
    assert mail.outbox[0].to == [mentor.person.email]
    assert list(Letter.objects.all()) == [left]


def test_much_that_happened_is_one_mail(pair: tuple[Actor, Actor]) -> None:
    for _ in range(3):
        waits_since(told(starts(pair[0])), NOON)

    assert letters.send_due(NOON) == 1
    assert mail.outbox[0].body.count(str(pair[0].partnership)) >= 3


def test_a_mail_that_could_not_be_sent_is_tried_again_and_keeps_nobody_elses(
    pair: tuple[Actor, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    mentor, mentee = pair
    for letter in (told(starts(mentor)), told(starts(mentee))):
        waits_since(letter, NOON)
    with monkeypatch.context() as trouble:
        trouble.setattr("django.core.mail.EmailMessage.send", refusing(mentee.person.email))
        assert letters.send_due(NOON) == 1

    assert letters.send_due(NOON) == 0
    assert letters.send_due(NOON + letters.RETRY) == 1


def test_a_mail_that_cannot_be_sent_is_tried_ever_more_rarely_and_given_up_after_a_week(
    pair: tuple[Actor, Actor], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    letter = told(starts(pair[0], title="The lead role"))
    Letter.objects.update(urgent=True)
    waits_since(letter, NOON)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refusing(letter.person.email))

    tries = []
    while due := Letter.objects.values_list("next_due", flat=True).first():
        tries.append(due)
        assert letters.send_due(due) == 0

    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert gaps[0] == letters.RETRY
    assert all(later == 2 * earlier for earlier, later in pairwise(gaps))
    assert timedelta(days=7) < tries[-1] - tries[0] < timedelta(days=8)
    said = caplog.records[-1].getMessage()
    assert "given up" in said
    assert letter.person.email not in caplog.text
    assert letter.words not in said


def test_a_pause_is_no_failure_of_a_letter(pair: tuple[Actor, Actor], monkeypatch: pytest.MonkeyPatch) -> None:
    mentor, mentee = pair
    letter = told(starts(mentor))
    waits_since(letter, NOON)
    with monkeypatch.context() as trouble:
        trouble.setattr("django.core.mail.EmailMessage.send", refusing(mentee.person.email))
        letters.send_due(NOON)
    with clock.at(NOON):
        mentor.writes("membership.paused", {"back_on": None})
    for days in range(1, 22):
        letters.send_due(NOON + timedelta(days=days))
    with clock.at(NOON + timedelta(days=21)):
        mentor.writes("membership.resumed")

    letters.send_due(NOON + timedelta(days=22))

    letter.refresh_from_db()
    assert letter.sent_at == NOON + timedelta(days=22)
    assert letter.tries == 2


def refusing(address: str) -> Callable[[mail.EmailMessage], None]:
    """A mail server that is down for one of them."""

    def send(message: mail.EmailMessage) -> None:
        if address in message.to:
            raise ConnectionError

    return send


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland"])
def test_a_mail_comes_at_the_end_of_quiet_hours_across_every_clock_change(zone: str) -> None:
    terms = MemberTerms(zone=zone, quiet_from="21:30", quiet_to="07:15")
    for hour in range(0, 365 * 24, 5):
        at = datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")) + timedelta(hours=hour)
        when = may_come_at(at, terms, ())
        local = when.astimezone(ZoneInfo(zone))
        assert at <= when <= at + timedelta(hours=11)
        assert when == at or (local.hour, local.minute) == (7, 15)


def test_an_entry_is_told_to_a_person_once(pair: tuple[Actor, Actor]) -> None:
    letter = told(starts(pair[0]))
    letter.pk = UUID(int=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        letter.save(force_insert=True)


def test_erasing_an_account_takes_its_letters_along(pair: tuple[Actor, Actor]) -> None:
    starts(pair[0])

    letters.forget(pair[1].person)

    assert not Letter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_is_due_and_shows_that_it_is_alive(pair: tuple[Actor, Actor]) -> None:
    waits_since(told(starts(pair[0])), clock.now())
    Letter.objects.update(urgent=True)

    Rounds().once(clock.now())

    assert len(mail.outbox) == 1
    assert seen_lately(clock.now()).exists()
    assert not seen_lately(clock.now() + 2 * ALIVE_FOR).exists()
    assert not DBTaskResult.objects.failed().exists()


def test_a_job_whose_worker_was_killed_is_done_again(pair: tuple[Actor, Actor]) -> None:
    jobs.sweep.enqueue()
    DBTaskResult.objects.update(status="RUNNING", started_at=clock.now() - 2 * jobs.ABANDONED)

    jobs.take_up_abandoned(clock.now())

    assert DBTaskResult.objects.ready().count() == 1


def test_tidying_up_leaves_what_still_counts(pair: tuple[Actor, Actor]) -> None:
    waiting = told(starts(pair[0]))
    Heartbeat.objects.create(worker="long gone", at=clock.now() - timedelta(days=3))

    jobs.tidy.call()

    assert Letter.objects.get() == waiting
    assert not Heartbeat.objects.exists()
    assert pair[0].sees()


def test_without_a_mail_server_a_mail_is_a_file_for_the_hosts_eyes(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    message = mail.EmailMessage("Hello", "Words", "tilth@example.org", ["ada@example.org"])

    assert MailFiles().send_messages([message]) == 1

    [written] = list((settings.DATA / "mail").iterdir())
    assert written.suffix == ".eml"
    assert written.stat().st_mode & 0o777 == 0o600
    assert b"ada@example.org" in written.read_bytes()
