"""A bot as a process of its own, as it runs in earnest."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cryptography.fernet import Fernet
from forking import ForkedProcess, run
from stand_in import BotApi

REAL = ("-m", "bot", "run")
ECHO = (str(Path(__file__).parent / "echo_bot.py"),)
STOP_SECONDS = 60
ROOT = Path(__file__).parent.parent.parent


class BotProcess:
    """A bot that talks to a stand-in and keeps its data in `folder`; `start` and `kill` it as often as you like.

    What it logs is kept in `log`. No pacing and no flood limit unless `environment` says so. It is forked from a
    process that has imported what it imports; `forked=False` where the start itself is tested.
    """

    def __init__(
        self, api: BotApi, folder: Path, program: tuple[str, ...] = ECHO, forked: bool = True, **environment: str
    ) -> None:
        self.folder = folder
        self._program = program
        self._forked = forked
        self._log = folder / "log"
        self._begins = 0
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
        self.environment = {
            **kept,
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_BOT_TOKEN": api.token,
            "TELEGRAM_API_URL": api.url,
            "ADVISOR_DATA_DIR": str(folder / "data"),
            "ADVISOR_SECRET_KEY": Fernet.generate_key().decode(),
            "ADVISOR_SEND_RATE": "0",
            "ADVISOR_FLOOD_LIMIT": "0",
            **environment,
        }
        self.process: ForkedProcess | subprocess.Popen[bytes] | None = None

    def __enter__(self) -> BotProcess:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.runs:
            self.kill()

    def start(self) -> None:
        """Start it; returns at once."""
        with self._log.open("ab") as log, open(os.devnull, "rb") as nothing:
            self._begins = log.tell()
            if self._forked:
                self.process = ForkedProcess(self._program, self.environment, self.folder, (nothing, log, log))
                return
            self.process = subprocess.Popen(
                [sys.executable, *self._program], env=self.environment, cwd=self.folder, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """`kill -9`."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    @property
    def runs(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> None:
        """Send it a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    def stop(self) -> int:
        """SIGTERM, and its exit status."""
        assert self.process is not None
        self.process.terminate()
        return self.ended()

    def ended(self) -> int:
        """Wait for it to end by itself; its exit status."""
        assert self.process is not None
        return self.process.wait(STOP_SECONDS)

    @property
    def listens(self) -> bool:
        """Whether it has begun to take updates in since it was last started."""
        return b"listening" in self._log.read_bytes()[self._begins :]

    @property
    def log(self) -> str:
        """All that it wrote to stdout and stderr."""
        return self._log.read_text("utf-8")


StartBot = Callable[..., BotProcess]


@contextmanager
def replicas(api: BotApi, folder: Path, database: str) -> Iterator[list[BotProcess]]:
    """Two bots that listen, on one database with one key, each with a folder of its own."""
    shared = {"DATABASE_URL": database, "ADVISOR_SECRET_KEY": Fernet.generate_key().decode()}
    with ExitStack() as stack:
        bots = []
        for name in ("one", "two"):
            (folder / name).mkdir()
            bots.append(stack.enter_context(BotProcess(api, folder / name, ECHO, **shared)))
        api.wait(lambda: all(bot.listens for bot in bots), "both")
        yield bots


def health(bot: BotProcess) -> subprocess.CompletedProcess[str]:
    """What `career-advisor health` says of a bot."""
    return command(bot, "health")


def command(bot: BotProcess, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`career-advisor …` beside a bot, on its data."""
    done = run(("-m", "bot", *arguments), cwd=bot.folder, environment=bot.environment)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def wait_for_problem(api: BotApi, bot: BotProcess, words: str) -> None:
    """Until health says so."""
    found: list[str] = []

    def told() -> bool:
        done = health(bot)
        found[:] = [done.stderr]
        return done.returncode == 1 and words in done.stderr

    api.wait(told, f"{words!r} from health, which says {found}")
