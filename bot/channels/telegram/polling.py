"""Long polling that never gives up.

Telegram forgets an update once a poll asks for a later one, so the offset moves only when all
before it is committed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError

from bot.channels.backoff import Backoff
from bot.channels.health import Health
from bot.channels.telegram.api import Api, reason, seconds_to_wait
from bot.channels.telegram.updates import is_storable

log = structlog.get_logger(__name__)

CONFLICT = "another program polls Telegram with this token; stop it, or give this one a bot of its own"
PART = "telegram"
# Out of reach for so long is a problem; a poll that hears nothing is answered after 25 seconds.
PATIENCE_SECONDS = 20.0
# Between polls that brought nothing that can be remembered: Telegram has no such updates.
USELESS_SECONDS = 1.0
# How often a replica that does not poll looks whether Telegram answers it.
LOOK_SECONDS = 15.0
REVOKED = "Telegram refuses the token; was it revoked? Set the new TELEGRAM_BOT_TOKEN and start again"


class Polling:
    """Asks for updates and hands them to `receive`, until `stop`."""

    def __init__(
        self, api: Api, receive: Callable[[Sequence[dict[str, Any]]], Awaitable[None]], health: Health
    ) -> None:
        self._api = api
        self._health = health
        self._receive = receive
        self._waiting: asyncio.Task[Any] | None = None
        self._stopped = False

    async def run(self) -> None:
        """Poll until `stop`; a batch that has come is always stored to the end."""
        offset: int | None = None
        backoff = Backoff()
        while not self._stopped:
            try:
                updates = await self._interruptible(self._api.updates(offset))
                if updates:
                    await self._receive(updates)
                    numbers = [update["update_id"] for update in updates if is_storable(update)]
                    offset = max(numbers) + 1 if numbers else offset
                    if not numbers:
                        await self._pause(USELESS_SECONDS)
                backoff.reset()
                self._health.well(PART)
            except asyncio.CancelledError:
                if not self._stopped:
                    raise
            except Exception as error:
                wait = seconds_to_wait(error, backoff.next)
                _log(error, wait)
                if isinstance(error, TelegramError):
                    report(self._health, error)
                await self._pause(wait)

    def stop(self) -> None:
        """Ask for no more. Updates on their way stay with Telegram and come at the next start."""
        self._stopped = True
        if self._waiting is not None:
            self._waiting.cancel()

    async def _pause(self, seconds: float) -> None:
        try:
            await self._interruptible(asyncio.sleep(seconds))
        except asyncio.CancelledError:
            if not self._stopped:
                raise

    async def _interruptible(self, awaitable: Awaitable[Any]) -> Any:
        """What `stop` may cut short, as opposed to storing what has come."""
        self._waiting = asyncio.ensure_future(awaitable)
        try:
            return await self._waiting
        finally:
            self._waiting = None


async def watch(api: Api, health: Health, polls: Callable[[], bool]) -> None:
    """Look every few seconds whether Telegram answers, for a replica that would notice in nothing else."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if polls():
            continue
        try:
            await api.bot.get_me()
        except TelegramError as error:
            report(health, error)
        else:
            health.well(PART)


def report(health: Health, error: TelegramError, part: str = PART) -> None:
    """Say what is wrong with Telegram: a fault of the network may pass by itself, a refusal does not."""
    if isinstance(error, InvalidToken):
        health.fails(part, REVOKED)
    elif isinstance(error, BadRequest):
        health.fails(part, f"Telegram refuses: {reason(error)}")
    elif isinstance(error, Conflict):
        health.fails(part, CONFLICT, PATIENCE_SECONDS)
    else:
        health.fails(part, f"Telegram cannot be reached: {reason(error)}", PATIENCE_SECONDS)


def _log(error: Exception, wait: float) -> None:
    wait = round(wait, 1)
    if isinstance(error, Conflict):
        log.warning("polling_conflict", hint=CONFLICT, reason=reason(error), retry_in=wait)
    elif isinstance(error, InvalidToken):
        log.error("polling_refused", hint=REVOKED, retry_in=wait)
    elif isinstance(error, TelegramError):
        log.warning("polling_failed", error=type(error).__name__, reason=reason(error), retry_in=wait)
    else:
        log.error("intake_failed", error=type(error).__name__, reason=reason(error), retry_in=wait)
