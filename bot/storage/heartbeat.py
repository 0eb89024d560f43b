"""A sign of life: a file that the running bot writes every few seconds, with what is wrong if anything is.

A file and not a row, because each replica lives or dies by itself, and because the database may be what
is wrong. It is always as long, and written over in place: that works on a full disk too. While the process lives
it holds a lock on the file, where the system has such: whoever was killed does not look alive for another minute.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import fcntl

FILE = "alive"
LENGTH = 2048
# By path, the open file on which the lock lies; it ends with the process, however that ends.
_held: dict[Path, int] = {}


@dataclass(frozen=True)
class Sign:
    """`age` is in seconds; `problems` are sentences for whoever runs the bot. `gone`: its process has ended."""

    age: float
    problems: tuple[str, ...]
    gone: bool = False


def beat(folder: Path, problems: Sequence[str] = ()) -> None:
    """Leave a sign in the data folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / FILE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        kept, held = list(problems), _hold(path)
        while len(content := json.dumps({"problems": kept, "held": held}).encode()) > LENGTH and kept:
            kept.pop()
        file.write(content.ljust(LENGTH))
    os.utime(path)


def leave(folder: Path) -> None:
    """Take the sign away: who ended in good order does not look alive for another minute."""
    (folder / FILE).unlink(missing_ok=True)
    if (descriptor := _held.pop(folder / FILE, None)) is not None:
        os.close(descriptor)


def last_sign(folder: Path) -> Sign | None:
    """The last sign; None where there never was one that can be read."""
    path = folder / FILE
    try:
        # A sign from after now is as silent: whoever lives leaves one by the clock that was set back.
        age = abs(time.time() - path.stat().st_mtime)
        told = json.loads(path.read_bytes() or b"{}")
        problems, held = told.get("problems", []), told.get("held", False)
    except (OSError, ValueError, AttributeError):
        return None
    return Sign(age, tuple(str(problem) for problem in problems), gone=held is True and not _is_held(path))


def _hold(path: Path) -> bool:
    """Whether this process holds the lock. The next sign tries again where somebody just looks whether it does."""
    if path in _held and _is_same(_held[path], path):
        return True
    if (old := _held.pop(path, None)) is not None:
        os.close(old)
    descriptor = os.open(path, os.O_RDONLY)
    if not _lock(descriptor, alone=True):
        os.close(descriptor)
        return False
    _held[path] = descriptor
    return True


def _is_same(descriptor: int, path: Path) -> bool:
    opened, now = os.fstat(descriptor), path.stat()
    return (opened.st_dev, opened.st_ino) == (now.st_dev, now.st_ino)


def _is_held(path: Path) -> bool:
    with suppress(OSError), path.open("rb") as file:
        return not _lock(file.fileno(), alone=False)
    return False


def _lock(descriptor: int, *, alone: bool) -> bool:
    """Take the lock unless somebody has it, or the system or its disk has no such locks."""
    if sys.platform == "win32":
        return False
    with suppress(OSError):
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        return True
    return False
