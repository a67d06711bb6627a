import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from tests.protocol.cast import MENTOR, STRANGER
from tests.protocol.ledger import CARDS, MENTEE_PHRASE, TITLE, WRAPS, Ledger, keyring_of_mentee, lines_of, short_history
from tilth.chapters.meetings.laying import meeting_id
from tilth.protocol.chain import link_hash, signed_message
from tilth.protocol.export import ExportedKeyring, ExportedWrap
from tilth.protocol.joining import code
from tilth.protocol.keys import seal_to
from tilth.protocol.reading import main
from tilth.protocol.words import new_phrase
from tilth.protocol.wraps import wrap_by_phrase


@pytest.fixture
def read(tmp_path, capsys):
    """Runs `tilth read` over an export and gives (exit code, what it printed, what it complained)."""

    def run(*options, lines=None, phrase=MENTEE_PHRASE):
        file, words = tmp_path / "export.jsonl", tmp_path / "phrase.txt"
        file.write_bytes(b"".join(lines_of(short_history()) if lines is None else lines))
        words.write_text(phrase)
        exit_code = main([str(file), "--phrase-file", str(words), *options])
        said = capsys.readouterr()
        return exit_code, said.out, said.err

    return run


def test_the_phrase_opens_a_readable_transcript(read):
    exit_code, out, err = read()
    assert (exit_code, err) == (0, "")
    assert "Partnership of Ada (mentor) and Ben (mentee)" in out
    assert "4 entries: the chain is whole and every signature fits." in out
    assert "Ada, keys 1: this export does not show whether you accepted them; compare codes.\n" in out
    assert "Code to compare: " + code(CARDS["mentor"].hash, CARDS["mentee"].hash) in out
    assert "Monday, 23 November 2026\n16:00  Ada · membership: opened\n       role: mentor\n" in out
    assert (
        "23:00  Ben · commitments: made\n       due: 2026-12-04\n       shared: yes\n       words: Send the outline\n"
        in out
    )
    assert "       words:\n         Take your time.\n         No rush.\n" in out
    about = "       about: “Send the outline”, 23 November 2026\n"
    assert out.endswith(f"13:00  Ben · commitments: kept\n{about}       learned: ask, early\n")


def test_people_and_entries_are_called_by_name_and_not_by_their_ids(read):
    ledger, [ada, ben] = Ledger(), TITLE.members
    begun = ledger.write("mentor", "messages.written", {}, sealed={"body": "Should I?", "title": "The lead " * 12})
    ledger.write("mentee", "messages.written", {}, subject=begun, sealed={"body": "Yes."})
    bare = ledger.write("mentor", "membership.opened", {"members": {str(ada.person): {"zone": "UTC"}}})
    ledger.write("mentor", "commitments.made", {"owner": str(ben.id), "source": str(bare)}, sealed={"words": "It"})
    _, out, _ = read(lines=lines_of(ledger))
    assert re.search(r"written\n       about: “(The lead ){7}The …”, 23 November 2026\n       body: Yes\.", out)
    assert "       members.Ada.zone: UTC\n" in out
    assert "       owner: Ben\n       source: membership: opened, 24 November 2026\n" in out


def test_a_meeting_laid_by_a_rhythm_is_called_by_its_day(read):
    ledger = Ledger()
    rhythm = {"start": "2026-12-01", "ends": "2027-05-31"}
    agreement = ledger.write("mentor", "agreement.proposed", {"terms": {"rhythm": rhythm}}, sealed={"success": "A"})
    held = meeting_id(agreement, date(2026, 12, 15))
    ledger.write("mentee", "meetings.held", {}, subject=held)
    ledger.write("mentee", "agreement.proposed", {"terms": {"rhythm": {"start": "soon", "ends": "9999-99-99"}}})
    _, out, _ = read(lines=lines_of(ledger))
    assert "Ben · meetings: held\n       about: the meeting laid for 15 December 2026\n" in out


def test_times_are_shown_in_the_zone_asked_for(read):
    _, out, _ = read("--zone", "Asia/Tokyo")
    assert "Tuesday, 24 November 2026\n01:00  Ada" in out
    assert "times in Asia/Tokyo" in out


