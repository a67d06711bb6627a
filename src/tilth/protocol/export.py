"""The export: one partnership in one file, everything needed to check and open it without the server.

JSON lines in UTF-8, each one object with its `type`: first `export`, then `card`s, `wrap`s, at most one `keyring`,
`entry`s, and last `end`.
docs/protocol.md describes every field. A file without its last line was cut off and is refused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from tilth.protocol import fields
from tilth.protocol.cards import SignedCard
from tilth.protocol.encoding import Json, b64u, compact_json, strict_json, unb64u
from tilth.protocol.errors import ProtocolError

FORMAT = "tilth-export"
VERSION = 1

State = Literal["here", "erased", "held back"]


@dataclass(frozen=True, kw_only=True)
class ExportedMember:
    id: UUID
    person: UUID
    name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class ExportedWrap:
    kind: str
    age: bytes
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class ExportedKeyring:
    version: int
    sealed: bytes


@dataclass(frozen=True, kw_only=True)
class ExportedEntry:
    """`ct` is None where nothing is sealed, and where it is gone: `ct_hash` and `state` tell."""

    seq: int
    at: datetime
    header: bytes
    ct: bytes | None
    ct_hash: bytes
    sig: bytes
    hash: bytes
    state: State = "here"


@dataclass(frozen=True, kw_only=True)
class Title:
    """What the file is about."""

    instance: str
    partnership: UUID
    made_at: datetime
    members: tuple[ExportedMember, ...]


@dataclass(kw_only=True)
class Export:
    title: Title
    cards: list[SignedCard] = field(default_factory=list)
    wraps: list[ExportedWrap] = field(default_factory=list)
    keyring: ExportedKeyring | None = None
    entries: list[ExportedEntry] = field(default_factory=list)


def export_lines(
    title: Title,
    *,
    cards: Iterable[SignedCard],
    wraps: Iterable[ExportedWrap],
    entries: Iterable[ExportedEntry],
    keyring: ExportedKeyring | None = None,
) -> Iterator[bytes]:
    """The file, line by line; `entries` in the order of the ledger, so that a long one can be streamed.

    `cards` are all that were ever used in the partnership; `wraps` and `keyring` are those of the person who exports.
    """
    yield _line("export", **_title_fields(title))
    for card in cards:
        yield _line("card", card=b64u(card.body), sig=b64u(card.sig), previous_sig=_b64u_or_null(card.previous_sig))
    for wrap in wraps:
        yield _line("wrap", kind=wrap.kind, age=b64u(wrap.age), label=wrap.label)
    if keyring is not None:
        yield _line("keyring", version=keyring.version, sealed=b64u(keyring.sealed))
    last: ExportedEntry | None = None
    for last in entries:
        yield _line("entry", **_entry_fields(last))
    yield _line("end", seq=last.seq if last else 0, hash=last.hash.hex() if last else None)


def read_export(lines: Iterable[bytes]) -> Export:
    """Parse; `tilth.protocol.checking` verifies. ProtocolError: `not_an_export`, `newer_export` or `damaged_export`."""
    found = iter(lines)
    title = _read_title(next(found, b""))
    export = Export(title=title)
    end: dict[str, Json] | None = None
    for number, line in enumerate(found, start=2):
        if end is not None:
            raise _damaged(number)
        end = _take(export, line, number)
    _check_end(export, end)
    return export


def _take(export: Export, line: bytes, number: int) -> dict[str, Json] | None:
    """Add one line to the export; the line itself where it is the last."""
    try:
        record = strict_json(line.rstrip(b"\r\n"))
        match record.get("type"):
            case "card":
                export.cards.append(_read_signed_card(record))
            case "wrap":
                export.wraps.append(_read_wrap(record))
            case "keyring" if export.keyring is None:
                export.keyring = _read_keyring(record)
            case "entry":
                export.entries.append(_read_entry(record))
            case "end":
                return record
            case _:
                raise _damaged(number)
    except (KeyError, ValueError) as error:
        raise _damaged(number) from error
    return None


def _check_end(export: Export, end: dict[str, Json] | None) -> None:
    if end is None:
        raise ProtocolError("damaged_export", "This export is not whole: its end is missing.")
    last = export.entries[-1] if export.entries else None
    if (end.get("seq"), end.get("hash")) != ((last.seq, last.hash.hex()) if last else (0, None)):
        raise ProtocolError("damaged_export", "This export is not whole: its last entries are missing.")


def _read_title(line: bytes) -> Title:
    try:
        record = strict_json(line.rstrip(b"\r\n"))
        if record["format"] != FORMAT:
            raise ValueError(FORMAT)
    except (KeyError, ValueError) as error:
        raise ProtocolError("not_an_export", "This file is not an export of Tilth.") from error
    if record.get("version") != VERSION:
        raise ProtocolError(
            "newer_export", "This export was made by another version of Tilth; this one cannot read it."
        )
    try:
        return _title(record)
    except (KeyError, ValueError) as error:
        raise _damaged(1) from error


def _title(record: dict[str, Json]) -> Title:
    members = record["members"]
    if not isinstance(members, list):
        raise ValueError("members")
    return Title(
        instance=str(fields.uuid(record, "instance")),
        partnership=fields.uuid(record, "partnership"),
        made_at=_moment(record, "made_at"),
        members=tuple(_read_member(member) for member in members),
    )


def _read_member(member: Json) -> ExportedMember:
    if not isinstance(member, dict):
        raise ValueError("member")
    return ExportedMember(
        id=fields.uuid(member, "id"),
        person=fields.uuid(member, "person"),
        name=fields.text(member, "name"),
        role=fields.text(member, "role"),
    )


def _read_signed_card(record: dict[str, Json]) -> SignedCard:
    previous = None if record["previous_sig"] is None else unb64u(fields.text(record, "previous_sig"))
    return SignedCard(
        body=unb64u(fields.text(record, "card")), sig=unb64u(fields.text(record, "sig")), previous_sig=previous
    )


def _read_wrap(record: dict[str, Json]) -> ExportedWrap:
    age = unb64u(fields.text(record, "age"))
    return ExportedWrap(kind=fields.text(record, "kind"), age=age, label=fields.text(record, "label"))


def _read_keyring(record: dict[str, Json]) -> ExportedKeyring:
    return ExportedKeyring(
        version=fields.whole(record, "version", least=1), sealed=unb64u(fields.text(record, "sealed"))
    )


def _read_entry(record: dict[str, Json]) -> ExportedEntry:
    state = record["state"]
    if state not in get_args(State):
        raise ValueError("state")
    return ExportedEntry(
        seq=fields.whole(record, "seq", least=1),
        at=_moment(record, "at"),
        header=unb64u(fields.text(record, "header")),
        ct=None if record["ct"] is None else unb64u(fields.text(record, "ct")),
        ct_hash=bytes.fromhex(fields.hash_text(record, "ct_hash")),
        sig=unb64u(fields.text(record, "sig")),
        hash=bytes.fromhex(fields.hash_text(record, "hash")),
        state=state,  # type: ignore[arg-type]  # one of State's, as just checked
    )


def _moment(record: dict[str, Json], name: str) -> datetime:
    moment = datetime.fromisoformat(fields.text(record, name))
    if moment.tzinfo is None or not 2000 <= moment.year < 3000:
        raise ValueError(name)
    return moment


def _title_fields(title: Title) -> dict[str, object]:
    people = [{"id": str(m.id), "person": str(m.person), "name": m.name, "role": m.role} for m in title.members]
    return {
        "format": FORMAT,
        "version": VERSION,
        "instance": title.instance,
        "partnership": str(title.partnership),
        "made_at": title.made_at.isoformat(),
        "members": people,
    }


def _entry_fields(entry: ExportedEntry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "header": b64u(entry.header),
        "ct": _b64u_or_null(entry.ct),
        "ct_hash": entry.ct_hash.hex(),
        "sig": b64u(entry.sig),
        "hash": entry.hash.hex(),
        "state": entry.state,
    }


def _line(type_: str, /, **content: object) -> bytes:
    return compact_json({"type": type_, **content}) + b"\n"


def _b64u_or_null(data: bytes | None) -> str | None:
    return None if data is None else b64u(data)


def _damaged(number: int) -> ProtocolError:
    return ProtocolError("damaged_export", f"This export is damaged: line {number} cannot be read.")
