"""An hour of mixed dialogs in compressed time: do memory, open files and the database stay flat?

The bot runs as a process with the real knowledge base; people ask what was asked before and what never was, tap,
send stickers and long texts, ask for pictures, block and come back, erase their data, as fast as it answers. Figures
are printed at every tenth; the last third is compared with the one before.

Run: python benchmarks/soak.py [--seconds N | --messages N]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "end_to_end"))

from load import written
from processes import REAL, BotProcess
from stand_in import BotApi


class Figures(NamedTuple):
    """What must stay flat: memory of the bot and of the process that draws, open files, threads, the database."""

    bot_mb: float
    drawer_mb: float
    files: int
    threads: int
    database_kb: float


TENTHS = 10
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
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--messages", type=int, help="so many instead of so long")
    options = parser.parse_args()
    chance, new = random.Random(5), written()
    figures: list[Figures] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        BotApi() as api,
        BotProcess(api, Path(folder), REAL, forked=False) as bot,
    ):
        print("".join(f"{name:>12}" for name in ("messages", *Figures._fields)))
        began, done, tenth = time.monotonic(), 0, 1
        while tenth <= TENTHS:
            for _ in range(TOGETHER):
                _act(api, chance, new)
            _settle(api)
            done += TOGETHER
            so_far = done / options.messages if options.messages else (time.monotonic() - began) / options.seconds
            if so_far >= tenth / TENTHS:
                tenth += 1
                figures.append(_look(bot))
                print(f"{done:12}" + "".join(f"{figure:12.0f}" for figure in figures[-1]), flush=True)
        assert bot.runs
    third = max(1, len(figures) // 3)
    before, last = figures[-2 * third : -third], figures[-third:]
    for place, name in enumerate(Figures._fields):
        earlier, later = (sum(figure[place] for figure in part) for part in (before, last))
        print(f"{name}: {later / earlier:.3f} of the third before")


def _act(api: BotApi, chance: random.Random, new: Iterator[str]) -> None:
    person = FIRST_PERSON + chance.randrange(PEOPLE)
    dice = chance.random()
    if dice < 0.35:
        api.say(person, chance.choice(WORDS))
    elif dice < 0.70:
        # What is remembered of earlier messages must not grow for ever either.
        api.say(person, next(new))
    elif dice < 0.95:
        buttons = [(message, row) for message in api.in_chat(person)[-3:] for row in message.rows]
        if buttons:
            message, row = chance.choice(buttons)
            api.press_data(person, chance.choice(row)["callback_data"], message.id)
    elif dice < 0.97:
        api.post(person, sticker={})
    elif dice < 0.98:
        api.say(person, "what next")
        api.block(person)  # before the answer, which is refused
        _settle(api)
        api.unblock(person)
    else:
        api.say(person, "/delete")


def _settle(api: BotApi) -> None:
    """Until the bot has nothing left to do."""
    time.sleep(0.2)  # until the stand-in has taken in what was said
    until = time.monotonic() + PATIENCE_SECONDS
    while not api.is_quiet(0.3) and time.monotonic() < until:
        time.sleep(0.05)


def _look(bot: BotProcess) -> Figures:
    assert bot.process is not None
    own = bot.process.pid
    processes = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
    children = [process for process in processes if _status(process, "PPid") == own]
    size = sum(path.stat().st_size for path in (bot.folder / "data").glob("advisor.db*")) / 1024
    return Figures(
        _status(own, "VmRSS") / 1024,
        sum(_status(child, "VmRSS") for child in children) / 1024,
        len(os.listdir(f"/proc/{own}/fd")),
        _status(own, "Threads"),
        size,
    )


def _status(process: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    except OSError:  # ended while we looked
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


if __name__ == "__main__":
    main()
