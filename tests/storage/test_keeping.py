"""Keys are rotated and copies made while the bot goes on."""

from __future__ import annotations

import os
import resource
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import forking
import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.conversation.messages import Reply
from bot.conversation.session import Session
from bot.settings import SettingsError, StorageSettings
from bot.storage import agreement, inbox, outbox, people, unanswered
from bot.storage.backup import back_up
from bot.storage.cipher import WrongKeyError
from bot.storage.database import Database, open_database
from bot.storage.rekeying import rekey
from bot.storage.sessions import load_session, save_session

NOW = datetime(2026, 11, 23, tzinfo=UTC)
KNOWN = Session(misses=3)


def fill(database: Database, people_: int = 1) -> None:
    with database.transaction() as transaction:
        for number in range(people_):
            save_session(transaction, database.cipher, f"p{number}", KNOWN, NOW)
        inbox.add(transaction, database.cipher, [inbox.New(1, "p0", "words")], NOW)
        outbox.put(transaction, database.cipher, [(1, "reply")], NOW)
        missed = [Reply(text="?", unanswered=True)]
        unanswered.note(transaction, database.cipher, "a question", missed, NOW, "p0")


def with_keys(settings: StorageSettings, *keys: SecretStr) -> StorageSettings:
    return settings.model_copy(update={"secret_keys": keys})


def test_after_a_rotation_the_new_key_alone_opens_everything(settings: StorageSettings) -> None:
    (old,) = settings.secret_keys
    new = SecretStr(Fernet.generate_key().decode())
    database = open_database(settings)
    fill(database, people_=450)
    database.close()

    database = open_database(with_keys(settings, new, old))
    assert rekey(database) == 450 + 4
    database.close()

    with pytest.raises(SettingsError, match="ADVISOR_SECRET_KEY"):
        open_database(settings)
    database = open_database(with_keys(settings, new))
    with database.transaction() as transaction:
        assert load_session(transaction, database.cipher, "p449") == KNOWN
        assert database.cipher.decrypt(inbox.oldest(transaction, ["p0"])["p0"].token) == "words"
        assert database.cipher.decrypt(outbox.oldest(transaction, [1])[1].token) == "reply"
        assert len(unanswered.all_unanswered(transaction, database.cipher)) == 1
        people.erase(transaction, database.cipher, "p0")
        assert unanswered.all_unanswered(transaction, database.cipher) == []
    database.close()


def test_a_row_under_a_key_that_is_gone_is_not_passed_over(settings: StorageSettings) -> None:
    database = open_database(settings)
    fill(database)
    strange = Fernet(Fernet.generate_key()).encrypt(b"x")
    with database.transaction() as transaction:
        transaction.exec_driver_sql("DELETE FROM inbox")
        transaction.execute(inbox._ADD, {"update_id": 5, "person": "p", "body": strange, "queued_at": None})
    with pytest.raises(WrongKeyError):
        rekey(database)
    database.close()


def test_a_copy_is_whole_and_nobody_else_can_read_it(sqlite: Database, tmp_path: Path) -> None:
    fill(sqlite)
    copy = tmp_path / "copy.db"
    back_up(sqlite, copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (1,)
    with pytest.raises(SettingsError, match="exists"):
        back_up(sqlite, copy)


def test_a_copy_that_is_cut_off_does_not_lie_there_as_if_it_were_one(sqlite: Database, tmp_path: Path) -> None:
    fill(sqlite, people_=450)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # No file may grow further: to SQLite the disk is full.
    resource.setrlimit(resource.RLIMIT_FSIZE, (32_768, limits[1]))
    try:
        with pytest.raises(SettingsError, match="cannot be written"):
            back_up(sqlite, tmp_path / "copy.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize("command", [["backup", "copy.db"], ["rekey"], ["deadletters"], ["unanswered"]])
def test_a_folder_without_a_database_is_not_taken_for_a_bot_that_keeps_nothing(
    command: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "a slip"
    done = forking.run(
        ("-m", "bot", *command), cwd=tmp_path, environment={**os.environ, "ADVISOR_DATA_DIR": str(folder)}
    )
    assert done.returncode == 2
    assert f"there is no database {folder}" in done.stderr.decode()
    assert not folder.exists()
    assert not (tmp_path / "copy.db").exists()


def test_whoever_lacks_a_key_in_use_is_refused_until_all_is_under_their_own(settings: StorageSettings) -> None:
    (old,) = settings.secret_keys
    new = SecretStr(Fernet.generate_key().decode())
    open_database(settings).close()
    both = open_database(with_keys(settings, new, old))
    agreement.announce(both)
    with pytest.raises(SettingsError, match="under a key that is not listed"):
        open_database(settings)
    fill(both)
    assert rekey(both) == 5
    both.close()
    open_database(with_keys(settings, new)).close()


def test_a_copy_of_another_database_is_made_otherwise(on_postgresql: StorageSettings, tmp_path: Path) -> None:
    database = open_database(on_postgresql)
    with pytest.raises(SettingsError, match="pg_dump"):
        back_up(database, tmp_path / "copy.db")
    database.close()
