from dataclasses import replace
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.protocol.cast import INSTANCE, MENTOR, STRANGER, STRANGER_CARD, person_of
from tests.protocol.ledger import CARDS, SIGNED_CARDS, TITLE, WRAPS, Ledger, keyring_of_mentee, lines_of, short_history
from tilth.protocol.cards import make_card
from tilth.protocol.chain import signed_message
from tilth.protocol.checking import check_export
from tilth.protocol.encoding import compact_json, strict_json
from tilth.protocol.errors import ProtocolError
from tilth.protocol.export import read_export

LEDGER = short_history()
LINES = lines_of(LEDGER)
ENTRY_LINES = [number for number, line in enumerate(LINES) if line.startswith(b'{"type":"entry"')]


def refusal(lines):
    with pytest.raises(ProtocolError) as refused:
        check_export(read_export(lines))
    return refused.value.code


def changed(entry=1, **changes):
    """The export with one of its entries changed, by whoever can write files but not sign."""
    entries = list(LEDGER.entries)
    entries[entry] = replace(entries[entry], **changes)
    return lines_of(Ledger(entries))


def test_an_export_comes_back_as_it_was():
    export = read_export(LINES)
    assert export.title == TITLE
    assert export.cards == list(SIGNED_CARDS.values())
    assert export.wraps == WRAPS
    assert export.entries == LEDGER.entries


def test_a_sound_export_passes_and_names_authors():
    checked = check_export(read_export(LINES))
    assert [one.author for one in checked.entries] == [CARDS[name] for name in ("mentor", "mentee", "mentor", "mentee")]
    assert [one.header.kind.split(".")[1] for one in checked.entries] == ["opened", "made", "sent", "kept"]


def test_an_empty_partnership_exports_too():
    assert check_export(read_export(lines_of(Ledger()))).entries == []


def test_a_withdrawn_and_a_held_back_body_leave_the_chain_whole():
    for state in ("erased", "held back"):
        assert len(check_export(read_export(changed(ct=None, state=state))).entries) == 4


def test_a_card_and_its_successor_pass_in_any_order():
    again = make_card(
        STRANGER, instance=INSTANCE, person=person_of("mentor"), previous=CARDS["mentor"], previous_keys=MENTOR
    )
    export = read_export(lines_of(LEDGER, cards=[again, *SIGNED_CARDS.values()]))
    assert check_export(export).cards[again.card.hash].generation == 2


@pytest.mark.parametrize("missing", range(1, len(LINES)))
def test_a_file_that_was_cut_off_is_refused(missing):
    assert refusal(LINES[:missing]) == "damaged_export"


