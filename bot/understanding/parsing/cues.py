"""Short texts held against cues and names: the words that people type for something, which are content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

MAX_ANSWER = 300
CUE = 60  # characters of a longer cue or name: the words of shorter texts are remembered, they are asked for each turn
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def words_of(text: str) -> str:
    """Lower case words with single spaces between, as cues and aliases are written."""
    return _kept_words_of(text) if len(text) <= CUE else _words_of(text)


def _words_of(text: str) -> str:
    return " ".join(_WORD.findall(text[:MAX_ANSWER].lower().replace("’", "'")))


_kept_words_of = lru_cache(maxsize=4096)(_words_of)


def is_cue(text: str, cues: Iterable[str]) -> bool:
    """Whether the whole message is one of some cues."""
    return words_of(text) in {words_of(cue) for cue in cues}


def starts_with_cue(text: str, cues: Iterable[str]) -> str | None:
    """The rest of a message after a cue it opens with, or None."""
    words = words_of(text)
    for cue in sorted(cues, key=len, reverse=True):
        if words.startswith(f"{words_of(cue)} "):
            return words[len(words_of(cue)) + 1 :]
    return None


def mentioned(words: str, named: Iterable[tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    """Ids of which a name stands in `words`, as whole words, the longest name first."""
    padded = f" {words} "
    found = []
    pairs = sorted(((words_of(name), key) for key, names in named for name in names), key=lambda pair: -len(pair[0]))
    for name, key in pairs:
        if name and f" {name} " in padded:
            padded = padded.replace(f" {name} ", "  ")
            found.append(key)
    return tuple(dict.fromkeys(found))
