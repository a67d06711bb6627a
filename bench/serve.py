"""How fast pages of a long partnership are served, against a plain Django view on the same server and store.

    uv run python -m bench.serve [--quick] [--crowd N]

Rounds are short and taken in turn, and what is compared is asked one right after the other, so that whatever else the
machine does falls on all alike; figures are medians over rounds. `home`, `timeline`, `thread`, `agreement`: throughput
as a share of the plain view's. `history`: home at 3,000 entries as a share of home at 50. `crowd`: home in a store of
90,000 partnerships as a share of home in a copy of that store from when it had 1,000, both served at the same time.
`home_cold`: home as it is made for the first look, when no page is kept ready (docs/adr/0006); it has no goal, and is
there so that nobody takes the kept page's figure for it. `late`: p99 over p50 of home at 16 connections. `queries`: the
most that one of the pages takes.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID

from bench.load import Load, get, load
from bench.report import options, report
from bench.server import Server, discard, fresh_folder, lay

if TYPE_CHECKING:
    from bench.people import Pair

Pages = dict[str, Callable[[], bytes]]
Round = dict[str, Load]
Asked = tuple[int, Callable[[], bytes]]  # a server's port, and what to ask it
PAGES = ("home", "timeline", "thread", "agreement")


def main() -> int:
    parser = options("serve", "Serve pages, against a plain Django view.")
    parser.add_argument("--crowd", type=int, default=90_000, help="partnerships in the large store")
    chosen = parser.parse_args()
    data = fresh_folder()
    try:
        lay(data)
        if chosen.quick:
            figures = _measure(data, entries=300, rounds=2, seconds=1.0, many=min(chosen.crowd, 3000))
        else:
            figures = _measure(data, entries=3000, rounds=12, seconds=2.0, many=chosen.crowd)
    finally:
        discard(data)
    return report(
        "serve",
        figures,
        at_least={"home": 0.6, "timeline": 0.5, "thread": 0.5, "agreement": 0.5, "history": 0.9, "crowd": 0.9},
        at_most={"late": 4.0, "queries": 12},
    )


def _measure(data: Path, *, entries: int, rounds: int, seconds: float, many: int) -> dict[str, float]:
    from bench.history import crowd, long_history

    print(f"writing {entries} entries, and 50", file=sys.stderr)
    old, thread = long_history(1, entries)
    young, _ = long_history(2, 50)
    crowd(young, 998)
    pages = _pages(old, young, thread)
    figures: dict[str, float] = {"queries": _most_queries(old, thread)}
    village = data / "of-a-thousand"
    _copy(data, village)
    print(f"filling the store with {many} partnerships", file=sys.stderr)
    crowd(young, many - 1000)
    with Server(village) as small, Server(data) as large:
        asked = {"crowded": (large.port, pages["home"])}
        asked |= {name: (small.port, request) for name, request in pages.items()}
        seen = _rounds(asked, rounds=rounds, seconds=seconds)
    figures |= {name: _share(seen, name, "plain") for name in (*PAGES, "home_cold")}
    figures["history"] = _share(seen, "home", "young")
    figures["crowd"] = _share(seen, "crowded", "home")
    figures["late"] = median(one["home"].p99 / one["home"].p50 for one in seen)
    return figures | {f"{name}_per_second": median(one[name].per_second for one in seen) for name in asked}


def _pages(old: Pair, young: Pair, thread: UUID) -> Pages:
    """What to ask for, by name; `home_cold` never asks for the same page twice."""
    cookie, base, looks = old.mentor.cookie(), f"/p/{old.partnership}/", count()
    fixed = {
        "home": get(base, cookie),
        "young": get(f"/p/{young.partnership}/", young.mentor.cookie()),
        "plain": get(f"/plain/page/{old.mentor.person.id}", cookie),
        "timeline": get(f"{base}timeline", cookie),
        "thread": get(f"{base}messages/{thread}/", cookie),
        "agreement": get(f"{base}agreement/", cookie),
    }
    pages: Pages = {name: partial(bytes, request) for name, request in fixed.items()}
    return pages | {"home_cold": lambda: get(f"{base}?look={next(looks)}", cookie)}


def _copy(data: Path, to: Path) -> None:
    """The store as it is now, for a server of its own."""
    from django.db import connections

    connections.close_all()
    shutil.copytree(data, to, ignore=shutil.ignore_patterns(to.name))


def _rounds(asked: dict[str, Asked], *, rounds: int, seconds: float) -> list[Round]:
    for port, request in asked.values():
        load(port, request, seconds=0.5)  # warm
    found: list[Round] = []
    for turn in range(rounds):
        order = list(asked.items())[:: -1 if turn % 2 else 1]  # nobody always comes after the same one
        found.append({name: load(port, request, seconds=seconds) for name, (port, request) in order})
        print({name: round(one.per_second) for name, one in found[-1].items()}, file=sys.stderr)
    return found


def _share(rounds: list[Round], name: str, of: str) -> float:
    return median(seen[name].per_second / seen[of].per_second for seen in rounds)


def _most_queries(old: Pair, thread: UUID) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, most = Client(), 0
    client.force_login(old.mentor.person)
    for page in ("", "timeline", f"messages/{thread}/", "agreement/"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/p/{old.partnership}/{page}", headers={"host": "localhost"})
        assert answer.status_code == 200, page
        most = max(most, len(queries))
    return most


if __name__ == "__main__":
    sys.exit(main())
