"""The sentence that speaks of what exactly was asked comes first: "pass mark" asked, the pass mark shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from bot.advice.wording import Said, plain

BEGINNING = 4  # letters that forms of one word share: "pass", "passes", "passing"
_WORD = re.compile(r"[^\W\d_]+")


def beginnings(words: Collection[str]) -> frozenset[str]:
    """What tells the words apart from others, whatever their ending; short words say too little."""
    return frozenset(word[:BEGINNING].lower() for word in words if len(word) >= BEGINNING)


def nearest_first(lead: Said | None, lines: Sequence[Said], asked: Collection[str]) -> tuple[Said, ...]:
    """The lines with the one that shares most with the words asked in front, if it shares more than the lead.

    A word counts the less, the more sentences use it. The rest keep their order: it is an editor's.
    """
    wanted = beginnings(asked)
    if not wanted or not lines:
        return tuple(lines)
    used = [beginnings(_WORD.findall(plain(line.text))) & wanted for line in (*([lead] if lead else []), *lines)]
    counts = Counter(word for words in used for word in words)
    scores = [sum(1 / counts[word] for word in words) for words in used]
    best = max(range(len(scores)), key=lambda at: (scores[at], -at))
    place = best - (1 if lead else 0)
    if scores[best] == 0 or place < 0:
        return tuple(lines)
    return (lines[place], *lines[:place], *lines[place + 1 :])
