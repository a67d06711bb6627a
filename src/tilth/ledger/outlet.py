"""Where the door hands over what somebody should be told; the floor that sends it is named in the settings."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from tilth.ledger.kinds import Act, Notice

_silent: ContextVar[bool] = ContextVar("silent", default=False)


@cache
def _outlet() -> Callable[[Act, Notice], None]:
    return cast(Callable[[Act, Notice], None], import_string(settings.TILTH_NOTICES))


def queue_notice(act: Act, notice: Notice) -> None:
    """Queue the notice in the door's own transaction: it is sent if and only if the entry is written."""
    if not _silent.get():
        _outlet()(act, notice)


@contextmanager
def silence() -> Iterator[None]:
    """Until the block ends nobody is told of anything, for a store that a script fills with what lies long back."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)
