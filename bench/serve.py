"""How fast pages of a long partnership are served, against a plain Django view on the same server and store.

    uv run python -m bench.serve [--quick] [--crowd N]

Rounds are taken in turn, so that whatever else the machine does falls on all alike; figures are medians over
rounds. `home`, `timeline`, `thread`, `agreement`: throughput as a share of the plain view's. `history`: home at 3,000
entries as a share of home at 50. `crowd`: home in a store of 90,000 partnerships as a share of home in one of 1,000.
`late`: p99 over p50 of home at 16 connections. `queries`: the most that one of the pages takes.
"""

from __future__ import annotations

import sys
from statistics import median

from bench.report import options, report
from bench.server import Server, discard, fresh_folder, lay


def main() -> int:
    parser = options("serve", "Serve pages, against a plain Django view.")
    parser.add_argument("--crowd", type=int, default=90_000, help="partnerships in the large store")
    chosen = parser.parse_args()
    entries, rounds, seconds = (300, 2, 1.0) if chosen.quick else (3000, 5, 4.0)
    crowd = min(chosen.crowd, 3000) if chosen.quick else chosen.crowd
    data = fresh_folder()
    try:
        lay(data)
        figures = _measure(data, entries=entries, rounds=rounds, seconds=seconds, crowd_size=crowd)
    finally:
        discard(data)
    return report(
        "serve", figures,
        at_least={"home": 0.6, "timeline": 0.5, "thread": 0.5, "agreement": 0.5, "history": 0.9, "crowd": 0.9},
        at_most={"late": 4.0, "queries": 12},
    )  # fmt: skip


def _measure(data, *, entries, rounds, seconds, crowd_size):  # type: ignore[no-untyped-def]
    from bench.history import crowd, long_history

    print(f"writing {entries} entries, and 50", file=sys.stderr)
    old, thread = long_history(1, entries)
    young, _ = long_history(2, 50)
    crowd(young, 998)
    pages = _pages(old, young, thread)
    figures = {"queries": _most_queries(old, thread)}
    small = _rounds(data, pages, rounds=rounds, seconds=seconds)
    print(f"filling the store with {crowd_size} partnerships", file=sys.stderr)
    crowd(young, crowd_size - 1000)
    large = _rounds(data, {name: pages[name] for name in ("plain", "home")}, rounds=rounds, seconds=seconds)
    for name in ("home", "timeline", "thread", "agreement"):
        figures[name] = _share(small, name, "plain")
    figures["history"] = _share(small, "home", "young")
    figures["crowd"] = _share(large, "home", "plain") / figures["home"]
    figures["late"] = median(round_["home"].p99 / round_["home"].p50 for round_ in small)
    for name in ("plain", "home", "timeline", "thread", "agreement"):
        figures[f"{name}_per_second"] = median(round_[name].per_second for round_ in small)
    return figures


def _pages(old, young, thread):  # type: ignore[no-untyped-def]
    from bench.load import get

    cookie, base = old.mentor.cookie(), f"/p/{old.partnership}/"
    return {
        "plain": get(f"/plain/page/{old.mentor.person.id}", cookie),
        "home": get(base, cookie),
        "timeline": get(f"{base}timeline", cookie),
        "thread": get(f"{base}messages/{thread}/", cookie),
        "agreement": get(f"{base}agreement/", cookie),
        "young": get(f"/p/{young.partnership}/", young.mentor.cookie()),
    }


def _rounds(data, pages, *, rounds, seconds):  # type: ignore[no-untyped-def]
    from bench.load import load

    found = []
    with Server(data) as server:
        for request in pages.values():
            load(server.port, lambda request=request: request, seconds=0.5)  # warm
        for _ in range(rounds):
            found.append(
                {
                    name: load(server.port, lambda request=request: request, seconds=seconds)
                    for name, request in pages.items()
                }
            )
            print({name: round(seen.per_second) for name, seen in found[-1].items()}, file=sys.stderr)
    return found


def _share(rounds, name, of):  # type: ignore[no-untyped-def]
    return median(round_[name].per_second / round_[of].per_second for round_ in rounds)


def _most_queries(old, thread):  # type: ignore[no-untyped-def]
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
