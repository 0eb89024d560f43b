"""What is told of another time or of nobody: a danger that is over, and what happens in a film or a book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.knowledge.listening import Apart
from bot.understanding.listening.patterns import MASK, STOP, Pattern

_STOPS = re.compile(rf" {re.escape(STOP)}(?= )")


class Elsewhere:
    """Finds such sentences, and whether something is said of somebody else, by the patterns of `Apart`."""

    def __init__(self, words: Apart, ready: Mapping[str, Pattern]) -> None:
        self._past, self._over, self._still = (_made(row, ready) for row in (words.past, words.over, words.still))
        self._tales, self._alike = _made(words.tales, ready), _made(words.alike, ready)
        self._oneself, self._subjects = _made(words.oneself, ready), _made(words.subjects, ready)

    def hushed(self, sentences: str) -> str:
        """The text with such sentences put out of hearing."""
        rows = [row for row in _STOPS.split(sentences) if row.strip()]
        past = {row for row in rows if _any(self._past, (row,))}
        if past and (not _any(self._over, rows) or _any(self._still, rows)):
            past = set()
        apart: set[str] = set()
        tale = False
        for row in rows:
            tale = _any(self._tales, (row,)) or (tale and not _any(self._oneself, (row,)))
            if row in past or (tale and not _any(self._alike, (row,))):
                apart.add(row)
        if not apart:
            return sentences
        heard = (f" {MASK}" * len(row.split()) if row in apart else row.rstrip() for row in rows)
        return f" {STOP}{f' {STOP}'.join(heard)} {STOP} "

    def of_another(self, sentences: str, start: int) -> bool:
        """Whether what begins at `start` is said of somebody else, as the words just before it tell."""
        return _any(self._subjects, (_STOPS.split(sentences[:start] + " ")[-1],))


def listed(words: Apart) -> tuple[str, ...]:
    """All patterns of it."""
    return (*words.past, *words.over, *words.still, *words.tales, *words.alike, *words.oneself, *words.subjects)


def _made(texts: Iterable[str], ready: Mapping[str, Pattern]) -> tuple[Pattern, ...]:
    return tuple(ready[text] for text in texts)


def _any(patterns: Sequence[Pattern], rows: Iterable[str]) -> bool:
    """Whether one of some patterns is found in one of some sentences."""
    for row in rows:
        sentence, present = f" {STOP}{row.rstrip()} {STOP} ", set(row.split())
        if any(pattern.find(sentence, present) for pattern in patterns):
            return True
    return False
