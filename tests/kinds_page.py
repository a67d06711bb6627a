"""Writes docs/kinds.md from the registry: `uv run python -m tests.kinds_page`. A test holds the page to it."""

import os
from collections.abc import Iterable
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "kinds.md"
HEAD = """# The kinds of entries

What each kind of entry shows to the server (public data), and what of it is sealed. This page is written by
`uv run python -m tests.kinds_page`.

| kind | public data | sealed | erasure | revealed |
|---|---|---|---|---|
"""


def kinds_page() -> str:
    from tilth.ledger.registry import kinds

    rows = [
        f"| `{kind.name}` | {_list(kind.data.model_fields)} | {_list(kind.sealed)} | {kind.erasure} | {kind.reveal} |"
        for kind in sorted(kinds().values(), key=lambda kind: kind.name)
    ]
    return HEAD + "\n".join(rows) + "\n"


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tilth.config.settings")
    import django

    django.setup()
    PAGE.write_text(kinds_page())
