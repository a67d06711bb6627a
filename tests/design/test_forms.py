"""What people write must not leave a page whose scripts have not come: a form without a method sends itself, with all
its words."""

import re
from pathlib import Path

import pytest

import tilth

TEMPLATES = sorted(Path(tilth.__file__).parent.rglob("jinja2/**/*.html"))
FORM = re.compile(r"<form[ >][^>]*")
MADE_BY_SCRIPT = re.compile(
    r"<(sealed-form|partnership-founder|join-form|key-maker|key-unlock|key-passkey|key-phrase)\b.*?</\1>", re.DOTALL
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_form_says_where_it_goes(template: Path) -> None:
    assert [form for form in FORM.findall(template.read_text()) if " method=" not in form] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_what_only_the_browser_may_read_goes_nowhere_by_itself(template: Path) -> None:
    kept = "".join(part[0] for part in MADE_BY_SCRIPT.finditer(template.read_text()))
    assert [form for form in FORM.findall(kept) if ' method="dialog"' not in form] == []
