"""`tilth read`: the reader of the protocol floor, which knows no settings, after the look at them all commands take."""

from collections.abc import Sequence

from tilth.config.environment import Environment
from tilth.protocol.reading import main as read


def main(argv: Sequence[str]) -> int:
    Environment()
    return read(argv)
