"""Whoever uses a Tilth can have its source: what it is built from, and nothing that lies beside it."""

import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client, override_settings

from tests.cast import somebody
from tilth.web import source


def names(packed: bytes) -> set[str]:
    with tarfile.open(fileobj=BytesIO(packed), mode="r:gz") as archive:
        return set(archive.getnames())


@pytest.mark.django_db
def test_the_source_is_offered_to_everybody_who_signs_in_and_before() -> None:
    assert '<a href="/source">Source</a>' in Client().get("/sign-in/").text
    assert '<a href="/source">Source</a>' in somebody().client.get("/account/").text
    answer = Client().get("/source")
    assert answer.headers["Content-Type"] == "application/gzip"
    found = names(answer.content)
    assert {"tilth/LICENSE", "tilth/pyproject.toml", "tilth/src/tilth/web/source.py"} <= found
    assert {"tilth/frontend/src/tilth.ts", "tilth/frontend/package-lock.json"} <= found
    assert not [name for name in found if "/dist/" in name or "node_modules" in name or "__pycache__" in name]


def test_nothing_goes_along_that_only_lies_beside_it(tmp_path: Path) -> None:
    wanted = [*source.AROUND, "src/tilth/__init__.py", "frontend/src/tilth.ts"]
    beside = [
        "tilth-data/secret-key", "tilth-data/tilth.sqlite3", ".env", "src/tilth/.env.py", "src/tilth/tilth.sqlite3",
        "frontend/node_modules/a.ts", "src/tilth/secret-key", "notes.md",
    ]  # fmt: skip
    for name in (*wanted, *beside):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "src/tilth/linked.py").symlink_to(tmp_path / "tilth-data/secret-key")
    assert source.is_whole(tmp_path)
    assert names(source.packed(tmp_path)) == {f"tilth/{name}" for name in wanted}


@override_settings(SOURCE_URL="https://example.org/our-tilth")
def test_where_the_host_says_that_it_is_elsewhere_the_link_leads_there() -> None:
    assert Client().get("/source").headers["Location"] == "https://example.org/our-tilth"


def test_where_it_is_not_here_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(source, "CHECKOUT", tmp_path)
    answer = Client().get("/source")
    assert answer.status_code == 404
    assert "Whoever runs this server can tell you" in answer.text
