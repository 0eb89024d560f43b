"""Short texts held against cues and names: the words that people type for something, which are content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

MAX_ANSWER = 300
MAX_FRAMED = 9  # words of a cue with a frame around it
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
    return words_of(text) in _words_of_all(tuple(cues))


@lru_cache(maxsize=512)  # the same lists are asked about every turn
def _words_of_all(cues: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(words_of, cues))


def starts_with_cue(text: str, cues: Iterable[str]) -> str | None:
    """The rest of a message after a cue it opens with, or None."""
    words = words_of(text)
    for cue in sorted(cues, key=len, reverse=True):
        if words.startswith(f"{words_of(cue)} "):
            return words[len(words_of(cue)) + 1 :]
    return None


def is_framed_cue(text: str, cues: Iterable[str], framing: Iterable[str]) -> bool:
    """Whether a message is a cue with only words of a frame around it, before or after ("can we … please")."""
    known, around = _words_of_all(tuple(cues)), _words_of_all(tuple(framing))
    words = words_of(text).split()
    if len(words) > MAX_FRAMED:
        return False
    first = next((at for at, word in enumerate(words) if word not in around), len(words))
    last = next((at for at in range(len(words), 0, -1) if words[at - 1] not in around), 0)
    return any(
        " ".join(words[start:end]) in known
        for start in range(min(first, len(words)) + 1)
        for end in range(max(last, start), len(words) + 1)
    )


def without_openings(text: str, cues: Sequence[str]) -> str | None:
    """What follows the cues that a message opens with, one after the other; None where it opens with none."""
    rest, found = starts_with_cue(text, cues), None
    while rest is not None:
        rest, found = starts_with_cue(rest, cues), rest
    return found


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
