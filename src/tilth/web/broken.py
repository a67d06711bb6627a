"""The pages for what went wrong: for what cannot be had as it was asked for, and for what is broken on our side.

Of the latter there is another one, with another status, while the store is away.
"""

import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from tilth.accounts.reach import store_is_away

AGAIN_IN = 10  # seconds


def refused(status: int) -> Callable[[HttpRequest, Exception], HttpResponse]:
    """A handler for this status. Django's own look for a form's token first, and so read the form, which may be what
    cannot be read; these pages have no form."""

    def page(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (Django's shape of a handler)
        return render(request, f"{status}.html", status=status)

    return page


def broken(_: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the exception is handled. A 503 is the line's fault to the browser of the two:
    it keeps what was sent and sends it again."""
    if store_is_away(sys.exc_info()[1]):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(AGAIN_IN)})
    return HttpResponse(render_to_string("500.html"), status=500)
