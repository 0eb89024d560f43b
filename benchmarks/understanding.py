"""How fast messages are understood, beside rapidfuzz over the same phrasings, and at ten times the knowledge.

python benchmarks/understanding.py [--factor 10]
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from rapidfuzz import fuzz, process

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import load
from bot.settings import KnowledgeSettings, read_settings
from bot.understanding import cache
from bot.understanding.interpreter import Interpreter
from bot.understanding.learning import labelled

MESSAGES = 2000
BASELINE_MESSAGES = 300


def questions(base: KnowledgeBase) -> list[str]:
    """The held-out phrasings, their slots filled with names."""
    fill = {
        "role": [item.name for item in base.roles.values()],
        "certification": [item.short for item in base.certifications.values()],
        "degree": [item.name for item in base.education.values()],
        "term": [item.short for item in base.terms.values()],
        "country": [item.name for item in base.assessment.countries],
        "background": [item.name for item in base.assessment.backgrounds],
    }
    found = []
    for at, (text, _) in enumerate(labelled(base, held_out=True)):
        filled = text
        for slot, names in fill.items():
            filled = filled.replace(f"{{{slot}}}", names[at % len(names)] if names else "")
        found.append(filled)
    shuffled = np.random.default_rng(0).permutation(len(found))
    return [found[at] for at in shuffled][:MESSAGES]


def times(messages: Sequence[str], understand: Callable[[str], object]) -> np.ndarray:
    """Milliseconds for each message, after a warm-up: on the clock and of the processor, shape (messages, 2).

    The processor's time does not grow when the machine has other work.
    """
    for text in messages[:100]:
        understand(text)
    taken = []
    for text in messages:
        clock, processor = time.perf_counter(), time.process_time()
        understand(text)
        taken.append((time.perf_counter() - clock, time.process_time() - processor))
    return np.array(taken) * 1000


def show(name: str, taken: np.ndarray) -> None:
    print(f"  {name}: {1000 / taken[:, 0].mean():.0f} a second")
    for column, kind in enumerate(("clock", "processor")):
        p50, p99 = np.percentile(taken[:, column], [50, 99])
        print(f"    {kind:10s} p50 {p50:.3f} ms   p99 {p99:.3f} ms")


def larger(base: KnowledgeBase, factor: int) -> KnowledgeBase:
    """The same knowledge `factor` times over: copies of entities and phrasings with made-up words in them."""

    def renamed(text: str, copy: int) -> str:
        return f"{text} zq{copy}x" if copy else text

    def copies(group: dict) -> dict:
        return {
            f"{key}-{copy}" if copy else key: item.model_copy(
                update={
                    "id": f"{key}-{copy}" if copy else key,
                    "name": renamed(item.name, copy),
                    "abbreviation": item.abbreviation and f"{item.abbreviation}{copy or ''}",
                    "aliases": tuple(renamed(alias, copy) for alias in item.aliases),
                }
            )
            for copy in range(factor)
            for key, item in group.items()
        }

    phrasings = {
        topic: item.model_copy(
            update={"phrasings": tuple(renamed(text, copy) for copy in range(factor) for text in item.phrasings)}
        )
        for topic, item in base.phrasings.items()
    }
    return replace(
        base,
        roles=copies(base.roles),
        certifications=copies(base.certifications),
        education=copies(base.education),
        terms=copies(base.terms),
        phrasings=phrasings,
    )


def build(base: KnowledgeBase) -> tuple[Interpreter, float]:
    """An interpreter and the seconds of processor that it took."""
    start = time.process_time()
    interpreter = Interpreter(base)
    return interpreter, time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast messages are understood.")
    parser.add_argument("--factor", type=int, default=10)
    arguments = parser.parse_args()
    base = load(read_settings(KnowledgeSettings).resolved())
    messages = questions(base)
    texts = [text for text, label in labelled(base)]
    print(f"{len(base.entities)} entities, {len(texts)} phrasings, {len(messages)} messages")
    interpreter, first = build(base)
    _, second = build(base)
    print(f"  built in {first:.2f} s of processor (from the cache if it was there), again in {second:.2f} s")
    show("understanding", times(messages, interpreter.interpret))
    show(
        "rapidfuzz process.extractOne, topic alone",
        times(messages[:BASELINE_MESSAGES], lambda text: process.extractOne(text, texts, scorer=fuzz.WRatio)),
    )
    print(f"  peak memory of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    # What is learnt anew below is not to be kept: it would push useful files out of the cache.
    cache.store = lambda key, arrays: None
    cache.load = lambda key: None
    print(f"  learnt anew in {build(base)[1]:.2f} s of processor")
    grown, built = build(larger(base, arguments.factor))
    print(f"{arguments.factor} times the knowledge: learnt in {built:.1f} s")
    show("understanding", times(messages, grown.interpret))


if __name__ == "__main__":
    main()
