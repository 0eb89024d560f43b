"""The server's probes, asked by several at once."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from bot.channels.web import READINESS, WebServer


def server(broken: bool) -> tuple[Any, list[int]]:
    """A server over a database that is away or there, and how often it was read."""
    reads: list[int] = []

    async def in_thread(_work: object) -> None:
        reads.append(1)
        await asyncio.sleep(0.01)
        if broken:
            raise OSError

    health = SimpleNamespace(problems=lambda *_kinds: [])
    web = WebServer("127.0.0.1", 0, SimpleNamespace(in_thread=in_thread, health=health))  # type: ignore[arg-type]  # a stand-in
    web.ready = True
    return web, reads


@pytest.mark.parametrize(("broken", "status"), [(True, 503), (False, 200)])
async def test_all_who_ask_at_once_are_told_the_same(broken: bool, status: int) -> None:
    web, reads = server(broken)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web._app), base_url="http://bot") as client:
        first = [one.status_code for one in await asyncio.gather(*(client.get(READINESS) for _ in range(4)))]
        again = (await client.get(READINESS)).status_code

    assert first == [status] * 4
    assert again == status
    assert len(reads) == 2  # one for those at once, one for whoever came later
