"""What was learnt from a knowledge base, kept in the user's cache so that the next start is quick.

Only arrays of numbers and text are stored (no pickle). The file's name is a hash of all that
was learnt from and of how, so a stale one is never read; a broken one is learnt anew.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from platformdirs import user_cache_path

APPLICATION = "career-advisor"
KEPT = 24  # files: two or three of each version of a knowledge base, and a developer edits it often
Arrays = Mapping[str, npt.NDArray[np.generic]]


def code_digest() -> str:
    """A hash of this package's code and word vectors: they decide what is learnt."""
    digest = hashlib.sha256()
    folder = Path(__file__).resolve().parent
    for path in sorted(folder.glob("*.py")):
        digest.update(path.read_bytes())
    for path in sorted((folder / "vectors").iterdir()):
        digest.update(f"{path.name} {path.stat().st_size}".encode())
    return digest.hexdigest()


def _path(key: str) -> Path:
    return user_cache_path(APPLICATION) / f"understanding-{key[:32]}.npz"


def load(key: str) -> Arrays | None:
    """The arrays stored under `key`, or None."""
    try:
        with np.load(_path(key), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, BadZipFile, KeyError, EOFError):
        return None


def store(key: str, arrays: Arrays) -> None:
    """Keep `arrays`; a cache that cannot be written is no error."""
    path = _path(key)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
            np.savez(file, allow_pickle=False, **arrays)
        os.replace(file.name, path)
        old = sorted(path.parent.glob("understanding-*.npz"), key=lambda item: item.stat().st_mtime)[:-KEPT]
        for item in old:
            item.unlink(missing_ok=True)
