"""How large a request may be at most, looked at before any of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from tilth.accounts.refused import Refused

GetResponse = Callable[[HttpRequest], HttpResponse]


def sizes(get_response: GetResponse) -> GetResponse:
    """Middleware. Django measures a form only while it reads it, and does not count a file in it. What comes without a
    length is taken for empty further in, and not read either."""

    def measured(request: HttpRequest) -> HttpResponse:
        told = request.META.get("CONTENT_LENGTH") or "0"
        if told.isdecimal() and int(told) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            too_large = Refused("too_large", "This is too long to send at once. Split it in two.", status=413)
            return JsonResponse(too_large.as_json(), status=too_large.status)
        return get_response(request)

    return measured
