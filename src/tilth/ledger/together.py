"""Writing together: on a store with one writer, whatever comes while others write reaches the disk in one commit.

Waiting for the disk is most of what an entry costs there. Whoever comes first writes for all who come before the
commit; each has a part of the transaction for itself, so that what is refused takes back only its own, and nobody is
answered before the commit. See docs/adr/0008.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from django.db import connection, transaction

Result = TypeVar("Result")


MOST_AT_ONCE = 32  # so that nobody waits for ever for others


class _Turn:
    """One piece of work, and what became of it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work = work
        self._result: Any = None
        self.problem: BaseException | None = None
        self.is_over = False

    def take(self) -> None:
        """As a part of its own of the transaction that is open."""
        try:
            with transaction.atomic():
                self._result = self._work()
        except Exception as problem:
            self.problem = problem

    def outcome(self) -> Any:
        if self.problem:
            raise self.problem
        return self._result


_waiting: deque[_Turn] = deque()
_writing = Lock()


def together(work: Callable[[], Result]) -> Result:
    """What `work` returns or raises, once what it wrote is on disk or taken back.

    It may run in another thread, within a transaction that others have a part in too. A thread that is in one already
    gives it a part of that; a store where many write at once leaves it to open one where it has to.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            return work()
    if connection.vendor != "sqlite":
        return work()
    turn = _Turn(work)
    _waiting.append(turn)
    with _writing:
        while not turn.is_over:
            _take_some()
    result: Result = turn.outcome()
    return result


def _take_some() -> None:
    """Everybody who waits, and whoever comes while they have their turn."""
    turns = [_waiting.popleft()]
    try:
        with transaction.atomic():
            turns[0].take()
            while _waiting and len(turns) < MOST_AT_ONCE:
                turns.append(_waiting.popleft())
                turns[-1].take()
    except BaseException as problem:
        for turn in turns:
            turn.problem = turn.problem or problem
        if not isinstance(problem, Exception):
            raise
    finally:
        for turn in turns:
            turn.is_over = True
