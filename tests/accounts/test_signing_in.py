"""Signing in by code: for those who have an account, those who may join, and those who may not."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests.accounts.cast import Open, last_code

from tilth.accounts.models import PendingCode, Person, Session
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


def ask(client: Client, email: str, **more: str) -> None:
    answer = client.post("/sign-in/", {"email": email, **more})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/code/")


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_code_from_the_mail_signs_in(ana: Person, browser: Open) -> None:
    client = browser()
    ask(client, "ana@example.org")
    answer = client.post("/sign-in/code/", {"code": last_code()})
    assert answer["Location"] == "/"
    assert signed_in_as(client) == str(ana.pk)


def test_a_code_may_be_typed_in_small_letters_and_without_the_space(ana: Person, browser: Open) -> None:
    client = browser()
    ask(client, " Ana@Example.org ")
    client.post("/sign-in/code/", {"code": last_code().lower().replace(" ", "")})
    assert signed_in_as(client) == str(ana.pk)


def test_a_code_works_once(ana: Person, browser: Open) -> None:
    first, second = browser(), browser()
    ask(first, ana.email)
    code = last_code()
    second.cookies = first.cookies.copy()
    first.post("/sign-in/code/", {"code": code})
    second.post("/sign-in/code/", {"code": code})
    assert signed_in_as(first)
    assert not signed_in_as(second)


def test_a_code_works_only_in_the_browser_that_asked(ana: Person, browser: Open) -> None:
    ask(browser(), ana.email)
    other = browser()
    assert other.post("/sign-in/code/", {"code": last_code()})["Location"] == "/sign-in/"
    assert not signed_in_as(other)


def test_a_code_runs_out_after_a_quarter_of_an_hour(ana: Person, browser: Open) -> None:
    client = browser()
    ask(client, ana.email)
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        answer = client.post("/sign-in/code/", {"code": last_code()})
    assert answer.status_code == 422
    assert "run out" in answer.text
    assert not signed_in_as(client)


def test_a_code_is_spent_after_five_wrong_tries(ana: Person, browser: Open) -> None:
    client = browser()
    ask(client, ana.email)
    answers = [client.post("/sign-in/code/", {"code": "AAA AAA"}).text for _ in range(5)]
    assert "not the code we sent" in answers[0]
    assert "run out" in answers[4]
    client.post("/sign-in/code/", {"code": last_code()})
    assert not signed_in_as(client)


def test_codes_are_kept_as_hashes_only(ana: Person, browser: Open) -> None:
    ask(browser(), ana.email)
    pending = PendingCode.objects.get()
    code = last_code().replace(" ", "")
    assert code.encode() not in bytes(pending.digest)
    assert code not in str(vars(pending))
    assert all(code not in str(session.get_decoded()) for session in Session.objects.all())


def test_guessing_for_an_address_is_stopped_however_many_codes_are_asked_for(ana: Person, browser: Open) -> None:
    client = browser()
    statuses = []
    for _ in range(5):
        ask(client, ana.email)
        statuses += [client.post("/sign-in/code/", {"code": "AAA AAA"}).status_code for _ in range(4)]
    assert statuses[:15] == [422] * 15
    assert set(statuses[15:]) == {429}


def test_an_address_gets_five_codes_in_a_quarter_of_an_hour_from_wherever_they_are_asked(
    ana: Person, browser: Open
) -> None:
    answers = [browser().post("/sign-in/", {"email": ana.email}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "quarter of an hour" in answers[5].text
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        assert browser().post("/sign-in/", {"email": ana.email}).status_code == 302


def test_one_place_gets_thirty_codes_in_a_quarter_of_an_hour_for_whatever_addresses(ana: Person, browser: Open) -> None:
    statuses = [browser().post("/sign-in/", {"email": f"{n}@example.org"}).status_code for n in range(31)]
    assert statuses == [302] * 30 + [429]


def test_an_unknown_address_sees_the_same_page_and_hears_why_by_mail(ana: Person, browser: Open) -> None:
    known, unknown = browser(), browser()
    ask(known, ana.email)
    ask(unknown, "who@example.org")
    pages = [client.get("/sign-in/code/").text for client in (known, unknown)]
    tokenless = [page.partition("<body")[2].partition("csrfmiddlewaretoken")[0] for page in pages]
    assert tokenless[0].replace(ana.email, "x") == tokenless[1].replace("who@example.org", "x")
    assert "There is no account with it" in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["who@example.org"]


def test_known_and_unknown_addresses_cost_the_same_work(ana: Person, browser: Open) -> None:
    counts = []
    ask(browser(), "warm-up@example.org")
    for email in (ana.email, "who@example.org"):
        client = browser()
        with CaptureQueriesContext(connection) as queries:
            ask(client, email)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(mail.outbox) == 3


def test_the_first_person_may_join_by_code(browser: Open) -> None:
    client = browser()
    ask(client, "first@example.org")
    client.post("/sign-in/code/", {"code": last_code()})
    assert signed_in_as(client) == str(Person.objects.get().pk)


def test_of_two_who_would_be_the_first_person_one_is(browser: Open) -> None:
    clients, codes = (browser(), browser()), []
    for client in clients:
        ask(client, f"first{len(codes)}@example.org")
        codes.append(last_code())
    for client, code in zip(clients, codes, strict=True):
        client.post("/sign-in/code/", {"code": code})
    assert Person.objects.count() == 1


def test_with_open_sign_up_anyone_may_join(ana: Person, browser: Open, settings: Settings) -> None:
    settings.SIGN_UP = "open"
    client = browser()
    ask(client, "new@example.org")
    client.post("/sign-in/code/", {"code": last_code()})
    assert Person.objects.filter(email="new@example.org").exists()


def test_an_erased_person_is_unknown(ana: Person, browser: Open) -> None:
    Person.objects.filter(pk=ana.pk).update(is_active=False)
    ask(browser(), ana.email)
    assert "There is no account with it" in mail.outbox[-1].body


@pytest.mark.parametrize("typed", ["", "ana", "ana@", "a" * 250 + "@example.org"])
def test_what_is_no_address_is_said_beside_the_field(ana: Person, browser: Open, typed: str) -> None:
    answer = browser().post("/sign-in/", {"email": typed})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert not mail.outbox


def test_after_signing_in_one_comes_back_to_where_one_was_going(ana: Person, browser: Open) -> None:
    client = browser()
    ask(client, ana.email, next="/p/1/?a=b")
    page = client.get("/sign-in/code/?next=/p/1/%3Fa%3Db").text
    assert 'name="next" value="/p/1/?a=b"' in page
    answer = client.post("/sign-in/code/", {"code": last_code(), "next": "/p/1/?a=b"})
    assert answer["Location"] == "/p/1/?a=b"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "p/1/", "\t//x"]
)
def test_nobody_is_sent_to_another_site(ana: Person, browser: Open, elsewhere: str) -> None:
    client = browser()
    ask(client, ana.email, next=elsewhere)
    answer = client.post("/sign-in/code/", {"code": last_code(), "next": elsewhere})
    assert answer["Location"] == "/"


def test_forms_without_their_token_are_refused_in_plain_words(ana: Person) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept": "text/html"})
    for url in ("/sign-in/", "/sign-out/"):
        answer = client.post(url, {"email": ana.email})
        assert answer.status_code == 403
        assert "Reload it and try again" in answer.text
    told = Client(enforce_csrf_checks=True).post("/account/keys", {})
    assert (told.status_code, told.json()["code"]) == (403, "stale_form")


def test_without_a_mail_server_the_page_says_where_the_code_is(
    ana: Person, browser: Open, capsys: pytest.CaptureFixture[str]
) -> None:
    client = browser()
    ask(client, ana.email)
    assert "printed in the terminal" in client.get("/sign-in/code/").text
    assert last_code() in capsys.readouterr().err


def test_with_a_mail_server_nothing_is_said_of_terminals(ana: Person, browser: Open, settings: Settings) -> None:
    client = browser()
    ask(client, ana.email)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "terminal" not in client.get("/sign-in/code/").text


def test_a_mail_server_that_is_down_is_said_plainly(ana: Person, browser: Open, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = browser().post("/sign-in/", {"email": ana.email})
    assert answer.status_code == 503
    assert "could not be sent" in answer.text


def test_the_session_gets_a_new_cookie_at_sign_in(ana: Person, browser: Open) -> None:
    client = browser()
    ask(client, ana.email)
    before = client.session.session_key
    client.post("/sign-in/code/", {"code": last_code()})
    assert client.session.session_key != before


def test_the_cookie_is_not_in_the_store(ana: Person, browser: Open) -> None:
    client = browser(ana)
    assert client.session.session_key not in {session.pk for session in Session.objects.all()}


def test_signing_out_ends_the_session(ana: Person, browser: Open) -> None:
    client = browser(ana)
    client.post("/sign-out/")
    assert not Session.objects.filter(person=ana).exists()
    assert client.get("/account/")["Location"].startswith("/sign-in/")
