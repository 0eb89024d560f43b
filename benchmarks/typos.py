"""What slips of the fingers cost: labelled questions as they stand, and with one slip in every second longer word.

    python benchmarks/typos.py [FILE ...]

A slip is a letter swapped with the next, left out, doubled or replaced by its neighbour on the
keyboard, in every second word of five letters or more (the first letter stays: people hardly ever
miss it). Names are not spared. Right counts as in `evaluate`; the slips are the same at every run.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
OWN = tuple(HERE / "questions" / f"{name}.jsonl" for name in ("held_out", "seen", "styles"))
SHARED = HERE.parent.parent / "shared" / "questions" / "dev.jsonl"
SHORTEST = 5  # letters of a word that may be slipped in
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOUR = {letter: row[at + 1] if at + 1 < len(row) else row[at - 1] for row in ROWS for at, letter in enumerate(row)}


def slip(word: str, rng: random.Random) -> str:
    """The word with one slip after its first letter."""
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + NEIGHBOUR.get(word[at].lower(), word[at]) + word[at + 1 :]


def slipped(text: str, rng: random.Random) -> str:
    """The text with a slip in every second word of `SHORTEST` letters or more."""
    longer = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal longer
        longer += 1
        return slip(match.group(), rng) if longer % 2 else match.group()

    return re.sub(rf"[A-Za-z]{{{SHORTEST},}}", replaced, text)


def judged(lines: list[dict[str, object]]) -> dict[str, int]:
    """What `evaluate` says of the lines."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
        file.flush()
        rules = str(HERE / "question_rules.yaml")
        command = [sys.executable, "-m", "bot", "evaluate", file.name, "--rules", rules, "--json"]
        found: dict[str, int] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        return found


def main() -> None:
    files = [Path(name) for name in sys.argv[1:]] or [*OWN, *([SHARED] if SHARED.is_file() else [])]
    lines = [json.loads(row) for file in files for row in file.read_text("utf-8").splitlines() if row.strip()]
    rng = random.Random(0)
    typed = [{**line, "text": slipped(line["text"], rng)} for line in lines]
    right, wrong = {}, {}
    for name, rows in (("as they stand", lines), ("with slips", typed)):
        report = judged(rows)
        right[name], wrong[name] = (100 * report[key] / report["questions"] for key in ("right", "wrong"))
        print(f"  {name:14s} {len(rows)} questions: right {right[name]:.1f}%, wrong {wrong[name]:.1f}%")
    print(f"slips cost {right['as they stand'] - right['with slips']:.1f} points")


if __name__ == "__main__":
    main()
