"""How many labelled questions are answered right, and how many that are none of our business are answered.

    python benchmarks/questions.py [FOLDER]

Beside this file, `questions/` holds three sets of our own: `seen`, whose misses were looked at while
the understanding was made, `held_out`, whose misses were looked at once, late, and `styles`, ways of
speaking that were tried for the first time when all else stood (voice, anger, long stories, chains of
turns), whose misses were looked at after a first run: its figures stand in the README.
FOLDER may hold a fourth: `dev.jsonl`, `dev-followups.jsonl` and `dev-out-of-scope.jsonl`; where it is
absent the benchmark says so. Beside it: nearest phrasing by rapidfuzz, the simplest thing that could
work, on topics alone.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.cli.judging import read_lines
from bot.knowledge.load import load
from bot.settings import KnowledgeSettings, read_settings

HERE = Path(__file__).parent
OWN = HERE / "questions"
DEFAULT = HERE.parent.parent / "shared" / "questions"


def nearest_phrasing(folder: Path) -> str:
    base = load(read_settings(KnowledgeSettings).resolved())
    rows = [(text, topic) for topic, item in base.phrasings.items() for text in item.phrasings]
    texts = [text for text, _ in rows]
    lines = read_lines(folder / "dev.jsonl")
    right = 0
    for line in lines:
        found = process.extractOne(line["text"].lower(), texts, scorer=fuzz.token_set_ratio)
        right += found is not None and rows[found[2]][1] in line["accept_topics"]
    return f"nearest phrasing (rapidfuzz token_set_ratio), topic among the accepted: {right / len(lines):.1%}"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    measure(OWN, "held_out")
    measure(OWN, "seen")
    measure(OWN, "styles")
    if not (folder / "dev.jsonl").is_file():
        print(f"no labelled questions in {folder}; only our own measured")
        return
    measure(folder, "dev")
    print(nearest_phrasing(folder))


def measure(folder: Path, kind: str) -> None:
    """Judge one set: questions, follow-ups, messages that are none of our business."""
    for name in (f"{kind}.jsonl", f"{kind}-followups.jsonl", f"{kind}-out-of-scope.jsonl"):
        command = [
            sys.executable,
            "-m",
            "bot",
            "evaluate",
            str(folder / name),
            "--rules",
            str(HERE / "question_rules.yaml"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        print(f"{name}:", *done.stdout.splitlines()[:2], sep="\n  ")


if __name__ == "__main__":
    main()
