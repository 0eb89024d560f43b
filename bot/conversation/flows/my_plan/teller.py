"""What is said of a kept plan where something was told of it: the plan as it becomes, and the sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.advice.planner.words import Words
from bot.advice.progress.cue_reader import BLOCK
from bot.advice.progress.model import Progress
from bot.conversation.flows.my_plan.view import PlanView
from bot.conversation.messages import Button
from bot.conversation.replies import Replies
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.facts import Sourced


@dataclass
class Told:
    """The plan as it becomes, and what is said; `asks` what is not clear yet, `records` are what is shown stands on,
    `buttons` answer what is asked."""

    kept: Progress
    today: date
    notes: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    records: list[Sourced] = field(default_factory=list)
    buttons: list[Button | None] = field(default_factory=list)


class Teller:
    """Says the sentences of one knowledge base."""

    def __init__(self, base: KnowledgeBase, replies: Replies, view: PlanView) -> None:
        self.base, self.replies, self.view = base, replies, view
        dialog = base.dialogs.get(BLOCK)
        self.texts = dialog.texts if dialog is not None else {}
        self.words = Words(base)

    def say(self, key: str, **slots: object) -> str:
        """A sentence of this dialog."""
        return self.texts[key].strip().format(**slots)

    def _text(self, key: str, **slots: object) -> str:
        return str(self.view.fill(key, **slots))
