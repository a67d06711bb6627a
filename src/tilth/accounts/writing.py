"""Writing rows, each with a statement that is written out once, and all that belongs together at once.

A statement that is sent alone costs a turn of two processes, the web's and the store's; on PostgreSQL that is most of
what an entry costs. What `at_once` holds is therefore sent as one (docs/adr/0009).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import AutoField, Model, QuerySet

from tilth.accounts.rows import bound, columns_of, quoted, store

Row = TypeVar("Row", bound=Model)

_held: ContextVar[_AtOnce | None] = ContextVar("held", default=None)


class NothingChanged(Exception):
    """The row that all else depends on was not there, or not as it should be. Nothing was written."""


def insert(model: type[Model], *, clash: str = "", **values: Any) -> None:
    """Add a new row of these values, by the names of its columns, as `save` does where there is no JSON; what is not
    named has its default, and a key that the store counts stays unknown. TypeError for a name that is no column's.

    `clash` is an `ON CONFLICT` clause. No object is made of the row: that would cost as much as writing it.
    """
    here = store()
    into, places, columns = _insert(model, here.vendor)
    row = bound([values.pop(name) if name in values else default() for name, default in columns], here)
    if values:
        raise TypeError(f"{model.__name__} has no {', '.join(values)}")
    held = _held.get()
    if held and held.is_waiting:
        held.add(f"{into} SELECT {places} FROM changed {clash}", row)  # noqa: S608  (names of a model, no values)
    else:
        _execute(f"{into} VALUES ({places}) {clash}", row)


def locked(rows: QuerySet[Row]) -> QuerySet[Row]:
    """These rows, to be changed by nobody else before the transaction ends, which begins now where it has to."""
    if (held := _held.get()) and held.is_waiting:
        held.send_ahead()
    return rows.select_for_update()


@contextmanager
def at_once(change: str, *values: Any) -> Iterator[None]:
    """All that the block writes, and only if the statement `change` changes or adds its one row; else NothingChanged.

    On PostgreSQL what the block inserts waits for its end, and then all is one statement, which is a transaction by
    itself. The first time the block asks or changes something, what waits is sent ahead, in a transaction that goes on
    to the end; one of the block's own before that is refused. Within a transaction, and on a store with one writer, who
    has one, all is written there as it comes.
    """
    here = store()
    known = bound(values, here)
    if here.vendor == "postgresql" and not here.in_atomic_block:
        with ExitStack() as transactions:
            held = _AtOnce(change, known, begin=lambda: transactions.enter_context(transaction.atomic()))
            with _holding(held), here.execute_wrapper(held.before):
                yield
                held.write()
    elif _execute(change, known):
        yield
    else:
        raise NothingChanged


@contextmanager
def _holding(held: _AtOnce) -> Iterator[None]:
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)


class _AtOnce:
    """One statement that grows until it is sent: the change, and inserts that take place for each row it returns."""

    def __init__(self, change: str, values: list[Any], *, begin: Callable[[], object]) -> None:
        self._parts, self._values = [f"WITH changed AS ({change} RETURNING 1)"], values
        self._begin = begin
        self.is_waiting = True

    def add(self, insertion: str, values: list[Any]) -> None:
        self._parts.append(f"part{len(self._parts)} AS ({insertion})")
        self._values += values

    def before(self, execute: Callable[..., Any], *call: Any) -> Any:
        """Something else is asked or written: it finds all that came before it."""
        if self.is_waiting:
            self.send_ahead()
        return execute(*call)

    def send_ahead(self) -> None:
        if store().in_atomic_block:
            raise RuntimeError("a transaction within at_once, before anything was asked there")
        self._begin()
        self._send()

    def write(self) -> None:
        """The block has ended."""
        if self.is_waiting:
            self._send()

    def _send(self) -> None:
        self.is_waiting = False
        with store().cursor() as cursor:
            cursor.execute(f"{', '.join(self._parts)} SELECT 1 FROM changed", self._values)  # noqa: S608  (no values)
            if cursor.fetchone() is None:
                raise NothingChanged


def _execute(sql: str, values: list[Any]) -> int:
    """Runs a statement that changes rows; returns how many."""
    with store().cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


@cache
def _insert(model: type[Model], _vendor: str) -> tuple[str, str, list[tuple[str, Callable[[], Any]]]]:
    """The statement's two halves, and of each column its name and what it is where nothing is said."""
    columns = [column for column in columns_of(model) if not isinstance(column, AutoField)]
    names, places = ", ".join(quoted(str(column.column)) for column in columns), ", ".join(["%s"] * len(columns))
    into = f"INSERT INTO {quoted(model._meta.db_table)} ({names})"
    return into, places, [(column.attname, column.get_default) for column in columns]
