"""`tilth manage …`: Django's own commands, with Tilth's settings."""

from collections.abc import Sequence

from django.core.management import execute_from_command_line

from tilth.config.ready import folder_ready


def main(argv: Sequence[str]) -> int:
    folder_ready()
    execute_from_command_line(["tilth manage", *argv])
    return 0
