"""Judging the whole product by labelled questions: right, clarify, missed, wrong, and where.

A line is a mapping with `text`, `topics` (the best labels), `accept_topics` (all that a fair
judge takes), `entities` (what the answer must be about), `optional` (what it may be about
besides) and `must` (regular expressions that the answer contains); or with `turns`, a list
of those, which share a conversation. `out_of_scope` among the topics: must not be answered.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Judgement = Literal["right", "clarify", "missed", "wrong"]
Sample = Mapping[str, Any]
Asker = Callable[[Sequence[str]], Sequence[Mapping[str, Any]]]
"""Messages of one conversation → the objects of `ask --json`, one a message."""

VERDICTS: tuple[Judgement, ...] = ("right", "clarify", "missed", "wrong")
OUT_OF_SCOPE = "out_of_scope"
CLARIFY_COUNTS = 0.5
MONEY = re.compile(r"USD|\\\$|dollar", re.IGNORECASE)
NOT_KNOWN = re.compile(r"\bnot known\b|\bunknown\b", re.IGNORECASE)
BINS = 10


@dataclass(frozen=True)
class Rules:
    """What depends on the field and is not in the lines.

    `free` entities may always be left out or added; those of one group in `same` stand for each
    other; a topic in `covers` counts as each of its values as well; `chat` topics may be answered as chat.
    """

    free: frozenset[str] = frozenset()
    same: tuple[frozenset[str], ...] = ()
    covers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    chat: frozenset[str] = frozenset(("greeting", "help", "thanks"))

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Rules:
        """From plain data with the keys `free`, `same` and `covers`."""
        return cls(
            free=frozenset(data.get("free", ())),
            same=tuple(map(frozenset, data.get("same", ()))),
            covers={topic: frozenset(others) for topic, others in data.get("covers", {}).items()},
        )

    def canonical(self, entities: Iterable[str]) -> set[str]:
        """The entities, each by the first name of its group."""
        groups = {entity: min(group) for group in self.same for entity in group}
        return {groups.get(entity, entity) for entity in entities}


@dataclass(frozen=True)
class Judged:
    """One message and what became of it; `why` is empty when it is right."""

    line: Sample
    result: Mapping[str, Any]
    verdict: Judgement
    why: str
    turn: int = 0


@dataclass(frozen=True)
class Report:
    """All messages judged; `judged` are questions of ours, `outside` those that are not."""

    judged: tuple[Judged, ...]
    outside: tuple[Judged, ...]

    def count(self, verdict: Judgement) -> int:
        """How many questions got `verdict`."""
        return sum(item.verdict == verdict for item in self.judged)

    @property
    def score(self) -> float:
        """Share of questions right, a clarify counting half, 0..1."""
        points = self.count("right") + CLARIFY_COUNTS * self.count("clarify")
        return points / len(self.judged) if self.judged else 0.0

    @property
    def answered_outside(self) -> int:
        """How many messages that are none of our business got an answer."""
        return sum(item.verdict == "wrong" for item in self.outside)

    def by(self, key: Literal["topics", "entities"]) -> dict[str, Counter[str]]:
        """Verdicts by the first label of each question."""
        table: dict[str, Counter[str]] = defaultdict(Counter)
        for item in self.judged:
            labels = item.line.get(key) or ["(none)"]
            table[labels[0]][item.verdict] += 1
        return dict(sorted(table.items()))

    def confusions(self) -> list[tuple[str, str, int]]:
        """Label, answered topic and how often, for wrong answers, most frequent first."""
        pairs: Counter[tuple[str, str]] = Counter()
        for item in (*self.judged, *self.outside):
            if item.verdict == "wrong":
                got = (item.result.get("topics") or ["(none)"])[0]
                pairs[((item.line.get("topics") or ["(none)"])[0], got)] += 1
        return [(label, got, count) for (label, got), count in pairs.most_common()]

    def reliability(self) -> list[tuple[float, float, float, int]]:
        """Answers in tenths of confidence: from, mean confidence, share right, how many."""
        bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for item in (*self.judged, *self.outside):
            if item.result.get("outcome") in ("answer", "chat"):
                confidence = float(item.result.get("confidence", 0.0))
                bins[min(BINS - 1, int(confidence * BINS))].append((confidence, item.verdict == "right"))
        return [
            (at / BINS, sum(c for c, _ in found) / len(found), sum(r for _, r in found) / len(found), len(found))
            for at, found in sorted(bins.items())
        ]

    def misses(self) -> list[Judged]:
        """Everything that is not right, the worst first."""
        order = {"wrong": 0, "missed": 1, "clarify": 2}
        found = [item for item in self.judged if item.verdict != "right"]
        found += [item for item in self.outside if item.verdict == "wrong"]
        return sorted(found, key=lambda item: order[item.verdict])

    def as_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "questions": len(self.judged),
            **{verdict: self.count(verdict) for verdict in VERDICTS},
            "score": round(self.score, 4),
            "out_of_scope": len(self.outside),
            "out_of_scope_answered": self.answered_outside,
            "by_topic": {topic: dict(counts) for topic, counts in self.by("topics").items()},
            "by_entity": {entity: dict(counts) for entity, counts in self.by("entities").items()},
            "confusions": [{"label": label, "answered": got, "count": n} for label, got, n in self.confusions()],
            "reliability": [
                {"from": low, "confidence": round(mean, 3), "right": round(share, 3), "count": n}
                for low, mean, share, n in self.reliability()
            ],
            "misses": [
                {
                    "text": item.line.get("text", ""),
                    "turn": item.turn,
                    "verdict": item.verdict,
                    "why": item.why,
                    "topics": list(item.result.get("topics", ())),
                    "entities": list(item.result.get("entities", ())),
                    "confidence": item.result.get("confidence"),
                }
                for item in self.misses()
            ],
        }


def evaluate(lines: Iterable[Sample], ask: Asker, rules: Rules = Rules()) -> Report:
    """Ask every line and judge the answers."""
    judged: list[Judged] = []
    outside: list[Judged] = []
    for line in lines:
        turns = list(line["turns"]) if "turns" in line else [line]
        results = ask([str(turn["text"]) for turn in turns])
        for at, (turn, result) in enumerate(zip(turns, results, strict=True)):
            item = judge(turn, result, rules, at)
            (outside if OUT_OF_SCOPE in _accepted(turn) else judged).append(item)
    return Report(tuple(judged), tuple(outside))


def judge(line: Sample, result: Mapping[str, Any], rules: Rules = Rules(), turn: int = 0) -> Judged:
    """One message by the rule of this module's head."""
    verdict, why = _verdict(line, result, rules)
    return Judged(line, result, verdict, why, turn)


