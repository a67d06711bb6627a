"""All at once: what belongs together is written together or not at all, on PostgreSQL with one statement."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.stores import Store

from tilth.accounts.models import Person
from tilth.accounts.writing import NothingChanged, at_once, insert, locked

pytestmark = pytest.mark.django_db(transaction=True)

RENAMED = "UPDATE accounts_person SET name = %s WHERE id = %s AND name = %s"


@pytest.fixture
def ada() -> Person:
    return Person.objects.join("ada@example.org", name="Ada")


def one_more(name: str) -> None:
    insert(Person, id=uuid4(), email=f"{name.lower()}@example.org", name=name)


def names() -> set[str]:
    return set(Person.objects.values_list("name", flat=True))


@contextmanager
def renamed(person: UUID, *, before: str = "Ada") -> Iterator[None]:
    """As the door does it: on a store with one writer, in a transaction that is open already."""
    if connection.vendor == "postgresql":
        with at_once(RENAMED, "Adele", person, before):
            yield
    else:
        with transaction.atomic(), at_once(RENAMED, "Adele", person, before):
            yield


def test_everything_is_written_and_on_postgresql_sent_at_once(ada: Person, store: Store) -> None:
    with CaptureQueriesContext(connection) as queries, renamed(ada.id):
        one_more("Ben")
        one_more("Cleo")
    assert names() == {"Adele", "Ben", "Cleo"}
    if store.name == "postgresql":
        assert [query["sql"].split()[0] for query in queries] == ["WITH"]


def test_a_name_that_is_no_column_is_refused(ada: Person) -> None:
    with pytest.raises(TypeError, match="Person has no colour"), renamed(ada.id):
        insert(Person, id=uuid4(), email="ben@example.org", name="Ben", colour="green")
    assert names() == {"Ada"}


def test_where_the_change_finds_nothing_nothing_is_written(ada: Person) -> None:
    with pytest.raises(NothingChanged), renamed(ada.id, before="Somebody else"):
        one_more("Ben")
    assert names() == {"Ada"}


def test_who_asks_in_between_finds_what_came_before(ada: Person) -> None:
    with renamed(ada.id):
        one_more("Ben")
        assert names() == {"Adele", "Ben"}
        one_more("Cleo")
    assert names() == {"Adele", "Ben", "Cleo"}


def test_a_row_is_locked_in_the_transaction_that_goes_on_to_the_end(ada: Person, store: Store) -> None:
    with CaptureQueriesContext(connection) as queries, renamed(ada.id):
        one_more("Ben")
        assert locked(Person.objects.filter(id=ada.id)).get().name == "Adele"
        one_more("Cleo")
    assert names() == {"Adele", "Ben", "Cleo"}
    if store.name == "postgresql":
        said = [query["sql"].split()[0] for query in queries]
        assert said == ["BEGIN", "WITH", "SELECT", "INSERT", "COMMIT"]


def test_a_transaction_of_its_own_before_anything_was_asked_is_refused(ada: Person, store: Store) -> None:
    def begins() -> None:
        with renamed(ada.id), transaction.atomic():
            names()

    if store.name == "postgresql":
        with pytest.raises(RuntimeError):
            begins()
        assert names() == {"Ada"}
    else:
        begins()


@pytest.mark.parametrize("asks", [False, True], ids=["before anything is sent", "when some of it is"])
def test_what_fails_takes_all_back(ada: Person, *, asks: bool) -> None:
    def fails() -> None:
        with renamed(ada.id):
            one_more("Ben")
            assert not asks or "Ben" in names()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert names() == {"Ada"}


def test_one_clash_takes_all_back_and_the_connection_goes_on(ada: Person) -> None:
    def clashes() -> None:
        with renamed(ada.id):
            one_more("Ben")
            one_more("Ben")

    with pytest.raises(IntegrityError):
        clashes()
    assert names() == {"Ada"}
    with renamed(ada.id):
        one_more("Ben")
    assert names() == {"Adele", "Ben"}
