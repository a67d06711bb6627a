"""The Jinja2 environment of every page: strict about names, escaped by default, with words for dates."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from tilth.design import dates, wording
from tilth.protocol import clock

ISLAND = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def environment(**options: Any) -> Environment:
    """Django's Jinja2 backend calls this once, with its loader and autoescape in `options`."""
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, cache_size=1000)
    made = Environment(**options)  # noqa: S701  (the backend passes autoescape=True; a test holds it to that)
    made.globals.update(static=static, url=url, present_moment=clock.now)
    made.filters.update(island=island, **dates.FILTERS, **wording.FILTERS)
    return made


def url(name: str, *arguments: Any, **keywords: Any) -> str:
    """The address of a view; positional or keyword arguments, as `reverse` takes them."""
    return reverse(name, args=arguments or None, kwargs=keywords or None)


def island(json_text: str) -> Markup:
    """JSON made safe inside a `<script type="application/json">`: nothing in it can end the element."""
    return Markup(json_text.translate(ISLAND))  # noqa: S704  (the translation is the escaping)
