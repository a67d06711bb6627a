"""The `tilth` command: starts, stops, starts again what dies, and says in one line why it can't."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.server import Server, children, descendants, free_port, settings_of_none
from tilth.config.command import COMMANDS, counted, host
from tilth.protocol.encoding import uuid7

TILTH = [sys.executable, "-m", "tilth.config.command"]
NewServer = Callable[..., Server]


def tilth(*arguments: object, **settings: str) -> subprocess.CompletedProcess[str]:
    env = {**settings_of_none(), **settings}
    return subprocess.run([*TILTH, *map(str, arguments)], env=env, capture_output=True, text=True, timeout=60)


def beginning(*arguments: object, **settings: str) -> subprocess.Popen[str]:
    env = {**settings_of_none(), **settings}
    command = [*TILTH, *map(str, arguments)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def refusal(*arguments: object, **settings: str) -> str:
    """The one line with which the command ends with exit code 2."""
    done = tilth(*arguments, **settings)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_one_partnership_is_not_said_as_several() -> None:
    assert [counted(many, "partnership") for many in (0, 1, 2)] == ["0 partnerships", "1 partnership", "2 partnerships"]
    assert [counted(many, "entry", "entries") for many in (1, 176)] == ["1 entry", "176 entries"]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_setting_stops_the_start(tmp_path: Path, command: str) -> None:
    settings = {"TILTH_DATA": str(tmp_path), "TILTH_COLOUR": "green"}
    rest = {"read": ["nothing.jsonl"], "manage": ["check"]}.get(command, [])
    assert "Unknown setting TILTH_COLOUR" in refusal(command, *rest, **settings)


@pytest.mark.parametrize("asked", [[], ["read"], ["read", "--colour"], ["up", "--colour"], ["paint"]])
def test_what_is_asked_for_wrongly_is_said_in_one_line(asked: list[str]) -> None:
    assert refusal(*asked).startswith("tilth")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TILTH_URL", "tilth.example.org", "TILTH_URL must look like"),
        ("TILTH_URL", "https://tilth.example.org:https", "TILTH_URL must look like"),
        ("TILTH_SOURCE_URL", "https://[example.org", "TILTH_SOURCE_URL must be an address"),
        ("TILTH_SMTP_URL", "mail.example.org", "TILTH_SMTP_URL must look like"),
        ("TILTH_SMTP_URL", "smtp://mail.example.org:submission", "TILTH_SMTP_URL must look like"),
        ("TILTH_DATABASE_URL", "mysql://localhost/tilth", "TILTH_DATABASE_URL must start with"),
        ("TILTH_SIGN_UP", "sometimes", "SIGN_UP"),
        ("TILTH_TRUSTED_PROXIES", "many", "TRUSTED_PROXIES"),
    ],
)
def test_a_setting_without_sense_stops_the_start(tmp_path: Path, name: str, value: str, said: str) -> None:
    assert said in refusal("up", "--data", tmp_path, **{name: value})


def test_a_folder_that_cannot_be_written_stops_the_start() -> None:
    assert "cannot write in its data folder" in refusal("up", "--data", "/proc/tilth")


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_bad_port_stops_the_start(tmp_path: Path, port: str) -> None:
    assert "is not a port" in refusal("up", "--data", tmp_path, "--port", port)


@pytest.mark.parametrize("command", ["up", "demo"])
def test_a_port_in_use_stops_the_start(tmp_path: Path, taken_port: int, command: str) -> None:
    assert f"cannot listen on 127.0.0.1 port {taken_port}" in refusal(command, "--data", tmp_path, "--port", taken_port)


@pytest.mark.parametrize("name", ["no such host", "x" * 70])
def test_a_name_that_is_nobodys_stops_the_start(tmp_path: Path, name: str) -> None:
    said = refusal("up", "--data", tmp_path, "--host", name)
    assert f"{name!r} is not the name or address of this machine" in said


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "127.1"])
def test_a_host_is_the_same_by_whatever_name(name: str) -> None:
    assert host(name) == "127.0.0.1"


def test_up_listens_under_a_hosts_name(new_server: NewServer) -> None:
    server = new_server()
    server.host = "localhost"
    server.start()
    assert server.stop() == 0


@pytest.mark.parametrize("command", ["up", "web"])
def test_of_two_that_start_at_once_on_one_port_exactly_one_runs(new_server: NewServer, command: str) -> None:
    asked = [new_server(), new_server()]
    both = [beginning(command, "--data", one.data, "--port", asked[0].port, **one.settings) for one in asked]
    try:
        assert eventually(lambda: any(process.poll() is not None for process in both))
        lost, won = sorted(both, key=lambda process: process.poll() is None)
        said, refused = lost.communicate(timeout=60)
        assert (lost.returncode, said, refused.count("\n")) == (2, "", 1), refused
        assert f"cannot listen on 127.0.0.1 port {asked[0].port}" in refused
        assert eventually(lambda: answers(asked[0]))
        won.terminate()
        said, _ = won.communicate(timeout=60)
        assert won.returncode == 0
        assert said.count("Tilth is at") == (command == "up")
    finally:
        for process in both:
            process.kill()
            process.communicate()


@pytest.mark.parametrize("command", ["up", "demo"])
def test_a_store_out_of_reach_stops_the_start(tmp_path: Path, command: str) -> None:
    nowhere = f"postgresql://nobody@127.0.0.1:{free_port()}/tilth"
    assert "cannot reach its store" in refusal(
        command, "--data", tmp_path, "--port", free_port(), TILTH_DATABASE_URL=nowhere
    )


@pytest.mark.parametrize("command", ["up", "demo"])
def test_a_file_that_is_no_store_stops_the_start_and_stays_as_it_is(tmp_path: Path, command: str) -> None:
    (tmp_path / "tilth.sqlite3").write_text("something else")
    assert "cannot reach its store: file is not a database" in refusal(
        command, "--data", tmp_path, "--port", free_port()
    )
    assert (tmp_path / "tilth.sqlite3").read_text() == "something else"


WITH_A_STORE = ("web", "worker", "verify", "rebuild")


@pytest.mark.parametrize("command", WITH_A_STORE)
def test_what_works_on_a_store_makes_none_where_there_is_none(tmp_path: Path, command: str) -> None:
    nowhere = tmp_path / "typo"
    assert f"There is no store in {nowhere}." in refusal(command, "--data", nowhere)
    assert not nowhere.exists()


@pytest.mark.parametrize("command", WITH_A_STORE)
def test_an_old_store_is_left_alone_and_how_to_bring_it_up_is_told(tmp_path: Path, command: str) -> None:
    (tmp_path / "tilth.sqlite3").touch()
    said = refusal(command, "--data", tmp_path)
    assert "older than this Tilth" in said
    assert f"Run: TILTH_DATA={tmp_path} tilth manage migrate" in said


def test_a_store_newer_than_the_code_is_refused(new_server: NewServer, store: object) -> None:
    server = new_server()
    settings = {
        "TILTH_DATABASE_URL": server.settings.get("TILTH_DATABASE_URL", f"sqlite:///{server.data}/tilth.sqlite3")
    }
    newer = "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999_later', '2030-01-01')"
    if "sqlite" in settings["TILTH_DATABASE_URL"]:
        with sqlite3.connect(server.data / "tilth.sqlite3") as connection:
            connection.execute(newer)
    else:
        import psycopg

        with psycopg.connect(settings["TILTH_DATABASE_URL"]) as there:
            there.execute(newer)

    said = refusal("up", "--data", server.data, "--port", server.port, **settings)
    assert "newer than this Tilth: it knows ledger.9999_later" in said


def test_rebuilding_a_partnership_that_is_not_there_is_said_in_one_line(new_server: NewServer) -> None:
    unknown = uuid7()
    assert f"There is no partnership {unknown}" in refusal("rebuild", unknown, **new_server().where)


def test_up_prints_a_link_for_the_first_person_at_every_start_and_each_ends_the_one_before(
    new_server: NewServer,
) -> None:
    server = new_server()
    server.start()
    [lost] = first_links(server)
    assert lost.startswith(f"{server.url}/sign-in/link/")
    assert "You are the first one here" in urllib.request.urlopen(lost).read().decode()
    assert server.stop() == 0
    assert not answers(server)

    server.start()
    assert eventually(lambda: len(first_links(server)) == 2)

    _, found = first_links(server)
    assert "You are the first one here" in urllib.request.urlopen(found).read().decode()
    with pytest.raises(urllib.error.HTTPError, match="410"):
        urllib.request.urlopen(lost)


def first_links(server: Server) -> list[str]:
    return re.findall(r"^Sign in: (\S+)$", server.said, re.MULTILINE)


def test_what_is_kept_is_for_the_hosts_eyes_only(server: Server) -> None:
    laid_by_the_test = ("static", "server.log", "tilth.sqlite3")
    kept = [
        path for path in server.data.rglob("*") if not str(path.relative_to(server.data)).startswith(laid_by_the_test)
    ]

    assert {path.name for path in kept} >= {"secret-key", "logs"}
    assert not [path for path in kept if path.stat().st_mode & 0o077]


def test_a_process_that_dies_is_started_again(new_server: NewServer) -> None:
    server = new_server()
    server.start()
    for victim in children(server.process.pid):  # type: ignore[union-attr]
        os.kill(victim, signal.SIGKILL)

    assert eventually(lambda: answers(server))
    assert "ended unexpectedly; starting it again" in server.said


def test_nothing_outlives_a_tree_that_was_killed(new_server: NewServer) -> None:
    server = new_server()
    server.start()
    family = descendants(server.process.pid)  # type: ignore[union-attr]
    server.process.kill()  # type: ignore[union-attr]
    server.process.wait()  # type: ignore[union-attr]

    assert len(family) >= 3
    assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))


def answers(server: Server) -> bool:
    try:
        return urllib.request.urlopen(f"{server.url}/sign-in/", timeout=5).status == 200
    except OSError:
        return False


def eventually(holds: Callable[[], bool], *, within: float = 60) -> bool:
    end = monotonic() + within
    while monotonic() < end:
        if holds():
            return True
        sleep(0.05)
    return False
