"""What was learnt from a knowledge base, kept in the user's cache so that the next start is quick.

Only arrays of numbers and text are stored (no pickle). The file's name is a hash of all that
was learnt from and of how, so a stale one is never read; a broken one is learnt anew.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import IO
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from platformdirs import user_cache_path

APPLICATION = "career-advisor"
MOST_BYTES = 150_000_000  # of all files; what was used longest ago goes first
FOLDER = Path(__file__).resolve().parent
SHIPPED = FOLDER / "learnt"  # written by `scripts/learnt_models.py`
Arrays = Mapping[str, npt.NDArray[np.generic]]


@cache
def code_digest(*modules: ModuleType) -> str:
    """A hash of the code of some modules, or of all of this package, and of the word vectors: they decide what is
    learnt.
    """
    digest = hashlib.sha256()
    paths = [Path(str(module.__file__)) for module in modules] or sorted(FOLDER.rglob("*.py"))
    for path in paths:
        digest.update(path.read_bytes())
    for path in sorted((FOLDER / "vectors").iterdir()):
        digest.update(f"{path.name} {path.stat().st_size}".encode())
    return digest.hexdigest()


def _path(key: str) -> Path:
    return user_cache_path(APPLICATION) / f"understanding-{key[:32]}.npz"


def load(key: str) -> Arrays | None:
    """The arrays stored under `key`, by this machine or with the package, or None."""
    path = _path(key)
    found = _read(path)
    if found is not None:
        with suppress(OSError):
            os.utime(path)  # used now
    elif (found := _read(SHIPPED / path.name)) is not None:
        store(key, found)  # read sooner next time: those of the package are compressed
    return found


def trained_files() -> Iterator[tuple[Path, Arrays]]:
    """The files of this machine's cache that others name as what was trained."""
    for path in sorted(_path("").parent.glob("understanding-*.npz")):
        arrays = _read(path) or {}
        if "trained" in arrays and (found := load(key := str(arrays["trained"]))) is not None:
            yield _path(key), found


def _read(path: Path) -> Arrays | None:
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, BadZipFile, KeyError, EOFError, zlib.error):
        return None


def store(key: str, arrays: Arrays) -> None:
    """Keep `arrays`; a cache that cannot be written is no error."""
    path = _path(key)
    write(path, lambda file: np.savez(file, allow_pickle=False, **arrays))
    with suppress(OSError):
        _forget(path.parent)


def write(path: Path, fill: Callable[[IO[bytes]], object]) -> None:
    """Write a file whole or not at all: whoever reads it meanwhile sees the old one. What fails leaves nothing."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
            try:
                fill(file)
                file.close()
                os.replace(file.name, path)
            except OSError:
                os.unlink(file.name)


def _forget(folder: Path) -> None:
    """Delete what was used longest ago, beyond `MOST_BYTES`."""
    files = [(item, item.stat()) for item in folder.glob("understanding-*.npz")]
    total = 0
    for item, stat in sorted(files, key=lambda pair: -pair[1].st_mtime):
        total += stat.st_size
        if total > MOST_BYTES:
            item.unlink(missing_ok=True)
