"""Kill -9 under load: nothing lost, nothing counted twice, order kept, at most one repeat a chat and crash."""

from __future__ import annotations

from pathlib import Path

import pytest
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
        figures = storm(api, bot, people, messages, kills)
        assert bot.stop() == 0
        assert (figures.lost, figures.out_of_order) == (0, 0)
        assert figures.worst_repeats <= 1
        # The reply starts with the number of the message as the session counts, and ends with our own.
        texts = [
            call.parameters["text"].split() for call in api.calls if call.method == "sendMessage" and call.accepted
        ]
        assert all(int(words[0]) == int(words[-1]) + 1 for words in texts)
