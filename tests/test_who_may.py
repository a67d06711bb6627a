"""Who gets which answer from which address. The addresses come from the resolver: one without an expectation fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import invites, opens, partnership, somebody
from tests.chapters.commitments.story import makes
from tests.chapters.meetings.rhythms import agree, first_meeting
from tests.chapters.messages.story import replies, starts
from tilth.protocol import clock

pytestmark = pytest.mark.usefixtures("in_november")

Route = tuple[str, str]  # the pattern as written, and its name with the namespace

TABLE = Path(__file__).with_name("who_may.txt")
ROLES = ("anonymous", "stranger", "former", "mentor", "mentee")


@dataclass(frozen=True)
class Row:
    """What each gets who asks for an address in this way."""

    name: str
    method: str
    answers: dict[str, int]


def rows() -> list[Row]:
    lines = [line.split() for line in TABLE.read_text().splitlines() if not line.startswith("#")]
    return [Row(name, method, dict(zip(ROLES, map(int, said), strict=True))) for name, method, *said in lines]


ROWS = rows()


def routes(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[Route]:
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLResolver):
            inner = f"{space}{part.namespace}:" if part.namespace else space
            yield from routes(part, prefix + str(part.pattern), inner)
        elif isinstance(part, URLPattern):
            yield prefix + str(part.pattern), f"{space}{part.name}"


OF_PARTNERSHIPS = sorted(route for route in routes() if route[0].startswith("p/<uuid:partnership_id>/"))
IDS = re.compile(r"<\w+:(\w+)>")


class Place:
    """A partnership with one of each thing that has an address, and everybody who might ask for it."""

    def __init__(self) -> None:
        self.mentor, self.mentee = partnership()
        agreement = agree(self.mentor, self.mentee)
        thread, meeting = starts(self.mentor), first_meeting(self.mentor).id
        self.ids = {
            "partnership_id": self.mentor.partnership,
            "meeting_id": meeting,
            "entry_id": self.mentor.writes("meetings.point_added", {}, {"point": "The offer"}, subject=meeting),
            "commitment_id": makes(self.mentor, due=f"{clock.now().year + 1}-03-04"),
            "thread_id": thread,
            "message_id": replies(self.mentor, thread),
            "version_id": agreement,
            "before_id": agreement,
            "after_id": agreement,
        }

    def address(self, pattern: str, **other: object) -> str:
        ids = {**self.ids, **other}
        return "/" + IDS.sub(lambda found: str(ids[found[1]]), pattern)


def asks(client: Client, method: str, address: str) -> HttpResponse:
    return client.generic(method, address, content_type="application/json", HTTP_ACCEPT="text/html")


def same_answer(one: HttpResponse, two: HttpResponse) -> bool:
    tidy = re.compile(rb"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}")  # ids of what was asked, tokens
    return (one.status_code, tidy.sub(b"", one.content)) == (two.status_code, tidy.sub(b"", two.content))


def method_of(name: str) -> str:
    return next(row.method for row in ROWS if row.name == name)


def is_page(name: str) -> bool:
    """Whether it can be looked at by both members."""
    return any(row.method == "GET" and row.answers["mentor"] == row.answers["mentee"] == 200 for row in _rows_of(name))


def _rows_of(name: str) -> list[Row]:
    return [row for row in ROWS if row.name == name]


def test_every_address_has_an_expectation_for_everybody() -> None:
    names = [name for _, name in routes()]
    assert {row.name for row in ROWS} == set(names)
    assert len(set(names)) == len(names), "two addresses of one name share an expectation"
    assert len({(row.name, row.method) for row in ROWS}) == len(ROWS)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ROLES)
def test_everybody_gets_what_is_expected_from_every_address(who: str) -> None:
    place, patterns = Place(), {name: pattern for pattern, name in routes()}
    client, ids = client_of(who, place), ids_of_no_partnership()

    wrong = []
    for row in ROWS:
        answer = asks(client, row.method, place.address(patterns[row.name], **ids))
        if answer.status_code != row.answers[who]:
            wrong.append((row.name, row.method, answer.status_code, answer.content[:200]))
    assert not wrong


@pytest.mark.django_db
def test_what_has_no_line_is_refused_or_led_elsewhere() -> None:
    place, expected = Place(), {(row.name, row.method) for row in ROWS}
    ids = ids_of_no_partnership()

    answered = []
    for pattern, name in sorted(set(routes())):
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            if (name, method) not in expected:
                answer = asks(place.mentor.client, method, place.address(pattern, **ids))
                if answer.status_code not in (302, 405):
                    answered.append((name, method, answer.status_code))
    assert not answered


def client_of(who: str, place: Place) -> Client:
    if who == "mentor":
        return place.mentor.client
    if who == "mentee":
        return place.mentee.client
    return outsider("former member" if who == "former" else who, place)


def ids_of_no_partnership() -> dict[str, object]:
    founder = opens(somebody("Ines"))
    unknown = {name: uuid4() for name in ("device_id", "passkey_id", "wrap_id")}
    return {"invitation_id": invites(founder), "token": "none", **unknown}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["anonymous", "stranger", "member of another", "former member"])
def test_an_outsider_cannot_tell_a_partnership_from_none(who: str) -> None:
    place = Place()
    client = outsider(who, place)

    wrong = []
    for pattern, name in OF_PARTNERSHIPS:
        method = method_of(name)
        answer = asks(client, method, place.address(pattern))
        nothing = asks(client, method, place.address(pattern, partnership_id=uuid4()))
        if answer.status_code < 300 or not same_answer(answer, nothing):
            wrong.append((name, answer.status_code, nothing.status_code))
    assert not wrong


def outsider(who: str, place: Place) -> Client:
    if who == "anonymous":
        return Client()
    if who == "stranger":
        return somebody("Sasha").client
    if who == "member of another":
        return partnership()[0].client
    place.mentee.writes("membership.left", {})
    return place.mentee.client


@pytest.mark.django_db
def test_what_belongs_to_one_partnership_is_not_found_in_another() -> None:
    place, (elsewhere, _) = Place(), partnership()

    wrong = []
    for pattern, name in OF_PARTNERSHIPS:
        if len(IDS.findall(pattern)) > 1:
            answer = asks(elsewhere.client, "GET", place.address(pattern, partnership_id=elsewhere.partnership))
            if answer.status_code != 404:
                wrong.append((name, answer.status_code))
    assert not wrong


@pytest.mark.django_db
def test_where_a_form_is_sent_to_nobody_is_left_standing() -> None:
    mentor, _ = partnership()
    targets = {
        reverse("accounts:account"): ("accounts:profile", "accounts:theme", "accounts:devices-out"),
        mentor.path: ("web:not_now",),
        f"{mentor.path}membership/invite": ("web:invite_by_mail",),
    }
    for page, names in targets.items():
        for name in names:
            address = reverse(name, args=[mentor.partnership] if name.startswith("web:") else [])
            assert asks(mentor.client, "GET", address).headers["Location"] == page
            signed_out = asks(Client(), "POST", address)
            assert signed_out.headers["Location"].startswith("/sign-in/?next=")
            assert unquote(signed_out.headers["Location"]).endswith(address)


def test_addresses_can_be_made_from_their_names() -> None:
    assert reverse("web:home", args=[UUID(int=1)]) == f"/p/{UUID(int=1)}/"
