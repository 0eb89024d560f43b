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


def _folder() -> Path:
    return user_cache_path(APPLICATION) / "parsed"


def _path(digest: str) -> Path:
    return _folder() / f"{digest[:40]}-{_code()[:16]}.json"


def recalled(digest: str) -> Any:
    """What a file holds whose bytes have this hash; None where nobody read it before."""
    try:
        kept = json.loads(_path(digest).read_bytes())
        data = kept["data"]
        for trail, day in kept["dates"]:
            _put(data, trail, date.fromisoformat(day))
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None
    return data


def keep(digest: str, data: Any) -> None:
    """Remember what a file holds; a cache that cannot be written is no error."""
    path = _path(digest)
    dates = [(trail, day.isoformat()) for trail, day in _dates(data, ())]
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".tmp", delete=False) as file:
            file.write(json.dumps({"data": data, "dates": dates}, default=str))
        os.replace(file.name, path)


def forget() -> None:
    """Delete what was written longest ago, where there is too much."""
    with suppress(OSError):
        files = sorted(_folder().iterdir(), key=lambda item: -item.stat().st_mtime)
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
