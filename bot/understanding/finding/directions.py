"""The directions of the knowledge base's sentences, and of what listening learns from.

Those of our own come with the package, the rest are read once and kept in the user's cache.

Each is stored by a hash of its text: after an edit only the new sentences are read. They are kept in
8-bit integers, which changes no ranking. `scripts/known_directions.py` writes the file of the package.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from logging import getLogger
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from platformdirs import user_cache_path

from bot.understanding.cache import APPLICATION
from bot.understanding.encoder import FOLDER, SIZE, encoder
from bot.understanding.vocabulary import Vector

LARGEST = 127  # of a signed byte
MOST_CACHED = 50_000  # sentences, 20 MB; beyond, those of earlier editions are forgotten
MANY = 400  # new texts from which the wait is announced: a second or two
KNOWN = Path(__file__).with_name("known.npz")
PROJECTION = Path(__file__).with_name("projection.npy")
log = getLogger(__name__)
Rows = dict[str, npt.NDArray[np.int8]]


@cache
def model() -> str:
    """A short hash of the encoder's files: they decide what directions are."""
    digest = hashlib.sha256()
    for name in ("model.onnx", "tokenizer.json"):
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()[:16]


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _cached() -> Path:
    return user_cache_path(APPLICATION) / f"directions-{model()}.npz"


def directions(texts: Sequence[str]) -> Vector:
    """The direction of each text: shape (n, 384), of length 1."""
    keys = [_key(text) for text in texts]
    cached = _load(_cached())
    known = {**_load(KNOWN), **cached}
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if len(new) >= MANY:
        log.warning("reading %d sentences of the knowledge base for the first time: this takes a while", len(new))
    if new:
        read = dict(zip(new, _packed(encoder().encode(list(new.values()))), strict=True))
        known |= read
        store(_cached(), {**(cached if len(cached) <= MOST_CACHED else {}), **read})
    found = np.array([known[key] for key in keys], np.float32).reshape(len(keys), SIZE)
    lengths = np.sqrt(np.einsum("ij,ij->i", found, found))[:, None]
    result: Vector = found / np.maximum(lengths, np.float32(1e-9))
    return result


@cache
def _projection() -> Vector:
    found: Vector = np.load(PROJECTION, allow_pickle=False).astype(np.float32)
    return found


def turned(rows: Vector) -> Vector:
    """Directions turned so that a question lies near the statement that answers it: the same shape, of length 1.

    Learnt by `scripts/finding_projection.py`.
    """
    found = np.einsum("ij,jk->ik", rows, _projection(), optimize=True)
    result: Vector = found / np.maximum(np.sqrt(np.einsum("ij,ij->i", found, found))[:, None], np.float32(1e-9))
    return result


def packed(texts: Sequence[str]) -> Rows:
    """The directions of some texts as they are stored."""
    unique = list(dict.fromkeys(texts))
    return dict(zip(map(_key, unique), _packed(encoder().encode(unique)), strict=True))


def _packed(rows: Vector) -> npt.NDArray[np.int8]:
    scale = np.abs(rows).max(axis=1, keepdims=True)
    packed: npt.NDArray[np.int8] = np.round(rows / np.maximum(scale, np.float32(1e-9)) * LARGEST).astype(np.int8)
    return packed


def _load(path: Path) -> Rows:
    """The rows of a file; none where it is broken or of another encoder."""
    try:
        with np.load(path, allow_pickle=False) as file:
            if str(file["model"]) != model():
                return {}
            return dict(zip(str(file["keys"]).split("\n"), file["rows"], strict=True))
    except (OSError, ValueError, BadZipFile, KeyError, EOFError):
        return {}


def store(path: Path, rows: Rows) -> None:
    """Keep the rows; a cache that cannot be written is no error."""
    keys, values = np.array("\n".join(rows)), np.array(list(rows.values()), np.int8)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
            np.savez(file, allow_pickle=False, model=np.array(model()), keys=keys, rows=values)
        os.replace(file.name, path)
