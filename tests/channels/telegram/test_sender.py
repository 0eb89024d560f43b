from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import httpx
from telegram.error import NetworkError

from bot.channels.health import Health
from bot.channels.telegram.outgoing import Outgoing
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.photos import Photos
from bot.channels.telegram.sender import Sender
from bot.storage import outbox
from bot.storage.claims import Claims
from bot.storage.database import Database

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
