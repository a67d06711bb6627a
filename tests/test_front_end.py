"""The front end's own tests, run by the Node that comes as a wheel."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.chromium import node

FRONT_END = Path(__file__).parents[1] / "frontend"
COUNT = re.compile(r"^# (tests|pass|fail|skipped|todo|cancelled) (\d+)$", re.MULTILINE)


def test_the_front_end_passes_its_own_tests(record_property: Callable[[str, object], None]) -> None:
    if not (FRONT_END / "node_modules").is_dir():
        pytest.fail("frontend/node_modules is missing; `uv sync` makes it when it builds the front end")
    command = [node(), "--test", "--test-reporter=tap", "src/**/*.test.ts"]
    done = subprocess.run(command, cwd=FRONT_END, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, text=True)

    counts = {name: int(number) for name, number in COUNT.findall(done.stdout)}
    record_property("front end", f"{counts.get('pass', 0)} passed, {counts.get('fail', 0)} failed")
    assert done.returncode == 0, done.stdout + done.stderr
    assert counts["pass"] == counts["tests"] > 0, "every test of the front end runs, and none is left for later"
