from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from postgresql import PostgreSQL
from pydantic import SecretStr

from bot.settings import StorageSettings
from bot.storage.database import Database, open_database


def _settings(folder: Path, url: str | None) -> StorageSettings:
    return StorageSettings.model_construct(
        database_url=None if url is None else SecretStr(url),
        data_dir=folder,
        secret_keys=(SecretStr(Fernet.generate_key().decode()),),
        retention_days=1,
    )


@pytest.fixture
def on_sqlite(tmp_path: Path) -> StorageSettings:
    """For what is special about SQLite."""
    return _settings(tmp_path, None)


@pytest.fixture
def sqlite(on_sqlite: StorageSettings) -> Iterator[Database]:
    database = open_database(on_sqlite)
    yield database
    database.close()


@pytest.fixture
def on_postgresql(tmp_path: Path, postgresql: PostgreSQL) -> StorageSettings:
    """For what is special about PostgreSQL: rows that are locked one by one."""
    return _settings(tmp_path, postgresql.database())


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest) -> StorageSettings:
    """Each test that takes it, or `database`, runs on both."""
    settings: StorageSettings = request.getfixturevalue(f"on_{request.param}")
    return settings


@pytest.fixture
def database(settings: StorageSettings) -> Iterator[Database]:
    database = open_database(settings)
    yield database
    database.close()
