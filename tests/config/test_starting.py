"""What `tilth up` says once it has started, and what while nothing answers."""

import argparse
import signal
import threading
from collections.abc import Iterator

import pytest

from tests.server import free_port
from tilth.config.commands import up

LINK = "Sign in: http://localhost/sign-in/link/one"


@pytest.fixture
def nobody_there() -> argparse.Namespace:
    return argparse.Namespace(host="127.0.0.1", port=free_port())


@pytest.fixture
def told_to_stop() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
    yield
    signal.sigwait({signal.SIGTERM})
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


def test_where_nothing_answers_it_is_not_said_that_tilth_is_there(
    nobody_there: argparse.Namespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(up, "ANSWERS_WITHIN", 0.2)
    up._welcome(nobody_there, [LINK])
    said = capsys.readouterr()
    assert "nothing answers at" in said.err
    assert "Tilth is at" not in said.out
    assert LINK in said.out


@pytest.mark.usefixtures("told_to_stop")
def test_whoever_is_told_to_stop_meanwhile_waits_no_more_and_says_nothing(
    nobody_there: argparse.Namespace, capsys: pytest.CaptureFixture[str]
) -> None:
    up._welcome(nobody_there, [LINK])
    assert capsys.readouterr() == ("", "")
