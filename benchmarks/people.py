"""What people say and what is made of it: how well they are heard, and how well they are answered.

    python benchmarks/people.py [heard|answers|time] [--list]

`heard` reads the labelled lines of `people/` with the reader and compares with `about`: precision and recall by field,
and who was given a credential, licence or role that they did not say they hold. Of the personas the wordings must be
heard and the negated twins must leave nothing behind. `answers` asks the whole advisor and judges by patterns:
`gold.must` in the answer, the first of them within what a phone shows; `never` nowhere; below it how often answers of a
confidence are right. `time` measures a 60-word
message. First figures on the files before anything was changed for them (precision / recall): fresh 74.6% / 55.8%,
lines 82.1% / 89.0%, personas 99.5% / 95.9%, messages and dialogs 69.1% / 22.9%; second, written last, 83.3% / 65.2%;
`told`, in all voices, 86.1% / 55.7% with 15 given something wrongly, `traps` (denials, hopes, others, ads, questions)
7 of 205 given something wrongly; `kinds`, of each kind of thing told twenty wordings and ten denials, questions and
others' stories, 79.0% / 52.7% with 16 given something wrongly; `third`, 100 traps and 70 stories: of the stories
95.5% / 78.8%, and 6 of the traps left something other than a goal or a country, one of them a credential; `fourth`,
45 stories and 75 traps, 79.7% / 63.1% with 7 given something wrongly; `fifth`, 30 stories and 50 traps, written after
the kinds found in `fourth` were mended, 79.8% / 64.1% with 4; `sixth`, 25 stories, 15 questions and 40 traps, after
those of `fifth`, 78.8% / 78.8% with 4, most of what was too much being goals of who only asked;
`seventh`, 25 stories, some of them over two messages, and 40 traps, 85.5% / 89.9% with 3; `eighth`, 117 stories,
122 traps and 20 dialogs with corrections: stories 89.3% / 68.4% with 12, traps with 2, dialogs 75.4% / 56.5%; `ninth`,
60 stories, 67 traps and 8 dialogs, after the kinds of `eighth` were mended: 88.1% / 72.3% with 10 (most of them jobs
thought of by a credential and years), traps with 1, dialogs 64.7% / 68.8%; `tenth`, 235 stories and traps of
four writings of one morning: of the first 119 lines 67.6% was heard (88.4% precision), of the next 40, run once
after the kinds found in those were mended, 77.0% (87.0%), before that 50.8% (79.5%); of the last 40, 77.1% (88.9%).
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.cli.answering import turn
from bot.conversation.advisor import Advisor
from bot.knowledge.load import load
from bot.understanding.reader.merge import Known, merged, summary

ROOT = Path(__file__).parent.parent
PEOPLE = Path(__file__).parent / "people"
SETS = (
    ("messages", "dialogs"),
    ("fresh",),
    ("second",),
    ("lines",),
    ("personas",),
    ("told",),
    ("traps",),
    ("kinds",),
    ("third",),
    ("fourth",),
    ("fifth",),
    ("sixth",),
    ("seventh",),
    ("eighth",),
    ("ninth",),
    ("tenth",),
)
TODAY = date(2026, 11, 27)
SINGLE = ("role", "country", "hours_per_week", "goal", "setting")
LISTS = ("certifications", "not_certifications", "licences", "education")
GIVEN = ("certifications", "licences", "role")  # what nobody may be given wrongly
FRONT = 350  # characters: what a person reads first on a phone
ADMITS = re.compile(r"don.t know|do not know|not known|no checked|can.t (say|tell)|have nothing|i have no\b", re.I)
WORDS = 60
BINS, WIDTH = 10, 40  # of the reliability diagram
ROUNDS = 300

Value = tuple[object, ...]


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The lines of one file."""
    return map(json.loads, (PEOPLE / f"{name}.jsonl").read_text("utf-8").splitlines())


def values(about: Mapping[str, Any] | None) -> set[Value]:
    """What is known of a person as a set of fields and values."""
    about = about or {}
    found: set[Value] = {(key, about[key]) for key in SINGLE if about.get(key) is not None}
    found |= {(key, item) for key in LISTS for item in about.get(key) or []}
    found |= {("years", kind, round(float(years))) for kind, years in (about.get("years") or {}).items()}
    if about.get("budget"):
        found.add(("budget", round(float(about["budget"]["amount"])), about["budget"].get("currency")))
    return found


def heard(advisor: Advisor, texts: list[str]) -> dict[str, Any]:
    """What is known after some messages, as `ask --json` gives it."""
    known = Known()
    for text in texts:
        known = merged(known, advisor.reader.read(text, TODAY, known))
    return summary(known)


def texts_of(row: Mapping[str, Any]) -> list[str]:
    """The messages of a line."""
    return [turn["text"] for turn in row["turns"]] if "turns" in row else [row["text"]]


