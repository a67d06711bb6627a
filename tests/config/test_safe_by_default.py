"""What every answer carries, and how the default store is set."""

import re
import sqlite3

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.cast import partnership
from tests.stores import Store
from tilth.config.environment import Environment, Misset
from tilth.config.mail import FILES, mail_settings
from tilth.config.stores import WAL_IS_SAFE_FROM, database

NO_WAY_IN = re.compile(r"unsafe-|https?:|\*")


def policy() -> dict[str, str]:
    header = Client().get("/sign-in/").headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


@pytest.mark.django_db
def test_nothing_runs_or_loads_that_is_not_tilths_own() -> None:
    rules = policy()

    assert rules["default-src"] == "'self'"
    assert rules["require-trusted-types-for"] == "'script'"
    assert rules["trusted-types"] == "tilth"
    assert {rules[name] for name in ("base-uri", "object-src", "frame-ancestors")} == {"'none'"}
    assert rules["form-action"] == "'self'"
    assert not [rule for rule in rules.values() if NO_WAY_IN.search(rule)]


@pytest.mark.django_db
def test_every_answer_is_kept_from_guessing_framing_and_telling_on_people() -> None:
    headers = Client().get("/sign-in/").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_nothing_said_to_somebody_is_kept_by_a_browser_or_on_the_way() -> None:
    mentor, _ = partnership()
    answers = [mentor.client.get(f"{mentor.path}{page}") for page in ("", "", "timeline", "head", "cards", "export")]
    answers += [Client().get("/sign-in/"), Client().get(mentor.path), Client().get("/health")]

    assert {answer.headers["Cache-Control"] for answer in answers} == {"private, no-store"}


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["elsewhere.example.org", "two words"])
def test_under_the_name_of_another_server_nothing_is_answered_and_nobody_is_taken_for_signed_out(host: str) -> None:
    mentor, _ = partnership()
    answer = mentor.client.get(mentor.path, headers={"host": host})

    assert answer.status_code == 400
    assert "That request made no sense here" in answer.text
    assert "data-nobody" not in answer.text


@pytest.mark.django_db
def test_cookies_are_for_the_server_alone() -> None:
    cookie = Client().get("/sign-in/").cookies[settings.CSRF_COOKIE_NAME]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert settings.SESSION_COOKIE_HTTPONLY


@pytest.mark.parametrize(
    "name", ["dist/tilth.202cfb54d4e6.css", "dist/chunk-33WDRTQX.js", "dist/fonts/a-ABCDEF12.woff2"]
)
def test_a_file_named_by_its_content_is_kept_for_ever(name: str) -> None:
    assert settings.WHITENOISE_IMMUTABLE_FILE_TEST(name, f"/static/{name}")


def test_a_file_that_keeps_its_name_is_asked_for_again() -> None:
    assert not settings.WHITENOISE_IMMUTABLE_FILE_TEST("dist/tilth.js", "/static/dist/tilth.js")


@pytest.mark.django_db
def test_sqlite_commits_to_the_disk_and_uses_wal_only_where_it_is_safe(store: Store) -> None:
    if store.name == "sqlite":
        with connection.cursor() as cursor:
            [synchronous] = cursor.execute("PRAGMA synchronous").fetchone()
            [journal] = cursor.execute("PRAGMA journal_mode").fetchone()
            [foreign_keys] = cursor.execute("PRAGMA foreign_keys").fetchone()

        assert (synchronous, foreign_keys) == (2, 1)
        assert (journal == "wal") is (sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM)
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_is_asked_through_a_pool() -> None:
    assert database("postgresql://tilth@db.example.org/tilth")["OPTIONS"]["pool"]


@pytest.mark.parametrize("url", ["mysql://localhost/tilth", "tilth.sqlite3", ""])
def test_another_store_is_refused(url: str) -> None:
    with pytest.raises(Misset, match="TILTH_DATABASE_URL"):
        database(url)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://", "https://[", "https://a:b", "https://a:99999"])
@pytest.mark.parametrize("name", ["TILTH_URL", "TILTH_SOURCE_URL"])
def test_an_address_that_leads_nowhere_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, address: str
) -> None:
    monkeypatch.setenv(name, address)
    with pytest.raises(Misset, match=f"^{name} must "):
        Environment()


@pytest.mark.parametrize("url", ["mail.example.org", "smtp://", "smtp://[", "smtp://mail.example.org:mail"])
def test_a_mail_server_that_cannot_be_found_stops_the_start(url: str) -> None:
    with pytest.raises(Misset, match="TILTH_SMTP_URL"):
        mail_settings(url)


def test_mail_goes_by_the_server_that_was_set() -> None:
    assert mail_settings("") == {"EMAIL_BACKEND": FILES}
    set_up = mail_settings("smtps://ada:p%40ss@mail.example.org")

    assert (set_up["EMAIL_HOST"], set_up["EMAIL_PORT"], set_up["EMAIL_HOST_PASSWORD"]) == (
        "mail.example.org",
        465,
        "p@ss",
    )
    assert set_up["EMAIL_USE_SSL"]


def test_over_https_cookies_and_browsers_are_bound_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILTH_URL", "https://tilth.example.org/")

    host = Environment()

    assert host.https
    assert host.url == "https://tilth.example.org"
    assert host.hosts[0] == "tilth.example.org"
