"""A stand-in of the Bot API for each test, and a way to start bots that talk to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from processes import ECHO, BotProcess, StartBot
from stand_in import BotApi


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as api:
        yield api


@pytest.fixture
def start_bot(api: BotApi, tmp_path: Path) -> Iterator[StartBot]:
    """`start_bot()`, `start_bot(REAL, NAME="value")`: it is killed at the end if it still runs."""
    with ExitStack() as stack:

        def start(program: tuple[str, ...] = ECHO, forked: bool = True, **environment: str) -> BotProcess:
            bot = stack.enter_context(BotProcess(api, tmp_path, program, forked, **environment))
            # Shown when the test fails.
            stack.callback(lambda: sys.stdout.write(bot.log))
            return bot

        yield start
