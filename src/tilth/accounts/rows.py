"""Reading rows with statements that are written out once, not built anew each time; for writing them see writing.py.

Building a statement costs Django several times as much as running it. Where it matters, at the door and for what every
page asks first, the statement is kept; everything else of Django's models (fields, converters, constraints) is used as
it is. Each table is named by a model, each column by its field.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, JSONField, Model
from django.db.models.base import ModelState

Column = Field[Any, Any]
Known = dict[tuple[type[Model], Any], Model]


class Select:
    """A query over tables joined by hand.

    In its text `{m}` stands for all columns of the table that it calls m. A row is one object for each of `tables` in
    their order, None where an outer join found none, then whatever else is selected, as the database gives it.
    """

    def __init__(self, text: str, **tables: type[Model]) -> None:
        self.text, self.tables = text, tables

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        here = store()
        sql, readers = _select(self, here.vendor)
        with here.cursor() as cursor:
            if here.vendor == "postgresql":
                cursor.cursor.format = 1  # binary: read in a quarter of the time that text takes
            cursor.execute(sql, bound(values, here))
            found = cursor.fetchall()
        known: Known = {}
        return [_read(row, readers, known, here) for row in found]

    def first(self, *values: Any) -> tuple[Any, ...] | None:
        return next(iter(self.rows(*values)), None)


class _Reader:
    """Makes an object of its model out of the columns of a row."""

    def __init__(self, model: type[Model]) -> None:
        columns = [field.get_col(model._meta.db_table) for field in columns_of(model)]
        self.model, self.width = model, len(columns)
        self.names = [field.attname for field in columns_of(model)]
        self.key = self.names.index(model._meta.pk.attname)
        every = [
            (place, [*store().ops.get_db_converters(column), *column.get_db_converters(store())], column)
            for place, column in enumerate(columns)
        ]
        self.converters = [one for one in every if one[1]]

    def read(self, row: Sequence[Any], start: int, known: Known, here: BaseDatabaseWrapper) -> Model | None:
        """The object of this row, the same for every row that holds it; None where its key is empty."""
        key = row[start + self.key]
        if key is None:
            return None
        found = known.get((self.model, key))
        if found is None:
            found = known[self.model, key] = self._made(list(row[start : start + self.width]), here)
        return found

    # What `from_db` would make; but for signals that nobody listens to, which cost most of it.
    def _made(self, values: list[Any], here: BaseDatabaseWrapper) -> Model:
        for place, converters, column in self.converters:
            for convert in converters:
                values[place] = convert(values[place], column, here)
        row = self.model.__new__(self.model)
        row._state = ModelState()
        row._state.adding, row._state.db = False, here.alias
        vars(row).update(zip(self.names, values, strict=True))
        return row


def _read(row: Sequence[Any], readers: list[_Reader], known: Known, here: BaseDatabaseWrapper) -> tuple[Any, ...]:
    found, start = [], 0
    for reader in readers:
        found.append(reader.read(row, start, known, here))
        start += reader.width
    return (*found, *row[start:])


@cache
def _select(select: Select, _vendor: str) -> tuple[str, list[_Reader]]:
    columns = {
        name: ", ".join(_selected(column, f"{name}.{quoted(str(column.column))}") for column in columns_of(model))
        for name, model in select.tables.items()
    }
    return select.text.format(**columns), [_Reader(model) for model in select.tables.values()]


def joined(row: Model, **others: Model | None) -> None:
    """Gives a row the others that came with it, by the names of its foreign keys, as `select_related` does."""
    row._state.fields_cache.update(others)


def _selected(column: Column, named: str) -> str:
    """JSON as the text that Django's field reads."""
    return f"CAST({named} AS text)" if isinstance(column, JSONField) else named


def columns_of(model: type[Model]) -> list[Column]:
    return list(model._meta.concrete_fields)


def store() -> BaseDatabaseWrapper:
    """This thread's connection itself; `django.db.connection` looks it up anew for every attribute."""
    return connections[DEFAULT_DB_ALIAS]


def bound(values: Iterable[Any], here: BaseDatabaseWrapper) -> list[Any]:
    """Values as the store wants them: PostgreSQL as they are; SQLite an id as its 32 digits, and a moment as text."""
    if here.vendor == "postgresql":
        return list(values)
    return [_as_text(value, here) for value in values]


def _as_text(value: Any, here: BaseDatabaseWrapper) -> Any:
    match value:
        case UUID():
            return value.hex
        case datetime():
            return here.ops.adapt_datetimefield_value(value)
        case date():
            return here.ops.adapt_datefield_value(value)
    return value


def quoted(name: str) -> str:
    return store().ops.quote_name(name)
