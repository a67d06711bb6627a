"""Both stores, as the suite itself uses them."""

import threading

import pytest
from django.db import connection, transaction

from tests.stores import Store
from tilth.accounts.models import Person


@pytest.mark.django_db
def test_each_test_has_the_store_it_was_given(store: Store) -> None:
    assert connection.vendor == store.name


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["once", "again"])
def test_nothing_is_left_of_another_test(time: str) -> None:
    Person.objects.join("ada@example.org")

    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["once", "again"])
def test_nothing_is_left_of_another_test_with_real_transactions(time: str) -> None:
    with transaction.atomic():
        Person.objects.join("ada@example.org")

    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_other_threads_see_the_same_store(store: Store) -> None:
    def join() -> None:
        Person.objects.join(f"{connection.vendor}@example.org")
        connection.close()

    thread = threading.Thread(target=join)
    thread.start()
    thread.join()

    assert Person.objects.get().email == f"{store.name}@example.org"
