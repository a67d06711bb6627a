"""What somebody with the store in hand changes is found by `tilth verify`."""

from argparse import Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, redirect_stdout
from hashlib import sha256
from io import StringIO

import pytest
from django.db import connection

from tests.cast import Actor, partnership
from tilth.accounts.models import Card
from tilth.config.commands import verify
from tilth.ledger import verifying
from tilth.ledger.models import Entry
from tilth.ledger.verifying import verify_partnership
from tilth.partnerships.models import Partnership
from tilth.protocol import clock
from tilth.protocol.cards import make_card
from tilth.protocol.chain import link_hash, signed_message
from tilth.protocol.encoding import uuid7
from tilth.protocol.keys import Keys

pytestmark = pytest.mark.django_db

Tampering = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _store_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store of the tests does not lie in the data folder."""
    monkeypatch.setattr(verify, "folder_with_store", lambda: None)


def problems(of: Actor) -> list[str]:
    return [found.problem for found in verify_partnership(Partnership.objects.get(id=of.partnership)) if found]


def writes(author: Actor) -> Entry:
    return Entry.objects.get(id=author.writes("messages.written", {}, {"title": "A question", "body": "Now?"}))


def test_a_whole_ledger_has_no_problems() -> None:
    mentor, _ = partnership()
    mentor.writes("messages.withdrawn", {}, subject=writes(mentor).id)
    assert problems(mentor) == []


def test_an_entry_written_meanwhile_is_no_problem() -> None:
    mentor, _ = partnership()
    listed = Partnership.objects.get(id=mentor.partnership)
    writes(mentor)
    checking = verify_partnership(listed)
    found = [next(checking)]
    writes(mentor)
    assert [*found, *checking] == [None] * 4


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"ct": b"other words"}, "the sealed part is not the one that was signed"),
        ({"ct": None}, "what was sealed is gone, and nobody withdrew it"),
        ({"sig": b"x" * 64}, "the chain breaks here"),
        ({"hash": b"x" * 32}, "the chain breaks here"),
        ({"header": b"{}"}, "the chain breaks here"),
        ({"seq": 99}, "an entry is missing before this one"),
        ({"kind": "messages.seen"}, "the row says something else than its signed header"),
        ({"subject": uuid7()}, "the row says something else than its signed header"),
    ],
)
def test_a_changed_entry_is_found(tampering: Tampering, change: dict[str, object], problem: str) -> None:
    mentor, _ = partnership()
    entry = writes(mentor)
    with tampering():
        Entry.objects.filter(id=entry.id).update(**change)
    assert problem in problems(mentor)


def test_words_put_into_anothers_mouth_are_found(tampering: Tampering) -> None:
    mentor, mentee = partnership()
    entry = writes(mentor)
    with tampering():
        Entry.objects.filter(id=entry.id).update(author=mentee.member)
    assert problems(mentor) == ["the row says something else than its signed header"]


def test_a_newest_entry_that_was_taken_away_is_found(tampering: Tampering) -> None:
    mentor, _ = partnership()
    entry = writes(mentor)
    with tampering():
        Entry.objects.filter(id=entry.id).delete()
    assert problems(mentor) == ["the newest entry is not the one the store names"]


def test_what_is_said_at_the_end_counts_entries_and_problems(
    tampering: Tampering, capsys: pytest.CaptureFixture[str]
) -> None:
    mentor, _ = partnership()
    taken = writes(mentor)
    assert (verify.run(Namespace()), capsys.readouterr().out) == (0, "4 entries in 1 partnership: all whole.\n")
    with tampering():
        Entry.objects.filter(id=taken.id).delete()
    assert verify.run(Namespace()) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{mentor.partnership}: the newest entry is not the one the store names",
        "3 entries in 1 partnership: 1 problem.",
    ]


class WrittenMeanwhile(Exception):
    """Ends the verifying: what was to be seen was seen."""


class WritesMeanwhile(StringIO):
    """Takes the first line that is printed for a moment to write to the store from elsewhere."""

    def write(self, _: str) -> int:
        other = connection.copy()
        with closing(other), other.cursor() as cursor:
            cursor.execute("UPDATE partnerships_partnership SET head_seq = 0")
        raise WrittenMeanwhile


@pytest.mark.django_db(transaction=True)
def test_a_large_store_is_written_to_while_it_is_verified() -> None:
    at = clock.now()
    Partnership.objects.bulk_create(Partnership(id=uuid7(at), opened_at=at, head_seq=1) for _ in range(2_100))
    with pytest.raises(WrittenMeanwhile), redirect_stdout(WritesMeanwhile()):
        verify.run(Namespace())


@pytest.mark.django_db(transaction=True)
def test_a_long_ledger_is_written_to_while_it_is_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "AT_ONCE", 2)
    mentor, _ = partnership()
    for _ in range(3):
        writes(mentor)
    length = Entry.objects.filter(partnership=mentor.partnership).count()
    found = []
    with closing(connection.copy()) as other:
        for finding in verify_partnership(Partnership.objects.get(id=mentor.partnership)):
            found.append(finding)
            with other.cursor() as cursor:
                cursor.execute("UPDATE partnerships_partnership SET opened_at = opened_at")
    assert found == [None] * length


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_what_was_taken_away_is_found_wherever_a_piece_ends(
    tampering: Tampering, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(verifying, "AT_ONCE", at_once)
    mentor, _ = partnership()
    taken, _ = writes(mentor), writes(mentor)
    with tampering():
        Entry.objects.filter(id=taken.id).delete()
    assert problems(mentor)[0] == "an entry is missing before this one"


def test_an_exchanged_card_is_found(tampering: Tampering) -> None:
    """The forger signs anew what is there, and puts a card of their own in the author's place."""
    mentor, _ = partnership()
    entry, forger = writes(mentor), Keys.new()
    fake = make_card(forger, instance=mentor.card.instance, person=mentor.person.id)
    header_hash, ct_hash = sha256(bytes(entry.header)).digest(), bytes(entry.ct_hash)
    sig = forger.sign(signed_message(header_hash, ct_hash))
    before = bytes(Entry.objects.get(partnership=mentor.partnership, seq=entry.seq - 1).hash)
    link = link_hash(before, header_hash, ct_hash, sig)
    with tampering():
        Entry.objects.filter(id=entry.id).update(sig=sig, hash=link)
    Card.objects.filter(hash=mentor.card.hash).update(body=fake.body, sig=fake.sig)
    Partnership.objects.filter(id=mentor.partnership).update(head_hash=link)
    assert "card was exchanged" in problems(mentor)[-1]
