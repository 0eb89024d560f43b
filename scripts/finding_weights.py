"""Learn `bot/understanding/finding/weights.json` from labelled messages: how what speaks for a statement is weighed,
and how likely the statements that come first answer.

    python scripts/finding_weights.py [--only FILE] [--parts ranking refusal]

`benchmarks/people/asked.jsonl` holds messages and dialogs as people write them, each with the statements that answer.
They are read as the advisor reads them, and so is a fifth of the ways of asking, by a knowledge base that lacks it.
The ranking (`reranker.py`) is a softmax over the candidates of a question, the support a
logistic regression on rankings of messages that the ranking did not learn from (five folds, by message). What is
printed is of messages and askings that were not learnt from. What is none of our business is told from what is by the
messages, by the ways of asking and by the kinds' own phrasings, left out in the same way.
`--only FILE` (ids) learns from those messages alone: the ones that
the encoder was not trained on. `--parts` learns these and keeps the others as they are. Five minutes.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import reranker
from asked_messages import messages, places

from bot.cli.answering import turn
from bot.conversation.advisor import Advisor
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import load
from bot.understanding.encoder import encoder
from bot.understanding.finding.features import Asked
from bot.understanding.finding.finder import Finder
from bot.understanding.finding.index import outside_phrasings
from bot.understanding.finding.ranking import FILE, Ranking, evidence
from bot.understanding.finding.support import Support, of_message
from bot.understanding.interpreter import Interpreter
from bot.understanding.question import Asking, Question
from bot.understanding.reading import MessageReading
from bot.understanding.statements import statements

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("ranking", "support", "refusal")
TODAY = date(2026, 11, 27)
FOLDS, ROUNDS, RATE = 5, 600, 0.05
SUPPORT_RIDGE, REFUSAL_RIDGE = 0.02, 0.002
COUNTS = {
    "absent": 2.0,
    "refuse": 2.0,
    "foreign": 2.0,
    "verbatim": 0.3,
}  # people ask for what nobody knows more often than the messages do
WITHIN = (1, 2, 4)  # how many statements are looked at for what is printed
ANSWERED_BY = 2  # the first statements: what people read at once
FIRST, SECOND, TINY = 0.9, 0.999, 1e-8  # Adam, Kingma and Ba 2015
TINY_CHANCE = 1e-6
BARS = (0.3, 0.4, 0.5, 0.6)  # chances from which a message is refused, for what is printed
# What the support weighs; the rest says too little beside these, or nothing at all.
EVIDENCE = (
    "score", "refused", "ahead", "ahead_of_shown", "share", "share_of_two", "near_shown", "near_best", "near_own",
    "near_story", "near_carried", "near_before", "placed_own", "asked_own", "by_text_own", "by_asked_own", "covered",
    "verbatim", "central",
    "near_own_behind", "named", "aside", "other_of_kind", "other", "subject", "guide_other", "unknown", "myth",
    "has_askings", "topic", "best_topic",
    "ours", "best", "out_of_vocabulary", "words", "parts", "any_named", "elliptical", "foreign",
)  # fmt: skip

# What tells that a message is none of our business.
STRANGE = (
    "refused", "like_ours", "foreign", "ours", "sure", "near_own", "near_story", "any_named", "words", "elliptical",
    "out_of_vocabulary",
)  # fmt: skip
OUTSIDE = ("refused", "like_ours")  # of the evidence, what a ranking alone does not tell
NOT_OURS = ("refuse", "foreign")
ASKED, VERBATIM, OTHERS = (
    "asked",
    "verbatim",
    "foreign",
)  # kinds of what the knowledge base had, and lacks
LEFT_OUT = 5  # every one of so many
PEOPLE_COUNT = 3.0  # what somebody wrote tells more than what was written for the knowledge base …
KEPT = 25  # of the ways of asking that are left in, every one of so many: people may ask word for word
ASKING_COUNTS = 0.1  # … and much more of what answers: with all askings, or more weight, messages are ranked worse


@dataclass
class Case:
    """One question of a message: its candidates, which of them answer, and what the message tells."""

    message: str
    kind: str
    turn: int
    places: np.ndarray
    rows: np.ndarray
    right: np.ndarray
    told: dict[str, float] = field(default_factory=dict)
    of_people: bool = True


class Watched(Finder):
    """A finder that keeps what it found."""

    seen: list[tuple[Asked, np.ndarray, np.ndarray, Mapping[str, float]]]

    def find(self, questions: Sequence[Asked]) -> tuple[Asking, ...]:
        found = super().find(questions)
        for asked, asking in zip(questions, found, strict=True):
            outside = {name: asking.evidence[name] for name in OUTSIDE}
            self.seen.append((asked, *self.candidates(asked), outside))
        return found


@dataclass(frozen=True)
class Listening(Support):
    """A support that keeps what the message tells."""

    told: dict[str, float] = field(default_factory=dict)

    def decided(self, question: Question, askings: Sequence[Asking], reading: MessageReading) -> Question:
        self.told.update(of_message(question, reading, len(askings)))
        return super().decided(question, askings, reading)


def read(base: KnowledgeBase, wanted: Sequence[Mapping[str, Any]]) -> list[Case]:
    """The questions of all messages, as the advisor finds them."""
    advisor = Advisor(base)
    shipped = Support.load()
    finder, support = Watched(advisor.base), Listening(shipped.weights, shipped.refusal)
    advisor.interpreter._finder, advisor.interpreter._support = finder, support
    places_of = places(finder.index.statements)
    cases: list[Case] = []
    for message in wanted:
        session = None
        for number, item in enumerate(message.get("turns", [message])):
            finder.seen = []
            support.told.clear()
            session, _, _ = turn(advisor, session, item["text"], TODAY)
            for asked, found, rows, outside in finder.seen if support.told else []:
                right = np.isin(found, places_of(meant(asked.text, item)))
                told = {**support.told, **outside}
                cases.append(Case(message["id"], message["kind"], number, found, rows, right, told))
    return cases


def read_left_out(base: KnowledgeBase) -> list[Case]:
    """Ways of asking and what is none of our business, as a knowledge base that lacks them finds them."""
    every = statements(base)
    asked = sorted({text for item in every for text in item.asked})[::LEFT_OUT]
    missing = frozenset(asked)
    verbatim = sorted({text for item in every for text in item.asked} - missing)[::KEPT]
    chosen = [replace(item, asked=tuple(text for text in item.asked if text not in missing)) for item in every]
    strange, kinds = [], {}
    for name, record in base.out_of_scope.items():
        kept = tuple(text for at, text in enumerate(record.phrasings) if at % LEFT_OUT)
        kinds[name] = record.model_copy(update={"phrasings": kept})
        left = record.model_copy(update={"phrasings": record.phrasings[::LEFT_OUT]})
        strange += [text for _, text in outside_phrasings(replace(base, out_of_scope={name: left}))]
    lacking = replace(base, out_of_scope=kinds)
    shipped = Support.load()
    interpreter = Interpreter(lacking)
    finder, support = Watched(lacking, chosen), Listening(shipped.weights, shipped.refusal)
    interpreter._finder, interpreter._support = finder, support
    cases = []
    wanted = {ASKED: asked, VERBATIM: verbatim, OTHERS: strange}
    for kind, text in [(kind, text) for kind, texts in wanted.items() for text in texts]:
        finder.seen = []
        support.told.clear()
        interpreter.interpret(text)
        for _, found, rows, outside in finder.seen if support.told else []:
            right = np.array([kind != OTHERS and text in every[place].asked for place in found], bool)
            cases.append(Case(text, kind, 0, found, rows, right, {**support.told, **outside}, of_people=False))
    return cases


def meant(text: str, item: Mapping[str, Any]) -> list[str]:
    """The ids that answer a part of a message: those of the question that is nearest to it."""
    if len(item["answers"]) < 2:  # noqa: PLR2004 - nothing to choose from
        return [name for names in item["answers"] for name in names]
    near = encoder().encode([str(plain) for plain in item["asks"]]) @ encoder().encode([text])[0]
    return list(item["answers"][int(near.argmax())])


def spread(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    deviation = rows.std(axis=0)
    return rows.mean(axis=0), np.where(deviation > 1e-6, deviation, 1.0)  # noqa: PLR2004 - a column of one value


def descend(size: int, slope: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """The weights at which `slope` vanishes."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, ROUNDS + 1):
        found = slope(weights)
        mean, square = FIRST * mean + (1 - FIRST) * found, SECOND * square + (1 - SECOND) * found**2
        rate = RATE * (1 - step / ROUNDS)
        weights -= rate * mean / (1 - FIRST**step) / (np.sqrt(square / (1 - SECOND**step)) + TINY)
    return weights


