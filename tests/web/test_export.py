"""A member's own copy, taken over HTTP and opened with the key phrase as `tilth read` does."""

import json
from uuid import uuid4

import pytest

from tests.cast import Actor, partnership, somebody
from tilth.accounts.models import Card as CardRow
from tilth.accounts.models import Keyring as KeyringRow
from tilth.accounts.models import Wrap
from tilth.ledger.models import Entry
from tilth.protocol.cards import SignedCard
from tilth.protocol.keyring import Keyring, Partner, Pin, seal_keyring
from tilth.protocol.reading import main
from tilth.protocol.words import new_phrase
from tilth.protocol.wraps import wrap_by_phrase

pytestmark = pytest.mark.django_db

PHRASE = new_phrase(bytes(range(16)))


@pytest.fixture
def read(tmp_path, capsys):
    """Takes the copy of an actor and opens it; gives (exit code, the JSON document or None)."""

    def run(actor: Actor):
        file, words = tmp_path / "copy.jsonl", tmp_path / "words"
        file.write_bytes(b"".join(actor.client.get(f"{actor.path}export").streaming_content))
        words.write_text(PHRASE)
        exit_code = main([str(file), "--phrase-file", str(words), "--json"])
        said = capsys.readouterr()
        return exit_code, json.loads(said.out) if said.out else said.err

    return run


def wraps(actor: Actor) -> None:
    row = CardRow.objects.get(person=actor.person)
    Wrap.objects.create(
        id=uuid4(), person=actor.person, card=row, kind="phrase", age=wrap_by_phrase(actor.keys, PHRASE)
    )


def accepts(actor: Actor, other: Actor | None) -> None:
    pins, partners = {}, {}
    if other:
        partners[str(actor.partnership)] = Partner(person=str(other.person.id), verified=True)
        row = CardRow.objects.get(person=other.person)
        pins[str(other.person.id)] = (Pin(signed=SignedCard(body=bytes(row.body), sig=bytes(row.sig)), verified=True),)
    sealed = seal_keyring(Keyring(version=2, pins=pins, partners=partners), actor.keys)
    KeyringRow.objects.create(person=actor.person, version=2, sealed=sealed)


def test_a_member_reads_their_own_copy_with_the_phrase(read):
    mentor, mentee = partnership()
    written = mentor.writes("membership.paused", {}, {"words": "Hello from the server"})
    wraps(mentee)
    accepts(mentee, mentor)
    exit_code, document = read(mentee)
    assert exit_code == 0
    assert document["standing"] == ["Amara, keys 1: verified."]
    opened = next(entry for entry in document["entries"] if entry["entry"] == str(written))
    assert opened["outcome"] == "opened"
    assert opened["sealed"] == {"words": "Hello from the server"}


def test_what_is_revealed_together_is_held_back_from_the_copy_too(read):
    mentor, mentee = partnership()
    opening = Entry.objects.get(partnership=mentor.partnership, seq=1).id
    mentor.writes("membership.hoped", {}, {"words": "to learn from you"}, subject=opening)
    wraps(mentee)
    assert read(mentee)[1]["entries"][-1]["outcome"] == "held back"
    mentee.writes("membership.hoped", {}, {"words": "to be honest"}, subject=opening)
    outcomes = [entry["outcome"] for entry in read(mentee)[1]["entries"][-2:]]
    assert outcomes == ["opened", "opened"]


def test_what_keys_signed_that_the_reader_never_accepted_stays_closed(read):
    mentor, mentee = partnership()
    mentor.writes("membership.paused", {}, {"words": "From whom?"})
    wraps(mentee)
    accepts(mentee, None)
    exit_code, document = read(mentee)
    assert exit_code == 0
    assert document["entries"][-1]["outcome"] == "could not be verified"


def test_a_stranger_gets_no_copy():
    mentor, _ = partnership()
    stranger = somebody("Sol")
    assert stranger.client.get(f"{mentor.path}export").status_code == 404
