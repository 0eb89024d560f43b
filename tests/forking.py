"""Programs of the bot as processes of their own, forked from one that has imported what they import.

A start of Python with these imports and the knowledge base takes seconds of processor time, such a fork some
hundredths. It is a process in all that tests look at: signals, `kill -9`, files, environment, exit status.
Where the start itself is what is tested, use `subprocess`.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

ROOT = Path(__file__).parent.parent
# What the commands import once they run, but nothing that starts threads: a fork has none of them. A name that is
# no longer there only makes starts slower.
IMPORTED = (
    "bot.channels.telegram.app",
    "bot.channels.telegram.process",
    "bot.channels.terminal",
    "bot.channels.web",
    "bot.cli.app",
    "bot.cli.running",
    "bot.conversation.advisor",
    "bot.storage.database",
    "bot.storage.inspection",
    "uvicorn",
)

if TYPE_CHECKING:
    from bot.conversation.advisor import Advisor
    from bot.knowledge.base import KnowledgeBase

MOST_BYTES = 1_000_000


class ForkedProcess:
    """A process that runs `program`, as `-m bot run` or `script.py`; has what tests use of `subprocess.Popen`."""

    def __init__(
        self,
        program: Sequence[str],
        environment: Mapping[str, str],
        cwd: Path,
        files: tuple[IO[bytes], IO[bytes], IO[bytes]],
    ) -> None:
        self.returncode: int | None = None
        self._ended = fork_server().start(program, environment, cwd, [file.fileno() for file in files])
        self.pid = int(self._ended.recv(64).decode("ascii"))

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, at most `timeout` seconds. Raises `subprocess.TimeoutExpired`."""
        if self.returncode is None:
            if not select.select([self._ended], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            self.returncode = int(self._ended.recv(64).decode("ascii"))
            self._ended.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """A signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """`kill -9`."""
        self.send_signal(signal.SIGKILL)


def run(
    program: Sequence[str],
    stdin: bytes = b"",
    cwd: Path = ROOT,
    environment: Mapping[str, str] = os.environ,
    timeout: float = 120,
) -> subprocess.CompletedProcess[bytes]:
    """Run to its end, as `subprocess.run` does with captured output."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        given.write(stdin)
        given.seek(0)
        process = ForkedProcess(program, environment, cwd, (given, output, errors))
        try:
            code = process.wait(timeout)
        finally:
            process.kill()
        output.seek(0)
        errors.seek(0)
        return subprocess.CompletedProcess(list(program), code, output.read(), errors.read())


class ForkServer:
    """The process that has imported everything, and forks. It ends with the tests, and all that it started with it."""

    def __init__(self) -> None:
        self._asking, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(other.fileno())],
                pass_fds=[other.fileno()],
                # As the command sets it before anything is imported.
                env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
            )
        atexit.register(self.close)

    def start(
        self, program: Sequence[str], environment: Mapping[str, str], cwd: Path, files: Sequence[int]
    ) -> socket.socket:
        """Where the number of the new process is told, and later its exit status."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        wanted = json.dumps({"program": list(program), "environment": dict(environment), "cwd": str(cwd)})
        with theirs:
            socket.send_fds(self._asking, [wanted.encode()], [*files, theirs.fileno()])
        return ours

    def close(self) -> None:
        """End it."""
        self._asking.close()
        self._process.wait()


@cache
def fork_server() -> ForkServer:
    """One for each process of the tests, made when it is first needed."""
    return ForkServer()


def _serve(asking: socket.socket) -> list[str]:
    """Fork for whoever asks; returns only in what was forked, with the program to run."""
    children: dict[int, socket.socket] = {}
    woken, waking = socket.socketpair()
    waking.setblocking(False)
    signal.set_wakeup_fd(waking.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready, _, _ = select.select([asking, woken], [], [])
        if woken in ready:
            woken.recv(MOST_BYTES)
            _tell_ends(children)
        if asking in ready:
            message, files, _, _ = socket.recv_fds(asking, MOST_BYTES, 4)
            if not message:
                for pid in children:
                    os.kill(pid, signal.SIGKILL)
                os._exit(0)
            child = os.fork()
            if child == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for held in (asking, woken, waking, *children.values()):
                    held.close()
                return _become(json.loads(message), files)
            for file in files[:3]:
                os.close(file)
            children[child] = socket.socket(fileno=files[3])
            children[child].send(str(child).encode())


def _tell_ends(children: dict[int, socket.socket]) -> None:
    for pid in list(children):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            with children.pop(pid) as asker, suppress(OSError):
                asker.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(wanted: dict[str, object], files: list[int]) -> list[str]:
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
    for file in files:
        os.close(file)
    os.environ.clear()
    os.environ.update(wanted["environment"])  # type: ignore[call-overload]
    time.tzset()
    os.chdir(str(wanted["cwd"]))
    return list(wanted["program"])  # type: ignore[call-overload]


def _run(program: list[str]) -> None:
    if program[0] == "-m":
        sys.argv = program[1:]
        runpy.run_module(program[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = program
        sys.path[0] = str(Path(program[0]).parent)
        runpy.run_path(program[0], run_name="__main__")


def _read_before() -> None:
    """Read the checkout's knowledge base, as every start would; other folders are read when they are asked for."""
    check, talking = (importlib.import_module(name) for name in ("bot.knowledge.check", "bot.conversation.advisor"))
    load, make = check.load_checked, talking.Advisor
    base = load(ROOT / "knowledge")
    advisor = make(base)
    threads = Path("/proc/self/task")
    if threads.exists() and len(list(threads.iterdir())) > 1 and "READ_BEFORE" not in os.environ:
        # It was learnt from for the first time, by something that starts threads. The next time it is only read.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "READ_BEFORE": "yes"})

    def loaded(folder: Path) -> KnowledgeBase:
        found: KnowledgeBase = base if folder.resolve() == ROOT / "knowledge" else load(folder)
        return found

    def made(over: KnowledgeBase, contact: str | None = None) -> Advisor:
        found: Advisor = advisor if over is base and contact is None else make(over, contact)
        return found

    check.load_checked, talking.Advisor = loaded, made


if __name__ == "__main__":
    for name in IMPORTED:
        with suppress(ImportError):
            importlib.import_module(name)
    _read_before()
    gc.freeze()
    _run(_serve(socket.socket(fileno=int(sys.argv[1]))))
