"""The machine of a durable channel: lanes for turns and for sends, and the chores beside them.

Waking a lane only saves waiting: whatever lies in the boxes, left by a crash or by another replica, is
found by the look-around too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import structlog

from bot.channels.durable.arrivals import Channel
from bot.channels.durable.crew import Crew
from bot.channels.durable.lanes import Lanes
from bot.channels.durable.runtime import Runtime
from bot.channels.durable.turns import Turns
from bot.channels.health import Health
from bot.channels.meters import Meters
from bot.channels.supervision import every
from bot.logs import redact
from bot.storage import agreement, dead_letters, inbox, marks, outbox, retention
from bot.storage.claims import Claims
from bot.storage.database import Database

TURNS_AT_ONCE = 64
SENDS_AT_ONCE = 48
STORAGE_THREADS = 4
# For what must go on whatever else hangs: loop's own threads may all wait for a name to be resolved, the others for
# the database.
VITAL_THREADS = 2
LOOK_AROUND_SECONDS = 5.0
# Longer than a locked database is waited for: see `BUSY_SECONDS`.
ANSWER_SECONDS = 15.0
SILENT = "the database does not answer"
HOLD_SECONDS = 5.0
# Replicas find each other's rows by looking; those that share a database look more often.
SHARED_LOOK_AROUND_SECONDS = 1.0
FORGET_SECONDS = 3600.0
DRAIN_SECONDS = 10.0
LONGEST_WAIT_SECONDS = 300.0
# So many threads that never came back: a new process serves people better.
MOST_ABANDONED = 32

log = structlog.get_logger(__name__)


class Engine:
    """Made and run within one event loop. `runtime` gives who speaks now.

    `remember_updates` is how long the channel may deliver an update again; `beat` is called every few seconds
    with what is wrong. `exhausted` is set when the process should end and be started anew.
    """

    def __init__(
        self,
        database: Database,
        channel: Channel,
        runtime: Callable[[], Runtime],
        today: Callable[[], date],
        *,
        retention_days: int,
        remember_updates: timedelta,
        beat: Callable[[list[str]], None] | None = None,
    ) -> None:
        self.database = database
        self.health = Health()
        self.meters = Meters()
        self.claims = Claims(database)
        self.threads = ThreadPoolExecutor(STORAGE_THREADS, thread_name_prefix="storage")
        self._vital = ThreadPoolExecutor(VITAL_THREADS, thread_name_prefix="vital")
        self.exhausted = asyncio.Event()
        # The time of the newest message, as the channel tells it.
        self.told: datetime | None = None
        self._beat = beat
        self._retention_days = retention_days
        self._remember_updates = remember_updates
        self._erased: set[int] = set()
        self._crew = Crew()
        turns = Turns(
            database,
            channel,
            runtime,
            today,
            self.wake_chat,
            threads=self.threads,
            crew=self._crew,
            claims=self.claims,
            meters=self.meters,
            erased=self._erased.add,
        )
        self.turns: Lanes[str] = Lanes("turn", turns.take, TURNS_AT_ONCE)
        self.sends: Lanes[int] | None = None
        self._chores: list[asyncio.Task[None]] = []
        # The look into the boxes that is under way.
        self._looking: asyncio.Future[tuple[list[str], list[int], str | None]] | None = None

    def start(self, send: Callable[[int], Awaitable[float | None]]) -> None:
        """Begin. `send` sends the first reply of a chat; see `Lanes` for what it returns."""
        self.sends = Lanes("send", send, SENDS_AT_ONCE)
        seconds = SHARED_LOOK_AROUND_SECONDS if self.database.is_shared else LOOK_AROUND_SECONDS
        self._chores.append(asyncio.create_task(every(seconds, "look around", self._look_around)))
        if self.database.is_shared:
            self._chores.append(asyncio.create_task(every(HOLD_SECONDS, "hold claims", self._hold_claims)))
        self._chores.append(asyncio.create_task(every(FORGET_SECONDS, "forget what is old", self._forget)))

    def wake_person(self, person: str) -> None:
        """There may be a message of a person."""
        self.turns.wake(person)

    def wake_chat(self, chat: int) -> None:
        """There may be a reply for a chat."""
        if self.sends is not None:
            self.sends.wake(chat)

    async def in_thread(self, work: Callable[[], object]) -> None:
        """Do something with the database that blocks."""
        await asyncio.get_running_loop().run_in_executor(self.threads, work)

    async def idle(self) -> None:
        """Wait until nothing is left to answer or to send."""
        await self.turns.idle()
        if self.sends is not None:
            await self.sends.idle()

    async def stop(self) -> None:
        """End all that is under way; what is left waits in the boxes. Returns soon, whatever sticks."""
        for chore in self._chores:
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        await self.turns.stop()
        if self.sends is not None:
            await self.sends.stop()
        self._crew.stop()
        self.threads.shutdown(wait=False, cancel_futures=True)
        self._vital.shutdown(wait=False, cancel_futures=True)

    async def _look_around(self) -> None:
        if self._looking is None:
            self._looking = asyncio.get_running_loop().run_in_executor(self.threads, self._look)
        done, _ = await asyncio.wait({self._looking}, timeout=ANSWER_SECONDS)
        if done:
            looked, self._looking = self._looking, None
            self._judge_look(looked)
        else:
            self.health.fails("database", SILENT)
            log.error("database_silent", seconds=ANSWER_SECONDS)
        self._judge_threads()
        await self.beat()

    def _judge_look(self, looked: asyncio.Future[tuple[list[str], list[int], str | None]]) -> None:
        try:
            people, chats, problem = looked.result()
        except Exception as error:
            reason = redact(str(getattr(error, "orig", error))).splitlines()[0][:200]
            # One that is locked was waited for: see `BUSY_SECONDS`.
            self.health.fails("database", f"the database cannot be used: {reason}")
            log.error("database_failed", error=type(error).__name__, reason=reason)
            return
        self.health.well("database")
        if problem is not None:
            self._end_soon("outdated", problem)
        for person in people:
            self.wake_person(person)
        for chat in chats:
            self.wake_chat(chat)

    async def _hold_claims(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._vital, self.claims.alive)

    async def beat(self) -> None:
        """Leave a sign of life, with what is wrong."""
        if self._beat is not None:
            await asyncio.get_running_loop().run_in_executor(self._vital, self._beat, self.health.problems())

    def _look(self) -> tuple[list[str], list[int], str | None]:
        now = datetime.now(UTC)
        if problem := self.database.file_problem():
            self.health.fails("file", problem)
        else:
            self.health.well("file")
        with self.database.transaction() as transaction:
            # Written, not only read: a full disk shows in nothing else while nobody writes to us.
            marks.write(transaction, "looked_at", now.isoformat())
            people, chats = inbox.people_waiting(transaction), outbox.chats_waiting(transaction)
            depths = {"inbox": inbox.depth(transaction), "outbox": outbox.depth(transaction)}
            dead = dead_letters.count(transaction)
        for name, (number, since) in depths.items():
            waited = max(0.0, now.timestamp() - since) if since is not None else 0.0
            self.meters.gauge(f"{name}_depth", f"Rows in the {name}.", number)
            self.meters.gauge(f"{name}_oldest_seconds", f"How long the oldest row of the {name} waits.", waited)
            if waited > LONGEST_WAIT_SECONDS:
                self.health.fails(name, f"the oldest row of the {name} waits since {waited:.0f} seconds")
            else:
                self.health.well(name)
        self.meters.gauge("dead_letters", "What was set aside.", dead)
        if self._erased:
            self._scrub(set(chats))
        return people, chats, agreement.problem(self.database)

    def _scrub(self, waiting: set[int]) -> None:
        """Empty the journal after somebody was erased, and once more when their last reply is gone."""
        for chat in [chat for chat in self._erased if chat not in waiting] if self.database.scrub() else []:
            self._erased.discard(chat)

    def _judge_threads(self) -> None:
        abandoned = self._crew.abandoned
        self.meters.gauge("abandoned_turns", "Turns that never came back.", abandoned)
        if abandoned >= MOST_ABANDONED:
            self._end_soon("turns", f"{abandoned} turns never came back")

    def _end_soon(self, part: str, problem: str) -> None:
        if not self.exhausted.is_set():
            log.critical("ending", reason=problem, hint="this process ends, so that a new one can take its place")
        self.health.fails(part, problem)
        self.exhausted.set()

    async def _forget(self) -> None:
        await self.in_thread(self._forget_old)

    def _forget_old(self) -> None:
        now = datetime.now(UTC)
        with self.database.transaction() as transaction:
            done = retention.forget_old(transaction, now, self._retention_days, self._remember_updates, self.told)
        self.database.scrub()
        self.meters.gauge("clock_doubted", "1: nothing is forgotten, the clock leapt since it was last seen.", not done)
        if not done:
            log.warning("clock_doubted", hint="nothing is forgotten until the clock agrees with what was stored")
