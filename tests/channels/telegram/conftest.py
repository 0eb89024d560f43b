from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.settings import StorageSettings
from bot.storage.database import Database, open_database


@pytest.fixture
def settings(tmp_path: Path) -> StorageSettings:
    key = SecretStr(Fernet.generate_key().decode())
    return StorageSettings.model_construct(database_url=None, data_dir=tmp_path, secret_keys=(key,), retention_days=1)


@pytest.fixture
def database(settings: StorageSettings) -> Iterator[Database]:
    database = open_database(settings)
    yield database
    database.close()