def test_json_holds_everything_for_programs(read):
    exit_code, out, _ = read("--json")
    document = json.loads(out)
    assert exit_code == 0
    assert [entry["outcome"] for entry in document["entries"]] == ["nothing sealed", "opened", "opened", "opened"]
    made, kept = document["entries"][1], document["entries"][3]
    assert made["sealed"] == {"words": "Send the outline"}
    assert made["author"]["name"] == "Ben"
    assert kept["subject"] == made["entry"]


def test_the_phrase_may_come_by_standard_input(read, tmp_path, capsys, monkeypatch):
    read()
    monkeypatch.setattr(sys, "stdin", io.StringIO(MENTEE_PHRASE + "\n"))
    assert main([str(tmp_path / "export.jsonl")]) == 0
    assert "Send the outline" in capsys.readouterr().out


def test_nothing_in_a_text_can_steer_the_terminal(read):
    ledger = Ledger()
    ledger.write("mentor", "messages.sent", {}, sealed={"words": "\x1b[2Jgone\x9b1m \u202egnp 👩‍🌾"})
    _, out, _ = read(lines=lines_of(ledger))
    assert "�[2Jgone�1m �gnp 👩‍🌾" in out


FORGED = "\n14:00  Ben · messages: written\n       body"


def test_nothing_in_a_name_passes_for_an_entry(read):
    """Members' names are the server's word, and those of sealed fields the author's."""
    ledger = Ledger()
    ledger.write("mentor", "messages.sent", {}, sealed={f"words{FORGED}": "I give up."})
    members = tuple(replace(member, name=f"Ada{FORGED}", role=f"mentor{FORGED}") for member in TITLE.members)
    _, out, _ = read(lines=lines_of(ledger, title=replace(TITLE, members=members)))
    assert "I give up." in out
    assert not any(line.startswith(("14:00", "       body")) for line in out.splitlines())


@pytest.mark.parametrize(("state", "shown"), [("erased", "[withdrawn]"), ("held back", "[held back]")])
def test_what_is_gone_is_said_to_be_gone(read, state, shown):
    ledger = short_history()
    ledger.entries[1] = replace(ledger.entries[1], ct=None, state=state)
    exit_code, out, _ = read(lines=lines_of(ledger))
    assert exit_code == 0
    assert shown in out
    assert "Send the outline" not in out


def test_a_private_entry_of_the_other_stays_closed(read):
    ledger = Ledger()
    ledger.author("mentor").write("messages.noted", {}, to=[CARDS["mentor"]], sealed={"words": "for me alone"})
    exit_code, out, _ = read(lines=lines_of(ledger))
    assert exit_code == 0
    assert "[not for these keys]" in out


def test_one_entry_that_cannot_be_verified_does_not_hide_the_others(read):
    ledger = short_history()
    replace_sealed(ledger, seal_to(b"something else", [card.seal for card in CARDS.values()]))
    exit_code, out, _ = read(lines=lines_of(ledger))
    assert exit_code == 0
    assert "[could not be verified: The header sealed inside is not the one outside.]" in out
    assert "Send the outline" in out


def test_keys_from_before_a_new_phrase_still_open(read):
    older = ExportedWrap(kind="phrase", age=wrap_by_phrase(STRANGER, MENTEE_PHRASE))
    exit_code, out, _ = read(lines=lines_of(short_history(), wraps=[older, *WRAPS]))
    assert exit_code == 0
    assert "Send the outline" in out


UNKNOWN = (
    "Your own list of accepted keys is missing here, or damaged: every whole export of yours holds it.\n"
    "Ada, keys 1: this export does not show whether you accepted them; compare codes.\n"
)


@pytest.mark.parametrize(
    ("keyring", "says"),
    [
        (keyring_of_mentee(verified=True), "Ada, keys 1: verified.\n"),
        (keyring_of_mentee(), "Ada, keys 1: accepted, but not verified; compare codes.\nCode to compare: "),
        (None, UNKNOWN),
        (ExportedKeyring(version=3, sealed=b"damaged"), UNKNOWN),
        (ExportedKeyring(version=4, sealed=keyring_of_mentee().sealed), UNKNOWN),
    ],
)
def test_whose_keys_these_are_is_told_from_the_readers_own_keyring(read, keyring, says):
    exit_code, out, _ = read(lines=lines_of(short_history(), keyring=keyring))
    assert exit_code == 0
    assert says in out
    assert "Take your time." in out