def _accepted(line: Sample) -> set[str]:
    return set(line.get("accept_topics") or line.get("topics") or ())


def _verdict(line: Sample, result: Mapping[str, Any], rules: Rules) -> tuple[Judgement, str]:
    accepted = _accepted(line)
    outcome = result.get("outcome")
    if OUT_OF_SCOPE in accepted:
        return ("wrong", "answered, but is none of our business") if outcome == "answer" else ("right", "")
    if outcome == "clarify":
        return "clarify", "asked back"
    if outcome not in ("answer", "chat") or (outcome == "chat" and not accepted & rules.chat):
        return "missed", f"outcome {outcome}"
    why = _topic_fault(accepted, result, rules) or _entity_fault(line, result, rules) or _must_fault(line, result)
    return ("wrong", why) if why else ("right", "")


def _topic_fault(accepted: set[str], result: Mapping[str, Any], rules: Rules) -> str:
    topics = set(result.get("topics", ()))
    covered = topics.union(*(rules.covers.get(topic, frozenset()) for topic in topics))
    return "" if covered & accepted else f"topic {'/'.join(sorted(topics)) or 'none'}, not {'/'.join(sorted(accepted))}"


def _entity_fault(line: Sample, result: Mapping[str, Any], rules: Rules) -> str:
    wanted = rules.canonical(line.get("entities", ()))
    allowed = wanted | rules.canonical(line.get("optional", ())) | rules.canonical(rules.free)
    named = rules.canonical(result.get("entities", ()))
    missing = wanted - named - rules.canonical(rules.free)
    extra = named - allowed
    if missing:
        return f"does not name {', '.join(sorted(missing))}"
    return f"names {', '.join(sorted(extra))}" if extra else ""


def _must_fault(line: Sample, result: Mapping[str, Any]) -> str:
    answer = str(result.get("answer", ""))
    for pattern in line.get("must", ()):
        if re.search(pattern, answer, re.IGNORECASE):
            continue
        if MONEY.search(pattern) and NOT_KNOWN.search(answer):
            continue
        return f"the answer lacks {pattern}"
    return ""
