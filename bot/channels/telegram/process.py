"""The application as a process: it obeys signals, and it ends when it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Callable

import structlog

from bot.channels.errors import describe
from bot.channels.telegram.app import TelegramApp
from bot.channels.telegram.voice import Voice
from bot.knowledge.load import KnowledgeError

KEPT = "what was read before stays in use"

log = structlog.get_logger(__name__)


async def serve(app: TelegramApp, reload: Callable[[], Voice]) -> None:
    """Run until SIGTERM or SIGINT; SIGHUP puts a voice of `reload` in place of the old one.

    Raises `TokenRefusedError`.
    """
    loop = asyncio.get_running_loop()
    reloads: set[asyncio.Task[None]] = set()

    def on_hangup() -> None:
        task = asyncio.create_task(_reload(app, reload))
        reloads.add(task)
        task.add_done_callback(reloads.discard)

    # Windows has none of these; Ctrl-C interrupts there, and nothing is lost by that either.
    with contextlib.suppress(NotImplementedError, AttributeError):
        loop.add_signal_handler(signal.SIGTERM, app.stop)
        loop.add_signal_handler(signal.SIGINT, app.stop)
        loop.add_signal_handler(signal.SIGHUP, on_hangup)
    await app.run()
    if app.stuck:
        # Python would wait for the thread of that turn for ever. Nothing is lost: its row is still there.
        log.warning("turn_abandoned", hint="a message was never answered; it is tried again after the next start")
        logging.shutdown()
        os._exit(0)


async def _reload(app: TelegramApp, reload: Callable[[], Voice]) -> None:
    """Build a new voice aside, and swap it in unless what it is built from is broken."""
    try:
        voice = await asyncio.to_thread(reload)
    except KnowledgeError as error:
        log.error("reload_refused", hint=KEPT, problems=[str(problem) for problem in error.problems])
    except Exception as error:
        log.error("reload_refused", hint=KEPT, error=describe(error, said=""))
    else:
        app.use(voice)
        log.info("reloaded")
