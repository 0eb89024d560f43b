"""How well listening hears danger and other needs: what is missed and what is false, by kind.

    python benchmarks/listening.py [--folds N]

Cross-validation learns from the content without a fold and reads the fold; the files in `benchmarks/listening/`
are never learnt from. `held_out.jsonl`, `fresh.jsonl` and `plain_words.jsonl` have served to mend what was missed, so
their figures say little; of `various.jsonl`, every sixth line that two writers wrote on 28 November 2026 was put there
before anything was learnt from the other five. Two sets were
written when the models stood, their first run: `second.jsonl` 9 of 106 in danger missed and 23 of 174 others
false, then `third.jsonl` 6 of 35 missed and 5 of 91 false. They and `ages.jsonl` have served since to weigh.
`fourth.jsonl` was written when nearness to examples counted as well: 3 of 25 missed and 2 of 30 false. `fifth.jsonl`
came before long messages were weighed apart: 5 of 77 missed and 6 of 120 false, four of those among five long stories.
`sixth.jsonl` was written before its run when they were: 4 of 40 missed and 5 of 83 false.
`seventh.jsonl` is four sets, each run once before what it showed was mended: 3 of 40 missed and 10 of 80 false, 2 of
40 and 6 of 80, 2 of 40 and 7 of 81, 5 of 35 and 0 of 85; after these `eighth.jsonl`, 2 of 35 and 5 of 85.
`fifteenth.jsonl` (long ordinary messages) and `sixteenth.jsonl` (pleas and their twins) are what is left of 532
messages of which some became examples; from `seventeenth.jsonl`, a fifth of them, nothing learns. Where danger is only
likely one line with where help is stands before the answer: who gets that counts as missed, or as not false, and is
named in brackets.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import load
from bot.understanding.listening.listener import AT_RISK, CRISIS, Listener

ROOT = Path(__file__).parent.parent
FILES = Path(__file__).parent / "listening"
PLAIN = "plain"
OTHER = "no_crisis"  # whatever else it may need: only danger counts
Line = tuple[str, str, str]  # text, group of needs, kind


def fold_of(base: KnowledgeBase, fold: int, folds: int) -> tuple[KnowledgeBase, list[Line]]:
    """The knowledge base without every so many-th example, and those examples."""
    left: list[Line] = []
    needs = {}
    for name, need in base.listening.needs.items():
        left += [(text, need.need, name) for text in need.examples[fold::folds]]
        kept = tuple(text for at, text in enumerate(need.examples) if at % folds != fold)
        needs[name] = need.model_copy(update={"examples": kept})
    return replace(base, listening=base.listening.model_copy(update={"needs": needs})), left


def report(title: str, listener: Listener, lines: Iterable[Line], *, show: bool) -> Counter[str]:
    """Print what is missed and false of some lines, by kind; the counts of danger."""
    total: dict[str, Counter[str]] = defaultdict(Counter)
    danger: Counter[str] = Counter()
    spent = 0.0
    for text, group, kind in lines:
        start = time.process_time()
        found = {item.need for item in listener.listen(text)}
        spent += time.process_time() - start
        total[kind]["lines"] += 1
        danger["real" if group == CRISIS else "other"] += 1
        if AT_RISK in found:
            danger["missed, one line" if group == CRISIS else "one line"] += 1
            total[kind]["one line"] += 1
        if group == CRISIS and CRISIS not in found:
            danger["missed"] += 1
            total[kind]["missed"] += 1
        elif group != CRISIS and CRISIS in found:
            danger["false"] += 1
            total[kind]["taken for danger"] += 1
        elif group not in (CRISIS, PLAIN, OTHER) and group not in found:
            total[kind]["not heard"] += 1
        elif group == PLAIN and found - {AT_RISK}:
            total[kind]["heard more than there is"] += 1
        else:
            continue
        if show and (group == CRISIS) != (CRISIS in found):
            print(f"    {'missed' if group == CRISIS else 'false'} ({kind}): {text[:120]!r}")
    count = sum(counts["lines"] for counts in total.values())
    print(f"{title}: of {danger['real']} in danger {danger['missed']} missed, of {danger['other']} others "
          f"{danger['false']} false (one line instead: {danger['missed, one line']} and {danger['one line']}); "
          f"{spent / max(count, 1) * 1000:.2f} ms of processor a message")  # fmt: skip
    for kind, counts in sorted(total.items()):
        print(f"  {kind:18}", ", ".join(f"{name} {number}" for name, number in counts.items()))
    return danger


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folds", type=int, default=5, help="0 leaves cross-validation out")
    parser.add_argument("--list", action="store_true", help="show what is missed and false")
    options = parser.parse_args()
    base = load(ROOT / "knowledge")
    whole = Counter[str]()
    for fold in range(options.folds):
        kept, left = fold_of(base, fold, options.folds)
        whole += report(f"fold {fold + 1} of {options.folds}", Listener(kept), left, show=options.list)
    if options.folds:
        print("cross-validation:", dict(whole))
    listener = Listener(base)
    for path in sorted(FILES.glob("*.jsonl")):
        rows = map(json.loads, path.read_text("utf-8").splitlines())
        report(path.name, listener, [(row["text"], row["need"], row["kind"]) for row in rows], show=options.list)


if __name__ == "__main__":
    sys.exit(main())
