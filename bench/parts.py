"""What one append costs, and what of it goes where: processor time of one thread, with nothing else running.

    uv run python -m bench.parts [--quick] [--postgresql]

Milliseconds each, the least of five rounds. `append` and `plain` are the two requests that bench.append compares, whole
but for HTTP; `session` to `signature` are parts of an append, all of them before anything is written. What PostgreSQL
itself works is beside each as `…_store` (from /proc, so on Linux only).
"""

from __future__ import annotations

import gc
import io
import json
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from bench.report import options, report
from bench.server import discard, fresh_folder, lay, postgresql

if TYPE_CHECKING:
    from bench.people import Pair

ROUNDS = 5
Work = Callable[[], object]


def main() -> int:
    parser = options("parts", "What one append costs, and what of it goes where.")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL instead of SQLite")
    chosen = parser.parse_args()
    data = fresh_folder()
    try:
        with postgresql(data) if chosen.postgresql else nullcontext("") as url:
            lay(data, url)
            figures = _measure(60 if chosen.quick else 400)
    finally:
        discard(data)
    return report("parts-postgresql" if chosen.postgresql else "parts-sqlite", figures, at_least={}, at_most={})


def _measure(each: int) -> dict[str, float]:
    """Each kind of work done so often in a round; the parts of an append are warm by its own rounds."""
    from bench.append import bodies
    from bench.people import pair

    two = pair()
    path, cookie = f"/p/{two.partnership}/entries", two.mentor.cookie()
    written = [*bodies(two, each * (ROUNDS + 1))]
    works: dict[str, Work] = {
        "plain": lambda: _post("/plain/write", "", b"x" * 1024),
        "append": lambda: _post(path, cookie, written.pop(0)),
        **_before_writing(two, cookie, written[0]),
    }
    gc.collect()
    gc.freeze()  # as the web processes do
    figures = dict[str, float]()
    for name, work in works.items():
        figures[name], figures[f"{name}_store"] = _cost(work, each)
    return figures


def _before_writing(two: Pair, cookie: str, body: bytes) -> dict[str, Work]:
    from tilth.accounts.sessions import SessionStore
    from tilth.ledger import checks
    from tilth.partnerships.access import found
    from tilth.protocol.encoding import unb64u
    from tilth.protocol.entries import SignedEntry

    def read() -> SignedEntry:
        sent = json.loads(body)
        entry = SignedEntry(unb64u(sent["header"]), unb64u(sent["ct"]), unb64u(sent["sig"]))
        checks.parsed(entry)
        return entry

    entry = read()
    return {
        "session": lambda: SessionStore(cookie).load(),
        "partnership": lambda: found(two.partnership),
        "reading": read,
        "signature": lambda: checks.signed_by(two.mentor.card, entry),
    }


def _post(path: str, cookie: str, body: bytes) -> None:
    """One request to the application as the server calls it, accepted."""
    from tilth.config.wsgi import application

    csrf, told = "c" * 32, list[str]()
    said = {
        "REQUEST_METHOD": "POST", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "localhost",
        "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)), "HTTP_X_CSRFTOKEN": csrf,
        "HTTP_COOKIE": f"tilth={cookie}; tilth-csrf={csrf}", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
    }  # fmt: skip
    answer = application(said, lambda status, *_: told.append(status))
    text = b"".join(answer)
    answer.close()
    if not told[0].startswith("201"):
        raise RuntimeError(f"answered {told[0]}: {text[:600]!r}")


def _cost(work: Work, each: int) -> tuple[float, float]:
    """Milliseconds of this process and of the store's own processes, for one; the least of the rounds."""
    rounds = []
    for _ in range(ROUNDS + 1):  # the first warms
        here, store = process_time(), _store_time()
        for _ in range(each):
            work()
        rounds.append((process_time() - here, _store_time() - store))
    own, stores = zip(*rounds[1:], strict=True)
    return min(own) * 1e3 / each, min(stores) * 1e3 / each


def _store_time() -> float:
    """Seconds that the processes of PostgreSQL have worked so far."""
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cmdline").read_bytes().startswith(b"postgres:"):
                fields = (process / "stat").read_text().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        except OSError:  # it has ended
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
