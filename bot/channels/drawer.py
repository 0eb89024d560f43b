"""A process that draws, which is killed when it takes too long: native code cannot be interrupted otherwise."""

from __future__ import annotations

import multiprocessing
import threading
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from bot.channels.rendering import serve

LONGEST_SECONDS = 10.0  # a picture takes a tenth of one
# Starting it loads Python and the drawing library.
START_SECONDS = 20.0


class DrawerError(Exception):
    """The process failed, or did not draw in time."""


class Drawer:
    """Draws one picture after the other; the process starts with the first, and anew after a failure."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._closing = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The process, while there is one."""
        process = self._process
        return process.pid if process is not None else None

    def draw(self, svg: str, seconds: float = LONGEST_SECONDS) -> bytes:
        """The picture as PNG. Blocks; call from one thread at a time. Raises `DrawerError`."""
        try:
            if self._process is None or not self._process.is_alive():
                self.close()
                self._start()
                seconds += START_SECONDS
            pipe = self._pipe
            if pipe is None:
                raise DrawerError("the process that draws was stopped")
            pipe.send(svg)
            if not pipe.poll(seconds):
                raise TimeoutError
            drawn = pipe.recv()
        except (OSError, EOFError) as error:
            self.close()
            raise DrawerError(f"the process that draws failed ({type(error).__name__})") from error
        if isinstance(drawn, str):
            raise DrawerError(drawn)
        return bytes(drawn)

    def close(self) -> None:
        """Kill the process, whatever it is at. Any thread may call."""
        with self._closing:
            process, pipe = self._process, self._pipe
            self._process = self._pipe = None
        if process is not None:
            process.kill()
            process.join(1)
        if pipe is not None:
            pipe.close()

    def _start(self) -> None:
        # Spawned, because a fork would copy our threads' locks.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), name="drawer", daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
