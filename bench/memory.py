"""How much memory all processes of `tilth up` take at rest, shared pages counted once (PSS).

    uv run python -m bench.memory [--quick]

A fresh store is started as on a first day, a hundred pages are fetched so that nothing is only asleep, and when the
server has been idle for a while every process of its tree is summed.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from time import monotonic, sleep

from bench.report import options, report
from bench.server import discard, fresh_folder

PATIENCE = 60.0
MOST_MIB = 200


def main() -> int:
    chosen = options("memory", "Memory of all processes of `tilth up` at rest.").parse_args()
    data = fresh_folder()
    try:
        figures = _measure(data, requests=10 if chosen.quick else 100, rest=1.0 if chosen.quick else 20.0)
    finally:
        discard(data)
    return report("memory", figures, at_least={}, at_most={"pss_mib": MOST_MIB})


def _measure(data: Path, *, requests: int, rest: float) -> dict[str, float]:
    from tests.server import free_port, settings_of_none

    port = free_port()
    command = [sys.executable, "-m", "tilth.config.command", "up", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=settings_of_none())
    try:
        _until_well(f"http://localhost:{port}")
        for _ in range(requests):
            urllib.request.urlopen(f"http://localhost:{port}/sign-in/").read()
        sleep(rest)
        return _of_tree(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _until_well(url: str) -> None:
    end = monotonic() + PATIENCE
    while monotonic() < end:
        try:
            urllib.request.urlopen(f"{url}/health").read()
        except OSError:
            sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _of_tree(pid: int) -> dict[str, float]:
    from tests.server import descendants

    family = [pid, *descendants(pid)]
    each = [_pss(Path(f"/proc/{member}/smaps_rollup")) for member in family]
    return {"pss_mib": sum(each) / 1024, "largest_mib": max(each) / 1024, "processes": len(family)}


def _pss(rollup: Path) -> int:
    """KiB of one process, shared pages divided among those that share them."""
    return next(int(line.split()[1]) for line in rollup.read_text().splitlines() if line.startswith("Pss:"))


if __name__ == "__main__":
    sys.exit(main())
