"""Write `bot/understanding/learnt/`: what is trained on the knowledge base that comes with the package.

    python scripts/learnt_models.py [--check]

With it a fresh machine starts without training, which is half of the time; a file is used only where the examples
are the very same, so that after an edit of phrasings it is just not used. To be run before a release, after
`scripts/known_directions.py`. `--check` writes nothing and exits 1 where the files are not those of the knowledge base.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import numpy as np

from bot.knowledge.load import load
from bot.understanding import cache
from bot.understanding.interpreter import Interpreter
from bot.understanding.listening.listener import Listener


def main() -> None:
    parser = argparse.ArgumentParser(description="Keep what is trained with the package.")
    parser.add_argument("--check", action="store_true", help="Only say whether the files are current.")
    arguments = parser.parse_args()
    base = load(Path(__file__).resolve().parent.parent / "knowledge")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        Interpreter(base)
        Listener(base)
        found = dict(cache.trained_files())
        current = {path.name for path in found} == {path.name for path in cache.SHIPPED.glob("*.npz")}
        if arguments.check:
            print("what was trained is current" if current else "train again: python scripts/learnt_models.py")
            raise SystemExit(0 if current else 1)
        for path in cache.SHIPPED.glob("*.npz"):
            path.unlink()
        cache.SHIPPED.mkdir(exist_ok=True)
        for path, arrays in found.items():
            kept = cache.SHIPPED / path.name
            np.savez_compressed(kept, allow_pickle=False, **arrays)
            print(f"{kept.name}: {kept.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
