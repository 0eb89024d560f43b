"""What somebody tells after an answer is the case that they ask for: the question before, asked again with it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from bot.advice.profile import Profile
from bot.advice.road import road_to
from bot.advice.verdicts import Verdict, VerdictMaker
from bot.conversation.flow import Message
from bot.conversation.heeding import home_of, puts_right
from bot.conversation.memory import remembered
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.verdicts import Objection
from bot.understanding.context import SHORT_MEMORY
from bot.understanding.interpreter import Interpreter
from bot.understanding.parsing.cues import is_framed_cue, words_of
from bot.understanding.question import Context, Question
from bot.understanding.reader.heard import IN_PASSING, RETRACTED
from bot.understanding.subjects import COMPARE
from bot.understanding.swapping import without_talk

MOST_WORDS = 20  # of what is told: more is a story of its own


@dataclass(frozen=True)
class Again:
    """The question before, with what was told since; `same`: whether a verdict on it stays as it was."""

    question: Question
    same: bool | None = None


class Retelling:
    """Asks the question before again for what a message tells."""

    def __init__(self, base: KnowledgeBase, interpreter: Interpreter, verdicts: VerdictMaker) -> None:
        self.base, self.interpreter, self.verdicts = base, interpreter, verdicts

    def again(self, heard: Message, talk: Context) -> Again | None:
        """The question before with what a message tells; None where that asks, tells nothing of ours, bears a sign of
        what is not for us, or answers surely by itself.
        """
        own, before = heard.question, heard.session.context
        if own is None or own.signed or not before.asked or before.age > SHORT_MEMORY:
            return None
        # What is taken back is no case, and who was told of the wrong country hears of their own.
        if any(fact.why == RETRACTED for fact in heard.told.facts):
            return None
        if puts_right(heard.told) and home_of(heard.told) is not None:
            return None
        if (against := self._objection(heard, talk)) is not None:
            return against
        changes = _before_change(heard.text, self.base.texts.cues.get("changes_it", ()))
        if changes is None and not only_tells(heard, frozenset(self.base.language.cues.get("question", ()))):
            return None
        told = changes or (before.told if changes is not None else heard.text)
        asked = before.asked.rstrip(" .?!")
        weighed = self._weighed(heard, talk, asked, asks=changes is not None)
        return weighed or self._found(heard, talk, asked, told.rstrip(" .?!"))

    def leans(self, heard: Message) -> bool:
        """Whether a message speaks of the answer before: it asks whether what was told changes it, or objects to it."""
        before = heard.session.context
        if not before.asked or before.age > SHORT_MEMORY:
            return False
        cues = self.base.texts.cues.get("changes_it", ())
        return _before_change(heard.text, cues) is not None or self._objects(heard) is not None

    def _objects(self, heard: Message) -> Objection | None:
        """What a message says against the answer before."""
        topics, framing = heard.session.context.topics[:1], self.base.texts.cues.get("hold_on", ())
        fitting = (item for item in self.base.verdicts.objections if not {*topics}.isdisjoint(item.topics))
        return next((item for item in fitting if is_framed_cue(heard.text, item.said, framing)), None)

    def _objection(self, heard: Message, talk: Context) -> Again | None:
        """The question that an objection stands for, where something answers it."""
        found, before = self._objects(heard), heard.session.context
        thing = self.base.entities.get(next(iter(before.entities), ""))
        if found is None or thing is None:
            return None
        text = found.asks.format(name=thing.short)
        question = self.interpreter.interpret(text, without_talk(talk))
        if question.decision != "answer":
            return None
        return Again(replace(question, text=heard.text, full=text, from_context=True, apart=()), same=False)

    def _weighed(self, heard: Message, talk: Context, asked: str, *, asks: bool) -> Again | None:
        """The question before where a verdict answers it, and what is told could change that, or it is asked whether it
        does.
        """
        facts = [fact for fact in heard.told.facts if fact.why != IN_PASSING and fact.field != "country"]
        session = heard.session
        profile = remembered(self.base, session.profile, heard.told)[0]
        question = self.interpreter.interpret(asked, without_talk(talk))
        now = self.verdicts.of(question, profile) if facts or asks else None
        if now is None:
            return None
        then = self.verdicts.of(question, session.profile)
        same = then is not None and self._alike(then, now, session.profile, profile)
        return Again(replace(question, full=asked, from_context=True, apart=()), same=same)

    def _alike(self, then: Verdict, now: Verdict, before: Profile, profile: Profile) -> bool:
        """Whether two verdicts say the same, the roads that are put beside each other with them too."""
        if then.lines != now.lines:
            return False
        roads = ([road_to(self.base, person, item) for item in now.sides] for person in (before, profile))
        old, new = ([(road.weeks, road.pace) if road else None for road in each] for each in roads)
        return not now.beside or old == new

    def _found(self, heard: Message, talk: Context, asked: str, told: str) -> Again | None:
        """The question before and what is told, read as one message, where a sentence surely answers that."""
        own = heard.question
        if own is None or COMPARE in heard.session.context.topics:  # what was weighed has its verdict
            return None
        of_ours = any(fact.why != IN_PASSING and fact.field != "country" for fact in heard.told.facts)
        named = own.spans and any(clause.own for clause in heard.told.clauses)
        if not told or not (of_ours or named or told != heard.text.rstrip(" .?!")):
            return None
        again = self.interpreter.interpret(f"{asked}? {told}", without_talk(talk))
        if again.decision != "answer" or again.nearest:
            return None
        if own.decision == "answer" and not own.nearest and own.confidence >= again.confidence:
            return None
        return Again(replace(again, full=asked, from_context=True, apart=()))


def only_tells(heard: Message, asking: Container[str]) -> bool:
    """Whether a message tells something and asks nothing, in none of the words that ask ("wants to know what …")."""
    clauses = heard.told.clauses
    if any(word in asking for word in words_of(heard.text).split()):
        return False
    asks = "?" in heard.text or heard.told.wants or any({"asks", "commands"} & set(item.acts) for item in clauses)
    return bool(clauses) and not asks and len(heard.text.split()) <= MOST_WORDS


def _before_change(text: str, cues: Iterable[str]) -> str | None:
    """What a message tells before it asks whether that changes what was said; empty where it only asks that, None
    where it does not.
    """
    words = words_of(text)
    for cue in sorted(map(words_of, cues), key=len, reverse=True):
        if words == cue or words.endswith(f" {cue}"):
            return words.removesuffix(cue).strip()
    return None
