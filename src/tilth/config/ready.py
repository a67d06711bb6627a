"""What has to be true before anything starts: a folder to write in, a key, a free port, a store that fits the code."""

import os
import secrets
import shlex
import socket
import sys
from pathlib import Path

from tilth.config.environment import Environment, Misset, secret_key_file
from tilth.config.stores import database


def folder_ready() -> Path:
    """The data folder, made if need be, with the secret key in it. Checks all settings on the way."""
    data = Environment().data
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data / "logs").mkdir(mode=0o700, exist_ok=True)
        probe = data / f".writable-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
        _make_secret_key(data)
    except OSError as error:
        raise Misset(f"Tilth cannot write in its data folder {data}: {error.strerror}.") from error
    return data


def folder_with_store() -> Path:
    """The same for a command that works on a store there is: nothing is made where there is none."""
    kept = Environment()
    store = database(kept.database_url)
    if "sqlite3" in store["ENGINE"] and not Path(store["NAME"]).exists():
        raise Misset(f"There is no store in {Path(store['NAME']).parent}. The command tilth up makes one.")
    return folder_ready()


def _make_secret_key(data: Path) -> None:
    path = secret_key_file(data)
    if path.exists():
        return
    making = path.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
    making.rename(path)


def port_ours(host: str, port: int) -> socket.socket:
    """Something to hold while this runs, so that no other Tilth can have the port; Misset when it cannot be had.

    Looking whether the port is free is not enough: the web processes share it with whoever asks for it in the same way,
    without a word, and between the look and their start all is prepared. So a name is taken that only one can have,
    which the kernel frees with the process. It is Linux that has such names; elsewhere the look has to do.
    """
    _look(host, port)
    name = socket.socket(socket.AF_UNIX)
    if sys.platform == "linux":
        try:
            name.bind(f"\0tilth at {host} port {port}")
        except OSError as error:
            name.close()
            raise _not_to_be_had(host, port, error) from error
    return name


def _look(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # calls that ended just now do not count
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _not_to_be_had(host, port, error) from error


def _not_to_be_had(host: str, port: int, error: OSError) -> Misset:
    return Misset(f"Tilth cannot listen on {host} port {port}: {error.strerror}.")


def store_fits() -> None:
    """Raises Misset when the store is newer than the code, older than it, or not to be reached."""
    missing = unapplied()
    if missing:
        migrate = f"TILTH_DATA={shlex.quote(str(Environment().data))} tilth manage migrate"
        raise Misset(f"The store is older than this Tilth ({missing[0]} is missing). Run: {migrate}")


def store_ready() -> None:
    """Brings the store up to the code."""
    from django.core.management import call_command

    if unapplied():
        call_command("migrate", verbosity=0, interactive=False)


def _reach_postgresql() -> None:
    from tilth.accounts.reach import apart

    try:
        with apart(within=5):
            pass
    except ConnectionError as error:
        raise Misset(f"Tilth cannot reach its store: {error}.") from error


def unapplied() -> list[str]:
    """The names of what the code has and the store has not. Raises Misset when the store is newer, or not to be had."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    if connection.vendor == "postgresql":
        _reach_postgresql()
    try:
        executor = MigrationExecutor(connection)
    except (DatabaseError, OSError) as error:
        raise Misset(f"Tilth cannot reach its store: {str(error).strip().splitlines()[0]}.") from error
    known = executor.loader.disk_migrations
    strange = sorted(key for key in executor.loader.applied_migrations if key not in known and key[0] in _our_labels())
    if strange:
        app, name = strange[0]
        raise Misset(f"The store is newer than this Tilth: it knows {app}.{name}. Install the newer Tilth again.")
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _our_labels() -> set[str]:
    from django.apps import apps

    return {app.label for app in apps.get_app_configs()}
