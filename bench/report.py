"""How every bench ends: one line of JSON with what was measured, what was aimed at, and whether it was met."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping


def options(name: str, words: str) -> argparse.ArgumentParser:
    """A parser with what all benches share: `--quick` measures less, for a look."""
    parser = argparse.ArgumentParser(prog=f"bench.{name}", description=words)
    parser.add_argument("--quick", action="store_true", help="less of everything: for a look, not for a figure")
    return parser


def report(
    bench: str, figures: Mapping[str, float], *, at_least: Mapping[str, float], at_most: Mapping[str, float]
) -> int:
    """Print the closing line; 0 when every goal is met, 1 when one is not."""
    met = all(figures[name] >= goal for name, goal in at_least.items())
    met = met and all(figures[name] <= goal for name, goal in at_most.items())
    goals = {name: f">= {goal}" for name, goal in at_least.items()}
    goals |= {name: f"<= {goal}" for name, goal in at_most.items()}
    rounded = {name: round(value, 3) for name, value in figures.items()}
    print(json.dumps({"bench": bench, "figures": rounded, "goals": goals, "met": met}))
    return 0 if met else 1
