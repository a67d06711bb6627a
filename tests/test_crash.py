"""Whatever is acknowledged is there, once, even when the server is killed again and again."""

import threading
from collections.abc import Callable
from time import monotonic

import pytest

from tests.config.test_command import tilth
from tests.server import Server
from tests.writers import Writer, make_pairs
from tilth.protocol.encoding import uuid7

PAIRS = 8  # sixteen writers, two and two at one head
BETWEEN_KILLS = 2.0


class Crowd:
    """The writers, each in a thread of its own until it is over; `acknowledged` holds the ids they were given."""

    def __init__(self, writers: list[Writer]) -> None:
        self.over = threading.Event()
        self.acknowledged: list[str] = []
        self.troubles: list[BaseException] = []
        self.threads = [threading.Thread(target=self._write, args=[writer]) for writer in writers]
        for thread in self.threads:
            thread.start()

    def _write(self, writer: Writer) -> None:
        try:
            while not self.over.is_set():
                entry = writer.writes(f"one of many {uuid7()}")
                while entry is None and not self.over.wait(0.05):
                    entry = writer.tries_again()
                if entry:
                    self.acknowledged.append(str(entry))
        except BaseException as trouble:
            self.troubles.append(trouble)
        finally:
            writer.close()

    def stops(self) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()
        assert not self.troubles


def test_what_was_acknowledged_outlives_any_number_of_kills(
    new_server: Callable[..., Server], pytestconfig: pytest.Config
) -> None:
    server = new_server(TILTH_SECRET_KEY="of this test only")
    server.niceness = 10  # what takes a set time leaves the processor to tests beside it that do not
    seats = make_pairs(PAIRS, server.where)
    server.start()
    crowd = Crowd([Writer(seat, server.port) for seat in seats])

    kills, end = 0, monotonic() + pytestconfig.getoption("--crash-seconds")
    while monotonic() < end:
        crowd.over.wait(BETWEEN_KILLS)
        server.kill()
        kills += 1
        server.start()
    crowd.stops()
    server.stop()

    there = entries_in(server)
    assert kills > 1
    assert crowd.acknowledged
    assert len(crowd.acknowledged) == len(set(crowd.acknowledged))
    assert set(crowd.acknowledged) <= there
    verified = tilth("verify", **server.where)
    assert verified.returncode == 0, verified.stdout
    assert f"{len(there)} entries in {PAIRS} partnerships: all whole" in verified.stdout


def entries_in(server: Server) -> set[str]:
    query = "from tilth.ledger.models import Entry; print(*Entry.objects.values_list('id', flat=True))"
    listed = tilth("manage", "shell", "--verbosity", "0", "-c", query, **server.where)
    assert listed.returncode == 0, listed.stderr
    return set(listed.stdout.split())
