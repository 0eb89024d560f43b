"""The directions of the knowledge base's sentences, and of what listening learns from.

Those of our own come with the package, the rest are read once and kept in the user's cache.

Each is stored by a hash of its text: after an edit only the new sentences are read. They are kept in
8-bit integers, which changes no ranking. `scripts/known_directions.py` writes the file of the package.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from logging import getLogger
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from platformdirs import user_cache_path

from bot.understanding.cache import APPLICATION, write
from bot.understanding.encoder import FOLDER, SIZE, encoder
from bot.understanding.vocabulary import Vector

LARGEST = 127  # of a signed byte
MOST_CACHED = 50_000  # sentences, 20 MB; beyond, those of earlier editions are forgotten
MANY = 400  # new texts from which the wait is announced: a second or two
AT_ONCE = 2048  # rows that are made wide at once: all of them would take four times the memory
WIDTH = 96  # dimensions that hold three quarters of what directions differ in
KNOWN = Path(__file__).with_name("known.npz")
log = getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """Directions as they are stored: `keys`, shape (n,), in ascending order, and `rows`, shape (n, 384)."""

    keys: npt.NDArray[np.uint64]
    rows: npt.NDArray[np.int8]

    @classmethod
    def of(cls, keys: npt.NDArray[np.uint64], rows: npt.NDArray[np.int8]) -> Kept:
        """Some rows, each key once; of two rows of a key the last counts."""
        unique, last = np.unique(keys[::-1], return_index=True)
        return cls(unique, rows[::-1][last])

    def places(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.intp]:
        """Where each key stands, -1 where it does not: shape (n,)."""
        if not len(self.keys):
            return np.full(len(keys), -1, np.intp)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, at, -1)


NOTHING = Kept(np.zeros(0, np.uint64), np.zeros((0, SIZE), np.int8))


@cache
def model() -> str:
    """A short hash of the encoder's files: they decide what directions are."""
    files = [FOLDER / name for name in ("model.onnx", "tokenizer.json")]
    note = user_cache_path(APPLICATION) / f"encoder-{hashlib.sha256(bytes(FOLDER)).hexdigest()[:8]}.json"
    stats = [[str(file), file.stat().st_size, file.stat().st_mtime_ns] for file in files]
    with suppress(OSError, ValueError, TypeError, KeyError):  # hashed before: a tenth of a second less
        noted = json.loads(note.read_text("utf-8"))
        if noted["files"] == stats:
            return str(noted["model"])
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    found = digest.hexdigest()[:16]
    write(note, lambda file: file.write(json.dumps({"files": stats, "model": found}).encode()))
    return found


def _keys(texts: Sequence[str]) -> npt.NDArray[np.uint64]:
    hashes = (hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.frombuffer(b"".join(hashes), ">u8").astype(np.uint64)


def _cached() -> Path:
    return user_cache_path(APPLICATION) / f"directions-{model()}.npz"


@dataclass(frozen=True)
class PackedDirections:
    """Directions in bytes, a quarter of their memory: `rows`, shape (n, 384), and the `lengths` of these, shape (n,).
    What is taken out of them is of length 1.
    """

    rows: npt.NDArray[np.int8]
    lengths: Vector

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, places: int | slice | npt.NDArray[np.intp]) -> Vector:
        found: Vector = self.rows[places].astype(np.float32)
        found /= self.lengths[places, None]
        return found

    def part(self, places: slice) -> PackedDirections:
        """Some of them, as they are."""
        return PackedDirections(self.rows[places], self.lengths[places])

    def likeness(self, places: npt.NDArray[np.intp], direction: Vector) -> Vector:
        """The cosines of some of them with a direction, shape (n,)."""
        found: Vector = self.rows.take(places, axis=0).astype(np.float32) @ direction
        return found / self.lengths[places]


def directions(texts: Sequence[str]) -> Vector:
    """The direction of each text: shape (n, 384), of length 1."""
    return packed_directions(texts)[:]


