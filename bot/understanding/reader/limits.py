"""What limits somebody: money, time, health, a place they cannot leave."""

from __future__ import annotations

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.cues import Cues
from bot.understanding.reader.heard import ToldFact
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.tokens import Tokenizer

IN_QUESTIONS, ALONE = "~", "="  # before a phrase that says so in a question too, or only as a whole clause


class Limits:
    """What limits somebody, as the language content notes it."""

    def __init__(self, constraints: dict[str, tuple[str, ...]], tokenizer: Tokenizer) -> None:
        self._anywhere = {
            noted
            for noted, phrases in constraints.items()
            if any(phrase.startswith(IN_QUESTIONS) for phrase in phrases)
        }
        self._cues = Cues(
            {
                noted: [phrase.removeprefix(IN_QUESTIONS) for phrase in phrases if not phrase.startswith(ALONE)]
                for noted, phrases in constraints.items()
            },
            tokenizer,
        )
        alone = {
            noted: [phrase.removeprefix(ALONE) for phrase in phrases if phrase.startswith(ALONE)]
            for noted, phrases in constraints.items()
        }
        self._alone = Cues(alone, tokenizer)

    def read(self, message: ReadMessage, parts: list[Part]) -> list[ToldFact]:
        """The limits told, each once."""
        marks = self._cues.find(message.tokens)
        for part in parts:
            alone = self._alone.at(message.tokens, part.start)
            whole = {noted: size for noted, size in alone.items() if part.start + size == part.end}
            marks[part.start] |= whole
        found: dict[str, ToldFact] = {}
        posts = message.says(0, len(message), "post_offered")
        for index, part in enumerate(parts):
            if (part.subject == "other" and part.explicit) or part.supposed or _demanded(parts, index):
                continue
            own = part.subject == "self" and part.explicit
            for at in range(part.start, part.end):
                if posts and not own and message.says(part.start, at, "be"):
                    break  # what a post is like limits nobody ("the offer is …")
                for noted in marks[at]:
                    if (part.asks and noted not in self._anywhere) or message.says(part.start, at, "neg"):
                        continue
                    found.setdefault(
                        noted,
                        ToldFact(
                            field="constraint", value=noted, clause=index, why=message.text(at, at + marks[at][noted])
                        ),
                    )
        return list(found.values())


def _demanded(parts: list[Part], index: int) -> bool:
    """Whether a clause, or the one whose piece it is, tells what others ask for ("the ad wants …, remote")."""
    while index and not (parts[index].explicit or parts[index].opens or parts[index].demands):
        index -= 1
    return parts[index].demands
