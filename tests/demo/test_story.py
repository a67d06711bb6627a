"""The demo's story: sound, whole, and known to nobody but the two it is about."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from gzip import compress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Actor
from tests.stores import Store
from tilth.accounts.models import Person, Wrap
from tilth.chapters.commitments.models import Commitment
from tilth.chapters.meetings.models import Meeting
from tilth.chapters.messages.models import Message
from tilth.demo.people import JUNIPER, ROWAN
from tilth.demo.telling import tell
from tilth.ledger.models import Entry
from tilth.ledger.rebuild import projections, rebuild
from tilth.ledger.verifying import verify_partnership
from tilth.notices.models import Letter
from tilth.partnerships.models import Member, Partnership
from tilth.protocol import clock
from tilth.protocol.cards import read_card
from tilth.protocol.wraps import open_by_phrase

MOST_QUERIES = 12
MOST_BYTES = 15 * 1024  # of HTML, compressed
TELLING_LENGTH = 16  # shorter texts ("fully") are found in many a page that doesn't quote them


@pytest.mark.django_db(transaction=True)
def test_the_story_is_sound_and_stays_between_the_two(store: Store) -> None:
    phrases = tell(clock.now())
    two = [reader(JUNIPER.address, phrases.mentor), reader(ROWAN.address, phrases.mentee)]
    partnership = Partnership.objects.get()

    assert [finding for finding in verify_partnership(partnership) if finding] == []
    before = rows()
    rebuild(partnership.id)
    assert rows() == before
    assert not Letter.objects.exists()  # nobody is mailed what lies long back
    read_by_one, read_by_other = [prose_of(actor) for actor in two]
    assert read_by_one == read_by_other
    prose = {text.encode() for text in read_by_one if len(text) >= TELLING_LENGTH}
    assert len(prose) > 120
    assert not found(prose, b"".join(store.lines(Path(connection.settings_dict["NAME"]).name)))
    for actor in two:
        pages = dict(pages_of(actor.client))
        assert len(pages) > 60
        assert not [path for path, page in pages.items() if found(prose, page)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ends",
    [
        datetime(2027, 3, 28, 22, 5, tzinfo=UTC),  # Monday, five past one in the night, the hour of the change
        datetime(2026, 11, 1, 21, 40, tzinfo=UTC),  # Sunday, close to midnight, in the week after the other change
    ],
    ids=["early on a Monday", "late on a Sunday"],
)
def test_whenever_it_is_told_it_ends_with_something_open_for_both(ends: datetime) -> None:
    with clock.at(ends):
        tell(ends)
        assert Entry.objects.order_by("-at").first().at < ends
        by_role = {member.id: member.role for member in Member.objects.all()}
        open_ones = Commitment.objects.filter(resolved_at=None)
        assert {by_role[one.owner_id] for one in open_ones} == {"mentor", "mentee"}
        assert Message.objects.filter(reply_by__gt=ends, answered_at=None).count() == 1
        assert Meeting.objects.filter(asked_until__gt=ends).count() == 1
        assert not Meeting.objects.filter(state="planned", start_at__lt=ends).exclude(start_at__in=paused_starts())


def reader(address: str, phrase: str) -> Actor:
    """Somebody of the story with nothing but their address and their twelve words."""
    person = Person.objects.get(email=address)
    wrap = Wrap.objects.select_related("card").get(person=person)
    client = Client()
    client.force_login(person)
    return Actor(
        person=person, keys=open_by_phrase(bytes(wrap.age), phrase), card=read_card(bytes(wrap.card.body)),
        client=client, partnership=Partnership.objects.get().id,
    )  # fmt: skip


def prose_of(actor: Actor) -> list[str]:
    """Every sealed text of the story, in its order; their first common entry is the joining."""
    joined = Entry.objects.get(kind="membership.joined").seq
    entries = Entry.objects.filter(ct__isnull=False, seq__gt=joined).order_by("seq")
    return [text for entry in entries for text in actor.reads(entry.id).values()]


def found(prose: set[bytes], place: bytes) -> list[bytes]:
    return [text for text in prose for line in text.splitlines() if len(line) >= TELLING_LENGTH and line in place]


def rows() -> list[list[tuple[Any, ...]]]:
    return [
        list(model._default_manager.order_by("pk").values_list(*names_of(model)))
        for model in projections()
    ]  # fmt: skip


def names_of(model: Any) -> list[str]:
    """All columns but those keys that the store counts up by itself."""
    return [field.attname for field in model._meta.fields if field.get_internal_type() != "BigAutoField"]


def pages_of(client: Client) -> Iterator[tuple[str, bytes]]:
    """Every page that links lead to, starting from today; none asks the store too often or weighs too much."""
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        if answer.status_code == 302:  # an entry leads on to the page of what it is about
            waiting.append(answer.url.partition("#")[0])
            continue
        assert answer.status_code == 200, (path, answer.status_code)
        assert len(queries) <= MOST_QUERIES, (path, [query["sql"][:120] for query in queries])
        assert len(compress(answer.content)) <= MOST_BYTES, (path, len(compress(answer.content)))
        yield path, answer.content
        for link in re.findall(r'href="(/[^"#?]*)', answer.text):
            if link not in seen and not link.startswith(("/static/", "/source")) and "export" not in link:
                seen.add(link)
                waiting.append(link)


def paused_starts() -> list[datetime]:
    """The starts of meetings that rested in the pause."""
    pause = Partnership.objects.get().pauses.get()
    return list(
        Meeting.objects.filter(start_at__range=(pause.from_at, pause.until_at)).values_list("start_at", flat=True)
    )
