"""GET /health: whether web, store and worker are well. Says nothing about people."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from tilth.accounts.reach import apart
from tilth.notices import worker
from tilth.protocol import clock


@require_safe
def health(_: HttpRequest) -> JsonResponse:
    """200 when all three are well; 503 with what isn't."""
    states = {"web": "well", **_store_and_worker()}
    return JsonResponse(states, status=200 if set(states.values()) == {"well"} else 503)


def _store_and_worker() -> dict[str, str]:
    try:
        alive = _any_worker()
    except (DatabaseError, OSError):
        return {"store": "cannot be reached", "worker": "not known"}
    return {"store": "well", "worker": "well" if alive else "not seen for 90 seconds"}


def _any_worker() -> bool:
    seen = worker.seen_lately(clock.now())
    if connection.vendor != "postgresql":
        return seen.exists()
    question, asked = seen.values("worker")[:1].query.sql_with_params()
    with apart(within=2) as there:
        return there.execute(question.encode(), asked).fetchone() is not None
