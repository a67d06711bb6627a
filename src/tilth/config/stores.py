"""The two stores: SQLite by default, PostgreSQL by address."""

import sqlite3
from typing import Any

import dj_database_url

from tilth.config.environment import Misset

WAL_IS_SAFE_FROM = (3, 51, 3)  # before it, a checkpoint at the wrong moment could corrupt the file


def database(url: str) -> dict[str, Any]:
    """Django's settings for the store at this address."""
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError as error:
        raise _unusable() from error
    match settings.get("ENGINE"):
        case "django.db.backends.sqlite3":
            return _sqlite(settings)
        case "django.db.backends.postgresql":
            return _postgresql(settings)
    raise _unusable()


def _sqlite(settings: dict[str, Any]) -> dict[str, Any]:
    journal = "WAL" if sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM else "TRUNCATE"
    settings["CONN_MAX_AGE"] = None
    settings["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits for its turn at the start, not with half its work done
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;",
    }
    return settings


def _postgresql(settings: dict[str, Any]) -> dict[str, Any]:
    settings["CONN_HEALTH_CHECKS"] = True
    options = settings.setdefault("OPTIONS", {})
    # a web process has fewer threads than connections: who waits for one waits for a store that is away, and holds a
    # thread meanwhile. Once it is back it is tried at the next request, and not after a pause that grew all the while.
    options["pool"] = {"min_size": 1, "max_size": 16, "timeout": 5, "reconnect_timeout": 5}
    options.setdefault("connect_timeout", 5)
    options.setdefault("tcp_user_timeout", 10_000)  # ms; a line that was cut is noticed
    # a statement is sent and planned once for each connection, not each time
    options["server_side_binding"], options["prepare_threshold"] = True, 5
    return settings


def _unusable() -> Misset:
    return Misset("TILTH_DATABASE_URL must start with postgresql:// or sqlite:///.")
