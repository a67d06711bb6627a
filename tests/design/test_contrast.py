"""Contrast of every pair of colours that meets on a page, computed from the tokens, in both themes."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "frontend/src/styles/tokens.css"
LIGHT = dict(re.findall(r"--([\w-]+): light-dark\((#\w+), (?:#\w+)\);", TOKENS.read_text()))
DARK = dict(re.findall(r"--([\w-]+): light-dark\(#\w+, (#\w+)\);", TOKENS.read_text()))
THEMES = {"light": LIGHT, "dark": DARK}

TEXT = [  # colour of words, what they stand on: AAA, 7 to 1
    *[("ink", ground) for ground in ("paper", "leaf", "hollow", "moss-ground", "clay-ground", "plum-ground")],
    *[("soft", ground) for ground in ("paper", "leaf", "hollow")],
    *[("moss", ground) for ground in ("paper", "leaf")],
    *[("clay-ink", ground) for ground in ("paper", "leaf", "clay-ground")],
    ("on-moss", "moss"), ("on-moss", "moss-deep"), ("on-plum", "plum"),
]  # fmt: skip
SHAPES = [  # edges, rings and pictures that carry meaning: 3 to 1
    *[("edge", ground) for ground in ("paper", "leaf", "hollow")],
    *[(colour, ground) for colour in ("clay", "plum", "moss") for ground in ("paper", "leaf")],
    ("moss", "moss-ground"), ("clay", "clay-ground"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, WCAG 2.2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_the_one_of_the_standard() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("words", "ground"), TEXT)
def test_words_are_readable_by_everyone(theme: str, words: str, ground: str) -> None:
    assert ratio(THEMES[theme][words], THEMES[theme][ground]) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_with_meaning_stand_out(theme: str, shape: str, ground: str) -> None:
    assert ratio(THEMES[theme][shape], THEMES[theme][ground]) >= 3
