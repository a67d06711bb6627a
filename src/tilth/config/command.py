"""The `tilth` command. Each subcommand is a module of its own; nothing heavy is imported before it is known which."""

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from importlib import import_module

from tilth.config.environment import Misset
from tilth.protocol.one_line import OneLine

COMMANDS = {
    "up": "start everything on this machine: web and worker, on one store",
    "demo": "show a half-year of two people who don't exist, from a store of its own",
    "web": "serve the web only",
    "worker": "do the queued jobs only",
    "verify": "check every chain and every signature of the store",
    "rebuild": "make what is derived from the ledger anew",
    "read": "open an exported partnership with a key phrase, without a server",
    "manage": "run one of Django's own commands",
}
PASSED_ON = {"read": "tilth.config.commands.read", "manage": "tilth.config.commands.manage"}


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0 when all is well, 1 when something was found wrong, 2 when Tilth could not start.

    Also 1 when whoever reads the output, such as `head`, has enough of it; nothing is said of that.
    """
    os.umask(0o077)  # whatever Tilth writes is for the host's eyes only
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tilth.config.settings")
    try:
        done = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
        return done
    except Misset as problem:
        print(f"tilth: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left of it goes nowhere
        return 1


def _run(arguments: list[str]) -> int:
    if arguments and arguments[0] in PASSED_ON:
        return int(import_module(PASSED_ON[arguments[0]]).main(arguments[1:]) or 0)
    options = _parser(arguments[:1]).parse_args(arguments)
    if getattr(options, "data", None):
        os.environ["TILTH_DATA"] = options.data
    return int(options.run(options))


def _parser(wanted: list[str]) -> argparse.ArgumentParser:
    parser = OneLine(prog="tilth", description="A private workspace for mentoring partnerships.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, words in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=f"{words[:1].upper()}{words[1:]}.")
        if name in PASSED_ON:
            continue
        default = "./tilth-demo" if name == "demo" else "TILTH_DATA, or ./tilth-data"
        command.add_argument("--data", metavar="DIR", help=f"the data folder (default: {default})")
        if name in wanted:
            module = import_module(f"tilth.config.commands.{name}")
            module.add_options(command)
            command.set_defaults(run=module.run)
    return parser


def host(text: str) -> str:
    """An address to listen on, in numbers, for argparse; a name stands for its address."""
    try:
        return text if ":" in text else socket.gethostbyname(text)
    except (OSError, UnicodeError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not the name or address of this machine") from error


def port(text: str) -> int:
    """A port number, for argparse."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; choose a number from 1 to 65535")
    return int(text)


def count(text: str) -> int:
    """A number of processes or threads, for argparse."""
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 256")
    return int(text)


def counted(count: int, one: str, many: str = "") -> str:
    """`1 partnership`, `2 partnerships`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


if __name__ == "__main__":
    sys.exit(main())
