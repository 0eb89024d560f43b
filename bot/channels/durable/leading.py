"""Of several replicas one does what must not be done twice at a time; another takes over when it is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

from bot.storage.claims import Claims
from bot.storage.database import Database

# How soon another notices that nobody leads, and a leader that it no longer does.
LOOK_SECONDS = 1.0
# A leader that does not look for so long is frozen.
SILENCE_SECONDS = 10.0

log = structlog.get_logger(__name__)


class Leading:
    """`run` calls `work` whenever this replica leads, and cancels it when it no longer does."""

    def __init__(self, database: Database, what: str) -> None:
        self._claims = Claims(database, SILENCE_SECONDS)
        self._what = what
        # A thread of its own: who cannot look leads no longer.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="lead")
        self.leads = False

    async def run(self, work: Callable[[], Awaitable[None]]) -> None:
        """Until cancelled, or until `work` ends by itself. Any exception of `work` is raised."""
        try:
            while True:
                if await self._elected():
                    self.leads = True
                    log.info("leading", what=self._what)
                    if await self._while_leading(asyncio.ensure_future(work())):
                        return
                    self.leads = False
                    log.warning("leads_no_more", what=self._what)
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            self.leads = False
            self._claims.close()
            self._thread.shutdown(wait=False)

    async def _elected(self) -> bool:
        try:
            claim = [f"lead {self._what}"]
            return bool(await asyncio.get_running_loop().run_in_executor(self._thread, self._claims.take, claim))
        except Exception as error:
            log.warning("leader_unknown", error=type(error).__name__)
            return False

    async def _still_leads(self) -> bool:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._claims.alive)

    async def _while_leading(self, working: asyncio.Future[None]) -> bool:
        """Whether the work ended by itself."""
        try:
            while not working.done():
                await asyncio.wait({working}, timeout=LOOK_SECONDS)
                if not working.done() and not await self._still_leads():
                    return False
            working.result()
            return True
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
