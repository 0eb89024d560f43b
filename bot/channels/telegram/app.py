"""The bot on Telegram: what `career-advisor run` runs.

    polling or webhook → intake → inbox → turns → outbox → sender

Each step into a box is a committed transaction, so a crash anywhere loses nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels import pictures
from bot.channels.backoff import Backoff
from bot.channels.durable.engine import DRAIN_SECONDS, Engine
from bot.channels.durable.leading import Leading
from bot.channels.durable.runtime import Runtime
from bot.channels.supervision import noted, unless
from bot.channels.telegram.api import Api, reason, seconds_to_wait
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.flood import FloodGuard
from bot.channels.telegram.intake import REMEMBER_UPDATES, Intake
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.photos import Photos
from bot.channels.telegram.polling import Polling, report, watch
from bot.channels.telegram.presses import PressAnswers
from bot.channels.telegram.profile import update_profile
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.updates import Me
from bot.channels.telegram.webhook import Webhook, webhook_route
from bot.channels.web import WebServer
from bot.knowledge.check import due
from bot.settings import TelegramSettings, WebSettings
from bot.storage.database import Database

# The map is drawn when nobody has waited for anything for so long.
WARM_AFTER_SECONDS = 5.0
# Signs of life while Telegram makes us wait at the start.
BEAT_SECONDS = 5.0

log = structlog.get_logger(__name__)


class TokenRefusedError(Exception):
    """Telegram does not know the token."""


class WornOutError(Exception):
    """A new process should take over: so many turns never came back, or it cannot read what others store."""


class TelegramApp:
    """Made and run within one event loop. `runtime` may be swapped at any time, by `use`.

    `beat` is called every few seconds with what is wrong. Without `web` settings it polls, and serves no HTTP.
    """

    def __init__(
        self,
        database: Database,
        settings: TelegramSettings,
        token: str,
        runtime: Runtime,
        today: Callable[[], date],
        *,
        retention_days: int,
        web: WebSettings | None = None,
        beat: Callable[[list[str]], None] | None = None,
    ) -> None:
        self.runtime = runtime
        self._database = database
        self._today = today
        self._flood = FloodGuard(settings.flood_limit)
        self._api = Api(settings, token)
        self._presses = PressAnswers(self._api.bot)
        self._channel = TelegramChannel()
        self.engine = Engine(
            database,
            self._channel,
            lambda: self.runtime,
            today,
            retention_days=retention_days,
            remember_updates=REMEMBER_UPDATES,
            beat=beat,
        )
        self.engine.meters.live("facts_due", "Sources past the day on which to read them again.", self._count_due)
        pacing = Pacing(settings.send_rate, asyncio.get_running_loop().time)
        self._photos = Photos(database, self._api.bot, lambda: self.runtime.base, self.engine.wake_chat)
        self._sender = Sender(
            database,
            self._api.bot,
            pacing,
            self._photos,
            self.engine.wake_chat,
            threads=self.engine.threads,
            claims=self.engine.claims,
            meters=self.engine.meters,
            health=self.engine.health,
        )
        self._webhook = Webhook.of(web, database, self._api.bot, self.engine) if web is not None else None
        self._server = WebServer.of(web, self.engine) if web is not None else None
        self._stopping = asyncio.Event()
        self._chores: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        """Take nothing in any more, finish what is here, and return from `run`."""
        self._stopping.set()

    async def run(self) -> None:
        """Serve until `stop`, whatever Telegram does. Raises `TokenRefusedError` and `WornOutError`."""
        try:
            self.engine.meters.knowledge(_version(self.runtime))
            if self._server is not None:
                await self._server.start()
            if await unless(self._stopping, self._introduce()):
                await self._serve()
                await self._drain()
        finally:
            chores = list(self._chores)
            for chore in chores:
                chore.cancel()
            await asyncio.gather(*chores, return_exceptions=True)
            await self.engine.stop()
            await self._photos.stop()
            if self._server is not None:
                await self._server.stop()
            await self._api.close()
        if self.engine.exhausted.is_set():
            raise WornOutError

    def use(self, runtime: Runtime) -> None:
        """Speak with another runtime from the next turn on."""
        self.runtime = runtime
        self.engine.meters.knowledge(_version(runtime))
        self._prepare()

    def _count_due(self) -> int:
        """How many sources should be read again by now."""
        return 0 if self.runtime.base is None else len(due(self.runtime.base, self._today()))

    def _prepare(self) -> None:
        """In the background: commands and descriptions at Telegram as the runtime has them, and its map drawn once."""
        self._beside("profile", self._profile())
        if self.runtime.base is not None:
            self._beside("warm", self._warm())

    def _beside(self, name: str, work: Awaitable[None]) -> None:
        chore = asyncio.create_task(noted(name, work))
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)

    async def _warm(self) -> None:
        """Only once nobody waits: the first answers must not be behind it."""
        await asyncio.sleep(WARM_AFTER_SECONDS)
        await self.engine.idle()
        if self.runtime.base is not None:
            await pictures.warm(self.runtime.base)

    async def _introduce(self) -> None:
        """Learn who we are, and how updates come: by our webhook, or by polling without one."""
        arrange = self._api.bot.delete_webhook if self._webhook is None else self._webhook.arrange
        try:
            await self._insist("start", self._api.bot.initialize, InvalidToken)
            await self._insist("start", arrange, InvalidToken)
        except InvalidToken:
            raise TokenRefusedError from None

    async def _serve(self) -> None:
        me = Me(self._api.bot.id, self._api.bot.username)
        self._channel.username = me.username
        intake = Intake(
            self._database,
            me,
            self._flood,
            self.engine.wake_person,
            self._presses.answer,
            self.engine.threads,
            self._taken_in,
        )
        self.engine.start(self._sender.send)
        self._prepare()
        polling, taking = None, None
        if self._webhook is None:
            polling = Polling(self._api, intake.receive, self.engine.health)
            leading = Leading(self._database, "polling")
            taking = asyncio.create_task(leading.run(polling.run))
            if self._database.is_shared:
                self._beside("telegram", watch(self._api, self.engine.health, lambda: leading.leads))
        elif self._server is not None:
            self._server.add(webhook_route(self._webhook, intake.receive))
            self._beside("webhook", self._webhook.watch())
        if self._server is not None:
            self._server.ready = True
        log.info("listening", bot=me.username, by="polling" if self._webhook is None else "webhook")
        await self._stopped_or_exhausted()
        if self._server is not None:
            self._server.ready = False
        if polling is not None and taking is not None:
            polling.stop()
            if not await _ended(taking, DRAIN_SECONDS):
                taking.cancel()
        if self._server is not None:
            await self._server.stop()

    async def _stopped_or_exhausted(self) -> None:
        await unless(self.engine.exhausted, self._stopping.wait())

    async def _drain(self) -> None:
        """Answer what was taken in. What cannot be sent in time waits in the outbox for the next start."""
        log.info("stopping", seconds=DRAIN_SECONDS)
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                await self.engine.idle()
                while await self._photos.idle():
                    await self.engine.idle()
                await self._presses.idle()
        except TimeoutError:
            log.warning("stopped_early", hint="what is left is answered or sent after the next start")

    def _taken_in(self, updates: int, told: datetime | None) -> None:
        self.engine.meters.taken_in(updates)
        if told is not None:
            self.engine.told = max(told, self.engine.told or datetime.min.replace(tzinfo=UTC))

    async def _profile(self) -> None:
        def update() -> Awaitable[None]:
            return update_profile(self._api.bot, self.runtime.texts)

        try:
            # A Bot API server of one's own may be too old for a method: it says 404, as to a wrong token.
            await self._insist("profile", update, InvalidToken, BadRequest)
        except (InvalidToken, BadRequest) as error:
            log.warning("profile_refused", reason=reason(error))

    async def _insist(self, what: str, call: Callable[[], Awaitable[object]], *hopeless: type[TelegramError]) -> None:
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
                report(self.engine.health, error)
                await self._outlast(wait)

    async def _outlast(self, seconds: float) -> None:
        """Sleep, and show meanwhile that we live."""
        clock = asyncio.get_running_loop().time
        until = clock() + seconds
        while (left := until - clock()) > 0:
            await self.engine.beat()
            await asyncio.sleep(min(left, BEAT_SECONDS))


def _version(runtime: Runtime) -> str:
    return runtime.base.digest[:12] if runtime.base is not None else "none"


async def _ended(task: asyncio.Task[None], seconds: float) -> bool:
    done, _ = await asyncio.wait({task}, timeout=seconds)
    return bool(done)
