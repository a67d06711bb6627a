"""What a line of the log says of an address: which page it is, and whose. Whatever else is in it may be a secret."""

import logging
import re

from django.http import HttpRequest
from django.urls import Resolver404, resolve

_PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_BEYOND_THE_HOST = re.compile(r"(?<=://)([^/\s]*)/\S*")


class Addresses(logging.Filter):
    """In lines about a request, the page's own address takes the place of the one that was asked for."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            asked = request.path.encode("unicode_escape").decode("ascii")  # as Django writes it
            record.args = tuple(page_of(request) if arg == asked else _only_host(arg) for arg in record.args)
        return True


def page_of(request: HttpRequest) -> str:
    """Words and ids of the page's address; every other part of it is left out, and so is whatever leads to no page."""
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return "an address without a page"
    return "/" + _PART.sub(lambda part: str(found.kwargs[part["name"]]) if part["kind"] == "uuid" else "…", found.route)


def _only_host(arg: object) -> object:
    """A reason may name the page that a form was sent from, as the browser told it."""
    return _BEYOND_THE_HOST.sub(r"\1/…", arg) if isinstance(arg, str) else arg
