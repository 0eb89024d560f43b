"""Words that tell of a small thing done: which practice step of a plan they tick, by what the deed is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.advice.planner.plan import PRACTICE
from bot.advice.progress.model import KeptStep
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.cues import words_of

STEM = 4  # letters by which words are compared: "looked" and "look up", "codes" and "code"
LEAST = 2  # words that a message must share with a deed
PART = 0.5  # of the words of a message that must be the deed's
SHORT = 4  # letters: shorter words say nothing


def practised(base: KnowledgeBase, steps: Sequence[KeptStep], words: str, did: Sequence[str]) -> KeptStep | None:
    """The one open practice step that a few words tell of, what they say was done among them (`did`); None where they
    fit none, or several alike.
    """
    said = _stems([words])
    # Who names a post speaks of that, not of a deed: "looked up what a … earns".
    posts = (name for role in base.roles.values() for name in (role.name, *role.aliases))
    if len(said) < LEAST or any(f" {words_of(name)} " in f" {words} " for name in posts):
        return None
    deeds = {deed.id: deed for deed in base.choosing.deeds}
    found: list[tuple[int, KeptStep]] = []
    for step in steps:
        deed = deeds.get(step.id.removeprefix(PRACTICE)) if step.id.startswith(PRACTICE) else None
        if deed is None or deed.practice is None:
            continue
        shared = said & _stems([deed.done, deed.short, deed.practice.say])
        if not shared & _stems(did):
            continue
        if len(shared) >= LEAST and len(shared) >= PART * len(said):
            found.append((len(shared), step))
    best = max((shared for shared, _ in found), default=0)
    likest = [step for shared, step in found if shared == best]
    return likest[0] if len(likest) == 1 else None


def _stems(texts: Iterable[str]) -> set[str]:
    return {word[:STEM] for text in texts for word in words_of(text).split() if len(word) >= SHORT and word.isalpha()}
