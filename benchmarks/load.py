"""Messages a second of the whole bot, beside a plain python-telegram-bot echo in the same run.

Everybody known to the bot has a stored session before it starts. They write what people wrote, each message once in
a run, so that nothing that is remembered of earlier questions flatters; one row more asks eight questions again and
again, as many people do. First all is written at once: messages a second, processor a message, and how long each
waited for its first reply. Then a few a second, as on a busy day: how long one waits with no queue before them.

Pacing and the flood guard are off. The stand-in of the Bot API answers at once and runs in a process of
its own, so that its work is not counted. The echo is the library's own example with its own updater; it keeps
and understands nothing. The advisor answers from its knowledge base, with sources, in one bubble or several.

Run: python benchmarks/load.py [--messages N] [--people 1,100,10000] [--memory]. PostgreSQL is measured
where its programs are installed.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "end_to_end"))

from cryptography.fernet import Fernet
from postgresql import PostgreSQL, programs
from processes import REAL, BotProcess
from stand_in import BotApi

from bot.conversation.session import Session
from bot.settings import StorageSettings
from bot.storage.database import open_database
from bot.storage.sessions import save_sessions

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = ("questions/*.jsonl", "people/*.jsonl")
LONGEST = 500
AGAIN = (
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
# People next to each other in the line are not so in the database.
STRIDE = 7919
WARM_UP = 20
PATIENCE_SECONDS = 600.0
QUIET_SECONDS = 1.0
SENDS = {"sendMessage", "sendPhoto", "sendDocument"}


@dataclass(frozen=True)
class Figures:
    """Of one run; times in milliseconds, memory in MB. `steady` are those of a few messages a second."""

    per_second: float
    processor: float
    replies: float
    p50: float
    p99: float
    steady_p50: float
    steady_p99: float
    memory: float


def written(seed: int = 7) -> Iterator[str]:
    """What people wrote, never the same twice: once as it stands, then with ever another slip of the hand."""
    lines = [line for kind in WRITTEN for path in (ROOT / "benchmarks").glob(kind) for line in path.open("rb")]
    texts = (json.loads(line).get("text", "") for line in lines)
    pool = sorted({text for text in texts if 0 < len(text) <= LONGEST})
    chance = random.Random(seed)
    chance.shuffle(pool)
    seen = set(pool)
    yield from pool
    while True:
        text = chance.choice(pool)
        place = chance.randrange(len(text))
        slipped = text[:place] + chance.choice("abcdefghijklmnopqrstuvwxyz") + text[place + chance.randrange(2) :]
        if slipped not in seen:
            seen.add(slipped)
            yield slipped


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
                messages, pause = arguments
                for person, text in messages:
                    said.setdefault(person, []).append(time.monotonic())
                    api.say(person, text)
                    time.sleep(pause)
                pipe.send(None)
            elif what == "answered":
                pipe.send((_sends(api, seen), api.is_quiet(QUIET_SECONDS)))
            elif what == "waits":
                pipe.send(_waits(list(api.calls)[seen:], said))
                seen, said = len(api.calls), {}


def _sends(api: BotApi, since: int) -> int:
    return sum(call.method in SENDS and call.accepted for call in list(api.calls)[since:])


def _waits(calls: list[Any], said: dict[int, list[float]]) -> tuple[list[float], float, int]:
    """Seconds from each message to its first reply, seconds from first to last, and how many replies there were.

    A person's messages are answered in order, but a reply does not say to which it is: where there are more
    replies than messages, each is taken to have had as many.
    """
    replies: dict[int, list[float]] = {}
    for call in calls:
        if call.method in SENDS and call.accepted:
            replies.setdefault(int(call.parameters["chat_id"]), []).append(call.at)
    waits = []
    for person, times in said.items():
        heard = replies.get(person, [])
        if len(heard) < len(times):
            raise SystemExit(f"{len(times)} messages of one person, {len(heard)} replies")
        waits += [heard[place * len(heard) // len(times)] - at for place, at in enumerate(times)]
    last = max(max(times) for times in replies.values())
    return sorted(waits), last - min(times[0] for times in said.values()), sum(map(len, replies.values()))


@contextmanager
def running(
    program: tuple[str, ...], people: int, replicas: int = 1, database: str | None = None
) -> Iterator[tuple[Town, list[BotProcess]]]:
    """A town and bots that are ready, who know so many people."""
    with ExitStack() as stack:
        town = Town()
        stack.callback(town.close)
        key = Fernet.generate_key().decode()
        bots = []
        for _ in range(replicas):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            more = {} if database is None else {"DATABASE_URL": database}
            # Of a stand-in it needs the token and the address alone, and a town has these.
            town_only: Any = town
            bot = BotProcess(town_only, folder, program, forked=False, ADVISOR_SECRET_KEY=key, **more)
            if not bots and program is not STOCK:
                _introduce(bot, people)
            bots.append(stack.enter_context(bot))
        yield town, bots


def _introduce(bot: BotProcess, people: int) -> None:
    """Everybody has a session before the bot starts."""
    names = ("DATABASE_URL", "ADVISOR_DATA_DIR", "ADVISOR_SECRET_KEY")
    known: dict[str, Any] = {name: bot.environment[name] for name in names if name in bot.environment}
    database = open_database(StorageSettings(**known))
    met = {f"telegram:{FIRST_PERSON + number}": Session(met=True) for number in range(people)}
    with database.transaction() as transaction:
        save_sessions(transaction, database.cipher, met, datetime.now(UTC))
    database.close()


def measure(
    program: tuple[str, ...],
    people: int,
    options: argparse.Namespace,
    texts: Iterator[str],
    replicas: int = 1,
    database: str | None = None,
) -> Figures:
    """Warm up; all at once; then a few a second."""
    numbers = itertools.count()

    def some(count: int) -> list[tuple[int, str]]:
        return [(FIRST_PERSON + next(numbers) * STRIDE % people, next(texts)) for _ in range(count)]

    with running(program, people, replicas, database) as (town, bots):
        _answered(town, bots, some(WARM_UP * replicas))
        # What is prepared in the background when nobody waits is over.
        time.sleep(8)
        before = sum(_processor(bot) for bot in bots)
        waits, took, replies = _answered(town, bots, some(options.messages))
        used = sum(_processor(bot) for bot in bots) - before
        calm, *_ = _answered(town, bots, some(max(1, options.messages // 5)), 1 / options.rate)
        return Figures(
            per_second=options.messages / took,
            processor=1000 * used / options.messages,
            replies=replies / options.messages,
            p50=_share(waits, 0.5),
            p99=_share(waits, 0.99),
            steady_p50=_share(calm, 0.5),
            steady_p99=_share(calm, 0.99),
            memory=max(_memory(bot) for bot in bots),
        )


def _share(waits: Sequence[float], share: float) -> float:
    return 1000 * waits[int(len(waits) * share)]


def _answered(
    town: Town, bots: Sequence[BotProcess], messages: list[tuple[int, str]], pause: float = 0.0
) -> tuple[list[float], float, int]:
    """Say them, and wait until all are answered and nothing more is said."""
    town.ask("say", messages, pause)
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        sends, quiet = town.ask("answered")
        if sends >= len(messages) and quiet:
            break
        if time.monotonic() > until or not all(bot.runs for bot in bots):
            raise SystemExit("it does not answer")
        time.sleep(0.1)
    found: tuple[list[float], float, int] = town.ask("waits")
    return found


def _processor(bot: BotProcess) -> float:
    assert bot.process is not None
    fields = Path(f"/proc/{bot.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(bot: BotProcess) -> float:
    assert bot.process is not None
    status = Path(f"/proc/{bot.process.pid}/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def memory(messages: int, step: int) -> None:
    """What the advisor holds while it answers more and more, no message twice."""
    texts, people = written(), itertools.count()
    with running(REAL, 1000) as (town, bots):
        for done in range(0, messages, step):
            _answered(town, bots, [(FIRST_PERSON + next(people) % 1000, next(texts)) for _ in range(step)])
            print(f"{done + step:9} messages {_memory(bots[0]):7.0f} MB", flush=True)


def main() -> None:
    """Every bot, at every number of people."""
    options = _options()
    if options.memory:
        memory(options.messages or 100_000, max(1, (options.messages or 100_000) // 10))
        return
    options.messages = options.messages or 2000
    rows = [
        ("plain echo", STOCK, 1, False, written),
        ("advisor, SQLite", REAL, 1, False, written),
        ("… the same eight again", REAL, 1, False, partial(itertools.cycle, AGAIN)),
    ]
    folder = programs()
    with ExitStack() as stack:
        if folder is not None and not options.sqlite_only:
            server = stack.enter_context(PostgreSQL(folder))
            rows += [
                ("advisor, PostgreSQL", REAL, 1, True, written),
                ("the same, 2 replicas", REAL, 2, True, written),
            ]
        found = {}
        names = ("people", "msg/s", "of echo", "cpu ms", "replies", "p50 ms", "p99 ms", "few: p50", "p99", "MB")
        print(f"{'':24}" + "".join(f"{name:>9}" for name in names))
        for people in options.people:
            echo = 0.0
            for name, program, replicas, on_postgresql, texts in rows:
                url = server.database() if on_postgresql else None
                figures = measure(program, people, options, texts(), replicas, url)
                echo = echo or figures.per_second
                found[f"{name}, {people}"] = vars(figures)
                print(
                    f"{name:24}{people:9}{figures.per_second:9.0f}{figures.per_second / echo:9.0%}"
                    f"{figures.processor:9.2f}{figures.replies:9.2f}{figures.p50:9.0f}{figures.p99:9.0f}"
                    f"{figures.steady_p50:9.0f}{figures.steady_p99:9.0f}{figures.memory:9.0f}",
                    flush=True,
                )
    if options.json:
        Path(options.json).write_text(json.dumps(found, indent=1), "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, help="all at once; default 2,000, and 100,000 with --memory")
    parser.add_argument("--people", type=lambda text: [int(part) for part in text.split(",")], default=[1, 100, 10_000])
    parser.add_argument("--rate", type=float, default=5.0, help="messages a second of the second part")
    parser.add_argument("--memory", action="store_true", help="memory over many messages instead")
    parser.add_argument("--sqlite-only", action="store_true")
    parser.add_argument("--json", help="write the figures to this file too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
