"""Who gets which answer from which address. The addresses come from the resolver: one without an expectation fails."""

import re
from collections.abc import Iterator
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import Actor, invites, opens, partnership, somebody
from tests.chapters.commitments.story import makes
from tests.chapters.meetings.rhythms import agree, first_meeting
from tests.chapters.messages.story import replies, starts
from tilth.protocol import clock

pytestmark = pytest.mark.usefixtures("in_november")

Route = tuple[str, str]  # the pattern as written, and its name with the namespace

MEMBERS = {  # what both members get; everybody else gets what they would get if the partnership did not exist
    "web:home": ("GET", 200),
    "web:not_now": ("POST", 302),
    "web:export": ("GET", 200),
    "web:invite_by_mail": ("POST", 404),  # this invitation is not of this partnership
    "web:timeline": ("GET", 200),
    "ledger:entries": ("POST", 400),
    "ledger:sealed": ("POST", 400),
    "ledger:links": ("GET", 200),
    "ledger:head": ("GET", 200),
    "ledger:cards": ("GET", 200),
    "agreement:dates": ("GET", 422),  # asked without a rhythm
    "messages:withdraw": ("GET", 200),
    "messages:about": ("GET", 302),  # on to its thread
    "meetings:about": ("GET", 302),  # on to its meeting
}
PAGES_OF_CHAPTERS = ("GET", 200)
OTHERS = {  # method; anonymous, signed in without keys of this partnership, member
    "api:health": ("GET", 503, 503, 503),  # no worker runs here
    "web:today": ("GET", 302, 200, 200),
    "web:begin": ("GET", 302, 200, 200),
    "web:join": ("GET", 200, 200, 200),
    "web:decline": ("POST", 302, 302, 302),
    "web:join_cards": ("GET", 403, 200, 200),
    "web:join_links": ("GET", 403, 200, 200),
    "accounts:sign-in": ("GET", 200, 302, 302),
    "accounts:code": ("GET", 302, 302, 302),
    "accounts:about-you": ("GET", 302, 200, 200),
    "accounts:link": ("GET", 410, 410, 410),
    "accounts:passkey-options": ("POST", 200, 200, 200),
    "accounts:passkey": ("POST", 400, 400, 400),
    "accounts:erased": ("GET", 200, 200, 200),
    "accounts:sign-out": ("POST", 302, 302, 302),
}
ACCOUNT = ("GET", 302, 200, 200)


def routes(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[Route]:
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLResolver):
            inner = f"{space}{part.namespace}:" if part.namespace else space
            yield from routes(part, prefix + str(part.pattern), inner)
        elif isinstance(part, URLPattern):
            yield prefix + str(part.pattern), f"{space}{part.name}"


OF_PARTNERSHIPS = sorted(route for route in routes() if route[0].startswith("p/<uuid:partnership_id>/"))
OF_NO_PARTNERSHIP = sorted(set(routes()) - set(OF_PARTNERSHIPS))
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


def expected(name: str) -> tuple[str, int]:
    return MEMBERS.get(name, PAGES_OF_CHAPTERS)


def test_every_address_outside_chapters_has_an_expectation() -> None:
    of_shell = {"agreement:dates", "messages:withdraw", "messages:about", "meetings:about"} | {
        name for _, name in OF_PARTNERSHIPS if name.startswith(("web:", "ledger:"))
    }
    others = {name for _, name in OF_NO_PARTNERSHIP if not is_account(name)}

    assert of_shell == set(MEMBERS)
    assert others == set(OTHERS)


def is_account(name: str) -> bool:
    """What only a signed-in person has: their keys and their account."""
    return name.startswith("accounts:") and name not in OTHERS


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_a_member_gets_every_page_of_their_partnership(who: str) -> None:
    place = Place()
    actor: Actor = getattr(place, who)

    wrong = []
    for pattern, name in OF_PARTNERSHIPS:
        method, status = expected(name)
        if name == "messages:withdraw" and who == "mentee":
            status = 404  # only the author withdraws
        answer = asks(actor.client, method, place.address(pattern))
        if answer.status_code != status:
            wrong.append((name, answer.status_code, answer.content[:200]))
    assert not wrong


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["anonymous", "stranger", "member of another", "former member"])
def test_an_outsider_cannot_tell_a_partnership_from_none(who: str) -> None:
    place = Place()
    client = outsider(who, place)

    wrong = []
    for pattern, name in OF_PARTNERSHIPS:
        method, _ = expected(name)
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
@pytest.mark.parametrize(("who", "column"), [("anonymous", 1), ("stranger", 2), ("member", 3)])
def test_everything_else_answers_as_expected(who: str, column: int) -> None:
    mentor, _ = partnership()
    founder = opens(somebody("Ines"))
    ids: dict[str, object] = {
        "invitation_id": invites(founder),
        "token": "none",
        **{name: uuid4() for name in ("device_id", "passkey_id", "wrap_id")},
    }
    client = {"anonymous": Client, "stranger": lambda: somebody("Sasha").client, "member": lambda: mentor.client}[who]()

    wrong = []
    for pattern, name in sorted(OF_NO_PARTNERSHIP, key=lambda route: route[1] in ("web:decline", "accounts:sign-out")):
        method, *statuses = OTHERS.get(name, ACCOUNT)
        address = "/" + IDS.sub(lambda found: str(ids[found[1]]), pattern)
        answer = asks(client, method, address)
        for other in ("POST", "PUT"):
            if is_account(name) and answer.status_code == 405:
                answer = asks(client, other, address)
        if (answer.status_code != statuses[column - 1]) if not is_account(name) else leaks(who, answer):
            wrong.append((name, answer.status_code, statuses[column - 1]))
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


def leaks(who: str, answer: HttpResponse) -> bool:
    """An account's pages are for the signed-in; without a session they send to sign-in or refuse."""
    return who == "anonymous" and answer.status_code not in (302, 401, 403)


def test_addresses_can_be_made_from_their_names() -> None:
    assert reverse("web:home", args=[UUID(int=1)]) == f"/p/{UUID(int=1)}/"
