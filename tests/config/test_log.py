"""No secret stands in a line of the log, whatever the server says there of a request."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from tests.server import Server
from tilth.config.log import page_of

SECRET = "Zc3Jl-dHNlY3JldHNlY3Jl_dA"


def answer(server: Server, path: str, *, method: str = "GET", **headers: str) -> int:
    request = urllib.request.Request(f"{server.url}{path}", method=method, headers=headers)
    try:
        return int(urllib.request.urlopen(request).status)
    except urllib.error.HTTPError as error:
        return error.code


def test_what_a_link_holds_is_in_no_line_of_the_log(new_server: Callable[..., Server]) -> None:
    server, invitation = new_server(TILTH_URL="https://tilth.example.org"), uuid4()
    server.start()
    [printed, token] = re.findall(r"^(Sign in: \S+/sign-in/link/(\S+))$", server.said, re.MULTILINE)[0]
    link = f"/sign-in/link/{token}"
    https = {"X-Forwarded-Proto": "https"}
    referred = {**https, "Referer": f"https://elsewhere.example.org{link}"}

    assert answer(server, link, method="PUT", **https) == 403
    assert answer(server, link, method="POST", **referred) == 403
    assert [answer(server, f"{link}{end}") for end in ("/", "%0Asecond-line")] == [404, 410]
    assert answer(server, f"/join/{invitation}%23{SECRET}.{'ab' * 32}") == 404
    assert answer(server, f"/p/{invitation}/export") == 404
    assert 429 in [answer(server, link) for _ in range(61)]

    said = server.said.replace(printed, "") + (server.data / "logs" / "tilth.log").read_text()
    assert "Too Many Requests: /sign-in/link/…\n" in said
    assert "https://elsewhere.example.org/… does not match any trusted origins" in said
    assert "Not Found: an address without a page\n" in said
    assert [secret for secret in (token, SECRET) if secret in said] == []


PARTS = re.compile(r"<(?:(\w+):)?(\w+)>")


def routes(resolver: URLResolver, before: str = "") -> list[str]:
    found = []
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            found.append(f"{before}{one.pattern}")
        else:
            found += routes(one, f"{before}{one.pattern}")
    return found


@pytest.mark.parametrize("route", routes(get_resolver()))
def test_of_every_address_only_words_and_ids_are_told(route: str) -> None:
    path = PARTS.sub(lambda part: str(uuid4()) if part[1] == "uuid" else SECRET, route)
    told = page_of(RequestFactory().get(f"/{path}"))
    assert told == f"/{path}".replace(SECRET, "…")
