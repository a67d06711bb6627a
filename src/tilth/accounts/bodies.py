"""JSON in, JSON out: bodies read strictly, refusals answered with a code and a sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException

from tilth.accounts.models import Person
from tilth.accounts.refused import Refused
from tilth.protocol.encoding import Json, strict_json, unb64u
from tilth.protocol.errors import ProtocolError

P = ParamSpec("P")
LARGEST_WHOLE = 2**31 - 1  # what both stores keep


def answering(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Turns what a view refuses into its JSON answer."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except Refused as refused:
            return JsonResponse(refused.as_json(), status=refused.status)
        except ProtocolError as error:
            more = {"field": error.field} if error.field else {}
            return JsonResponse({"code": error.code, "sentence": error.sentence, **more}, status=400)

    return answer


def for_person(view: Callable[Concatenate[HttpRequest, Person, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A JSON view of the signed-in person; others get a refusal they can show."""

    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, Person):
            raise Refused("signed_out", "You are signed out. Sign in again, then try once more.", status=403)
        return view(request, request.user, *args, **kwargs)

    return answering(wraps(view)(answer))


def read_body(request: HttpRequest, *, keys: set[str], most: int) -> dict[str, Json]:
    """The body as one JSON object of exactly these keys, of at most `most` bytes."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > most or len(_bytes(request)) > most:
        raise Refused("too_large", "This is too long to send at once. Split it in two.", status=413)
    return _exactly(strict_json(_bytes(request)), keys)


def _bytes(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RawPostDataException as error:  # read before as a form
        raise Refused("not_json", "This request should be JSON.", status=400) from error


def _exactly(found: dict[str, Json], keys: set[str]) -> dict[str, Json]:
    if set(found) != keys:
        raise Refused("wrong_fields", "This request does not have the fields it should.", status=400)
    return found


def part(found: dict[str, Json], name: str, *, keys: set[str]) -> dict[str, Json]:
    """The object inside, of exactly these keys."""
    value = found[name]
    if not isinstance(value, dict):
        raise _bad(name)
    return _exactly(value, keys)


def text(found: dict[str, Json], name: str, *, most: int) -> str:
    value = found[name]
    if not isinstance(value, str) or len(value) > most or "\0" in value:  # which PostgreSQL does not keep
        raise _bad(name)
    return value


def whole(found: dict[str, Json], name: str) -> int:
    value = found[name]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_WHOLE:
        raise _bad(name)
    return value


def binary(found: dict[str, Json], name: str, *, least: int = 1, most: int) -> bytes:
    """Base64url text as bytes, of a length within these bounds."""
    value = found[name]
    data = unb64u(value) if isinstance(value, str) else None
    if data is None or not least <= len(data) <= most:
        raise _bad(name)
    return data


def binary_or_none(found: dict[str, Json], name: str, *, least: int = 1, most: int) -> bytes | None:
    return None if found[name] is None else binary(found, name, least=least, most=most)


def _bad(name: str) -> Refused:
    return Refused("bad_field", f"“{name}” is not as it should be.", status=400, field=name)
