"""A copy of the SQLite database while the bot runs, whole and checked. PostgreSQL has `pg_dump`."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.settings import SettingsError
from bot.storage.database import Database


def back_up(database: Database, target: Path) -> None:
    """Write a copy that nobody else may read, never over a file. Raises `SettingsError`."""
    if database.file is None:
        raise SettingsError("DATABASE_URL: this copies SQLite only; use pg_dump for PostgreSQL")
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(database.file)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            # One file, with no journal beside it that could be forgotten.
            copy.execute("PRAGMA journal_mode=DELETE")
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except FileExistsError:
        raise SettingsError(f"{target} exists already; choose another name") from None
    except (OSError, sqlite3.Error) as error:
        raise SettingsError(f"{target} cannot be written ({error})") from error
    if found != "ok":
        raise SettingsError(f"{target} is damaged ({found}): the database itself is; restore an earlier copy")
