"""What a verdict is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.advice.wording import Said
from bot.understanding.question import Question


@dataclass(frozen=True)
class Verdict:
    """`lines` begin with the answer; `lend` only give their sources. `sides` are what it is between, put beside each
    other where `beside`; with `asks_setting` the place of work would decide and is not known. `by_figure`: a measure
    that was asked for by its name decides, or what was told when it was asked. `meant`: a story asks for just this
    choice.
    """

    topic: str
    lines: tuple[Said, ...]
    lend: tuple[Said, ...] = ()
    sides: tuple[str, ...] = ()
    beside: bool = False
    asks_setting: bool = False
    by_figure: bool = False
    meant: bool = False


@dataclass(frozen=True)
class Weighed:
    """A question with its verdict."""

    question: Question
    verdict: Verdict
