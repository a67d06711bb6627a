"""The page for what went wrong on our side: another one, with another status, while the store is away."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tilth.accounts.reach import store_is_away

AGAIN_IN = 10  # seconds


def broken(_: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the exception is handled. A 503 is the line's fault to the browser of the two:
    it keeps what was sent and sends it again."""
    if store_is_away(sys.exc_info()[1]):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(AGAIN_IN)})
    return HttpResponse(render_to_string("500.html"), status=500)
