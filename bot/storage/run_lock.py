"""One `run` at a time on SQLite: a second would send every reply again.

The lock is SQLite's own, on a file beside the database: it works on every system, and ends with the
process however that ends. PostgreSQL needs none, see `claims`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.settings import SettingsError
from bot.storage import agreement
from bot.storage.database import Database


@contextmanager
def only_runner(database: Database) -> Iterator[None]:
    """Hold the lock, and say under which key we store. Raises `SettingsError` when another process has the lock."""
    file = database.file
    if file is None:
        agreement.announce(database)
        yield
        return
    # The same database by another name is still the same.
    path = Path(f"{file.resolve()}.run")
    if file.stat().st_nlink > 1:
        raise SettingsError(
            f"{file} is a hard link: SQLite keeps its journal beside each name, and two would spoil the data; "
            "remove the other name, or use a symbolic link"
        )
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise SettingsError(f"{path} cannot be used ({error})") from None
            raise SettingsError(
                f"{path} is locked ({error}): another `career-advisor run` works with this database; stop it first, "
                "or set DATABASE_URL to PostgreSQL to run several"
            ) from None
        agreement.announce(database)
        yield