@pytest.mark.parametrize("known", [{"accepted": ()}, {"partner": "stranger"}])
def test_what_keys_signed_that_were_never_accepted_here_is_not_shown(read, known):
    keyring = keyring_of_mentee(**known)
    exit_code, out, _ = read(lines=lines_of(short_history(), keyring=keyring))
    assert exit_code == 0
    assert "Ada, keys 1: you never accepted these here; what they signed is not shown." in out
    assert "[could not be verified: It is signed by keys that you never accepted.]" in out
    assert "Take your time." not in out
    assert "role: mentor" not in out
    assert "Send the outline" in out


def test_an_export_that_ends_before_what_was_seen_is_told(read):
    ledger = short_history()
    keyring = keyring_of_mentee(seen=ledger.entries.pop())
    _, out, _ = read(lines=lines_of(ledger, keyring=keyring))
    assert "Entries are missing: you have seen 4, this export ends at 3." in out


def test_another_history_than_the_one_seen_is_told(read):
    keyring = keyring_of_mentee(seen=short_history().entries[2])
    _, out, _ = read(lines=lines_of(short_history(), keyring=keyring))
    assert "This is another history than the one you saw: entry 3 was a different one." in out


def test_the_history_that_was_seen_needs_no_word(read):
    ledger = short_history()
    _, out, _ = read(lines=lines_of(ledger, keyring=keyring_of_mentee(seen=ledger.entries[2])))
    assert "missing" not in out
    assert "another history" not in out


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"phrase": "let me in"}, "A key phrase has twelve words; these are 3."),
        ({"phrase": ""}, "A key phrase has twelve words; these are 0."),
        ({"phrase": new_phrase(bytes(16))}, "This key phrase does not open the keys in this export."),
        ({"lines": [b""]}, "This file is not an export of Tilth."),
        ({"lines": [b"\x00\xff" * 100]}, "This file is not an export of Tilth."),
        ({"lines": lines_of(short_history())[:-1]}, "This export is not whole: its end is missing."),
        ({"lines": lines_of(short_history(), wraps=[])}, "This export holds no keys that a key phrase opens."),
        (
            {
                "lines": lines_of(
                    short_history(), wraps=[ExportedWrap(kind="phrase", age=wrap_by_phrase(STRANGER, MENTEE_PHRASE))]
                )
            },
            "The keys in this export belong to none of its members.",
        ),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_code_2(read, wrong, says):
    exit_code, out, err = read(**wrong)
    assert (exit_code, out, err) == (2, "", f"tilth read: {says}\n")


def test_a_forged_export_prints_nothing(read):
    ledger = short_history()
    ledger.entries[1] = replace(ledger.entries[1], sig=bytes(64))
    exit_code, out, err = read(lines=lines_of(ledger))
    assert (exit_code, out) == (2, "")
    assert err == "tilth read: This export does not hold: entry 2: Its signature does not fit.\n"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", ""])
def test_an_unknown_zone_is_said_plainly(read, zone):
    exit_code, _, err = read("--zone", zone)
    assert exit_code == 2
    assert "is not a time zone" in err


def test_who_has_read_enough_hears_no_more(tmp_path):
    file, phrase = tmp_path / "export.jsonl", tmp_path / "phrase.txt"
    file.write_bytes(b"".join(lines_of(short_history())))
    phrase.write_text(MENTEE_PHRASE)
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "tilth.config.command", "read", file, "--phrase-file", phrase]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_file_that_is_not_there_is_said_plainly(tmp_path, capsys):
    assert main([str(tmp_path / "nothing")]) == 2
    assert capsys.readouterr().err == f"tilth read: {tmp_path / 'nothing'}: No such file or directory\n"


def replace_sealed(ledger, ct):
    """The mentor signs another ciphertext in the third and now last entry."""
    del ledger.entries[3]
    third = ledger.entries.pop()
    header_hash, ct_hash = sha256(third.header).digest(), sha256(ct).digest()
    sig = MENTOR.sign(signed_message(header_hash, ct_hash))
    hashed = link_hash(ledger.head, header_hash, ct_hash, sig)
    ledger.entries.append(replace(third, ct=ct, ct_hash=ct_hash, sig=sig, hash=hashed))
