"""Long polling: what has come is stored before more is asked for, and what was not stored is asked for again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from telegram.error import InvalidToken, TelegramError

from bot.channels.health import Health
from bot.channels.telegram import polling as module
from bot.channels.telegram.polling import REVOKED, Polling, watch


class Scripted:
    """Telegram with two updates, each given until it is confirmed. `events` is all that happened, in order."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.failures = 0
        self.polling = Polling(self, self.receive, Health())  # type: ignore[arg-type]  # all that it needs of an API

    async def updates(self, offset: int | None) -> list[dict[str, Any]]:
        self.events.append(f"asked from {offset}")
        # Whatever runs beside comes first now.
        for _ in range(20):
            await asyncio.sleep(0)
        waiting = [number for number in (5, 6) if offset is None or number >= offset]
        if not waiting:
            self.polling.stop()
            await asyncio.sleep(0)
        return [{"update_id": number} for number in waiting[:1]]

    async def receive(self, updates: Sequence[dict[str, Any]]) -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            self.events.append("failed")
            raise OSError("no room")
        self.events.append(f"stored {updates[0]['update_id']}")


async def test_a_batch_is_stored_before_more_is_asked_for() -> None:
    telegram = Scripted()
    await telegram.polling.run()
    assert telegram.events == ["asked from None", "stored 5", "asked from 6", "stored 6", "asked from 7"]


async def test_what_could_not_be_stored_is_not_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "seconds_to_wait", lambda _error, _otherwise: 0)
    telegram = Scripted()
    telegram.failures = 2
    await telegram.polling.run()
    again = ["asked from None", "failed"]
    assert telegram.events == [*again * 2, "asked from None", "stored 5", "asked from 6", "stored 6", "asked from 7"]


async def test_who_does_not_poll_notices_by_itself_that_telegram_refuses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0)
    health, asked, polls = Health(), 0, False
    answers: list[TelegramError | None] = [InvalidToken(), None]
    found: list[list[str]] = []

    async def get_me() -> None:
        nonlocal asked, polls
        asked += 1
        polls = not answers
        if answers and (error := answers.pop(0)) is not None:
            raise error

    def leads() -> bool:
        found.append(health.problems())
        return polls

    api: Any = SimpleNamespace(bot=SimpleNamespace(get_me=get_me))
    watching = asyncio.create_task(watch(api, health, leads))
    while len(found) < 6:
        await asyncio.sleep(0)
    watching.cancel()
    assert found[:3] == [[], [REVOKED], []]
    # Once it polls, that says more.
    assert asked == 3
