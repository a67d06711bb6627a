"""How many entries a second the door takes over HTTP, against a bare Django view that commits one row of 1 KB.

    uv run python -m bench.append [--quick] [--postgresql]

Sixteen connections, each writing messages in partnerships of its own, sealed and signed before the clock starts, so
that only the server is measured: session, access, signature, chain, rule, projection, notice, commit. Both are measured
on the same server, store and durability, in turn; the figure is the median of the rounds' shares. SQLite by default;
with `--postgresql` on a server that comes from a wheel, with the durability it ships with.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.report import options, report
from bench.server import Server, discard, fresh_folder, lay, postgresql

if TYPE_CHECKING:
    from bench.people import Pair

LINES = 16
WORDS = "What became of the talk we prepared? I would like to hear how the first ten minutes went. " * 4


def main() -> int:
    parser = options("append", "Append entries over HTTP, against a bare view that commits a row.")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL instead of SQLite")
    chosen = parser.parse_args()
    rounds, each = (2, 4) if chosen.quick else (15, 40)
    data = fresh_folder()
    try:
        with postgresql(data) if chosen.postgresql else _nothing() as url:
            lay(data, url)
            figures = _measure(data, rounds=rounds, each=each)
    finally:
        discard(data)
    name = "append-postgresql" if chosen.postgresql else "append-sqlite"
    return report(name, figures, at_least={"share": 0.5}, at_most={})


def _measure(data: Path, *, rounds: int, each: int) -> dict[str, float]:
    """`each` entries for each connection in each round."""
    from bench.people import pair

    pairs = [pair(number) for number in range(LINES)]
    warming, *work = [[_written(one, each) for one in pairs] for _ in range(rounds + 1)]
    plain, door = [], []
    with Server(data) as server:
        _race(server.port, [_plain_requests(each) for _ in range(LINES)])
        _race(server.port, warming)
        for of_round in work:
            plain.append(_race(server.port, [_plain_requests(each) for _ in range(LINES)]))
            door.append(_race(server.port, of_round))
            print(f"plain {plain[-1]:.0f}/s, door {door[-1]:.0f}/s", file=sys.stderr)
    shares = [one / other for one, other in zip(door, plain, strict=True)]
    return {"share": median(shares), "door_per_second": median(door), "plain_per_second": median(plain)}


def _written(pair: Pair, count: int) -> list[bytes]:
    """Requests that each write one message after the one before; the chain is known ahead, since all is ours."""
    from bench.load import post

    who = pair.mentor
    cookie, csrf = who.cookie(), "c" * 32
    path = f"/p/{pair.partnership}/entries"
    return [post(path, cookie, csrf, body) for body in bodies(pair, count)]


def bodies(pair: Pair, count: int) -> Iterator[bytes]:
    from tilth.protocol.encoding import b64u
    from tilth.protocol.entries import seal_entry

    head = pair.planned_head or pair.head()
    for _ in range(count):
        signed = seal_entry(
            pair.mentor.keys, author=pair.mentor.card, partnership=pair.partnership, kind="messages.written",
            data={"expects": "no rush"}, to=pair.cards, prev=head, sealed={"title": "A question", "body": WORDS},
        )  # fmt: skip
        head = signed.hash_after(head)
        assert signed.ct is not None
        yield json.dumps({"header": b64u(signed.header), "ct": b64u(signed.ct), "sig": b64u(signed.sig)}).encode()
    pair.planned_head = head


def _plain_requests(count: int) -> list[bytes]:
    from bench.load import post

    return [post("/plain/write", "", "", b"x" * 1024)] * count


def _race(port: int, work: list[list[bytes]]) -> float:
    """Every connection sends its own requests one after the other; answers a second, all accepted."""
    from bench.load import race

    return race(port, work, status=201)


def _nothing() -> Any:
    from contextlib import nullcontext

    return nullcontext("")


if __name__ == "__main__":
    sys.exit(main())
