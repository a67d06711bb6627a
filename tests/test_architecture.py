"""The rules of the house, held by tests."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from tests import kinds_page, refusals_page
from tilth.config.command import COMMANDS
from tilth.config.environment import KNOWN
from tilth.ledger.registry import chapters, kinds

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tilth"
CODE = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
SCRIPTS = sorted((ROOT / "frontend" / "src").rglob("*.ts"))
TEMPLATES = sorted([*SOURCE.rglob("jinja2/**/*.html"), *SOURCE.rglob("templates/**/*.html")])
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40


def test_imports_go_down_the_house_only() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def chapter_of(model: type[Model]) -> str:
    found = re.match(r"tilth\.chapters\.(\w+)", model.__module__)
    return found[1] if found else ""


def test_no_foreign_key_crosses_from_one_chapter_to_another() -> None:
    crossing = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and chapter_of(model) and chapter_of(field.related_model)
        if chapter_of(model) != chapter_of(field.related_model)
    ]
    assert not crossing


def test_every_projection_is_found_by_its_partnership() -> None:
    """Its key or an index begins with the partnership, so that a store can be split by it."""
    models = [model for chapter in chapters() for model in chapter.models]
    assert models
    assert not [model.__name__ for model in models if "partnership" not in {f.name for f in model._meta.get_fields()}]


@pytest.mark.parametrize("path", [*CODE, *SCRIPTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_has_one_idea(path: Path) -> None:
    assert len(path.read_text().splitlines()) < LONGEST_MODULE


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(SOURCE)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_a_function_fits_on_a_page() -> None:
    assert not [name for path in CODE for name, lines in functions(path) if lines > LONGEST_FUNCTION]


def test_no_template_holds_script_or_style() -> None:
    bad = re.compile(
        r"<script(?![^>]*\b(src=|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=|javascript:|\|\s*safe\b"
    )
    assert TEMPLATES
    html = {path: re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text(), flags=re.DOTALL) for path in TEMPLATES}
    assert not [f"{path.relative_to(SOURCE)}: {hit[0]}" for path, text in html.items() for hit in bad.finditer(text)]


def test_no_source_has_anything_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|pytest\.mark\.skip|\.skip\(|pytest\.skip")
    tests = [path for path in (ROOT / "tests").rglob("*.py") if "node_modules" not in path.parts]
    paths = [path for path in [*CODE, *SCRIPTS, *tests] if path != Path(__file__)]
    assert not [f"{path.relative_to(ROOT)}: {hit[0]}" for path in paths for hit in later.finditer(path.read_text())]


def test_only_the_clock_asks_what_time_it_is() -> None:
    asks = re.compile(r"datetime\.now\(|timezone\.now\(|time\.time\(|date\.today\(|utcnow\(")
    allowed = {SOURCE / "protocol" / "clock.py"}
    assert not [str(path.relative_to(SOURCE)) for path in CODE if path not in allowed and asks.search(path.read_text())]


def test_every_setting_is_documented_and_no_other() -> None:
    page = (ROOT / "docs" / "hosts" / "settings.md").read_text()
    assert set(re.findall(r"^\| `(TILTH_\w+)`", page, re.MULTILINE)) == set(KNOWN)


def test_every_command_is_documented() -> None:
    page = (ROOT / "docs" / "hosts" / "running.md").read_text()
    assert {f"tilth {name}" for name in COMMANDS} <= set(re.findall(r"^\| `(tilth \w+)`", page, re.MULTILINE))


def test_every_kind_is_documented_as_it_is() -> None:
    assert kinds_page.PAGE.read_text() == kinds_page.kinds_page(), "run: uv run python -m tests.kinds_page"


def test_every_refusal_is_documented_as_it_is() -> None:
    found = refusals_page.refusals_page()
    assert refusals_page.PAGE.read_text() == found, "run: uv run python -m tests.refusals_page"
    code = re.compile(r"`([a-z]+(?:_[a-z]+)*)`")
    tables = [
        path.read_text().partition("| code |")[2].partition("\n\n")[0] for path in (ROOT / "docs/users").glob("*.md")
    ]
    told = {name for table in tables for row in table.splitlines()[2:] for name in code.findall(row.split("|")[1])}
    assert told
    assert not told - set(code.findall(found)), "a guide tells of what is refused no more"


def test_a_kind_belongs_to_its_chapter() -> None:
    assert kinds()
    assert not [
        kind.name for chapter in chapters() for kind in chapter.kinds if not kind.name.startswith(f"{chapter.slug}.")
    ]


def test_every_chapter_serves_a_practice() -> None:
    assert not [chapter.slug for chapter in chapters() if not chapter.practices]
