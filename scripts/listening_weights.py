"""Learn `bot/understanding/listening/weights.json`: what the signs of a need are worth, and from when it is believed.

    python scripts/listening_weights.py [--write]

Learnt by logistic regression on the lines of `benchmarks/listening/` and the ordinary messages of
`benchmarks/people/`: the models behind the signs have seen none of them. Long messages are weighed apart, and since few
lines in need are long or have a question beside them, both are made of short ones. What is printed is of lines that
the weights did not learn from either (five folds). The chance to believe is the lowest that takes no more than `FALSE`
of the other lines for it; danger is spoken of beside an answer from the lowest that takes no more than `SPOKEN_OF`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.knowledge.load import load
from bot.understanding.listening.classifier import NeedEvidence
from bot.understanding.listening.listener import CRISIS, CUED, MINOR, Heeded, Listener
from bot.understanding.listening.weighing import FILE, LONG, signs

ROOT = Path(__file__).resolve().parent.parent
BESIDE = (CRISIS, "feeling", "about_bot")  # what is told beside a question
GROUPS = (CRISIS, "feeling", "about_bot", MINOR)
# Lines by which patterns were mended look better than they are; the last set stays unseen by the weights too.
WORN = ("fresh", "held_out", "plain_words", "fourth", "fifth", "sixth", "seventh", "eighth", "eleventh",
        "fourteenth", "seventeenth")  # fmt: skip
ORDINARY = ("asked", "told", "kinds", "third")  # people's messages in which none is in need
# Share of others that may be taken for it, of short and of long messages; of groups that are not named FALSE_OTHER.
FALSE = {CRISIS: (0.02, 0.06), MINOR: (0.0005, 0.0005)}
FALSE_OTHER = (0.014, 0.02)
SPOKEN_OF = (0.032, 0.11)  # share of others before whose answer help may be spoken of, or that get it alone
HALF = 2  # of the short lines every so many-th is planted
# Pleas, and hardship and twins that sound just like them: learnt from, but they are no sample of what comes.
TWINS = ("ninth", "twelfth", "thirteenth", "sixteenth")
PLANTED = ("second", "third", "various", "ages")
HOST = (40, 140)  # words of an ordinary message in which a line is planted
MODELS = 6  # so many of the signs, the first, are what models say
SHORT = 80  # characters of a question that is set beside a need
FOLDS, STEPS, PRIOR = 5, 30, 0.02  # PRIOR: of the weights to be small
LEAST, FAINTEST = 0.21, 0.05  # no chance below this is believed, nor one below that spoken of
SMALLEST = 0.02  # the step in which it is sought
SENTENCE_END = re.compile(r"(?<=[.?!]) +")
Matrix = npt.NDArray[np.float64]
Read = tuple[Mapping[str, NeedEvidence], Mapping[str, Heeded]]
Learnt = dict[str, float | list[float]]


@dataclass(frozen=True)
class Sample:
    """A text with the group of its need, its fold, and whether it was made by planting one text in another."""

    text: str
    group: str
    fold: int
    planted: bool = False
    twin: bool = False


def lines() -> list[Sample]:
    """Everything that is learnt from. What is in need stands once more with a question beside it: so it is told, and
    the part must count; so does some of what is not, or a question beside it would tell."""
    found = [
        (row["text"], row["need"], path.stem)
        for path in sorted((ROOT / "benchmarks/listening").glob("*.jsonl"))
        if path.stem not in WORN
        for row in map(json.loads, path.read_text("utf-8").splitlines())
    ]
    rows = (
        json.loads(line)
        for name in ORDINARY
        for line in (ROOT / "benchmarks/people" / f"{name}.jsonl").read_text("utf-8").splitlines()
    )
    ordinary = [(turn["text"], "ordinary", "people") for row in rows for turn in row.get("turns", [row])]
    asked = [text for text, *_ in ordinary if len(text) < SHORT and "?" in text]
    hosts = [text for text in dict.fromkeys(text for text, *_ in ordinary) if HOST[0] < len(text.split()) <= HOST[1]]
    texts = [Sample(text, group, at % FOLDS, twin=stem in TWINS)
             for at, (text, group, stem) in enumerate([*found, *ordinary])]  # fmt: skip
    told = [one for one in texts if one.group in BESIDE]
    told += [one for one in texts if one.group not in (*BESIDE, "ordinary")][::HALF]
    beside = [replace(one, text=f"{one.text}. {asked[at % len(asked)]}", planted=True) for at, one in enumerate(told)]
    short = [one for one, (text, _, stem) in zip(texts, found, strict=False)
             if stem in PLANTED and len(text.split()) < HOST[0]][::HALF]  # fmt: skip
    planted = [replace(one, text=_planted(one.text, hosts[at % len(hosts)], at), planted=True)
               for at, one in enumerate(short)]  # fmt: skip
    return [*texts, *beside, *planted]


def _planted(text: str, host: str, at: int) -> str:
    """A text as a sentence somewhere in another."""
    sentences = SENTENCE_END.split(host)
    place = 1 + at % len(sentences)
    return " ".join([*sentences[:place], text.rstrip(".") + ".", *sentences[place:]])


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


def least(false_share: float, said: Matrix, wanted: npt.NDArray[np.bool_], lowest: float = LEAST) -> float:
    """From which chance a need is believed."""
    tried = np.arange(lowest, 0.97, SMALLEST)
    false = np.array([(said[~wanted] >= at).mean() for at in tried])
    return float(tried[false <= false_share][0])


def learnt(group: str, read: list[tuple[Sample, Read]], listener: Listener, *, long: bool, show: bool) -> Learnt:
    """The weights of one group for short or for long messages; what they miss is printed."""
    kinds = [kind for kind, need in listener.kinds() if need == group]
    # Of an idiom alone nothing speaks for danger; twins of pleas tell nothing of other needs.
    read = [(one, seen) for one, seen in read
            if group in seen[0] and (group == CRISIS or not one.twin)]  # fmt: skip
    rows = np.array([signs(found[group], cued=max((cued[kind].counts for kind in kinds if kind in cued), default=0))
                     for _, (found, cued) in read])  # fmt: skip
    wanted = np.array([one.group == group for one, _ in read])
    folds = np.array([one.fold for one, _ in read])
    planted = np.array([one.planted for one, _ in read])
    twin = np.array([one.twin for one, _ in read])
    ordinary = np.array([one.group == "ordinary" for one, _ in read])
    said = np.zeros(len(rows))
    for fold in range(FOLDS):
        said[folds == fold] = chances(rows[folds == fold], speaking(rows[folds != fold], wanted[folds != fold]))
    # Beside a pattern less is asked of danger.
    reached = said / np.where((rows[:, -1] > 0) & (group == CRISIS), CUED, 1.0)
    written = ~planted & ~twin
    at = least(FALSE.get(group, FALSE_OTHER)[long], reached[written], wanted[written])
    likely = min(at, least(SPOKEN_OF[long], reached[written], wanted[written], FAINTEST))
    weights = speaking(rows, wanted)
    print(f"{group}, {'long' if long else 'short'}, from {at:.2f}: weights {np.round(weights, 2).tolist()}")
    for name, part in (("written", written), ("twins", ~planted & twin), ("planted", planted)):
        alone, beside = part & (reached >= at), part & (reached >= likely) & (reached < at)
        print(f"    {name}: of {np.sum(wanted & part)} missed {np.sum(wanted & part & ~alone)}, of "
              f"{np.sum(~wanted & part)} others false {np.sum(~wanted & alone)}, of them "
              f"{np.sum(ordinary & alone)} of {np.sum(ordinary & part)} ordinary messages")  # fmt: skip
        if group == CRISIS:
            print(f"        one line from {likely:.2f}: {np.sum(wanted & beside)} of those missed, "
                  f"{np.sum(~wanted & beside)} others, {np.sum(ordinary & beside)} ordinary messages")  # fmt: skip
    if show and group == CRISIS:
        for (one, _), chance, is_wanted in zip(read, reached, wanted, strict=True):
            if is_wanted != (chance >= at):
                print(f"    {'missed' if is_wanted else 'false'} {chance:.2f} {one.text[:140]!r}")
    found: Learnt = {"weights": np.round(weights[:-1], 3).tolist(), "bias": round(float(weights[-1]), 3)}
    bars = {"least": round(at, 3), "likely": round(likely, 3)} if group == CRISIS else {"least": round(at, 3)}
    return {**found, **bars}


def main() -> None:
    parser = argparse.ArgumentParser(description="Weigh the signs of needs.")
    parser.add_argument("--write", action="store_true", help="keep what was learnt")
    parser.add_argument("--list", action="store_true", help="show what is missed and false of danger")
    options = parser.parse_args()
    listener = Listener(load(ROOT / "knowledge"))
    told = [(one, listener.evidence(one.text)) for one in lines()]
    found: dict[str, dict[str, Learnt]] = {}
    for name, long in (("short", False), ("long", True)):
        # Nothing is learnt where no word is meant; planted lines stand for long messages only.
        read = [(one, seen) for one, seen in told if seen[0] and (len(one.text.split()) > LONG) == long]
        found[name] = {group: learnt(group, read, listener, long=long, show=options.list) for group in GROUPS}
    if options.write:
        FILE.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
