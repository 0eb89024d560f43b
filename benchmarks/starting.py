"""How long `ask` takes to its first answer: from an empty cache, after an edit of the code, and warm.

    python benchmarks/starting.py [--knowledge DIR]

Seconds of processor of the whole process (of all its threads), and its peak memory; the cache is a folder of its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

QUESTION = "how much does a cpc earn"
WARM_RUNS = 3


def start(cache: Path, knowledge: Path | None) -> tuple[float, float]:
    """Seconds of processor and MB of peak memory of one start."""
    chosen = ["--knowledge", str(knowledge)] if knowledge is not None else []
    command = [sys.executable, "-m", "bot", "ask", QUESTION, *chosen]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "XDG_CACHE_HOME": str(cache)}
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"`ask` left with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def show(name: str, seconds: float, memory: float) -> None:
    print(f"  {name:24} {seconds:6.2f} s of processor   peak {memory:4.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description="How long the first answer takes.")
    parser.add_argument("--knowledge", type=Path, metavar="DIR", help="Folder of the knowledge base.")
    knowledge = parser.parse_args().knowledge
    with tempfile.TemporaryDirectory() as temporary:
        cache = Path(temporary)
        show("cold, nothing cached", *start(cache, knowledge))
        # After an edit of the code all is looked at again; what is trained is still there.
        trained = {path for path in cache.rglob("understanding-*.npz") if path.stat().st_size > 1_000_000}
        for path in cache.rglob("understanding-*.npz"):
            if path not in trained:
                path.unlink()
        show("after an edit, the same trained", *start(cache, knowledge))
        runs = [start(cache, knowledge) for _ in range(WARM_RUNS)]
        show("warm, the best of three", *min(runs))


if __name__ == "__main__":
    main()
