"""Which knowledge bases passed every check before, kept in the user's cache: the same files need no second look.

A mark is an empty file named after a hash of all that was read and of the code and word lists that
examined it; after any edit of either the checks run again. Files are always read and type-checked.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from platformdirs import user_cache_path

from bot.knowledge.base import KnowledgeBase

APPLICATION = "career-advisor"
KEPT = 60  # marks: a developer edits often
CODE = (".py", ".txt")


def has_passed(base: KnowledgeBase) -> bool:
    """Whether the same files passed the same checks on this machine."""
    return _mark(base).is_file()


def note_passed(base: KnowledgeBase) -> None:
    """Remember that `base` passed; a cache that cannot be written is no error."""
    mark = _mark(base)
    with suppress(OSError):
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        old = sorted(mark.parent.glob("passed-*"), key=lambda item: item.stat().st_mtime)[:-KEPT]
        for item in old:
            item.unlink(missing_ok=True)


def _mark(base: KnowledgeBase) -> Path:
    key = hashlib.sha256(f"{sys.version}\0{_code()}\0{base.digest}".encode()).hexdigest()
    return user_cache_path(APPLICATION) / f"passed-{key}"


@cache
def _code() -> str:
    """A hash of this package: how files are read and what is asked of them."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).resolve().parent.rglob("*")):
        if path.suffix in CODE:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
