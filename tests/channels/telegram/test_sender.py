from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import httpx
from cryptography.fernet import Fernet
from pydantic import SecretStr
from telegram.error import NetworkError

from bot.channels.health import Health
from bot.channels.telegram.outgoing import Outgoing
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.photos import Photos
from bot.channels.telegram.sender import MAX_TRIES, Sender
from bot.settings import StorageSettings
from bot.storage import agreement, dead_letters, outbox
from bot.storage.claims import Claims
from bot.storage.database import Database, open_database

ANN = 7


class Telegram:
    """Takes messages while it is `there`."""

    def __init__(self) -> None:
        self.there = True
        self.taken: list[str] = []

    async def send_message(self, _chat: int, text: str, **_further: Any) -> None:
        if not self.there:
            raise NetworkError("no name for it") from httpx.ConnectError("no name for it")
        self.taken.append(text)


async def test_a_reply_under_a_key_that_only_others_have_is_left_to_them(settings: StorageSettings) -> None:
    keys = (SecretStr(Fernet.generate_key().decode()), *settings.secret_keys)
    older, newer = open_database(settings), open_database(settings.model_copy(update={"secret_keys": keys}))
    agreement.announce(newer)
    with newer.transaction() as transaction:
        row = (ANN, Outgoing(text="one").model_dump_json())
        outbox.put(transaction, newer.cipher, [row], datetime.now(UTC))
    for database, taken in ((older, []), (newer, ["one"])):
        bot: Any = Telegram()
        photos = Photos(database, bot, lambda: None, lambda _chat: None)
        claims = Claims(database)
        with ThreadPoolExecutor(1) as threads:
            sender = Sender(
                database,
                bot,
                Pacing(0, lambda: 0.0),
                photos,
                lambda _chat: None,
                threads=threads,
                claims=claims,
            )
            for _ in range(MAX_TRIES + 1):
                await sender.send(ANN)
        claims.close()
        assert bot.taken == taken
    with newer.reader() as reader:
        assert outbox.chats_waiting(reader) == []
        assert dead_letters.all_dead(reader) == []
    older.close()
    newer.close()


async def test_sends_that_find_nobody_are_told_though_a_poll_may_go_on(database: Database) -> None:
    now, telegram = 0.0, Telegram()
    health = Health(lambda: now)
    bot: Any = telegram
    photos = Photos(database, bot, lambda: None, lambda _chat: None)
    with ThreadPoolExecutor(1) as threads:
        sender = Sender(
            database,
            bot,
            Pacing(0, lambda: now),
            photos,
            lambda _chat: None,
            threads=threads,
            claims=Claims(database),
            health=health,
        )
        with database.transaction() as transaction:
            rows = [(ANN, Outgoing(text=text).model_dump_json()) for text in ("one", "two")]
            outbox.put(transaction, database.cipher, rows, datetime.now(UTC))
        telegram.there = False
        assert await sender.send(ANN)
        assert health.problems() == []
        now = 30.0
        assert await sender.send(ANN)
        assert health.problems() == ["Telegram cannot be reached: no name for it"]
        telegram.there = True
        assert await sender.send(ANN) == 0
        assert health.problems() == []
    assert telegram.taken == ["one"]
