"""The sentence encoder: what a text means, as a direction. See `README.md` for where its file comes from.

It reads; it never writes a word that people see. Nothing leaves the machine.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt

FOLDER = Path(__file__).resolve().parent
SIZE = 384
MOST_TOKENS = 128  # as the model was trained; the rest of a longer text is not read
MANY, THREADS = 64, 2  # from so many texts on, so many at once: at a first start nothing else waits for a core
KEPT = 4096  # texts whose direction is remembered: 1.5 kB each
Directions = npt.NDArray[np.float32]


class Encoder:
    """all-MiniLM-L6-v2 in 8-bit integers, each text on one thread. Safe to share between threads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        # Without this it tells its makers of every start, model and run: https://github.com/microsoft/onnxruntime/pull/27379
        # It looks once, when it is loaded.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        # Imported here: 0.1 s that `--version` and `settings` need not wait for.
        import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415 - see above; it has no types
        import tokenizers  # noqa: PLC0415 - see above

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors: its warnings are about machines, not about us
        options.enable_cpu_mem_arena = False  # holds on to the largest text ever read
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._known: OrderedDict[str, Directions] = OrderedDict()
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Directions:
        """The direction of each text: shape (n, 384), each of length 1.

        Each text is read alone: a batch shares the scales of its 8-bit numbers, so that a text's
        direction would depend on its neighbours, and on one thread a batch is no quicker.
        """
        found = np.zeros((len(texts), SIZE), np.float32)
        if len(texts) < MANY:
            for at, text in enumerate(texts):
                found[at] = self._direction(text)
            return found
        with ThreadPoolExecutor(THREADS) as pool:
            for at, direction in enumerate(pool.map(self._direction, texts)):
                found[at] = direction
        return found

    def _direction(self, text: str) -> Directions:
        with self._lock:
            if text in self._known:
                self._known.move_to_end(text)
                return self._known[text]
        read = self._read(text)
        with self._lock:
            self._known[text] = read
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return read

    def _read(self, text: str) -> Directions:
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        states = self._session.run(
            None, {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        )[0]
        mean: Directions = states[0].mean(axis=0, dtype=np.float32)
        return np.divide(mean, np.float32(max(float(np.sqrt(mean @ mean)), 1e-9)))


@cache
def encoder() -> Encoder:
    """The encoder that comes with the package, read once."""
    return Encoder()
