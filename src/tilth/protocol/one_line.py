"""How every command says what is wrong with how it was called."""

import argparse
from typing import NoReturn


class OneLine(argparse.ArgumentParser):
    """Says what is wrong in one line, and ends with exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")
