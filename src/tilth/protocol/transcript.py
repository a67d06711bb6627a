"""A whole partnership, opened, as text or JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from textwrap import indent, shorten
from typing import Literal
from uuid import uuid5

from tilth.protocol.checking import Checked, CheckedEntry
from tilth.protocol.encoding import Json
from tilth.protocol.entries import Expected, SignedEntry, open_entry
from tilth.protocol.errors import ProtocolError
from tilth.protocol.export import Export
from tilth.protocol.keys import Keys
from tilth.protocol.standing import Standing, name_of

MARGIN = " " * 7
LONGEST_NAME = 72
LONGEST_RHYTHM = 731  # days
_STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

Outcome = Literal["nothing sealed", "opened", "withdrawn", "held back", "not for these keys", "could not be verified"]


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One entry as its reader may see it; `why` says what is wrong where it could not be verified."""

    checked: CheckedEntry
    name: str
    outcome: Outcome
    sealed: Mapping[str, Json]
    why: str = ""


def open_all(export: Export, checked: Checked, standing: Standing) -> list[Opened]:
    """Every entry, opened with the keys that stand."""
    return [_open(one, standing, name_of(one.author, export)) for one in checked.entries]


def _open(one: CheckedEntry, standing: Standing, name: str) -> Opened:
    outcome, sealed, why = _outcome(one, standing)
    return Opened(checked=one, name=name, outcome=outcome, sealed=sealed, why=why)


def _outcome(one: CheckedEntry, standing: Standing) -> tuple[Outcome, Mapping[str, Json], str]:
    if not standing.accepts(one.author.hash):
        return "could not be verified", {}, "It is signed by keys that you never accepted."
    if one.header.commit is None:
        return "nothing sealed", {}, ""
    if one.entry.state != "here":
        return ("withdrawn" if one.entry.state == "erased" else "held back"), {}, ""
    keys = next((standing.mine[card] for card in one.header.to if card in standing.mine), None)
    if keys is None:
        return "not for these keys", {}, ""
    try:
        return "opened", _open_sealed(one, keys), ""
    except ProtocolError as error:
        return "could not be verified", {}, error.sentence


def _open_sealed(one: CheckedEntry, keys: Keys) -> dict[str, Json]:
    header, entry = one.header, one.entry
    expected = Expected(
        instance=header.instance,
        partnership=header.partnership,
        entry=header.entry,
        kind=header.kind,
        subject=header.subject,
        to=frozenset(header.to),
    )
    signed = SignedEntry(entry.header, entry.ct, entry.sig)
    return open_entry(signed, keys, author=one.author, expected=expected)


def as_json(export: Export, opened: list[Opened], standing: Standing) -> str:
    title = export.title
    document = {
        "instance": title.instance,
        "partnership": str(title.partnership),
        "made_at": title.made_at.isoformat(),
        "members": [{"person": str(m.person), "name": m.name, "role": m.role} for m in title.members],
        "standing": list(standing.lines),
        "entries": [_entry_json(one) for one in opened],
    }
    return json.dumps(document, indent=2)


def _entry_json(one: Opened) -> dict[str, object]:
    header, entry = one.checked.header, one.checked.entry
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "entry": str(header.entry),
        "kind": header.kind,
        "subject": str(header.subject) if header.subject else None,
        "author": {"person": str(one.checked.author.person), "name": one.name},
        "data": None if one.outcome == "could not be verified" else header.data,
        "sealed": one.sealed if one.outcome == "opened" else None,
        "outcome": one.outcome,
        "why": one.why or None,
    }


def as_text(export: Export, opened: list[Opened], standing: Standing, *, zone: tzinfo) -> str:
    parts = [*_opening(export, zone), *map(in_line, standing.lines)]
    names = _names(export, opened, zone)
    day = ""
    for one in opened:
        at = one.checked.entry.at.astimezone(zone)
        if (today := f"{at:%A, %-d %B %Y}") != day:
            day = today
            parts.append(f"\n{today}")
        parts.append(_entry_text(one, names, clock=f"{at:%H:%M}"))
    return "\n".join(parts)


