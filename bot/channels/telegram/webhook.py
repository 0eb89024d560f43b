"""Updates by webhook: Telegram calls us, and hears 200 only once an update is stored.

Whatever else it hears, it delivers the update again: https://core.telegram.org/bots/api#setwebhook
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, TelegramError

from bot.channels.durable.engine import Engine
from bot.channels.telegram import payloads
from bot.channels.telegram.api import reason
from bot.channels.telegram.polling import PART, report
from bot.channels.telegram.updates import ALLOWED
from bot.settings import WebSettings
from bot.storage import marks
from bot.storage.database import Database

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
# An update is some kilobytes: a message has at most 4,096 characters, with entities and the message replied to.
MAX_BYTES = 1_000_000
LOOK_SECONDS = 15.0
# Longer than a locked database is waited for, shorter than Telegram waits for us.
STORE_SECONDS = 15.0
MARK = "webhook"

log = structlog.get_logger(__name__)


class Webhook:
    """The address that Telegram is to call, and the secret that it sends along."""

    def __init__(self, url: str, secret: str, database: Database, bot: Bot, engine: Engine) -> None:
        self.path = urlsplit(url).path or "/"
        self.secret = secret
        self._url = url
        self._database = database
        self._bot = bot
        self._engine = engine

    @classmethod
    def of(cls, settings: WebSettings, database: Database, bot: Bot, engine: Engine) -> Webhook | None:
        """The webhook that the settings ask for, if they do."""
        if settings.webhook_url is None or settings.webhook_secret is None:
            return None
        return cls(settings.webhook_url, settings.webhook_secret.get_secret_value(), database, bot, engine)

    async def arrange(self) -> WebhookInfo:
        """Set it at Telegram if it differs from what is set there. Raises `TelegramError`."""
        info = await self._bot.get_webhook_info()
        # Telegram does not tell the secret: a hash of it is kept from when it was set.
        known = await asyncio.to_thread(self._known)
        if info.url == self._url and set(info.allowed_updates or ()) == set(ALLOWED) and known == self._mark():
            return info
        try:
            await self._bot.set_webhook(self._url, secret_token=self.secret, allowed_updates=ALLOWED)
        except BadRequest as error:
            raise BadRequest(f"WEBHOOK_URL: {reason(error)}") from error
        await asyncio.to_thread(self._remember)
        log.info("webhook_set")
        return info

    async def watch(self) -> None:
        """Look every few seconds whether Telegram answers, and can deliver."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                info = await self.arrange()
            except TelegramError as error:
                report(self._engine.health, error)
            except Exception as error:
                log.error("webhook_not_watched", error=type(error).__name__, reason=reason(error))
            else:
                self._engine.health.well(PART)
                self._engine.meters.gauge(
                    "webhook_pending", "Updates that wait at Telegram.", info.pending_update_count
                )

    def _mark(self) -> str:
        return hashlib.sha256(f"{self._url} {self.secret}".encode()).hexdigest()

    def _known(self) -> str | None:
        with self._database.reader() as reader:
            return marks.read(reader, MARK)

    def _remember(self) -> None:
        with self._database.transaction() as transaction:
            marks.write(transaction, MARK, self._mark())


def webhook_route(webhook: Webhook, receive: Callable[[Sequence[dict[str, Any]]], Awaitable[None]]) -> Route:
    """The route at the webhook's path. `receive` stores an update and returns."""

    async def deliver(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, webhook.secret.encode()):
            return PlainTextResponse("wrong secret\n", 403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return PlainTextResponse("gone\n", 400)
        if body is None:
            return PlainTextResponse("too large\n", 413)
        try:
            update = payloads.loads(body)
        except ValueError:
            return PlainTextResponse("not JSON\n", 400)
        # What is late goes on: when it is stored after all, its second delivery counts for nothing.
        storing = asyncio.ensure_future(receive([update]))
        storing.add_done_callback(_report)
        await asyncio.wait({storing}, timeout=STORE_SECONDS)
        if not storing.done() or storing.cancelled() or storing.exception() is not None:
            return PlainTextResponse("try again later\n", 503, {"Retry-After": "5"})
        return PlainTextResponse("ok\n")

    return Route(webhook.path, deliver, methods=["POST"])


def _report(storing: asyncio.Future[None]) -> None:
    if not storing.cancelled() and (error := storing.exception()) is not None:
        log.error("intake_failed", error=type(error).__name__, reason=reason(error))


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is too large."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MAX_BYTES:
        return None
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)
