"""Messages a second of the whole bot, beside a plain python-telegram-bot echo in the same run.

Everybody known to the bot writes in turn, as fast as Telegram hands it out; each message gets one reply.
Pacing and the flood guard are off. The stand-in of the Bot API answers at once and runs in a process of
its own, so that its work is not counted. The echo is the library's own example with its own updater; it keeps
and understands nothing. The advisor answers questions from its knowledge base, with sources.

Run: python benchmarks/load.py [--messages N] [--people 1,100,10000] [--memory]. PostgreSQL is measured
where its programs are installed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "end_to_end"))

from cryptography.fernet import Fernet
from postgresql import PostgreSQL, programs
from processes import REAL, BotProcess
from stand_in import BotApi

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = (
    "how much does the cpc exam cost",
    "what does a coding auditor earn",
    "what is icd-10-cm",
    "how do i become a medical coder",
    "can i work remotely as a coder",
    "how long is the ccs exam",
    "what does a cdi specialist do",
    "cpc or ccs",
)
STOCK = (str(ROOT / "benchmarks" / "delivery.py"), "--stock", "--concurrent")
FIRST_PERSON = 1_000
PATIENCE_SECONDS = 600.0


@dataclass(frozen=True)
class Figures:
    """Of one run; times in milliseconds, memory in MB."""

    per_second: float
    processor: float
    p50: float
    p99: float
    memory: float


class Town:
    """The stand-in in a process of its own, told what to do through a pipe."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_live, args=(theirs,), daemon=True)
        self._process.start()
        self.token, self.url = self._pipe.recv()

    def ask(self, what: str, *arguments: Any) -> Any:
        self._pipe.send((what, arguments))
        return self._pipe.recv()

    def close(self) -> None:
        self._process.kill()
        self._process.join()


def _live(pipe: Connection) -> None:
    with BotApi() as api:
        pipe.send((api.token, api.url))
        said: dict[int, list[float]] = {}
        seen = 0
        while True:
            what, arguments = pipe.recv()
            if what == "say":
                messages, people = arguments
                for number in range(messages):
                    person = FIRST_PERSON + number % people
                    said.setdefault(person, []).append(time.monotonic())
                    api.say(person, QUESTIONS[number % len(QUESTIONS)])
                pipe.send(None)
            elif what == "count":
                pipe.send(sum(call.method in SENDS and call.accepted for call in list(api.calls)[seen:]))
            elif what == "waits":
                pipe.send(_waits(list(api.calls)[seen:], said))
                seen, said = len(api.calls), {}


SENDS = {"sendMessage", "sendPhoto", "sendDocument"}


def _waits(calls: list[Any], said: dict[int, list[float]]) -> tuple[list[float], float]:
    """Seconds from each message to the first reply to it that can be told apart, and from first to last."""
    waits, answered, times = [], dict.fromkeys(said, 0), []
    for call in calls:
        if call.method not in SENDS or not call.accepted:
            continue
        person = int(call.parameters["chat_id"])
        place = answered.get(person, 0)
        if person in said and place < len(said[person]):
            waits.append(call.at - said[person][place])
            answered[person] = place + 1
        times.append(call.at)
    return waits, max(times) - min(min(first) for first in said.values())


@contextmanager
def running(program: tuple[str, ...], replicas: int, database: str | None) -> Iterator[tuple[Town, list[BotProcess]]]:
    """A town and bots that are ready."""
    with ExitStack() as stack:
        town = Town()
        stack.callback(town.close)
        key = Fernet.generate_key().decode()
        bots = []
        for _ in range(replicas):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            more = {} if database is None else {"DATABASE_URL": database}
            # Settings are strings by name; the checker takes them for the other parameters as well.
            bot = BotProcess(town, folder, program, ADVISOR_SECRET_KEY=key, **more)  # type: ignore[arg-type]
            bots.append(stack.enter_context(bot))
        yield town, bots


def measure(
    program: tuple[str, ...], people: int, messages: int, replicas: int = 1, database: str | None = None
) -> Figures:
    """Warm up, then one run."""
    with running(program, replicas, database) as (town, bots):
        _answered(town, 20 * replicas, min(people, 20))
        # What is prepared in the background when nobody waits is over.
        time.sleep(8)
        before = sum(_processor(bot) for bot in bots)
        waits, took = _answered(town, messages, people)
        used = sum(_processor(bot) for bot in bots) - before
        waits.sort()
        return Figures(
            per_second=messages / took,
            processor=1000 * used / messages,
            p50=1000 * waits[len(waits) // 2],
            p99=1000 * waits[int(len(waits) * 0.99)],
            memory=max(_memory(bot) for bot in bots),
        )


def _answered(town: Town, messages: int, people: int) -> tuple[list[float], float]:
    town.ask("say", messages, people)
    until = time.monotonic() + PATIENCE_SECONDS
    while town.ask("count") < messages:
        if time.monotonic() > until:
            raise SystemExit("it does not answer")
        time.sleep(0.1)
    waits, took = town.ask("waits")
    return waits, took


def _processor(bot: BotProcess) -> float:
    assert bot.process is not None
    fields = Path(f"/proc/{bot.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(bot: BotProcess) -> float:
    assert bot.process is not None
    status = Path(f"/proc/{bot.process.pid}/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def memory(messages: int, step: int) -> None:
    """What the advisor holds while it answers more and more."""
    with running(REAL, 1, None) as (town, bots):
        for done in range(0, messages, step):
            _answered(town, step, 1000)
            print(f"{done + step:9} messages {_memory(bots[0]):7.0f} MB", flush=True)


def main() -> None:
    """Every bot, at every number of people."""
    options = _options()
    if options.memory:
        memory(100_000, 10_000)
        return
    rows = [("plain echo", STOCK, 1, False), ("advisor, SQLite", REAL, 1, False)]
    folder = programs()
    with ExitStack() as stack:
        if folder is not None and not options.sqlite_only:
            server = stack.enter_context(PostgreSQL(folder))
            rows += [("advisor, PostgreSQL", REAL, 1, True), ("the same, 2 replicas", REAL, 2, True)]
        found = {}
        print(f"{'':24}{'people':>8}{'msg/s':>8}{'cpu ms':>8}{'p50 ms':>9}{'p99 ms':>9}{'MB':>6}")
        for people in options.people:
            for name, program, replicas, on_postgresql in rows:
                url = server.database() if on_postgresql else None
                figures = measure(program, people, options.messages, replicas, url)
                found[f"{name}, {people}"] = vars(figures)
                print(
                    f"{name:24}{people:8}{figures.per_second:8.0f}{figures.processor:8.2f}"
                    f"{figures.p50:9.0f}{figures.p99:9.0f}{figures.memory:6.0f}",
                    flush=True,
                )
    if options.json:
        Path(options.json).write_text(json.dumps(found, indent=1), "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--people", type=lambda text: [int(part) for part in text.split(",")], default=[1, 100, 10_000])
    parser.add_argument("--memory", action="store_true", help="memory over 100,000 messages instead")
    parser.add_argument("--sqlite-only", action="store_true")
    parser.add_argument("--json", help="write the figures to this file too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
