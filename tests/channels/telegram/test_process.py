"""Reloads: one at a time, and one more for all that were asked for meanwhile."""

from __future__ import annotations

import asyncio
import threading
from datetime import date

from bot.channels.durable.runtime import Runtime
from bot.channels.telegram.process import Reloads
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session


class Silent:
    def turn(self, session: Session, incoming: Incoming, today: date) -> tuple[Session, list[Reply]]:
        return session, []


class Slow:
    """Reading that takes until it is `allowed`, and the application that gets what was read."""

    def __init__(self, failures: int = 0) -> None:
        self.allowed = threading.Semaphore(0)
        self.failures = failures
        self.begun = 0
        self.used: list[Runtime] = []
        self.reloads = Reloads(self, self.read)  # type: ignore[arg-type]  # all that it needs of an application

    def read(self) -> Runtime:
        self.begun += 1
        assert self.allowed.acquire(timeout=60)
        if self.begun <= self.failures:
            raise OSError("gone")
        return Runtime(Silent(), {})

    def use(self, runtime: Runtime) -> None:
        self.used.append(runtime)

    async def until(self, begun: int, used: int) -> None:
        async with asyncio.timeout(60):
            while (self.begun, len(self.used)) != (begun, used):
                await asyncio.sleep(0.001)


async def test_many_hangups_while_one_is_obeyed_are_one_more() -> None:
    slow = Slow()
    slow.reloads.ask()
    await slow.until(begun=1, used=0)
    for _ in range(19):
        slow.reloads.ask()
        await asyncio.sleep(0)
    slow.allowed.release(20)
    await slow.until(begun=2, used=2)


async def test_what_cannot_be_read_leaves_the_old_and_the_next_hangup_is_heard() -> None:
    slow = Slow(failures=1)
    slow.reloads.ask()
    await slow.until(begun=1, used=0)
    slow.reloads.ask()
    slow.allowed.release(2)
    await slow.until(begun=2, used=1)
