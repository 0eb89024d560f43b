"""Answering presses at once, so that the button stops spinning; the reply itself comes by the outbox."""

from __future__ import annotations

import asyncio

import structlog
from telegram import Bot
from telegram.error import BadRequest

from bot.channels.telegram.api import reason

log = structlog.get_logger(__name__)


class PressAnswers:
    """Answers queries side by side. A failure costs nothing but some spinning, so none is tried again."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, query: str) -> None:
        """Answer a query soon, without waiting for it."""
        task = asyncio.create_task(self._answer(query))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        """Wait until all are answered."""
        await asyncio.gather(*self._tasks)

    async def _answer(self, query: str) -> None:
        try:
            await self._bot.answer_callback_query(query)
        except BadRequest:
            # "Query is too old": the person pressed while we were away.
            return
        except Exception as error:
            log.info("press_not_answered", error=type(error).__name__, reason=reason(error))