def packed_directions(texts: Sequence[str]) -> PackedDirections:
    """The direction of each text, in bytes."""
    keys = _keys(texts)
    found = np.zeros((len(keys), SIZE), np.int8)
    missing = np.ones(len(keys), bool)
    for kept in (_load(KNOWN), cached := _load(_cached())):
        places = kept.places(keys)
        found[places >= 0] = kept.rows[places[places >= 0]]
        missing &= places < 0
    if missing.any():
        found[missing] = _read(keys[missing], [texts[at] for at in np.flatnonzero(missing).tolist()], cached)
    lengths = np.concatenate([_lengths(found[start : start + AT_ONCE]) for start in range(0, len(found) or 1, AT_ONCE)])
    return PackedDirections(found, lengths)


def _lengths(rows: npt.NDArray[np.int8]) -> Vector:
    wide = rows.astype(np.float32)
    found: Vector = np.maximum(np.sqrt(np.einsum("ij,ij->i", wide, wide)), np.float32(1e-9))
    return found


def _read(keys: npt.NDArray[np.uint64], texts: Sequence[str], cached: Kept) -> npt.NDArray[np.int8]:
    """The rows of texts that nobody read before, kept from now on."""
    new = dict(zip(keys.tolist(), texts, strict=True))
    if len(new) >= MANY:
        log.warning("reading %d sentences of the knowledge base for the first time: this takes a while", len(new))
    read = Kept.of(np.fromiter(new, np.uint64, len(new)), _packed(encoder().encode(list(new.values()))))
    old = cached if len(cached.keys) <= MOST_CACHED else NOTHING
    store(_cached(), Kept.of(np.concatenate([old.keys, read.keys]), np.concatenate([old.rows, read.rows])))
    return read.rows[read.places(keys)]


@cache
def basis() -> Vector | None:
    """The dimensions in which the package's directions differ most, shape (384, 96), or None where there are none of
    this encoder.
    """
    with suppress(OSError, ValueError, BadZipFile, KeyError, EOFError), np.load(KNOWN, allow_pickle=False) as file:
        if str(file["model"]) == model():
            return np.asarray(file["basis"], np.float32)
    return None


def packed(texts: Sequence[str]) -> Kept:
    """The directions of some texts as they are stored; what was read before is not read again."""
    unique = list(dict.fromkeys(texts))
    return Kept.of(_keys(unique), _packed(directions(unique)))


def _packed(rows: Vector) -> npt.NDArray[np.int8]:
    scale = np.abs(rows).max(axis=1, keepdims=True)
    packed: npt.NDArray[np.int8] = np.round(rows / np.maximum(scale, np.float32(1e-9)) * LARGEST).astype(np.int8)
    return packed


def _load(path: Path) -> Kept:
    """The rows of a file; none where it is broken or of another encoder."""
    try:
        with np.load(path, allow_pickle=False) as file:
            if str(file["model"]) != model():
                return NOTHING
            keys = np.frombuffer(bytes.fromhex(str(file["keys"])), ">u8").astype(np.uint64)
            rows = np.asarray(file["rows"], np.int8)
    except (OSError, ValueError, BadZipFile, KeyError, EOFError):
        return NOTHING
    return Kept.of(keys, rows) if rows.shape == (len(keys), SIZE) else NOTHING


def store(path: Path, kept: Kept, **more: npt.NDArray[np.generic]) -> None:
    """Keep the rows, and `more` beside them; a cache that cannot be written is no error."""
    keys = np.array("\n".join(f"{key:016x}" for key in kept.keys.tolist()))
    arrays = {"model": np.array(model()), "keys": keys, "rows": kept.rows, **more}
    write(path, lambda file: np.savez(file, allow_pickle=False, **arrays))


def widest(kept: Kept) -> npt.NDArray[np.float16]:
    """The dimensions in which directions differ most (their principal components), shape (384, 96)."""
    rows = kept.rows.astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
    _, found = np.linalg.eigh(rows.T @ rows)
    return np.asarray(found[:, : -WIDTH - 1 : -1], np.float16)
