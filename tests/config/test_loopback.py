"""A server that a test starts reaches no other machine; this one it does."""

import socket
import subprocess
import sys

import pytest

from tests.server import free_port, settings_of_none

GOES = "import socket; socket.create_connection((%r, %d), timeout=1)"


def goes_to(host: str, port: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", GOES % (host, port)]
    return subprocess.run(command, env=settings_of_none(), capture_output=True, text=True, check=False)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "mail.example.org"])
def test_another_machine_is_refused(host: str) -> None:
    assert "beyond this machine" in goes_to(host, 25).stderr


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", free_port())) as listening:
        done = goes_to("localhost", listening.getsockname()[1])
    assert done.returncode == 0, done.stderr
