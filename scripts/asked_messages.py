"""Messages as people write them, with the statements that answer: what `encoder_training.py` and `finding_weights.py`
learn from.

`benchmarks/people/asked.jsonl` holds one message or dialog a line: the questions of each turn (`asks`), and for each
the ids of the statements that answer it, the best first (`answers`; none where nothing is known). Ids name a place in a
file, and content moves: `asked_statements.json` holds the text that each id had when the message was labelled.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from bot.understanding.statements import Statement

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks" / "people"
SAME = 80  # of 100, from which a sentence of the same file is the same one edited


def messages() -> list[dict[str, Any]]:
    """All messages and dialogs."""
    return list(map(json.loads, (FOLDER / "asked.jsonl").read_text("utf-8").splitlines()))


def places(found: Sequence[Statement]) -> Callable[[Iterable[str]], tuple[int, ...]]:
    """Where statements that were labelled by id stand today, wherever the same is said; those that are gone are left
    out.
    """
    texts = json.loads((FOLDER / "asked_statements.json").read_text("utf-8"))
    exact, files = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for at, item in enumerate(found):
        exact[item.text].append(at)
        files[item.id.split(":")[0]].append(at)
    known: dict[str, list[int]] = {}

    def today(name: str) -> list[int]:
        text, near = texts.get(name, ""), files.get(name.split(":", maxsplit=1)[0], [])
        if text in exact:
            return exact[text]
        best = process.extractOne(text, [found[at].text for at in near], scorer=fuzz.ratio, score_cutoff=SAME)
        return exact[found[near[best[2]]].text] if best else []

    def all_of(names: Iterable[str]) -> tuple[int, ...]:
        for name in names:
            if name not in known:
                known[name] = today(name)
        return tuple(dict.fromkeys(at for name in names for at in known[name]))

    return all_of
