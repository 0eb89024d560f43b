"""Storms over each way a bot can run: by polling, by webhook, sending pictures, as replicas on PostgreSQL."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cryptography.fernet import Fernet
from processes import BotProcess
from stand_in import BotApi
from storm import DRAWING_SECONDS, SILENCE_SECONDS, Figures, said, storm

LATENCY = 0.08
KINDS = ("polling", "webhook", "pictures")


def crash(kind: str, folder: Path, people: int, messages: int, kills: int, seed: int = 7) -> Figures:
    """A storm over one bot on SQLite. Raises `AssertionError` if a message counted twice or it does not end well."""
    with BotApi(latency=LATENCY) as api, _bot(api, folder, kind) as bot:
        silence = DRAWING_SECONDS if kind == "pictures" else SILENCE_SECONDS
        figures = storm(api, [bot], people, messages, kills, seed, silence)
        if verdict(figures) is not None:
            # Shown when the test fails.
            sys.stdout.write(bot.log[-3000:])
        _check_counting(api)
        # All may be answered before the last life has begun.
        api.wait(lambda: bot.listens)
        assert bot.stop() == 0
    return figures


def crash_replicas(url: str, folder: Path, people: int, messages: int, kills: int, seed: int = 7) -> Figures:
    """A storm over two bots on one PostgreSQL database, killed in turn."""
    key = Fernet.generate_key().decode()
    with BotApi(latency=LATENCY) as api, ExitStack() as stack:
        bots = []
        for name in ("one", "two"):
            (folder / name).mkdir()
            bot = BotProcess(api, folder / name, DATABASE_URL=url, ADVISOR_SECRET_KEY=key)
            stack.callback(lambda bot=bot: bot.kill() if bot.runs else None)
            bots.append(bot)
        figures = storm(api, bots, people, messages, kills, seed)
        _check_counting(api)
    return figures


def verdict(figures: Figures) -> str | None:
    """What is wrong with the figures, if anything."""
    if figures.lost or figures.out_of_order:
        return f"{figures.lost} lost, {figures.out_of_order} out of order"
    return f"{figures.worst_repeats} repeats in a chat after one crash" if figures.worst_repeats > 1 else None


@contextmanager
def _bot(api: BotApi, folder: Path, kind: str) -> Iterator[BotProcess]:
    settings = {}
    if kind == "webhook":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_SECRET": "s", "PORT": str(port)}
    if kind == "pictures":
        settings = {"ECHO_PICTURES": "yes"}
    bot = BotProcess(api, folder, **settings)
    try:
        yield bot
    finally:
        if bot.runs:
            bot.kill()


def _check_counting(api: BotApi) -> None:
    """The reply starts with the number of the message as the session counts, and ends with our own."""
    words = [said(call).split() for call in api.calls if call.method in ("sendMessage", "sendPhoto") and call.accepted]
    assert all(int(one[0]) == int(one[-1]) + 1 for one in words)