def ranking(cases: Sequence[Case]) -> Ranking:
    """How the candidates are weighed, as the file will hold it."""
    cases = [case for case in cases if case.right.any()]
    counts = [1.0 if case.of_people else ASKING_COUNTS for case in cases]
    learnt = reranker.learn([case.rows for case in cases], [case.right for case in cases], counts)
    return Ranking.of(learnt.as_data())


def logistic(
    names: Sequence[str],
    seen: Sequence[Mapping[str, float]],
    good: np.ndarray,
    counts: np.ndarray,
    ridge: float = SUPPORT_RIDGE,
) -> dict[str, float]:
    """Weights of `names` and the constant of a logistic regression."""
    rows = np.array([[item.get(name, 0.0) for name in names] for item in seen])
    mean, deviation = spread(rows)
    rows = np.concatenate([(rows - mean) / deviation, np.ones((len(rows), 1))], axis=1)
    counts = counts / counts.mean()
    held = np.array([*([ridge] * len(names)), 0.0])

    def slope(weights: np.ndarray) -> np.ndarray:
        found: np.ndarray = rows.T @ ((1 / (1 + np.exp(-rows @ weights)) - good) * counts) / len(rows) + held * weights
        return found

    weights = descend(rows.shape[1], slope)
    plain = weights[:-1] / deviation
    return {
        "constant": round(float(weights[-1] - plain @ mean), 4),
        **{name: round(float(weight), 4) for name, weight in zip(names, plain, strict=True)},
    }


