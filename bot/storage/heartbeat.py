"""A sign of life: a file touched by the running bot, whose age tells others whether it still runs.

A file and not a row, because each replica lives or dies by itself.
"""

from __future__ import annotations

import time
from pathlib import Path

FILE = "alive"


def beat(folder: Path) -> None:
    """Leave a sign in the data folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / FILE).touch()


def age(folder: Path) -> float | None:
    """Seconds since the last sign; None where there never was one."""
    try:
        return max(0.0, time.time() - (folder / FILE).stat().st_mtime)
    except OSError:
        return None
