"""A message in the parts in which a plea may stand: its clauses, and windows over long ones."""

from __future__ import annotations

from collections.abc import Collection

from bot.understanding.listening.patterns import MASK, STOP

WHOLE = 40  # words: a message up to this length is also read as a whole
LONG = 20  # words: a clause above this is also read in windows …
WINDOW, STRIDE = 14, 7  # … of so many words, so many apart
SHORT = 4  # words: a clause below this says too little alone, and is read with the one before
MOST = 80  # parts: a message of 4,096 characters has fewer
Phrase = tuple[str, ...]


def parts(sentences: str, breaks: Collection[int] = ()) -> tuple[Phrase, ...]:
    """The parts of a text as patterns read it, what is not meant left out; none where nothing is left.

    `breaks` are the indexes of words (stops not counted) before which a clause ends.
    """
    rows = _rows(sentences, breaks)
    whole = tuple(word for row in rows for word in row)
    found = [whole] if len(rows) > 1 and len(whole) <= WHOLE else []
    for row in rows:
        if len(row) <= LONG:
            found.append(row)
        else:
            found += [row[at : at + WINDOW] for at in range(0, len(row) - STRIDE, STRIDE)]
            if len(row) <= WHOLE:
                found.append(row)
    return tuple(dict.fromkeys(found))[:MOST]


def _rows(sentences: str, breaks: Collection[int]) -> list[Phrase]:
    """The clauses, each with a few words at least where its sentence has them."""
    rows: list[list[str]] = [[]]
    at, fresh = 0, True
    for word in sentences.split():
        if word == STOP:
            fresh = True
            continue
        if fresh or (at in breaks and len(rows[-1]) >= SHORT):
            rows.append([])
            fresh = False
        if word != MASK:
            rows[-1].append(word)
        at += 1
    return [tuple(row) for row in rows if row]