def _opening(export: Export, zone: tzinfo) -> Iterator[str]:
    title = export.title
    yield "Partnership of " + " and ".join(f"{in_line(m.name)} ({in_line(m.role)})" for m in title.members)
    yield f"Exported {title.made_at.astimezone(zone):%-d %B %Y}, times in {zone}."
    yield f"{len(export.entries)} entries: the chain is whole and every signature fits."


def _names(export: Export, opened: list[Opened], zone: tzinfo) -> dict[str, str]:
    """What stands for an id: the name of a member, or what an entry is called."""
    people = {str(one): member.name for member in export.title.members for one in (member.id, member.person)}
    laid = {meeting: words for one in opened for meeting, words in _laid_meetings(one)}
    return {**laid, **people, **{str(one.checked.header.entry): _called(one, zone) for one in opened}}


def _laid_meetings(one: Opened) -> Iterator[tuple[str, str]]:
    """The ids of the meetings that an agreement's rhythm may have laid: they follow from its entry and the day
    (docs/adr/0020)."""
    match one.checked.header.data:
        case {"terms": {"rhythm": {"start": str(start), "ends": str(ends)}}}:
            agreement = one.checked.header.entry
        case _:
            return
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(ends)
    except ValueError:
        return
    for days in range(min((last - first).days, LONGEST_RHYTHM) + 1):
        day = first + timedelta(days=days)
        yield str(uuid5(agreement, day.isoformat())), f"the meeting laid for {day:%-d %B %Y}"


def _called(one: Opened, zone: tzinfo) -> str:
    """An entry by its title or the first line of what was written, else by its kind, and by its day."""
    day = f"{one.checked.entry.at.astimezone(zone):%-d %B %Y}"
    texts = (text for text in (one.sealed.get("title"), *one.sealed.values()) if isinstance(text, str))
    first = next((line for text in texts for line in text.splitlines() if line.strip()), None)
    return f"{_deed(one)}, {day}" if first is None else f"“{shorten(first, LONGEST_NAME, placeholder=' …')}”, {day}"


def _deed(one: Opened) -> str:
    chapter, deed = one.checked.header.kind.split(".")
    return f"{chapter.replace('_', ' ')}: {deed.replace('_', ' ')}"


def _entry_text(one: Opened, names: Mapping[str, str], *, clock: str) -> str:
    header = one.checked.header
    lines = [f"{clock}  {in_line(one.name)} · {_deed(one)}"]
    if one.outcome != "could not be verified":
        if header.subject is not None:
            lines.append(_field("about", names.get(str(header.subject), str(header.subject))))
        lines += [_field(_named(name, names), names.get(value, value)) for name, value in _flat(header.data)]
        lines += [_field(name, value) for name, value in _flat(one.sealed)]
    if one.outcome not in ("opened", "nothing sealed"):
        lines.append(f"{MARGIN}[{one.outcome}{': ' + one.why if one.why else ''}]")
    return "\n".join(lines)


def _named(name: str, names: Mapping[str, str]) -> str:
    return ".".join(names.get(part, part) for part in name.split("."))


def _field(name: str, value: str) -> str:
    head = f"{MARGIN}{in_line(name)}:"
    text = plain(value)
    return f"{head}\n{indent(text, MARGIN + '  ')}" if "\n" in text else f"{head} {text}"


def _flat(value: Mapping[str, Json], before: str = "") -> Iterator[tuple[str, str]]:
    """Fields as (dotted name, text), empty ones left out."""
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _flat(inner, f"{before}{name}.")
        elif isinstance(inner, list) and any(isinstance(item, dict | list) for item in inner):
            yield from _flat({str(number): item for number, item in enumerate(inner, start=1)}, f"{before}{name}.")
        elif inner not in (None, "", []):
            yield before + name, _shown(inner)


def _shown(value: Json) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(_shown, value)) if isinstance(value, list) else str(value)


def plain(text: str) -> str:
    """Text that cannot steer the terminal: control and direction characters are shown as a mark."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def in_line(text: str) -> str:
    """The same where one line belongs: a name that brings a line of its own could pass for another entry."""
    return plain(text).replace("\n", "\N{REPLACEMENT CHARACTER}")
