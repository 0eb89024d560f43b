"""Patterns made ready, kept in the cache: to read all of them takes longer than anything else that listening needs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bot.understanding import cache, chat, normalise
from bot.understanding.listening import patterns
from bot.understanding.listening.patterns import Pattern, Sets, compiled


def prepared(texts: Sequence[str], sets: Sets) -> Mapping[str, Pattern]:
    """Each pattern of some texts made ready. Raises `PatternError` where one cannot be read."""
    key = _key(texts, sets)
    kept = _recalled(cache.load(key), texts)
    if kept is not None:
        return kept
    found = {text: compiled(text, sets) for text in texts}
    rows = [
        (pattern.source, [sorted(words) for words in pattern.needed], sorted(pattern.words))
        for pattern in found.values()
    ]  # fmt: skip
    cache.store(key, {"patterns": np.frombuffer(json.dumps(rows).encode(), np.uint8)})
    return found


def _recalled(arrays: cache.Arrays | None, texts: Sequence[str]) -> dict[str, Pattern] | None:
    try:
        rows: list[Any] = json.loads(arrays["patterns"].tobytes()) if arrays is not None else []
        found = zip(dict.fromkeys(texts), rows, strict=True)
        return {
            text: Pattern(text, source, tuple(map(frozenset, needed)), frozenset(words))
            for text, (source, needed, words) in found
        }  # fmt: skip
    except (KeyError, ValueError, TypeError):
        return None  # nothing there, or written by something else


def _key(texts: Sequence[str], sets: Sets) -> str:
    digest = hashlib.sha256(cache.code_digest(patterns, normalise, chat).encode())
    digest.update(json.dumps([list(texts), {name: list(words) for name, words in sets.items()}]).encode())
    return digest.hexdigest()
