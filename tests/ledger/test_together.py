"""Writing together: one commit for all who came meanwhile, and each for itself."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from threading import Event, Thread, current_thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.stores import Store
from tilth.accounts.models import Person
from tilth.accounts.refused import Refused
from tilth.ledger import together as line
from tilth.ledger.models import Month
from tilth.ledger.together import together

PATIENCE = 60.0
Work = Callable[[], Any]

pytestmark = pytest.mark.django_db(transaction=True)


class Writer(Thread):
    """Somebody in a thread of their own; `outcome` is what `together` returned or raised."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work, self.outcome = work, None
        self.start()

    def run(self) -> None:
        try:
            self.outcome = together(self.work)
        except Exception as problem:
            self.outcome = problem
        finally:
            connection.close()


@pytest.fixture
def while_one_writes(store: Store) -> Iterator[Callable[..., list[Any]]]:
    """Does all of these while somebody else is in the middle of writing; returns what became of each."""
    begun, go_on = Event(), Event()

    def first() -> None:
        begun.set()
        assert go_on.wait(PATIENCE)

    def done_meanwhile(*works: Work) -> list[Any]:
        before = Writer(first)
        assert begun.wait(PATIENCE)
        writers = [Writer(work) for work in works]
        until = Event()
        while store.name == "sqlite" and len(line._waiting) < len(works):
            until.wait(0.001)
        go_on.set()
        for writer in (before, *writers):
            writer.join(PATIENCE)
        return [writer.outcome for writer in writers]

    yield done_meanwhile
    go_on.set()


def joins(name: str) -> Thread:
    Person.objects.join(f"{name}@example.org")
    return current_thread()


def names() -> set[str]:
    return {person.email.split("@")[0] for person in Person.objects.all()}


def test_one_writes_for_all_where_only_one_can_write(while_one_writes: Callable[..., list[Any]], store: Store) -> None:
    threads = while_one_writes(lambda: joins("ada"), lambda: joins("ben"), lambda: joins("cleo"))

    assert names() == {"ada", "ben", "cleo"}
    assert len(set(threads)) == (1 if store.name == "sqlite" else 3)


def test_what_is_refused_takes_back_only_its_own(while_one_writes: Callable[..., list[Any]], store: Store) -> None:
    own: Callable[[], Any] = nullcontext if store.name == "sqlite" else transaction.atomic

    def refused() -> None:
        with own():
            joins("nobody")
            raise Refused("stale_head", "Something was written here in the meantime.")

    def twice() -> None:
        with own():
            joins("dora")
            joins("dora")

    outcomes = while_one_writes(lambda: joins("ada"), refused, twice, lambda: joins("ben"))

    assert names() == {"ada", "ben"}
    assert isinstance(outcomes[1], Refused)
    assert isinstance(outcomes[2], IntegrityError)


def test_nobody_is_told_of_success_when_the_commit_fails(while_one_writes: Callable[..., list[Any]]) -> None:
    def of_no_partnership() -> None:
        """The store looks at references only when it commits."""
        Month.objects.create(partnership_id="0" * 32, first_day="2026-11-01", ring="message", count=1)

    outcomes = while_one_writes(lambda: joins("ada"), of_no_partnership)

    assert isinstance(outcomes[1], IntegrityError)
    assert ("ada" in names()) == (not isinstance(outcomes[0], Exception))


def test_whoever_is_in_a_transaction_stays_in_it() -> None:
    def inside() -> tuple[int, str]:
        return together(lambda: joins("ben")), "done"

    assert together(inside) == (current_thread(), "done")
    assert names() == {"ben"}
