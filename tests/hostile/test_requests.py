"""Requests to the ledger that no browser running Tilth sends. None gets further than its first check."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from tests.cast import partnership
from tilth.ledger.models import Entry

pytestmark = pytest.mark.django_db

WORDS = {"words": "only for you"}

BODIES = {
    "no JSON": b"{",
    "too little": b'{"header":"","sig":""}',
    "too much": b'{"header":"","ct":null,"sig":"","admin":true}',
    "padding": b'{"header":"e30=","ct":null,"sig":""}',
    "numbers": b'{"header":1,"ct":null,"sig":2}',
    "not base64url": b'{"header":"+/+/","ct":null,"sig":""}',
}


@pytest.mark.parametrize("attack", BODIES)
def test_a_request_that_no_browser_sends_is_refused(attack: str) -> None:
    mentor, _ = partnership()
    answer = mentor.client.post(f"{mentor.path}entries", BODIES[attack], content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"]


def test_a_body_beyond_all_measure_is_refused_before_it_is_read() -> None:
    mentor, _ = partnership()
    answer = mentor.client.post(f"{mentor.path}entries", b" " * 500_000, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


class Unread:
    """A body that must not be asked for."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("it was read")

    readline = read


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/json"]
)
@pytest.mark.parametrize("page", ["/sign-in/", "/p/00000000-0000-0000-0000-000000000000/entries"])
def test_what_is_said_to_be_large_is_refused_unread(page: str, kind: str) -> None:
    sent = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(2**40), "wsgi.input": Unread()}
    answer = Client(enforce_csrf_checks=True).get(page, **sent)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_file_that_nobody_asked_for_is_not_put_on_the_disk(tmp_path: Path) -> None:
    file = SimpleUploadedFile("large", b"x" * 1_000_000)
    with override_settings(FILE_UPLOAD_TEMP_DIR=tmp_path / "not there"):
        assert Client().post("/sign-in/", {"email": "no address", "file": file}).status_code == 422


@pytest.mark.parametrize(("page", "status"), [("/sign-in/", 400), ("/nowhere", 404)])
@pytest.mark.parametrize(
    ("body", "charset"), [(b"email=a", "utf-16"), (b"&".join([b"email=a"] * 2000), "utf-8")], ids=["utf-16", "many"]
)
def test_a_form_that_cannot_be_read_is_refused(page: str, status: int, body: bytes, charset: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/sign-in/")
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert client.post(page, body, content_type=kind).status_code == status


@pytest.mark.parametrize("where", ["entries", "sealed"])
def test_a_form_instead_of_json_is_refused(where: str) -> None:
    mentor, _ = partnership()
    client = Client(enforce_csrf_checks=True)
    client.force_login(mentor.person)
    token = client.get(mentor.path).text.split('"csrf":"')[1][:64]
    answer = client.post(f"{mentor.path}{where}", {"csrfmiddlewaretoken": token, "header": "x"})
    assert (answer.status_code, answer.json()["code"]) == (400, "not_json")


def test_a_page_of_another_site_cannot_write() -> None:
    mentor, _ = partnership()
    entry = mentor.seal("membership.paused", {}, WORDS)
    mentor.client = Client(enforce_csrf_checks=True)
    mentor.client.force_login(mentor.person)
    assert mentor.posts(entry).status_code == 403
    assert Entry.objects.filter(partnership=mentor.partnership).count() == 3
