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
    except FileExistsError:
        raise SettingsError(f"{target} exists already; choose another name") from None
    except OSError as error:
        raise SettingsError(f"{target} cannot be written ({error})") from error
    try:
        found = _copied(database.file, target)
    except (OSError, sqlite3.Error) as error:
        # What is cut off must not lie there as if it were a copy.
        target.unlink(missing_ok=True)
        raise SettingsError(f"{target} cannot be written ({error})") from error
    if found != "ok":
        target.unlink(missing_ok=True)
        raise SettingsError(f"no copy was made: the database itself is damaged ({found}); restore an earlier copy")


def _copied(file: Path, target: Path) -> str:
    """Copy, and what the check of the copy says."""
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        # One file, with no journal beside it that could be forgotten.
        copy.execute("PRAGMA journal_mode=DELETE")
        return str(copy.execute("PRAGMA integrity_check").fetchone()[0])
