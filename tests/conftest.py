"""Every test that uses the database runs on both stores; no test reaches beyond this machine."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.serving import new_server, server, servers, statics  # noqa: F401  (fixtures)
from tests.stores import STORES, Connection, Store, make_store, stop_postgresql, unguarded
from tilth.protocol import clock

USES_DATABASE = {"db", "transactional_db", "live_server", "store"}
_run_folder = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--store", choices=[*STORES, "both"], default="both", help="the store to test on (default: both)")
    parser.addoption("--crash-seconds", type=float, default=30, help="how long the crash test kills servers")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shm = Path("/dev/shm")
        folder = tempfile.mkdtemp(prefix="tilth-stores-", dir=shm if os.access(shm, os.W_OK) else None)
        config.stash[_run_folder] = Path(folder)
    else:
        config.stash[_run_folder] = Path(config.workerinput["tilth_run_folder"])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    node.workerinput["tilth_run_folder"] = str(node.config.stash[_run_folder])  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        stop_postgresql(config.stash[_run_folder])
        shutil.rmtree(config.stash[_run_folder], ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    names = metafunc.fixturenames
    if USES_DATABASE.isdisjoint(names) and not metafunc.definition.get_closest_marker("django_db"):
        return
    chosen = metafunc.config.getoption("--store")
    metafunc.parametrize("_store", STORES if chosen == "both" else [chosen], indirect=True, scope="session")


@pytest.fixture(scope="session")
def run_folder(request: pytest.FixtureRequest) -> Path:
    """A folder that all workers of this run share."""
    return request.config.stash[_run_folder]


@pytest.fixture(scope="session")
def worker() -> str:
    """The name of this worker of the run, for things of which each has its own."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing to do: `store` makes the databases."""


@pytest.fixture(scope="session")
def worker_connections(django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Connection]]:
    made: dict[str, Connection] = {}
    yield made
    with django_db_blocker.unblock():
        for connection in made.values():
            connection.close()


@pytest.fixture(scope="session", autouse=True)  # of the session, to be there before pytest-django opens a transaction
def _store(
    request: pytest.FixtureRequest,
    run_folder: Path,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    worker_connections: dict[str, Connection],
    worker: str,
) -> Store | None:
    """Puts this worker's own copy of the test's store behind Django's `default`; a test without database has none."""
    name = getattr(request, "param", None)
    if name is None:
        return None
    with django_db_blocker.unblock():
        if name not in worker_connections:
            worker_connections[name] = Connection(make_store(name, run_folder), f"tilth_{worker}")
        worker_connections[name].use()
    return worker_connections[name].store


@pytest.fixture(scope="session")
def store(_store: Store) -> Store:
    """The store that this test runs on."""
    return _store


@pytest.fixture
def tampering() -> Callable[[], AbstractContextManager[None]]:
    """`with tampering():` lifts the append-only triggers, as someone with the database in hand could."""
    return unguarded


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says what the front end's own tests came to."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, words in report.user_properties:
                terminalreporter.write_line(f"{name}: {words}")


@pytest.fixture
def in_november() -> Iterator[None]:
    """At the time of the agreements that the tests sign: their rhythm runs, whenever the tests do."""
    with clock.at(datetime(2026, 11, 23, 10, tzinfo=UTC)):
        yield
