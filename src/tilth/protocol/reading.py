"""`tilth read FILE`: opens an exported partnership with the key phrase. Shares no code with the page."""

import argparse
import sys
from collections.abc import Sequence
from getpass import getpass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tilth.protocol.checking import Checked, check_export
from tilth.protocol.errors import ProtocolError
from tilth.protocol.export import Export, read_export
from tilth.protocol.keys import Keys
from tilth.protocol.one_line import OneLine
from tilth.protocol.standing import standing_of
from tilth.protocol.transcript import as_json, as_text, open_all
from tilth.protocol.words import read_phrase
from tilth.protocol.wraps import open_by_phrase


def main(argv: Sequence[str]) -> int:
    """Print the transcript; 0 when it is printed, 2 after one line on what is wrong."""
    asked = _parser().parse_args(argv)
    try:
        _print(_transcript(asked) + "\n")
    except ProtocolError as error:
        return _fail(error.sentence)
    except BrokenPipeError:
        raise  # `tilth` ends quietly
    except OSError as error:
        return _fail(f"{error.filename or asked.file}: {error.strerror or error}")
    return 0


def unlock(export: Export, checked: Checked, phrase: str) -> dict[str, Keys]:
    """The keys that the phrase opens, by the hash of their card."""
    phrase = read_phrase(phrase)
    wraps = [wrap for wrap in export.wraps if wrap.kind == "phrase"]
    if not wraps:
        raise ProtocolError("no_wrap", "This export holds no keys that a key phrase opens.")
    opened = [keys for wrap in wraps if (keys := _opened(wrap.age, phrase))]
    if not opened:
        raise ProtocolError("wrong_phrase", "This key phrase does not open the keys in this export.")
    mine = {
        card.hash: keys
        for keys in opened
        for card in checked.cards.values()
        if (card.sign, card.seal) == (keys.sign_public, keys.seal_recipient)
    }
    if not mine:
        raise ProtocolError("wrong_keys", "The keys in this export belong to none of its members.")
    return mine


def _opened(wrap: bytes, phrase: str) -> Keys | None:
    try:
        return open_by_phrase(wrap, phrase)
    except ProtocolError:
        return None


def _transcript(asked: argparse.Namespace) -> str:
    zone = _zone(asked.zone)
    with Path(asked.file).open("rb") as file:
        export = read_export(file)
    checked = check_export(export)
    mine = unlock(export, checked, _phrase(asked.phrase_file))
    standing = standing_of(export, checked, mine)
    opened = open_all(export, checked, standing)
    return as_json(export, opened, standing) if asked.json else as_text(export, opened, standing, zone=zone)


def _phrase(file: str | None) -> str:
    if file is not None:
        return Path(file).read_text(encoding="utf-8", errors="replace")
    if sys.stdin.isatty():
        return getpass("Key phrase (twelve words): ")
    return sys.stdin.readline()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ProtocolError("bad_zone", f"“{name}” is not a time zone.") from error


def _parser() -> argparse.ArgumentParser:
    parser = OneLine(prog="tilth read", description="Open an exported partnership with your key phrase.")
    parser.add_argument("file", metavar="FILE", help="the export")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of a transcript")
    parser.add_argument(
        "--phrase-file", metavar="FILE", help="read the key phrase from a file instead of asking for it"
    )
    parser.add_argument("--zone", default="UTC", metavar="NAME", help="show times in this zone (default: UTC)")
    return parser


def _print(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))


def _fail(sentence: str) -> int:
    sys.stderr.write(f"tilth read: {sentence}\n")
    return 2
