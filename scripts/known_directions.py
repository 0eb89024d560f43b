"""Write `bot/understanding/finding/known.npz`: the directions of all sentences of the knowledge base
and of all that listening and dialogs learn from, and the dimensions in which they differ most.

    python scripts/known_directions.py

With it a fresh clone starts at once; without it, or for what was edited since, sentences are read at the
first start (about 4 ms each). To be run when much was added, and whenever the encoder is changed.
"""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.load import load
from bot.understanding.finding.directions import KNOWN, packed, store, widest
from bot.understanding.finding.index import texts
from bot.understanding.listening.learning import examples
from bot.understanding.listening.listener import Listener
from bot.understanding.statements import statements


def main() -> None:
    base = load(Path(__file__).resolve().parent.parent / "knowledge")
    listened = [item.text for item in examples(base, Listener(base).meant)]
    told = [text for dialog in base.dialogs.values() for said in dialog.examples.values() for text in said]
    rows = packed([*texts(base, statements(base)), *listened, *told])
    store(KNOWN, rows, basis=widest(rows))
    print(f"{len(rows.keys)} sentences in {KNOWN.name}, {KNOWN.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
