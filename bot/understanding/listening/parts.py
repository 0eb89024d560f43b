"""A message in the parts in which a plea may stand: its sentences, and windows over long ones."""

from __future__ import annotations

from bot.understanding.listening.patterns import MASK, STOP

WHOLE = 40  # words: a message up to this length is also read as a whole
LONG = 20  # words: a sentence above this is also read in windows …
WINDOW, STRIDE = 14, 7  # … of so many words, so many apart
MOST = 80  # parts: a message of 4,096 characters has fewer
Words = tuple[str, ...]


def parts(sentences: str) -> tuple[Words, ...]:
    """The parts of a text as patterns read it, what is not meant left out; none where nothing is left."""
    rows = [row for sentence in sentences.split(f" {STOP} ") if (row := _heard(sentence))]
    whole = tuple(word for row in rows for word in row)
    found = [whole] if len(rows) > 1 and len(whole) <= WHOLE else []
    for row in rows:
        if len(row) <= LONG:
            found.append(row)
        else:
            found += [row[at : at + WINDOW] for at in range(0, max(len(row) - STRIDE, 1), STRIDE)]
            if len(row) <= WHOLE:
                found.append(row)
    return tuple(dict.fromkeys(found))[:MOST]


def _heard(sentence: str) -> Words:
    return tuple(word for word in sentence.split() if word not in (MASK, STOP))
