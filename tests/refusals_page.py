"""Writes docs/refusals.md from the code: `uv run python -m tests.refusals_page`. A test holds the page to it."""

import ast
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tilth"
PAGE = ROOT / "docs" / "refusals.md"
HEAD = """# The codes of refusals

Every code with which Tilth refuses, and the sentences that stand beside it in an answer; `…` is filled in. The guides
in docs/users say what a person can do. This page is written by `uv run python -m tests.refusals_page`.

| code | sentence | from |
|---|---|---|
"""
EXPECTED = ("instance", "partnership", "entry", "kind", "subject")  # of an entry, by whoever opens it
REFUSING = ("Refused", "ProtocolError")
Said = tuple[str, str]  # a code and its sentence


def refusals_page() -> str:
    found: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for path in sorted(SOURCE.rglob("*.py")):
        for code, sentence in _in_module(ast.parse(path.read_text())):
            found[code].add(sentence)
            places[code].add("/".join(path.relative_to(SOURCE).parts[: 2 if "chapters" in path.parts else 1]))
    rows = [
        f"| `{code}` | {' / '.join(sorted(found[code]))} | {', '.join(sorted(places[code]))} |"
        for code in sorted(found)
    ]
    return HEAD + "\n".join(rows) + "\n"


def families() -> Mapping[str, Mapping[str, str]]:
    """The codes that are put together, by their beginnings: one for each way in which a thing can stand."""
    from tilth.chapters.agreement.models import Closing
    from tilth.chapters.commitments.lifecycle import ENDED
    from tilth.chapters.meetings.rules import AS_IT_STANDS
    from tilth.partnerships.invitations import GONE

    return {
        "invitation_": GONE,
        "meeting_": AS_IT_STANDS,
        "already_": {state.replace(" ", "_"): sentence for state, sentence in ENDED.items()},
        "proposal_": {**{str(how): "…" for how in Closing}, "in_force": "…"},
        "wrong_": {name: f"This is signed for another {name}." for name in EXPECTED},
    }


def _in_module(tree: ast.Module) -> Iterator[Said]:
    passing = {}  # functions that are handed what they refuse with, and where it stands among their arguments
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in function.args.args]
        for call in _refusing(function):
            if isinstance(call.args[0], ast.Name):
                passing[function.name] = names.index(call.args[0].id)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Name) and call.func.id in passing:
            yield from _said(call.args[passing[call.func.id] :])
    for call in _refusing(tree):
        if not isinstance(call.args[0], ast.Name | ast.Attribute):  # which hands on what was said elsewhere
            yield from _said(call.args)


def _refusing(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSING:
            yield node


def _said(arguments: list[ast.expr]) -> Iterator[Said]:
    code = _text(arguments[0])
    if "…" not in code:
        yield code, _text(arguments[1])
        return
    for ending, sentence in families()[code.partition("…")[0]].items():
        yield code.replace("…", ending), sentence


def _text(node: ast.expr) -> str:
    """A text as it stands in the code, `…` where something is put in."""
    if isinstance(node, ast.Constant):
        return str(node.value).replace("|", "\\|")
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    return "…"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tilth.config.settings")
    import django

    django.setup()
    PAGE.write_text(refusals_page())
