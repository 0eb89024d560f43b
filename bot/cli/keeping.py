"""`rekey` and `backup`: looking after what is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import fail, prepare, settings_errors
from bot.settings import StorageSettings, read_settings


def rekey() -> None:
    """Encrypt everything stored under the first key of ADVISOR_SECRET_KEY; may run beside the bot."""
    from bot.storage.cipher import WrongKeyError
    from bot.storage.database import open_database
    from bot.storage.rekeying import rekey as encrypt_anew

    prepare()
    with settings_errors():
        settings = read_settings(StorageSettings)
        database = open_database(settings, make=False)
    try:
        rows = encrypt_anew(database)
    except WrongKeyError:
        fail("career-advisor: ADVISOR_SECRET_KEY: a row is under a key that is not listed; add it behind the first")
    finally:
        database.close()
    print(f"{rows} rows are under the first key; the others can go once no bot runs that knows only them")


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the copy.")]) -> None:
    """Copy the SQLite database, whole and checked, while the bot runs."""
    from bot.storage.backup import back_up
    from bot.storage.database import open_database

    prepare()
    with settings_errors():
        database = open_database(read_settings(StorageSettings), make=False)
        try:
            back_up(database, file)
        finally:
            database.close()
    print(f"{file}: {file.stat().st_size // 1024} kB; without the key nobody can read it")
