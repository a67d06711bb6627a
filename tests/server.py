"""The real server, as `tilth up` starts it, on a data folder of its own."""

import email
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from time import monotonic, sleep

from tests.stores import Store

LOOPBACK = str(Path(__file__).with_name("loopback"))
PATIENCE = 180.0  # seconds to wait for a start on a busy machine


class Server:
    """`tilth up` in processes of its own; `lines` yields everything it has kept, whatever the store."""

    def __init__(self, store: Store, name: str, *, statics: Path, settings: dict[str, str] | None = None):
        self.store, self.name, self.database = store, name, f"journey_{name}"
        self.data = Path(tempfile.mkdtemp(prefix="tilth-journey-", dir=_fast_folder()))
        self.host, self.port = "127.0.0.1", free_port()
        self.url = f"http://localhost:{self.port}"
        self.niceness = 0
        self.settings = {"TILTH_SIGN_UP": "open", "TILTH_TRUSTED_PROXIES": "1", **(settings or {})}
        shutil.copytree(statics, self.data / "static")
        self._lay_store()
        self.process: subprocess.Popen[bytes] | None = None

    def _lay_store(self) -> None:
        self.store.copy(self.database)
        if self.store.name == "postgresql":
            self.settings["TILTH_DATABASE_URL"] = self.store.url(self.database)
            return
        path = Path(self.store.url(self.database).removeprefix("sqlite:///"))
        path.rename(self.data / "tilth.sqlite3")

    def start(self) -> None:
        command = ["nice", "-n", str(self.niceness), sys.executable, "-m", "tilth.config.command", "up"]
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--data", str(self.data), "--host", self.host, "--port", str(self.port), "--processes", "1"],
                stdout=log,
                stderr=log,
                env={**settings_of_none(), **self.settings},
                start_new_session=True,
            )
        self._wait_until_well()

    def _wait_until_well(self) -> None:
        end = monotonic() + PATIENCE
        while monotonic() < end:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                if urllib.request.urlopen(f"{self.url}/health", timeout=5).status == 200 and "Tilth is at" in self.said:
                    return
            sleep(0.05)
        raise AssertionError(f"The server did not start:\n{self.said}")

    @property
    def store_url(self) -> str:
        on_disk = f"sqlite:///{self.data / 'tilth.sqlite3'}"
        return on_disk if self.store.name == "sqlite" else self.store.url(self.database)

    @property
    def where(self) -> dict[str, str]:
        """The settings that another command needs to work on the same store."""
        return {"TILTH_DATA": str(self.data), **self.settings}

    @property
    def said(self) -> str:
        """What the server has printed so far."""
        return (self.data / "server.log").read_text()

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """`kill -9` of all its processes at once."""
        assert self.process is not None
        family = [self.process.pid, *descendants(self.process.pid)]
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        end = monotonic() + PATIENCE
        while any(Path(f"/proc/{pid}").exists() for pid in family) and monotonic() < end:
            sleep(0.01)

    def remove(self) -> None:
        if self.process and self.process.poll() is None:
            self.stop()
        self.store.drop(self.database)
        shutil.rmtree(self.data, ignore_errors=True)

    def mails_to(self, address: str) -> list[EmailMessage]:
        """The mails to this address, oldest first."""
        found = []
        for path in sorted((self.data / "mail").glob("*.eml")):
            message = email.message_from_bytes(path.read_bytes(), policy=default)
            if address in str(message["To"]):
                found.append(message)
        return found

    def mailed(self, address: str, words: str) -> None:
        """Waits until the worker has sent a mail to this address that says these words."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            if any(words in mail.get_content() for mail in self.mails_to(address)):
                return
            sleep(0.05)
        raise AssertionError(f"No mail says {words!r}:\n{self.said}")

    def kept(self) -> Iterator[tuple[str, bytes]]:
        """Everything that the server holds: store, journal, logs, mails, by where it was found."""
        for path in self.data.rglob("*"):
            if path.is_file() and "static" not in path.relative_to(self.data).parts:
                with suppress(FileNotFoundError):
                    yield str(path.relative_to(self.data)), path.read_bytes()
        if self.store.name == "postgresql":
            for rows in self.store.lines(self.database):
                yield "postgresql", rows


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in tasks.read_text().split()] if tasks.exists() else []


def descendants(pid: int) -> list[int]:
    return [found for child in children(pid) for found in (child, *descendants(child))]


def settings_of_none() -> dict[str, str]:
    """This environment without any setting of Tilth's or Django's, and without a way to another machine."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("TILTH_", "DJANGO_"))}
    return {**env, "PYTHONPATH": os.pathsep.join([LOOPBACK, *filter(None, [env.get("PYTHONPATH")])])}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _fast_folder() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
