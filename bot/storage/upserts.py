"""Inserting a row, or overwriting or leaving the one with its key: each database has its own way to say it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(transaction: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Put rows in; each has a value for every column of the table."""
    if rows:
        transaction.execute(_statement(table, transaction.dialect.name), rows)


def insert_new(transaction: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> set[Any]:
    """Put in those whose key is not there yet, nor put in by somebody else at this moment. Returns their keys."""
    return set(transaction.scalars(_new(table, transaction.dialect.name), rows)) if rows else set()


@cache
def _new(table: Table, dialect: str) -> Any:
    (key,) = table.primary_key
    return _insert(table, dialect).on_conflict_do_nothing().returning(key)


@cache
def _statement(table: Table, dialect: str) -> Any:
    statement = _insert(table, dialect)
    values = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=values)


def _insert(table: Table, dialect: str) -> Any:
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)
