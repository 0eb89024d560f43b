"""Inserting a row, or overwriting the one with its key: each database has its own way to say it."""

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


@cache
def _statement(table: Table, dialect: str) -> Any:
    statement: Any = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    values = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=values)
