"""Each defence seen failing with itself taken out: `python scripts/defences.py [words of a defence …]`.

    defences.yaml ──▶ a copy of the tree, one line changed ──▶ the one test that must fail now

Says "killed" where it failed, "SURVIVED" where it passed: that defence has no test, or none that sees it.
Takes some minutes; two run side by side. Exit 1 if any survived, or a test fails without any change.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import yaml

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_suffix(".yaml")
AT_ONCE = 2
# A test that waits for what will not come now gives up sooner than usual.
PATIENCE_SECONDS = "60"
# What a mutant may take at most; one that hangs is as good as one that fails.
LONGEST_SECONDS = 300
PASSED = 0


@dataclass(frozen=True)
class Defence:
    """In `file` the text `old`, which stands there once, becomes `new`; then `test` must fail."""

    defence: str
    file: str
    old: str
    new: str
    test: str


def copied(folder: Path) -> Path:
    """A copy of what git knows, and of what is new beside it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def run(tree: Path, *tests: str) -> int | None:
    """The exit status of pytest, None if it did not end."""
    # Of bytecode only the size and the second of the source are compared: two changes of a line may have both.
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    environment["PATIENCE_SECONDS"] = PATIENCE_SECONDS
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider"]
    process = subprocess.Popen(
        [*command, *(f"tests/{test}" for test in tests)],
        cwd=tree,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(LONGEST_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        # With it whatever it started: a bot that never ends would slow down all that comes after.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def verdict(tree: Path, one: Defence) -> str:
    """What became of one defence taken out of a tree, which is whole again after it."""
    if run(tree, one.test) != PASSED:
        return "NO PASS BEFORE"
    path = tree / one.file
    whole = path.read_text("utf-8")
    if whole.count(one.old) != 1:
        return "NOT FOUND"
    path.write_text(whole.replace(one.old, one.new), "utf-8")
    try:
        return "SURVIVED" if run(tree, one.test) == PASSED else "killed"
    finally:
        path.write_text(whole, "utf-8")


def main(words: list[str]) -> int:
    """All defences, or those that have one of the words in their name or file."""
    table = [Defence(**row) for row in yaml.safe_load(TABLE.read_text("utf-8"))]
    table = [one for one in table if not words or any(word in f"{one.defence} {one.file}" for word in words)]
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="defences-") as folder, ThreadPoolExecutor(AT_ONCE) as threads:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(AT_ONCE):
            trees.put(copied(Path(folder) / str(number)))

        def judged(one: Defence) -> str:
            tree = trees.get()
            try:
                return verdict(tree, one)
            finally:
                trees.put(tree)

        for one, result in zip(table, threads.map(judged, table), strict=True):
            counts[result] += 1
            print(f"{result:15} {one.defence} ({one.file})", flush=True)
    print(", ".join(f"{number} {result}" for result, number in counts.items()))
    return 0 if set(counts) <= {"killed"} else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
