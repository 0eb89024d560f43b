"""What a verdict is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.advice.verdicts.asked import says
from bot.advice.wording import Said
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Question

HEAD = 5  # words that stand before the colon of a verdict, at most


@dataclass(frozen=True)
class Verdict:
    """`lines` begin with the answer; `lend` only give their sources. `sides` are what it is between, put beside each
    other where `beside`; with `asks_setting` the place of work would decide and is not known. `by_figure`: a measure
    that was asked for by its name decides, or what was told when it was asked. `meant`: a story asks for just this
    choice. `chosen` is the side that it decides for.
    """

    topic: str
    lines: tuple[Said, ...]
    lend: tuple[Said, ...] = ()
    sides: tuple[str, ...] = ()
    beside: bool = False
    asks_setting: bool = False
    by_figure: bool = False
    meant: bool = False
    chosen: str = ""


@dataclass(frozen=True)
class Weighed:
    """A question with its verdict."""

    question: Question
    verdict: Verdict


def decided_for(base: KnowledgeBase, lines: Sequence[Said], sides: Sequence[str]) -> str:
    """The one side that a verdict begins with ("The …: it is …"); none where it names several before its colon."""
    head, colon, _ = (lines[0].text if lines else "").partition(":")
    if not colon or len(head.split()) > HEAD:
        return ""
    named = [item for item in sides if base.is_offered(item) and says(head, (base.entities[item].short.lower(),))]
    return named[0] if len(named) == 1 else ""
