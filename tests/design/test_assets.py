"""What the templates name is in the sprite, what the sprite holds is used, and the styles stay light."""

import json
import re
from pathlib import Path

import brotli

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/tilth"
BUILT = SOURCE / "design/static/dist"
NAMED = re.compile(r"""(?:icon\(|icon=|icon: |picture\()"([a-z0-9-]+)\"""")


def sources() -> list[Path]:
    return [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py")]


def icons_named() -> set[str]:
    return {name for path in sources() for name in NAMED.findall(path.read_text())}


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    listed = set(json.loads((ROOT / "frontend/icons.json").read_text()))

    assert icons_named() <= listed
    assert all(f'id="{name}"' in (BUILT / "icons.svg").read_text() for name in listed)


def test_the_sprite_holds_nothing_that_no_page_shows() -> None:
    everything = "".join(path.read_text() for path in sources())

    assert all(f'"{name}"' in everything for name in json.loads((ROOT / "frontend/icons.json").read_text()))


def test_all_styles_together_fit_in_25_kilobytes() -> None:
    assert len(brotli.compress((BUILT / "tilth.css").read_bytes())) < 25 * 1024


def test_no_style_asks_another_host_for_anything() -> None:
    assert not re.findall(r"https?://(?!www\.w3\.org)", (BUILT / "tilth.css").read_text())


def test_fonts_are_where_the_layouts_preload_them() -> None:
    assert {path.name for path in (BUILT / "fonts").iterdir()} == {
        f"{name}{letters}.woff2" for name in ("figtree", "fraunces") for letters in ("", "-more")
    }
