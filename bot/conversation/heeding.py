"""What is said to somebody who needs help before any answer."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.messages import Reply
from bot.conversation.replies import Replies
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.listening import HelpFor
from bot.understanding.listening.listener import Heeded

SLOT = "{line}"


class Heeding:
    """Answers needs that were heard, from one knowledge base."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base = base
        self.replies = replies

    def crisis(self, heeded: Iterable[Heeded], country: str | None) -> Reply | None:
        """The help for whoever is in danger, with the line of their country; None where nobody is.

        The reply stands alone, and its message is never kept as an unanswered question.
        """
        found = next((item for item in heeded if item.need == "crisis"), None)
        if found is None:
            return None
        need = self.base.listening.needs[found.kind]
        language = found.language or ""
        text = need.says_in.get(language, need.says or self.replies.text("refusal_crisis"))
        line = self._line(need.line, country, language) if need.line else ""
        button = self.replies.ask_button("help", ())
        buttons = ((button,),) if button else ()
        return Reply(text=text.replace(SLOT, line), buttons=buttons, outcome="chat")

    def _line(self, wanted: HelpFor, country: str | None, language: str) -> str:
        helplines = self.base.listening.helplines
        line = helplines.countries.get(country or "", {}).get(wanted) or helplines.anywhere.get(wanted)
        return line.say_in.get(language, line.say) if line is not None else ""
