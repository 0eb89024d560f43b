"""What can be seen of the stored data from outside, by a process that only looks."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.settings import SettingsError, StorageSettings
from bot.storage.database import MAGIC, address

# Less room than this, and the next messages cannot be stored.
LEAST_FREE_BYTES = 1024 * 1024
# A larger database is only looked at: reading all of it every half minute would be felt.
LARGEST_TO_READ = 32 * 1024 * 1024


def problems_of(settings: StorageSettings) -> list[str]:
    """What is wrong with the database file and its disk, in sentences. Nothing is written."""
    try:
        url = address(settings)
    except SettingsError as error:
        return [str(error)]
    if url.drivername != "sqlite":
        return []
    path = Path(str(url.database))
    return [*_of_disk(path.parent), *_of_file(path)]


def _of_disk(folder: Path) -> list[str]:
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return [f"{folder} cannot be looked at ({error.strerror})"]
    return [f"the disk of {folder} is full: {free // 1024} kB are left"] if free < LEAST_FREE_BYTES else []


def _of_file(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
        if not head:
            return [
                f"{path} is empty: it was never made, or emptied by somebody; if people wrote before, restore a backup"
            ]
        if head != MAGIC:
            return [f"{path} is no SQLite database any more: it was overwritten; restore it from a backup"]
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            connection.execute("SELECT count(*) FROM canary").fetchone()
            if path.stat().st_size <= LARGEST_TO_READ:
                found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
                if found != "ok":
                    return [f"{path} is damaged ({found}); restore it from a backup"]
    except (OSError, sqlite3.Error) as error:
        return [f"{path} cannot be read ({error})"]
    return []
