"""Whether the store can be had: asked of PostgreSQL apart from the pool, and read from what went wrong."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError, connection

if TYPE_CHECKING:
    import psycopg

FOR_THE_POOL = ("context", "cursor_factory", "prepare_threshold")
AWAY = ("08", "53", "57P")  # PostgreSQL's classes: no connection, nothing left for one more, shutting down
BUSY = ("SQLITE_BUSY", "SQLITE_CANTOPEN")


@contextmanager
def apart(*, within: int) -> Iterator["psycopg.Connection"]:
    """A connection of its own, had in `within` seconds (at least 2) or refused with ConnectionError in one line.

    The pool would go on trying for longer, and whoever asks whether the store is there should not take from it.
    """
    import psycopg

    where = {key: value for key, value in connection.get_connection_params().items() if key not in FOR_THE_POOL}
    try:
        with psycopg.connect(**{**where, "connect_timeout": within}, autocommit=True) as there:
            yield there
    except psycopg.Error as error:
        raise ConnectionError(str(error).strip().splitlines()[0]) from error


def store_is_away(error: BaseException | None) -> bool:
    """Whether this went wrong because the store cannot be had just now, and not because of what was asked of it."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorname", "").startswith(BUSY)
    state = getattr(cause, "sqlstate", None)
    return state is None or state.startswith(AWAY)
