"""A sign of life: a file that the running bot writes every few seconds, with what is wrong if anything is.

A file and not a row, because each replica lives or dies by itself, and because the database may be what
is wrong. It is always as long, and written over in place: that works on a full disk too.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FILE = "alive"
LENGTH = 2048


@dataclass(frozen=True)
class Sign:
    """`age` is in seconds; `problems` are sentences for whoever runs the bot."""

    age: float
    problems: tuple[str, ...]


def beat(folder: Path, problems: Sequence[str] = ()) -> None:
    """Leave a sign in the data folder."""
    kept = list(problems)
    while len(content := json.dumps({"problems": kept}).encode()) > LENGTH and kept:
        kept.pop()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content.ljust(LENGTH))
    os.utime(folder / FILE)


def leave(folder: Path) -> None:
    """Take the sign away: who ended in good order does not look alive for another minute."""
    (folder / FILE).unlink(missing_ok=True)


def last_sign(folder: Path) -> Sign | None:
    """The last sign; None where there never was one that can be read."""
    path = folder / FILE
    try:
        age = max(0.0, time.time() - path.stat().st_mtime)
        problems = json.loads(path.read_bytes() or b"{}").get("problems", [])
    except (OSError, ValueError, AttributeError):
        return None
    return Sign(age, tuple(str(problem) for problem in problems))