def support(cases: Sequence[Case], seen: Sequence[dict[str, float]], good: Sequence[float]) -> dict[str, float]:
    """Weights of `EVIDENCE`."""
    return logistic(EVIDENCE, seen, np.array(good, float), np.array([COUNTS.get(case.kind, 1.0) for case in cases]))


def messages_of(
    cases: Sequence[Case], seen: Sequence[dict[str, float]], chances: np.ndarray
) -> tuple[list[dict[str, float]], list[Case]]:
    """What is known of each message as a whole, and a question of it: of several the strangest counts."""
    turns: dict[tuple[str, int], int] = {}
    sure: dict[tuple[str, int], float] = {}
    for at, (case, chance) in enumerate(zip(cases, chances.tolist(), strict=True)):
        key = case.message, case.turn
        best = turns.setdefault(key, at)
        if seen[at]["refused"] > seen[best]["refused"]:
            turns[key] = at
        sure[key] = max(sure.get(key, TINY_CHANCE), min(chance, 1 - TINY_CHANCE))
    told = [{**seen[at], "sure": float(np.log(sure[key] / (1 - sure[key])))} for key, at in turns.items()]
    return told, [cases[at] for at in turns.values()]


def refusal(told: Sequence[dict[str, float]], cases: Sequence[Case]) -> dict[str, float]:
    """Weights of `STRANGE`."""
    strange = np.array([float(case.kind in NOT_OURS) for case in cases])
    counts = np.array([PEOPLE_COUNT if case.of_people else 1.0 for case in cases])
    return logistic(STRANGE, told, strange, counts, REFUSAL_RIDGE)


def show_refusal(told: Sequence[dict[str, float]], cases: Sequence[Case]) -> None:
    """How many unseen messages that are not ours are told, and how many others with them."""
    fold = folds(cases)
    strange = np.array([case.kind in NOT_OURS for case in cases])
    people = np.array([case.of_people for case in cases])
    chances = np.zeros(len(cases))
    for number in range(FOLDS):
        learnt = np.flatnonzero(fold != number).tolist()
        found = Support(refusal([told[at] for at in learnt], [cases[at] for at in learnt]), {})
        for at in np.flatnonzero(fold == number).tolist():
            chances[at] = found.chance(told[at])
    for name, group in (("people", people), ("left out", ~people)):
        for bar in BARS:
            said, more = np.mean(chances[strange & group] >= bar), np.mean(chances[~strange & group] >= bar)
            print(f"not ours, {name}: {said:.1%} told from {bar:.1f}, {more:.2%} of others with them")


def seen_of(case: Case, weights: Ranking) -> tuple[dict[str, float], bool]:
    """What is known of a ranking, and whether its first statements answer."""
    scores = weights.scores(case.rows)
    order = order_of(case, weights)
    told = evidence(case.rows[order], scores[order], case.told["refused"])
    return {**told, **case.told}, bool(case.right[order][:ANSWERED_BY].any())


def order_of(case: Case, weights: Ranking) -> np.ndarray:
    """The candidates, best first."""
    return np.argsort(-weights.scores(case.rows), kind="stable")


def folds(cases: Sequence[Case]) -> np.ndarray:
    """The fold of each case: those of one message stay together."""
    names = sorted({case.message for case in cases})
    mixed = dict(zip(names, np.random.default_rng(0).permutation(len(names)) % FOLDS, strict=True))
    return np.array([mixed[case.message] for case in cases])


