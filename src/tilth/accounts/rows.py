"""Reading and writing rows with statements that are written out once, not built anew each time.

Building a statement costs Django several times as much as running it. Where it matters, at the door and for what every
page asks first, the statement is kept; everything else of Django's models (fields, converters, constraints) is used as
it is. Each table is named by a model, each column by its field.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Field, Model

Column = Field[Any, Any]
Known = dict[tuple[type[Model], Any], Model]


def insert(row: Model) -> None:
    """Add a new row, as `save` does; a key that the database counts stays unknown to `row`."""
    store = _store()
    sql, columns = _insert(type(row), store.vendor)
    values = [column.get_db_prep_save(getattr(row, column.attname), store) for column in columns]
    with store.cursor() as cursor:
        cursor.execute(sql, values)


def run(sql: str, *values: Any) -> int:
    """Run a statement that changes rows; returns how many."""
    store = _store()
    with store.cursor() as cursor:
        cursor.execute(sql, [_bound(value, store) for value in values])
        return int(cursor.rowcount)


class Select:
    """A query over tables joined by hand.

    In its text `{m}` stands for all columns of the table that it calls m. A row is one object for each of `tables` in
    their order, None where an outer join found none, then whatever else is selected, as the database gives it.
    """

    def __init__(self, text: str, **tables: type[Model]) -> None:
        self.text, self.tables = text, tables

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        store = _store()
        sql, readers = _select(self, store.vendor)
        with store.cursor() as cursor:
            cursor.execute(sql, [_bound(value, store) for value in values])
            found = cursor.fetchall()
        known: Known = {}
        return [_read(row, readers, known, store) for row in found]

    def first(self, *values: Any) -> tuple[Any, ...] | None:
        return next(iter(self.rows(*values)), None)


class _Reader:
    """Makes an object of its model out of the columns of a row."""

    def __init__(self, model: type[Model]) -> None:
        columns = [field.get_col(model._meta.db_table) for field in _columns(model)]
        self.model, self.width = model, len(columns)
        self.names = [field.attname for field in _columns(model)]
        self.key = self.names.index(model._meta.pk.attname)
        every = [
            (place, [*_store().ops.get_db_converters(column), *column.get_db_converters(_store())], column)
            for place, column in enumerate(columns)
        ]
        self.converters = [one for one in every if one[1]]

    def read(self, row: Sequence[Any], start: int, known: Known, store: BaseDatabaseWrapper) -> Model | None:
        """The object of this row, the same for every row that holds it; None where its key is empty."""
        key = row[start + self.key]
        if key is None:
            return None
        found = known.get((self.model, key))
        if found is None:
            found = known[self.model, key] = self._made(list(row[start : start + self.width]), store)
        return found

    def _made(self, values: list[Any], store: BaseDatabaseWrapper) -> Model:
        for place, converters, column in self.converters:
            for convert in converters:
                values[place] = convert(values[place], column, store)
        return self.model.from_db("default", self.names, values)


def _read(row: Sequence[Any], readers: list[_Reader], known: Known, store: BaseDatabaseWrapper) -> tuple[Any, ...]:
    found, start = [], 0
    for reader in readers:
        found.append(reader.read(row, start, known, store))
        start += reader.width
    return (*found, *row[start:])


@cache
def _select(select: Select, _vendor: str) -> tuple[str, list[_Reader]]:
    columns = {
        name: ", ".join(f"{name}.{_quoted(column)}" for column in _columns(model))
        for name, model in select.tables.items()
    }
    return select.text.format(**columns), [_Reader(model) for model in select.tables.values()]


@cache
def _insert(model: type[Model], _vendor: str) -> tuple[str, list[Column]]:
    columns = [column for column in _columns(model) if not isinstance(column, AutoField)]
    names, places = ", ".join(map(_quoted, columns)), ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {_table(model)} ({names}) VALUES ({places})", columns  # noqa: S608  (names of a model, no values)


def _columns(model: type[Model]) -> list[Column]:
    return list(model._meta.concrete_fields)


def _store() -> BaseDatabaseWrapper:
    """This thread's connection itself; `django.db.connection` looks it up anew for every attribute."""
    return connections[DEFAULT_DB_ALIAS]


def bound(value: Any) -> Any:
    """A value as the store wants it; on SQLite an id is its 32 digits, and a moment is text."""
    return _bound(value, _store())


def _bound(value: Any, store: BaseDatabaseWrapper) -> Any:
    match value:
        case UUID():
            return value if store.features.has_native_uuid_field else value.hex
        case datetime():
            return store.ops.adapt_datetimefield_value(value)
        case date():
            return store.ops.adapt_datefield_value(value)
    return value


def _quoted(column: Column) -> str:
    return _store().ops.quote_name(str(column.column))


def _table(model: type[Model]) -> str:
    return _store().ops.quote_name(model._meta.db_table)
