"""An hour of mixed dialogs in compressed time: do memory, open files and the database stay flat?

The bot runs as a process with the real knowledge base; people ask, tap, send stickers and long texts, ask for
pictures, block and unblock, erase their data, as fast as it answers. An hour of a busy bot is taken as 3,600
messages. Figures are printed at every tenth; the last third is compared with the one before.

Run: python benchmarks/soak.py [--messages N]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "end_to_end"))

from processes import REAL, BotProcess
from stand_in import BotApi

PEOPLE = 60
FIRST_PERSON = 500
TOGETHER = 40
PATIENCE_SECONDS = 300
WORDS = (
    "how much does the cpc exam cost",
    "what does a coding auditor earn",
    "i have a cpc and two years",
    "what next",
    "/assess",
    "1",
    "2",
    "skip",
    "/plan",
    "/chart",
    "qwertz uiop",
    "cpc or ccs",
    "what do you know about me",
    "thanks",
    "a " * 2000,
    "/cancel",
)


def main() -> None:
    """Run, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=3600)
    options = parser.parse_args()
    chance = random.Random(5)
    figures: list[tuple[float, int, float]] = []
    with tempfile.TemporaryDirectory() as folder, BotApi() as api, BotProcess(api, Path(folder), REAL) as bot:
        print(f"{'messages':>10}{'MB':>8}{'files':>8}{'database kB':>13}")
        for done in range(TOGETHER, options.messages + 1, TOGETHER):
            for _ in range(TOGETHER):
                _act(api, chance)
            _settle(api)
            if done % max(TOGETHER, options.messages // 10 // TOGETHER * TOGETHER) == 0:
                figures.append(_look(bot))
                print(f"{done:10}{figures[-1][0]:8.0f}{figures[-1][1]:8}{figures[-1][2]:13.0f}", flush=True)
        assert bot.runs
    third = max(1, len(figures) // 3)
    before, last = figures[-2 * third : -third], figures[-third:]
    for place, name in enumerate(("memory", "open files", "database")):
        earlier = sum(figure[place] for figure in before) / third
        later = sum(figure[place] for figure in last) / third
        print(f"{name}: {later / earlier:.2f} of the third before")


def _act(api: BotApi, chance: random.Random) -> None:
    person = FIRST_PERSON + chance.randrange(PEOPLE)
    dice = chance.random()
    if dice < 0.70:
        api.say(person, chance.choice(WORDS))
    elif dice < 0.95:
        buttons = [(message, row) for message in api.in_chat(person)[-3:] for row in message.rows]
        if buttons:
            message, row = chance.choice(buttons)
            api.press_data(person, chance.choice(row)["callback_data"], message.id)
    elif dice < 0.97:
        api.post(person, sticker={})
    elif dice < 0.98:
        api.block(person)
        api.unblock(person)
    else:
        api.say(person, "/delete")


def _settle(api: BotApi) -> None:
    """Until the bot has nothing left to do."""
    time.sleep(0.2)  # until the stand-in has taken in what was said
    until = time.monotonic() + PATIENCE_SECONDS
    while not api.is_quiet(0.3) and time.monotonic() < until:
        time.sleep(0.05)


def _look(bot: BotProcess) -> tuple[float, int, float]:
    assert bot.process is not None
    process = Path(f"/proc/{bot.process.pid}")
    status = (process / "status").read_text("ascii")
    resident = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
    size = sum(path.stat().st_size for path in (bot.folder / "data").glob("advisor.db*")) / 1024
    return resident, len(os.listdir(process / "fd")), size


if __name__ == "__main__":
    main()