def test_a_file_cut_within_a_line_is_refused():
    whole = b"".join(LINES)
    assert refusal(whole[: len(whole) // 2].splitlines(keepends=True)) == "damaged_export"


@pytest.mark.parametrize("left_out", ENTRY_LINES)
def test_an_entry_left_out_is_noticed(left_out):
    assert refusal(LINES[:left_out] + LINES[left_out + 1 :]) in {"unsound_export", "damaged_export"}


def test_entries_that_changed_places_are_noticed():
    one, two = ENTRY_LINES[1:3]
    swapped = list(LINES)
    swapped[one], swapped[two] = swapped[two], swapped[one]
    assert refusal(swapped) == "unsound_export"


@pytest.mark.parametrize(
    "changes",
    [
        {"sig": bytes(64)},
        {"sig": b""},
        {"hash": bytes(32)},
        {"ct": b"other"},
        {"ct": b"other", "ct_hash": sha256(b"other").digest()},
        {"ct": None},
        {"ct": None, "ct_hash": sha256(b"").digest()},
        {"state": "erased"},
        {"header": LEDGER.entries[2].header},
        {"header": b"{}"},
        {"seq": 7},
    ],
)
def test_an_entry_that_was_changed_is_noticed(changes):
    assert refusal(changed(**changes)) == "unsound_export"


def test_an_entry_that_seals_nothing_cannot_be_called_withdrawn():
    assert refusal(changed(entry=0, state="erased")) == "unsound_export"


def test_an_entry_of_a_stranger_is_noticed():
    forged = LEDGER.entries[0]
    sig = STRANGER.sign(signed_message(sha256(forged.header).digest(), forged.ct_hash))
    assert refusal(changed(entry=0, sig=sig)) == "unsound_export"


def test_an_export_without_an_authors_card_is_refused():
    assert refusal(lines_of(LEDGER, cards=[SIGNED_CARDS["mentor"]])) == "unsound_export"


@pytest.mark.parametrize(
    "card",
    [
        replace(SIGNED_CARDS["mentor"], sig=SIGNED_CARDS["mentee"].sig),
        replace(SIGNED_CARDS["mentor"], body=b"{}"),
        make_card(MENTOR, instance=str(UUID(int=5)), person=person_of("mentor")),
    ],
)
def test_an_unsound_card_is_noticed(card):
    assert refusal(lines_of(LEDGER, cards=[*SIGNED_CARDS.values(), card])) == "unsound_export"


@pytest.mark.parametrize("title", [{"instance": str(UUID(int=5))}, {"partnership": UUID(int=5)}])
def test_entries_of_another_partnership_are_noticed(title):
    assert refusal(lines_of(LEDGER, title=replace(TITLE, **title))) == "unsound_export"


@pytest.mark.parametrize("first", [b"", b"hello\n", b"{}\n", b"\x89PNG\r\n", b'{"format":"something"}\n'])
def test_another_file_is_not_an_export(first):
    assert refusal([first, *LINES[1:]]) == "not_an_export"


def with_title(**changes):
    return [compact_json(strict_json(LINES[0].rstrip()) | changes), *LINES[1:]]


def test_a_later_format_is_said_to_be_one():
    assert refusal(with_title(version=2)) == "newer_export"


@pytest.mark.parametrize(
    "changes",
    [{"members": 1}, {"members": [1]}, {"members": [{}]}, {"made_at": "2026-11-22T10:00:00"}, {"instance": 1}],
)
def test_a_malformed_title_is_damage(changes):
    assert refusal(with_title(**changes)) == "damaged_export"


@pytest.mark.parametrize(
    "line", [b"\n", b"{}\n", b'{"type":"note"}\n', b'{"type":"wrap"}\n', b"\xff\n", LINES[ENTRY_LINES[0]][:50] + b"}\n"]
)
def test_a_line_that_cannot_be_read_is_damage(line):
    assert refusal([*LINES[:3], line, *LINES[3:]]) == "damaged_export"


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_happens_to_a_file_it_is_refused_or_its_entries_are_what_was_signed(data):
    whole = bytearray(b"".join(LINES))
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        checked = check_export(read_export(bytes(whole).splitlines(keepends=True)))
    except ProtocolError:
        return
    assert [(e.header, e.ct, e.sig, e.hash) for e in (one.entry for one in checked.entries)] == [
        (e.header, e.ct, e.sig, e.hash) for e in LEDGER.entries
    ]


def test_a_keyring_comes_along_once():
    lines = lines_of(LEDGER, keyring=keyring_of_mentee())
    assert read_export(lines).keyring.version == 3
    at = next(n for n, line in enumerate(lines) if b'"type":"keyring"' in line)
    assert refusal([*lines[:at], lines[at], *lines[at:]]) == "damaged_export"


def test_an_entry_to_a_card_that_is_not_here_is_noticed():
    ledger = Ledger()
    ledger.author("mentor").write("messages.sent", {}, to=[CARDS["mentor"], STRANGER_CARD])
    assert refusal(lines_of(ledger)) == "unsound_export"


def test_an_entry_that_its_author_cannot_read_is_noticed():
    ledger = Ledger()
    ledger.author("mentor").write("messages.sent", {}, to=[CARDS["mentee"]])
    assert refusal(lines_of(ledger)) == "unsound_export"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-22", "soon"])
def test_a_moment_that_cannot_be_is_damage(at):
    place = ENTRY_LINES[0]
    line = compact_json(strict_json(LINES[place].rstrip()) | {"at": at})
    assert refusal([*LINES[:place], line, *LINES[place + 1 :]]) == "damaged_export"


def test_nothing_may_follow_the_end():
    assert refusal([*LINES, LINES[1]]) == "damaged_export"


@pytest.mark.parametrize("state", ["gone", None, 1])
def test_an_unknown_state_is_damage(state):
    at = ENTRY_LINES[1]
    line = compact_json(strict_json(LINES[at].rstrip()) | {"state": state})
    assert refusal([*LINES[:at], line, *LINES[at + 1 :]]) == "damaged_export"
