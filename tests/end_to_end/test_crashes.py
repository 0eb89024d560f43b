"""Kill -9 under load: nothing lost, nothing counted twice, order kept, at most one repeat a chat and crash."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from postgresql import PostgreSQL
from processes import BotProcess
from stand_in import BotApi
from storm import storm

LATENCY = 0.08


@pytest.mark.parametrize(
    ("people", "messages", "kills"),
    [(6, 8, 2), pytest.param(30, 40, 10, marks=pytest.mark.long)],
    ids=["small", "full"],
)
def test_a_storm_loses_nothing(people: int, messages: int, kills: int, tmp_path: Path) -> None:
    with BotApi(latency=LATENCY) as api:
        bot = BotProcess(api, tmp_path)
        figures = storm(api, [bot], people, messages, kills)
        assert bot.stop() == 0
        assert (figures.lost, figures.out_of_order) == (0, 0)
        assert figures.worst_repeats <= 1
        _check_counting(api)


def _check_counting(api: BotApi) -> None:
    """The reply starts with the number of the message as the session counts, and ends with our own."""
    texts = [call.parameters["text"].split() for call in api.calls if call.method == "sendMessage" and call.accepted]
    assert all(int(words[0]) == int(words[-1]) + 1 for words in texts)


@pytest.mark.parametrize(
    ("people", "messages", "kills"),
    [(6, 8, 3), pytest.param(20, 30, 8, marks=pytest.mark.long)],
    ids=["small", "full"],
)
def test_replicas_on_postgresql_lose_nothing_while_they_are_killed_in_turn(
    people: int, messages: int, kills: int, tmp_path: Path, postgresql: PostgreSQL
) -> None:
    url = postgresql.database()
    key = Fernet.generate_key().decode()
    with BotApi(latency=LATENCY) as api, ExitStack() as stack:
        bots = []
        for name in ("one", "two"):
            folder = tmp_path / name
            folder.mkdir()
            bot = BotProcess(api, folder, DATABASE_URL=url, ADVISOR_SECRET_KEY=key)
            stack.callback(lambda bot=bot: bot.kill() if bot.runs else None)
            bots.append(bot)
        figures = storm(api, bots, people, messages, kills)
        assert (figures.lost, figures.out_of_order) == (0, 0)
        assert figures.worst_repeats <= 1
        _check_counting(api)
