"""SVG → PNG. Apart from everything else, so that a process that draws loads nothing but this."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection

from bot.advice.chart.metrics import FAMILY, FILES


def begin() -> None:
    """What a process that draws does first: leave Ctrl-C to its parent, and end when that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def serve(pipe: Connection) -> None:
    """Draw what comes through the pipe until it is closed."""
    begin()
    while True:
        try:
            svg = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            drawn: bytes | str = render(svg)
        except Exception as error:
            drawn = f"{type(error).__name__}: {error}"
        pipe.send(drawn)


def render(svg: str) -> bytes:
    """The picture as PNG, in this process, which it holds for about a tenth of a second."""
    import resvg_py  # noqa: PLC0415 - where it is missing there are no pictures, and all the rest works

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[str(path) for path in FILES.values()],
        font_family=FAMILY,
    )
