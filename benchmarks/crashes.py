"""Kill -9 again and again, each way the bot can run: how many rounds in a row without a loss?

A round is a storm: people write at once while the bot is killed some times, each time within a second of
its first reply. Polling, webhook, pictures, and two replicas on PostgreSQL where its programs are installed.

Run: python benchmarks/crashes.py [--rounds N] [--people N] [--messages N] [--kills N]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "end_to_end"))

from crashes import KINDS, crash, crash_replicas, verdict
from postgresql import PostgreSQL, programs


def main() -> int:
    """Exit 1 if any round lost something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, default=6)
    parser.add_argument("--messages", type=int, default=8)
    parser.add_argument("--kills", type=int, default=2)
    options = parser.parse_args()
    size = (options.people, options.messages, options.kills)
    wrong = 0
    with ExitStack() as stack:
        found = programs()
        server = stack.enter_context(PostgreSQL(found)) if found is not None else None
        for number in range(options.rounds):
            for kind in (*KINDS, *(["replicas"] if server is not None else [])):
                with tempfile.TemporaryDirectory() as folder:
                    if kind == "replicas" and server is not None:
                        figures = crash_replicas(server.database(), Path(folder), *size, seed=number)
                    else:
                        figures = crash(kind, Path(folder), *size, seed=number)
                problem = verdict(figures)
                wrong += problem is not None
                print(
                    f"round {number + 1:3} {kind:10} {problem or 'nothing lost'}; {figures.repeated} repeated",
                    flush=True,
                )
    print(f"{wrong} of {options.rounds} rounds a kind went wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
