"""A load on a server of this machine: kept-alive connections, one process, nothing parsed but the length.

It is lean on purpose: what the client costs is in every figure and would make slow pages look better beside fast ones.
"""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, kw_only=True)
class Load:
    """What one round saw: answers a second, and how long they took in milliseconds."""

    per_second: float
    p50: float
    p99: float


class _Line:
    """One connection: sends a request, reads its answer, sends the next."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answer = bytearray()
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        self.answer.clear()
        self.sent_at = perf_counter()
        self.socket.sendall(request)

    def is_answered(self) -> bool:
        """Read what is there; whether the whole answer has come. Raises ConnectionError where it is cut off."""
        got = self.socket.recv(1 << 18)
        if not got:
            raise ConnectionError("the server closed the connection")
        self.answer += got
        end = self.answer.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(self.answer[:end]).lower() + b"\r\n"
        place = head.find(b"content-length:")
        length = int(head[place + 15 : head.index(b"\r\n", place)]) if place >= 0 else 0
        return len(self.answer) >= end + 4 + length

    @property
    def status(self) -> int:
        return int(self.answer[9:12])


def load(port: int, requests: Callable[[], bytes], *, seconds: float, lines: int = 16, status: int = 200) -> Load:
    """Keep `lines` connections busy for `seconds`; every answer must have `status`."""
    pool = [_Line(port) for _ in range(lines)]
    watch = selectors.DefaultSelector()
    for line in pool:
        watch.register(line.socket, selectors.EVENT_READ, line)
        line.send(requests())
    start, took = perf_counter(), list[float]()
    while perf_counter() - start < seconds or len(took) < lines:
        for line in _answered(watch, status):
            took.append(perf_counter() - line.sent_at)
            line.send(requests())
    elapsed = perf_counter() - start
    for line in pool:
        line.socket.close()
    took.sort()
    middle, late = took[len(took) // 2], took[int(len(took) * 0.99)]
    return Load(per_second=len(took) / elapsed, p50=middle * 1e3, p99=late * 1e3)


def race(port: int, work: list[list[bytes]], *, status: int) -> float:
    """One connection for each list of `work`, which it sends one request after the other; answers a second, while all
    are busy. Which of the server's processes a connection gets is chance: whoever shares one with fewer is done sooner,
    and what the others still send from then on would measure that chance."""
    watch = selectors.DefaultSelector()
    left: dict[_Line, list[bytes]] = {}
    for requests in work:
        line = _Line(port)
        left[line] = requests[::-1]
        watch.register(line.socket, selectors.EVENT_READ, line)
    start, took, all_busy = perf_counter(), list[float](), 0
    for line, requests in left.items():
        line.send(requests.pop())
    while len(took) < sum(map(len, work)):
        for line in _answered(watch, status):
            took.append(perf_counter() - start)
            if left[line]:
                line.send(left[line].pop())
            else:
                all_busy = all_busy or len(took)
    for line in left:
        line.socket.close()
    return all_busy / took[all_busy - 1]


def _answered(watch: selectors.BaseSelector, status: int) -> Iterator[_Line]:
    """The connections whose answer has come; RuntimeError for one that is not of this status."""
    for key, _ in watch.select(timeout=30):
        line: _Line = key.data
        if line.is_answered():
            if line.status != status:
                raise RuntimeError(f"answered {line.status}: {bytes(line.answer[:600])!r}")
            yield line


def get(path: str, cookie: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: tilth={cookie}\r\n\r\n".encode()


def post(path: str, cookie: str, csrf: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: tilth={cookie}; tilth-csrf={csrf}\r\n"
        f"X-CSRFToken: {csrf}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
