"""Fixtures of real servers. tests/conftest.py hands them to every test."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.server import Server, settings_of_none
from tests.stores import Store, once


def collect(folder: Path) -> None:
    """Into another place than a data folder, by the command's own way."""
    data = folder.parent / "collecting"
    code = "import django; django.setup(); from tilth.config.statics import statics_ready; statics_ready()"
    env = {**settings_of_none(), "TILTH_DATA": str(data), "DJANGO_SETTINGS_MODULE": "tilth.config.settings"}
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    (data / "static").rename(folder)


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, Server]]:
    """One running server for each store, shared by the journeys of this worker."""
    running: dict[str, Server] = {}
    yield running
    for server in running.values():
        server.remove()


@pytest.fixture
def new_server(store: Store, statics: Path, worker: str) -> Iterator[Callable[..., Server]]:
    """Makes servers of one's own, on an empty store; they are not started yet."""
    made: list[Server] = []

    def make(**settings: str) -> Server:
        name = f"{worker}_{store.name}_own{len(made)}"
        made.append(Server(store, name, statics=statics, settings=settings))
        return made[-1]

    yield make
    for server in made:
        server.remove()


@pytest.fixture(scope="session")
def statics(run_folder: Path) -> Path:
    """The static files, collected once for all servers of this run."""
    folder = run_folder / "static"
    with once(run_folder / "statics") as first:
        if first:
            collect(folder)
    return folder


@pytest.fixture
def server(store: Store, servers: dict[str, Server], statics: Path, worker: str) -> Server:
    """The server of this store; people in it are new in every journey."""
    if store.name not in servers:
        servers[store.name] = Server(store, f"{worker}_{store.name}", statics=statics)
        servers[store.name].start()
    return servers[store.name]
