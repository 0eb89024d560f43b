"""What sound YAML files held, kept in the user's cache as JSON: reading that takes a tenth of the time.

Each is named after a hash of the file's bytes and of the code that reads them, so that a stale one is never taken;
a broken one is read anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from bot.knowledge.passed import APPLICATION

KEPT = 3000  # files: eight versions of a large knowledge base
LESS = 500  # of which so many go at once


@cache
def _code() -> str:
    """A hash of the code that decides what is read from a file."""
    code = (Path(__file__).with_name(name).read_bytes() for name in ("parsed.py", "yaml_file.py"))
    return hashlib.sha256(b"".join(code)).hexdigest()


class Parsed:
    """The cache as one reading of a knowledge base uses it."""

    def __init__(self) -> None:
        self._folder = str(user_cache_path(APPLICATION) / "parsed")
        self._grown = False

    def _path(self, digest: str) -> str:
        return f"{self._folder}/{digest[:40]}-{_code()[:16]}.json"

    def recalled(self, digest: str) -> Any:
        """What a file holds whose bytes have this hash; None where nobody read it before."""
        try:
            with open(self._path(digest), "rb") as file:
                kept = json.loads(file.read())
            data = kept["data"]
            for trail, day in kept["dates"]:
                _put(data, trail, date.fromisoformat(day))
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            return None
        return data

    def keep(self, digest: str, data: Any) -> None:
        """Remember what a file holds; a cache that cannot be written is no error."""
        dates = [(trail, day.isoformat()) for trail, day in _dates(data, ())]
        with suppress(OSError):
            os.makedirs(self._folder, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self._folder, suffix=".tmp", delete=False) as file:
                file.write(json.dumps({"data": data, "dates": dates}, default=str))
            os.replace(file.name, self._path(digest))
            self._grown = True

    def forget(self) -> None:
        """Delete what was written longest ago, where there is too much."""
        if not self._grown:
            return
        with suppress(OSError):
            files = sorted(Path(self._folder).iterdir(), key=lambda item: -item.stat().st_mtime)
            for item in files[KEPT - LESS :] if len(files) > KEPT else ():
                item.unlink(missing_ok=True)


def _dates(data: Any, trail: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], date]]:
    """JSON has no dates: where they stand."""
    if isinstance(data, date):
        yield trail, data
    elif isinstance(data, dict | list):
        for key, item in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _dates(item, (*trail, key))


def _put(data: Any, trail: list[str | int], value: date) -> None:
    for step in trail[:-1]:
        data = data[step]
    data[trail[-1]] = value
