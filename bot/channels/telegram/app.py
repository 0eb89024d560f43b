"""The bot on Telegram: what `career-advisor run` runs.

    polling → intake → inbox → turns → outbox → sender

Each step into a box is a committed transaction, so a crash anywhere loses nothing. Waking a lane
only saves waiting: whatever lies in the boxes is found by the look-around too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels import pictures
from bot.channels.backoff import Backoff
from bot.channels.lanes import Lanes
from bot.channels.patience import every, unless
from bot.channels.telegram.api import Api, reason, seconds_to_wait
from bot.channels.telegram.flood import FloodGuard
from bot.channels.telegram.intake import REMEMBER_UPDATES, Intake
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.photos import Photos
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.presses import PressAnswers
from bot.channels.telegram.profile import update_profile
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.turns import Turns
from bot.channels.telegram.updates import Me
from bot.channels.telegram.voice import Voice
from bot.settings import TelegramSettings
from bot.storage import inbox, outbox, unanswered, uploads
from bot.storage.database import Database
from bot.storage.sessions import forget_idle

# Together they must leave connections to the database free for the intake: `CONNECTIONS` there.
TURNS_AT_ONCE = 8
SENDS_AT_ONCE = 16
# Rows that no lane was woken for: left by a crash, or by another replica.
LOOK_AROUND_SECONDS = 5.0
FORGET_SECONDS = 3600.0
DRAIN_SECONDS = 10.0

log = structlog.get_logger(__name__)


class TokenRefusedError(Exception):
    """Telegram does not know the token."""


class TelegramApp:
    """Made and run within one event loop. `voice` may be swapped at any time, by `use`.

    `beat` is called every few seconds while all is well.
    """

    def __init__(
        self,
        database: Database,
        settings: TelegramSettings,
        token: str,
        voice: Voice,
        today: Callable[[], date],
        *,
        retention_days: int,
        beat: Callable[[], None] | None = None,
    ) -> None:
        self.voice = voice
        self._beat = beat
        self._retention_days = retention_days
        self._database = database
        self._flood = FloodGuard(settings.flood_limit)
        self._api = Api(settings, token)
        self._presses = PressAnswers(self._api.bot)
        pacing = Pacing(settings.send_rate, asyncio.get_running_loop().time)
        self._photos = Photos(database, self._api.bot, lambda: self.voice.base, self._wake_chat)
        sender = Sender(database, self._api.bot, pacing, self._photos, self._wake_chat)
        self._sends: Lanes[int] = Lanes("send", sender.send, SENDS_AT_ONCE)
        self._taker = Turns(database, lambda: self.voice, today, self._wake_chat)
        self._turns: Lanes[str] = Lanes("turn", self._taker.take, TURNS_AT_ONCE)
        self._stopping = asyncio.Event()
        self._chores: list[asyncio.Task[None]] = []

    @property
    def stuck(self) -> bool:
        """After `run`: whether a turn never came back; its thread would keep the process from ending."""
        return self._taker.running > 0

    def stop(self) -> None:
        """Take nothing in any more, finish what is here, and return from `run`."""
        self._stopping.set()

    async def run(self) -> None:
        """Serve until `stop`. Raises `TokenRefusedError`; no other trouble at Telegram ends it."""
        try:
            if await unless(self._stopping, self._introduce()):
                await self._serve()
                await self._drain()
        finally:
            for chore in self._chores:
                chore.cancel()
            await asyncio.gather(*self._chores, return_exceptions=True)
            await self._turns.stop()
            await self._sends.stop()
            await self._photos.stop()
            await self._api.close()

    def use(self, voice: Voice) -> None:
        """Speak with another voice from the next turn on."""
        self.voice = voice
        self._prepare()

    def _prepare(self) -> None:
        """In the background: commands and descriptions at Telegram as the voice has them, and its map drawn once."""
        self._chores.append(asyncio.create_task(self._profile()))
        if self.voice.base is not None:
            self._chores.append(asyncio.create_task(pictures.warm(self.voice.base)))

    def _wake_chat(self, chat: int) -> None:
        self._sends.wake(chat)

    async def _introduce(self) -> None:
        """Learn who we are, and that updates are to be polled for."""
        try:
            await _insist("start", self._api.bot.initialize, InvalidToken)
            await _insist("start", self._api.bot.delete_webhook, InvalidToken)
        except InvalidToken:
            raise TokenRefusedError from None

    async def _serve(self) -> None:
        me = Me(self._api.bot.id, self._api.bot.username)
        intake = Intake(self._database, me, self._flood, self._turns.wake, self._presses.answer)
        polling = Polling(self._api, intake.receive)
        poll = asyncio.create_task(polling.run())
        self._chores.append(asyncio.create_task(every(LOOK_AROUND_SECONDS, "look around", self._look_around)))
        self._chores.append(asyncio.create_task(every(FORGET_SECONDS, "forget what is old", self._forget)))
        self._prepare()
        log.info("listening", bot=me.username)
        await self._stopping.wait()
        polling.stop()
        await poll

    async def _drain(self) -> None:
        """Answer what was taken in. What cannot be sent in time waits in the outbox for the next start."""
        log.info("stopping", seconds=DRAIN_SECONDS)
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                await self._turns.idle()
                await self._sends.idle()
                while await self._photos.idle():
                    await self._sends.idle()
                await self._presses.idle()
        except TimeoutError:
            log.warning("stopped_early", hint="what is left is answered or sent after the next start")

    async def _look_around(self) -> None:
        people, chats = await asyncio.to_thread(self._waiting)
        for person in people:
            self._turns.wake(person)
        for chat in chats:
            self._sends.wake(chat)
        if self._beat is not None:
            await asyncio.to_thread(self._beat)

    def _waiting(self) -> tuple[list[str], list[int]]:
        with self._database.reader() as reader:
            return inbox.people_waiting(reader), outbox.chats_waiting(reader)

    async def _forget(self) -> None:
        await asyncio.to_thread(self._forget_old)

    def _forget_old(self) -> None:
        now = datetime.now(UTC)
        with self._database.transaction() as transaction:
            inbox.forget_seen(transaction, now - REMEMBER_UPDATES)
            forget_idle(transaction, now, self._retention_days)
            unanswered.forget_old(transaction, now, self._retention_days)
            uploads.forget_old(transaction, now, self._retention_days)

    async def _profile(self) -> None:
        def update() -> Awaitable[None]:
            return update_profile(self._api.bot, self.voice.texts)

        try:
            # A Bot API server of one's own may be too old for a method: it says 404, as to a wrong token.
            await _insist("profile", update, InvalidToken, BadRequest)
        except (InvalidToken, BadRequest) as error:
            log.warning("profile_refused", reason=reason(error))


async def _insist(what: str, call: Callable[[], Awaitable[object]], *hopeless: type[TelegramError]) -> None:
    """Call until Telegram answers. Raises only what is `hopeless`."""
    backoff = Backoff()
    while True:
        try:
            await call()
            return
        except hopeless:
            raise
        except TelegramError as error:
            wait = seconds_to_wait(error, backoff.next)
            log.warning(f"{what}_failed", error=type(error).__name__, reason=reason(error), retry_in=round(wait, 1))
            await asyncio.sleep(wait)
