"""How many labelled questions are answered right, and how many that are none of our business are answered.

    python benchmarks/questions.py [FOLDER]

FOLDER holds `dev.jsonl`, `dev-followups.jsonl` and `dev-out-of-scope.jsonl`; where it is absent the benchmark
says so and leaves. Beside it: nearest phrasing by rapidfuzz, the simplest thing that could work, on topics alone.
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
    if not (folder / "dev.jsonl").is_file():
        print(f"no labelled questions in {folder}; nothing measured")
        return
    for name in ("dev.jsonl", "dev-followups.jsonl", "dev-out-of-scope.jsonl"):
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
    print(nearest_phrasing(folder))


if __name__ == "__main__":
    main()