def hearing(advisor: Advisor, *, shown: bool) -> None:
    """Precision and recall of what is heard, by set and field."""
    for names in SETS:
        right, said, told = Counter[str](), Counter[str](), Counter[str]()
        given = []
        for row in (row for name in names for row in rows(name)):
            texts = texts_of(row)
            got, gold = values(heard(advisor, texts)), values(row.get("about"))
            if row.get("kind") == "twin":  # only what it must not leave behind is judged
                got = {value for value in got if value[0] in GIVEN}
            right.update(str(value[0]) for value in got & gold)
            said.update(str(value[0]) for value in got)
            told.update(str(value[0]) for value in gold)
            wrong = sorted(map(str, (value for value in got - gold if value[0] in GIVEN)))
            given += [(wrong, texts[-1])] if wrong else []
            if shown and got != gold:
                missed, extra = sorted(map(str, gold - got)), sorted(map(str, got - gold))
                print(f"{texts[-1][:120]!r} missed {missed} wrong {extra}")
        precision, recall = right.total() / max(1, said.total()), right.total() / max(1, told.total())
        print(
            f"{'+'.join(names):18} precision {precision:.1%} recall {recall:.1%} of {told.total()}; {len(given)} wrong"
        )
        for key in sorted(told | said):
            print(f"    {key:18} right {right[key]:3} of said {said[key]:3}, of told {told[key]:3}")
        for wrong, text in given:
            print(f"    GIVEN {', '.join(wrong)}: {text[:110]!r}")


def judged(row: Mapping[str, Any], outcome: str, said: str) -> str:
    """The class of one answer: right, partly, asked, missed or wrong."""
    want = row["outcome"]
    if want not in ("answer", "unknown"):
        return "right" if outcome in ("unknown", "chat") or (want == "crisis" and "988" in said) else "wrong"
    if outcome == "clarify":
        return "asked"
    points = []
    for gold in row["gold"]:
        if gold["known"] == "no":
            points.append(2 if outcome == "unknown" or ADMITS.search(said) else 0)
        elif any(re.search(pattern, said, re.I | re.S) for pattern in gold.get("never", [])):
            points.append(0)
        else:
            found = all(re.search(pattern, said, re.I | re.S) for pattern in gold["must"])
            front = all(re.search(pattern, said[:FRONT], re.I | re.S) for pattern in gold["must"][:1])
            points.append((2 if front else 1) if found and outcome in ("answer", "chat") else 0)
    if all(point == 2 for point in points):
        return "right"
    return "partly" if any(points) else "missed" if outcome == "unknown" else "wrong"


def answering(advisor: Advisor, *, shown: bool) -> None:
    """How the messages and dialogs are answered."""
    classes = Counter[str]()
    sure: list[tuple[float, bool]] = []
    for row in (*rows("messages"), *rows("dialogs")):
        session = None
        for item in row.get("turns", [row]):
            session, result, _ = turn(advisor, session, item["text"], TODAY)
            kind = judged(item, result["outcome"], result["answer"])
            classes[kind] += 1
            if result["outcome"] == "answer" and item["outcome"] in ("answer", "unknown"):
                sure.append((result["confidence"], kind == "right"))
            if shown and kind != "right":
                print(f"{kind:7}{item['text'][:100]!r} {result['answer'][:120]!r}")
    print("  ".join(f"{kind} {count / classes.total():.1%}" for kind, count in classes.most_common()))
    reliability(sure)


def reliability(sure: list[tuple[float, bool]]) -> None:
    """How often answers of a confidence are right: a diagram, and the expected calibration error."""
    error = 0.0
    for step in range(BINS):
        inside = [(said, right) for said, right in sure if step == min(int(said * BINS), BINS - 1)]
        if inside:
            said = sum(said for said, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            error += len(inside) / len(sure) * abs(said - right)
            print(f"  said {said:.2f}  right {right:.2f}  of {len(inside):4}  {'#' * round(right * WIDTH)}")
    print(f"  expected calibration error {error:.3f}")


def timing(advisor: Advisor) -> None:
    """Processor time for reading a message of sixty words."""
    texts = [texts_of(row)[0] for row in rows("messages")]
    words = " ".join(texts).split()
    messages = [" ".join(words[at : at + WORDS]) for at in range(0, len(words) - WORDS, WORDS)]
    for message in messages:
        advisor.reader.read(message, TODAY)
    start = time.process_time()
    for number in range(ROUNDS):
        advisor.reader.read(messages[number % len(messages)], TODAY)
    print(f"reading {WORDS} words: {(time.process_time() - start) / ROUNDS * 1000:.2f} ms of processor")


def main() -> None:
    advisor = Advisor(load(ROOT / "knowledge"))
    wanted, shown = set(sys.argv[1:]) - {"--list"}, "--list" in sys.argv
    if not wanted or "heard" in wanted:
        hearing(advisor, shown=shown)
    if not wanted or "time" in wanted:
        timing(advisor)
    if "answers" in wanted:
        answering(advisor, shown=shown)


if __name__ == "__main__":
    main()
