"""A store that goes away while Tilth runs: said at once and in words, and over as soon as it is back."""

import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client

from tests.config.test_command import eventually
from tests.server import Server
from tests.stores import from_wheel, start_postgresql, stop_postgresql
from tilth.accounts.reach import store_is_away


class OneOfItsOwn:
    """A PostgreSQL that a test may stop; `tilth up` makes the tables."""

    name = "postgresql"

    def __init__(self, folder: Path) -> None:
        self.folder, self.address = folder, folder / "postgresql.uri"
        start_postgresql(self.address)
        self.cluster = self.address.with_suffix(".cluster").read_text()
        self.note = Path(self.cluster, "postmaster.pid")

    def send(self, number: signal.Signals) -> None:
        os.kill(int(self.note.read_text().split()[0]), number)

    def end(self) -> None:
        self.send(signal.SIGQUIT)
        assert eventually(lambda: not self.note.exists())

    def start_again(self) -> None:
        from_wheel(self.cluster, cleanup_mode=None).ensure_postgres_running()

    def url(self, database: str) -> str:
        return self.address.read_text().replace("/postgres?", f"/{database}?")

    def copy(self, database: str) -> None:
        with psycopg.connect(self.address.read_text(), autocommit=True) as there:
            there.execute(f"CREATE DATABASE {database}")

    def drop(self, database: str) -> None:
        """It goes with the whole of it."""

    def lines(self, database: str) -> Iterator[bytes]:
        yield database.encode()  # nobody asks


@pytest.fixture
def own_postgresql(tmp_path: Path) -> Iterator[OneOfItsOwn]:
    made = OneOfItsOwn(tmp_path)
    yield made
    if made.note.exists():
        made.send(signal.SIGCONT)  # one that was told to stop would not end
        made.end()
    stop_postgresql(tmp_path)


def asked(server: Server, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"{server.url}{path}", timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_health_tells_of_a_store_that_does_not_answer_and_pages_of_one_that_is_gone(
    own_postgresql: OneOfItsOwn, statics: Path, worker: str
) -> None:
    server = Server(own_postgresql, f"{worker}_away", statics=statics)
    link = "/sign-in/link/of-nobody"
    try:
        server.start()
        found = asked(server, link)[0]
        own_postgresql.send(signal.SIGSTOP)  # whoever calls waits, and is told nothing
        unanswered = asked(server, "/health")
        still_open = asked(server, link)[0]
        own_postgresql.send(signal.SIGCONT)
        assert unanswered[0] == 503
        assert '"store": "cannot be reached"' in unanswered[1]
        assert still_open == found, "pages have their connections, and health took none of them"

        own_postgresql.end()
        assert asked(server, "/health")[0] == 503
        code, page = asked(server, link)
        assert (code, "cannot get at what it keeps just now" in page) == (503, True)

        own_postgresql.start_again()
        assert eventually(lambda: asked(server, "/health")[0] == 200)
        assert eventually(lambda: asked(server, link)[0] == found)
    finally:
        server.remove()


@pytest.mark.django_db
def test_only_a_store_that_cannot_be_had_counts_as_away() -> None:
    assert not store_is_away(ValueError())
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert not store_is_away(caught.value)


@pytest.mark.django_db
@pytest.mark.parametrize(("lost", "page"), [(psycopg.OperationalError(), 503), (ValueError(), 500)])
def test_what_breaks_a_page_is_told_apart(monkeypatch: pytest.MonkeyPatch, lost: Exception, page: int) -> None:
    def breaking(*_: object, **__: object) -> None:
        if isinstance(lost, psycopg.Error):
            raise OperationalError from lost
        raise lost

    monkeypatch.setattr("tilth.accounts.views.links.unused_link", breaking)
    answer = Client(raise_request_exception=False).get("/sign-in/link/any")

    assert answer.status_code == page
    assert answer.headers.get("Retry-After") == ("10" if page == 503 else None)
