"""The application as a process: it obeys signals, and it ends when it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable

import structlog

from bot.channels.durable.runtime import Runtime
from bot.channels.errors import describe
from bot.channels.telegram.app import TelegramApp
from bot.knowledge.load import KnowledgeError

# Longer than it takes to answer what was taken in, shorter than a supervisor's patience.
LONGEST_STOP_SECONDS = 18.0
KEPT = "what was read before stays in use"

log = structlog.get_logger(__name__)


class Reloads:
    """SIGHUP: one reload at a time, and one more for all that were asked for meanwhile."""

    def __init__(self, app: TelegramApp, reload: Callable[[], Runtime]) -> None:
        self._app = app
        self._reload = reload
        self._wanted = False
        self._task: asyncio.Task[None] | None = None

    def ask(self) -> None:
        """Read the knowledge base again soon."""
        self._wanted = True
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        try:
            while self._wanted:
                self._wanted = False
                await self._once()
        finally:
            self._task = None

    async def _once(self) -> None:
        """Build a new runtime aside, and swap it in unless what it is built from is broken."""
        try:
            runtime = await asyncio.to_thread(self._reload)
        except KnowledgeError as error:
            log.error("reload_refused", hint=KEPT, problems=[str(problem) for problem in error.problems])
        except Exception as error:
            log.error("reload_refused", hint=KEPT, error=describe(error, said=""))
        else:
            self._app.use(runtime)
            log.info("reloaded")


def _stop(app: TelegramApp) -> None:
    """Stop in good order; whatever sticks, the process ends. Nothing is lost by that: what is left is stored."""
    app.stop()
    surely = threading.Timer(LONGEST_STOP_SECONDS, os._exit, (0,))
    surely.daemon = True
    surely.start()


async def serve(
    app: TelegramApp, reload: Callable[[], Runtime], *, asked_early: Callable[[], bool] = lambda: False
) -> None:
    """Run until SIGTERM or SIGINT; SIGHUP puts a runtime of `reload` in place of the old one.

    `asked_early` says whether a SIGHUP came before. Raises what `TelegramApp.run` raises. The process must then
    be ended hard, by `os._exit`: a turn that never came back would hold it for ever.
    """
    loop = asyncio.get_running_loop()
    reloads = Reloads(app, reload)
    # Windows has none of these; Ctrl-C interrupts there, and nothing is lost by that either.
    with contextlib.suppress(NotImplementedError, AttributeError):
        loop.add_signal_handler(signal.SIGTERM, _stop, app)
        loop.add_signal_handler(signal.SIGINT, _stop, app)
        loop.add_signal_handler(signal.SIGHUP, reloads.ask)
    if asked_early():
        reloads.ask()
    await app.run()