def show_places(cases: Sequence[Case], orders: Sequence[np.ndarray]) -> None:
    """Where what answers was found among unseen messages, by kind."""
    kinds = Counter(case.kind for case in cases)
    for kind in (*kinds, None):
        chosen = [at for at, case in enumerate(cases) if kind in (None, case.kind) and case.right.any()]
        if chosen:
            found = np.array([int(np.argmax(cases[at].right[orders[at]])) for at in chosen])
            within = "  ".join(f"of {most} {np.mean(found < most):.3f}" for most in WITHIN)
            print(f"{kind or 'all':8} among candidates {len(chosen):5}  {within}")


def show_chances(chances: np.ndarray, good: np.ndarray) -> None:
    """What chances are worth: said, and how often it was right."""
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (chances >= low) & (chances < low + 0.1)
        if inside.any():
            error += inside.mean() * abs(chances[inside].mean() - good[inside].mean())
            said, right = chances[inside].mean(), good[inside].mean()
            print(f"chance {low:.1f}  {inside.sum():5}  said {said:.2f}  right {right:.2f}")
    print(f"expected calibration error {error:.3f}")


def learn_ranking(cases: Sequence[Case], left: Sequence[Case], kept: Ranking | None) -> tuple[Ranking, list[Ranking]]:
    """Learnt from all, and for each fold from the others; a ranking that is `kept` is what the support will see."""
    if kept is not None:
        return kept, [kept] * FOLDS
    fold, fold_of_left = folds(cases), folds(left)
    without = [
        ranking(
            [case for case, of in zip(cases, fold, strict=True) if of != number]
            + [case for case, of in zip(left, fold_of_left, strict=True) if of != number]
        )
        for number in range(FOLDS)
    ]
    show_places(left, [order_of(case, without[of]) for case, of in zip(left, fold_of_left, strict=True)])
    return ranking([*cases, *left]), without


def learn(cases: Sequence[Case], left: Sequence[Case], parts: Sequence[str] = PARTS) -> dict[str, Any]:
    """The weights of ranking, support and refusal, those of other `parts` as they were; what they are worth on unseen
    messages is printed. `left` was left out of the knowledge base.
    """
    kept = json.loads(FILE.read_text("utf-8"))
    ranked, without = learn_ranking(cases, left, None if "ranking" in parts else Ranking.of(kept["ranking"]))
    fold = folds(cases)
    seen_good = [seen_of(case, without[of]) for case, of in zip(cases, fold, strict=True)]
    show_places(cases, [order_of(case, without[of]) for case, of in zip(cases, fold, strict=True)])
    seen, good = [item for item, _ in seen_good], np.array([float(right) for _, right in seen_good])
    verbatim = [case for case in left if case.kind == VERBATIM]
    more = [seen_of(case, ranked) for case in verbatim]

    def supported_by(chosen: Sequence[int]) -> dict[str, float]:
        """The support learnt from some of the messages, and from askings word for word."""
        found = [(cases[at], seen[at], good[at]) for at in chosen]
        found += [(case, told, right) for case, (told, right) in zip(verbatim, more, strict=True)]
        return support(*zip(*found, strict=True))

    chances = np.zeros(len(cases))
    for number in range(FOLDS):
        learnt = np.flatnonzero(fold != number).tolist()
        found = Support(supported_by(learnt) if "support" in parts else kept["support"], {})
        for at in np.flatnonzero(fold == number).tolist():
            chances[at] = found.chance(seen[at])
    show_chances(chances, good)
    supported = supported_by(range(len(cases))) if "support" in parts else kept["support"]
    of_left = [seen_of(case, ranked)[0] for case in left]
    sure_of_left = np.array([Support(supported, {}).chance(item) for item in of_left])
    whole = messages_of([*cases, *left], [*seen, *of_left], np.concatenate([chances, sure_of_left]))
    show_refusal(*whole)
    refused = refusal(*whole) if "refusal" in parts else kept["refusal"]
    return {"ranking": ranked.as_data(), "support": supported, "refusal": refused}


def in_lines(data: Mapping[str, Any]) -> str:
    """As JSON with one line for each name."""
    return re.sub(r"\[[^\]]*\]", lambda found: re.sub(r"\s+", " ", found[0]), json.dumps(data, indent=1)) + "\n"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", type=Path)
    options.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    given = options.parse_args()
    base = load(ROOT / "knowledge")
    chosen = messages()
    if given.only is not None:
        wanted = set(given.only.read_text("utf-8").split())
        chosen = [message for message in chosen if message["id"] in wanted]
    FILE.write_text(in_lines(learn(read(base, chosen), read_left_out(base), given.parts)), "utf-8")


if __name__ == "__main__":
    main()
