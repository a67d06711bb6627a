"""GET /health: 200 when web, store and worker are well; 503 naming what isn't."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from tilth.notices.models import Heartbeat
from tilth.protocol import clock


def health() -> tuple[int, dict[str, str]]:
    answer = Client().get("/health")
    return answer.status_code, answer.json()


@pytest.mark.django_db(transaction=True)  # health asks by a connection of its own
def test_all_is_well_with_a_worker_at_work() -> None:
    Heartbeat.objects.create(worker="one", at=clock.now())

    assert health() == (200, {"web": "well", "store": "well", "worker": "well"})


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_was_not_seen_is_named() -> None:
    Heartbeat.objects.create(worker="one", at=clock.now() - timedelta(minutes=2))

    assert health() == (503, {"web": "well", "store": "well", "worker": "not seen for 90 seconds"})


@pytest.mark.django_db(transaction=True)
def test_a_store_out_of_reach_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {Heartbeat._meta.db_table} RENAME TO elsewhere")

    assert health() == (503, {"web": "well", "store": "cannot be reached", "worker": "not known"})
