"""The bot on Telegram: what `career-advisor run` runs.

    poll → intake → inbox → turns → outbox → sender → Telegram

Each arrow into a box is a committed transaction, so a crash anywhere loses nothing. Waking a lane
only saves waiting: whatever lies in the boxes is found by the look-around too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.channels.backoff import Backoff
from bot.channels.lanes import Lanes
from bot.channels.telegram.api import Api, reason, seconds_to_wait
from bot.channels.telegram.flood import FloodGuard
from bot.channels.telegram.intake import REMEMBER_UPDATES, Intake
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.presses import PressAnswers
from bot.channels.telegram.profile import update_profile
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.turns import Turns
from bot.channels.telegram.updates import Me
from bot.channels.telegram.voice import Voice
from bot.settings import TelegramSettings
from bot.storage import inbox, outbox
from bot.storage.database import Database

TURNS_AT_ONCE = 8
SENDS_AT_ONCE = 16
# Rows that no lane was woken for: left by a crash, or by another replica.
LOOK_AROUND_SECONDS = 5.0
FORGET_EVERY_SECONDS = 3600.0
DRAIN_SECONDS = 10.0

log = structlog.get_logger(__name__)


class TokenRefusedError(Exception):
    """Telegram does not know the token."""


class TelegramApp:
    """Runs until `stop`. `voice` may be swapped at any time."""

    def __init__(
        self,
        database: Database,
        settings: TelegramSettings,
        token: str,
        voice: Voice,
        today: Callable[[], date],
    ) -> None:
        self.voice = voice
        self._database = database
        self._api = Api(settings, token)
        self._flood = FloodGuard(settings.flood_limit)
        self._presses = PressAnswers(self._api.bot)
        pacing = Pacing(settings.send_rate, lambda: asyncio.get_running_loop().time())
        sender = Sender(database, self._api.bot, pacing, lambda chat: self._sends.wake(chat))
        turns = Turns(database, lambda: self.voice, today, lambda chat: self._sends.wake(chat))
        self._sends: Lanes[int] = Lanes("send", sender.send, SENDS_AT_ONCE)
        self._turns: Lanes[str] = Lanes("turn", turns.take, TURNS_AT_ONCE)
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def stop(self) -> None:
        """Take nothing in any more, finish what is here, and return from `run`."""
        self._stopping.set()

    async def run(self) -> None:
        """Serve until `stop`. Raises `TokenRefusedError`; no other trouble ends it."""
        try:
            me = await self._start()
            if me is None:
                return
            intake = Intake(self._database, me, self._flood, self._turns.wake, self._presses.answer)
            polling = Polling(self._api, intake.receive)
            poll = asyncio.create_task(polling.run())
            self._tasks = [asyncio.create_task(self._look_around()), asyncio.create_task(self._forget())]
            self.refresh_profile()
            log.info("listening", bot=me.username)
            await self._stopping.wait()
            polling.stop()
            await poll
            await self._drain()
        finally:
            await self._close()
