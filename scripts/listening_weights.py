"""Learn `bot/understanding/listening/weights.json`: what the signs of a need are worth, and from when it is believed.

    python scripts/listening_weights.py [--write]

Learnt by logistic regression on the lines of `benchmarks/listening/` and the ordinary messages of
`benchmarks/people/`: the models behind the signs have seen none of them. What is printed is of lines that
the weights did not learn from either (five folds). The chance to believe is the lowest that takes no more than `FALSE`
of the other lines for it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.knowledge.load import load
from bot.understanding.listening.listener import CRISIS, MINOR, Listener
from bot.understanding.listening.weighing import FILE, signs

ROOT = Path(__file__).resolve().parent.parent
BESIDE = ("feeling", "about_bot")  # what is told beside a question
GROUPS = (CRISIS, "feeling", "about_bot", MINOR)
# Lines by which patterns were mended look better than they are; the last set stays unseen by the weights too.
WORN = ("fresh", "held_out", "plain_words", "fourth")
ORDINARY = ("asked", "told", "kinds", "third")  # people's messages in which none is in need
FALSE = {CRISIS: 0.0135, MINOR: 0.0005}  # share of others that may be taken for it, of the rest …
FALSE_OTHER = 0.015
MODELS = 6  # so many of the signs, the first, are what models say
SHORT = 80  # characters of a question that is set beside a need
FOLDS, STEPS, PRIOR = 5, 30, 0.02  # PRIOR: of the weights to be small
LEAST, SMALLEST = 0.21, 0.02  # no chance below this is believed; the step in which it is sought
Matrix = npt.NDArray[np.float64]


def lines() -> list[tuple[str, str, int]]:
    """Texts with the group of their need and their fold. A feeling stands once more with a question beside it: so it
    is told, and the part must count."""
    found = [
        (row["text"], row["need"])
        for path in sorted((ROOT / "benchmarks/listening").glob("*.jsonl"))
        if path.stem not in WORN
        for row in map(json.loads, path.read_text("utf-8").splitlines())
    ]
    rows = (
        json.loads(line)
        for name in ORDINARY
        for line in (ROOT / "benchmarks/people" / f"{name}.jsonl").read_text("utf-8").splitlines()
    )
    ordinary = [(turn["text"], "ordinary") for row in rows for turn in row.get("turns", [row])]
    asked = [text for text, _ in ordinary if len(text) < SHORT and "?" in text]
    texts = [(text, group, at % FOLDS) for at, (text, group) in enumerate([*found, *ordinary])]
    told = [one for one in texts if one[1] in BESIDE]
    return texts + [(f"{text}. {asked[at % len(asked)]}", group, fold) for at, (text, group, fold) in enumerate(told)]


def regression(rows: Matrix, wanted: npt.NDArray[np.bool_]) -> Matrix:
    """Weights and bias, by Newton's method."""
    given = np.hstack([rows, np.ones((len(rows), 1))])
    found = np.zeros(given.shape[1])
    prior = np.eye(len(found)) * PRIOR * np.sqrt(len(rows))
    prior[-1, -1] = 1e-6
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(given @ found, -30, 30)))
        slope = given.T @ (chance - wanted) + prior @ found
        curve = (given * (chance * (1 - chance))[:, None]).T @ given + prior
        found -= np.linalg.solve(curve, slope)
    return found


def speaking(rows: Matrix, wanted: npt.NDArray[np.bool_]) -> Matrix:
    """As `regression`, where no sign of the models speaks against what it is a sign of: that one counts nothing."""
    kept = np.ones(rows.shape[1], bool)
    while True:
        found = np.zeros(rows.shape[1] + 1)
        found[np.append(kept, True)] = regression(rows[:, kept], wanted)
        against = (found[:-1] < 0) & (np.arange(rows.shape[1]) < MODELS)
        if not against.any():
            return found
        kept &= ~against


def chances(rows: Matrix, weights: Matrix) -> Matrix:
    found: Matrix = 1 / (1 + np.exp(-np.clip(rows @ weights[:-1] + weights[-1], -30, 30)))
    return found


def least(group: str, said: Matrix, wanted: npt.NDArray[np.bool_]) -> float:
    """From which chance a need is believed."""
    tried = np.arange(LEAST, 0.97, SMALLEST)
    false = np.array([(said[~wanted] >= at).mean() for at in tried])
    return float(tried[false <= FALSE.get(group, FALSE_OTHER)][0])


def main() -> None:
    parser = argparse.ArgumentParser(description="Weigh the signs of needs.")
    parser.add_argument("--write", action="store_true", help="keep what was learnt")
    parser.add_argument("--list", action="store_true", help="show what is missed and false of danger")
    options = parser.parse_args()
    listener = Listener(load(ROOT / "knowledge"))
    read = [(text, group, fold, listener.evidence(text)) for text, group, fold in lines()]
    told = [(text, group) for text, group, _, (found, _) in read if found]  # nothing is learnt where no word is meant
    seen = [evidence for _, _, _, evidence in read if evidence[0]]
    folds = np.array([fold for _, _, fold, (found, _) in read if found])
    learnt = {}
    for group in GROUPS:
        kinds = {kind for kind, need in listener.kinds() if need == group}
        rows = np.array([signs(found[group], cued=bool(kinds & cued.keys())) for found, cued in seen])
        wanted = np.array([need == group for _, need in told])
        said = np.zeros(len(rows))
        for fold in range(FOLDS):
            said[folds == fold] = chances(rows[folds == fold], speaking(rows[folds != fold], wanted[folds != fold]))
        at = least(group, said, wanted)
        weights = speaking(rows, wanted)
        learnt[group] = {"weights": np.round(weights[:-1], 3).tolist(), "bias": round(float(weights[-1]), 3),
                         "least": round(at, 3)}  # fmt: skip
        ordinary = np.array([need == "ordinary" for _, need in told])
        print(f"{group}: {wanted.sum()} lines, from {at:.2f} missed {np.sum(wanted & (said < at))}, false "
              f"{np.sum(~wanted & (said >= at))} of {np.sum(~wanted)}, of them {np.sum(ordinary & (said >= at))} of "
              f"{ordinary.sum()} ordinary messages; weights {learnt[group]['weights']}")  # fmt: skip
        if group == CRISIS:
            for tried in (0.1, 0.15, 0.2, 0.3, 0.4, 0.5):
                false = np.sum(~wanted & ~ordinary & (said >= tried)), np.sum(ordinary & (said >= tried))
                print(f"    from {tried}: missed {np.sum(wanted & (said < tried))}, false {false[0]} and {false[1]}")
        if options.list and group == CRISIS:
            for (text, _), chance, is_wanted in zip(told, said, wanted, strict=True):
                if is_wanted != (chance >= at):
                    print(f"    {'missed' if is_wanted else 'false'} {chance:.2f} {text[:140]!r}")
    if options.write:
        FILE.write_text(json.dumps(learnt, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
