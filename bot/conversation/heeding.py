"""What is said to what somebody needs besides an answer: help in danger, half a line to a feeling, who we are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.conversation.flow import Outcome
from bot.conversation.messages import Reply
from bot.conversation.replies import Replies, rows
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.listening import HelpFor, Need, NeedGroup
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.listening.listener import AT_RISK, CRISIS, MINOR, Heeded
from bot.understanding.question import Question
from bot.understanding.reader.heard import PUT_RIGHT, RETRACTED, Clause, Heard

SLOT = "{line}"
FEELING: NeedGroup = "feeling"
ABOUT_BOT: NeedGroup = "about_bot"
SURELY_GLAD = 0.7  # chance from which a bare word of something passed is good news
SURELY_US = 0.7  # … and from which a message that leans on the talk is about us
CLEARLY = 0.5  # share of belief in one statement from which a worry is answered by it
SURELY_TOLD = 0.8  # confidence in an answer to whoever only asks, from which it needs no word on how they feel
NO_ANSWER = ("unknown", "clarify")
TALE = 14  # words; of fewer a message asks one thing
Listen = Callable[[str], Sequence[Heeded]]


class Heeding:
    """Answers needs that were heard, in the words of one knowledge base."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base = base
        self.replies = replies

    def crisis(self, heeded: Iterable[Heeded], country: str | None) -> Reply | None:
        """The help for whoever is in danger, with the line of their country; None where nobody is.

        It is said in the language of the message, in each where languages are mixed. The reply stands alone, and its
        message is never kept as an unanswered question.
        """
        heeded = tuple(heeded)
        found = next((item for item in heeded if item.need == CRISIS), None)
        if found is None:
            return None
        young = any(item.need == MINOR for item in heeded)
        need = self.base.listening.needs[found.kind]
        lines = (need.line,) if need.line else ()
        wanted: tuple[HelpFor, ...] = ("young", *lines) if young and need.line != "emergency" else lines
        said = dict.fromkeys(self._help(need, wanted, country, language) for language in found.languages or ("",))
        home = self.replies.home()
        return Reply(text="\n\n".join(said), buttons=((home,),) if home else (), confidence=round(found.chance, 3))

    def line(self, heeded: Iterable[Heeded]) -> HelpFor:
        """The kind of line that a danger is answered with."""
        found = next((self.base.listening.needs[item.kind].line for item in heeded if item.need == CRISIS), None)
        return found or "life"

    def _help(self, need: Need, wanted: Sequence[HelpFor], country: str | None, language: str) -> str:
        text = need.says_in.get(language, need.says or self.replies.text("refusal_crisis"))
        return text.replace(SLOT, self.replies.helpline(wanted, country, language))

    def need(self, heeded: Iterable[Heeded], told: Heard | None = None) -> Need | None:
        """The first need that has an answer of its own and is no danger; what is only supposed, or not won, is no good
        news.
        """
        found = self._first(heeded)
        need = self.base.listening.needs[found.kind] if found is not None else None
        lost = told is not None and (_nothing_won(told) or any(clause.supposed for clause in told.clauses))
        return None if need is not None and need.glad and lost else need

    def glad(self, heeded: Iterable[Heeded]) -> bool:
        """Whether good news is told beyond doubt."""
        found = self._first(heeded)
        return found is not None and self.base.listening.needs[found.kind].glad and found.chance >= SURELY_GLAD

    def yields(self, heeded: Iterable[Heeded], *, asks: bool, known: bool = False, tale: bool = False) -> bool:
        """Whether what was understood of a message as a question is answered rather than its need.

        What is only likely, and a feeling in a message that asks something or whose worry is plainly `known` ("scared
        that i am too old for this"), give way; who asks about us is told, but for a `tale` that names something of ours
        ("is this real? an ad says …"): it asks about that.
        """
        found = self._first(heeded)
        if found is None or not found.sure or self.base.listening.needs[found.kind].yields:
            return True
        feels = found.need == FEELING and not self.base.listening.needs[found.kind].glad
        return (feels and known) or (asks and (found.need == FEELING or (tale and found.need == ABOUT_BOT)))

    @staticmethod
    def of_talk(heeded: Sequence[Heeded], *, leans: bool, pays: bool = False) -> tuple[Heeded, ...]:
        """The needs without what is not beyond doubt a question about us where a message leans on the talk ("do you get
        paid for them"): "you" is anybody there. Who asks who `pays` asks of what was spoken of.
        """
        return tuple(
            item
            for item in heeded
            if not leans or item.need != ABOUT_BOT or (item.sure and item.chance >= SURELY_US and not pays)
        )

    def _first(self, heeded: Iterable[Heeded]) -> Heeded | None:
        needs = self.base.listening.needs
        return next(
            (
                item
                for item in heeded
                if item.need not in (CRISIS, AT_RISK) and (needs[item.kind].says or needs[item.kind].goes_to)
            ),
            None,
        )

    def asked_besides(self, clauses: Sequence[Clause], listen: Listen) -> str:
        """The clauses without a need of their own, where one of them asks something; empty where none does. Those of
        one sentence stay one: "is there a job | where you sit" is one question.
        """
        sentences: list[list[str]] = []
        asks = cut = False
        for clause in clauses:
            if self.need(listen(clause.text)) is not None:
                cut = True
                continue
            if clause.opens or cut or not sentences:
                sentences.append([])
            sentences[-1].append(clause.text)
            asks, cut = asks or "asks" in clause.acts, False
        return ". ".join(map(" ".join, sentences)) if asks else ""

    def reply(self, need: Need, heeded: Iterable[Heeded]) -> Reply:
        """What a need is answered where nothing else was asked, with its ways on; it was heard as surely as it is
        likely.
        """
        buttons = (self.replies.ask_button(topic) for topic in need.moves)
        found = self._first(heeded)
        return Reply(
            text=self._filled(need.says or ""),
            buttons=rows(button for button in buttons if button),
            confidence=round(found.chance, 3) if found is not None else 1.0,
        )

    def acknowledged(
        self, outcome: Outcome, need: Need, told: Heard, heeded: Iterable[Heeded], *, tale: bool = False
    ) -> Outcome:
        """The answer with the half line to a need before it. Of us there is a word after the answer to a `tale`.

        A feeling that came with no real question, and with nothing told that is noted, is answered itself where nothing
        near is known; what only may be good news, told with no question, is noted and no more. Who only asks and is
        surely told ("am i too old at 52"), or asks of the work and not of themselves, hears just that.
        """
        if need.half is None or not outcome.replies:
            return outcome
        first = outcome.replies[0]
        if need.need == FEELING and first.outcome in NO_ANSWER and not first.statements and not outcome.news:
            if need.glad:
                return outcome
            if told.facts or any(clause.outright or clause.marked for clause in told.clauses):
                return self._before(outcome, need)
            return replace(outcome, replies=(self.reply(need, heeded), *outcome.replies[1:]))
        if first.outcome != "answer" or (outcome.news and need.glad):
            return outcome
        plainly = first.confidence >= SURELY_TOLD or all(clause.subject == "other" for clause in told.clauses)
        if need.need == FEELING and not need.glad and plainly and _only_asks(told):
            return outcome
        if tale and need.need == ABOUT_BOT:
            text = f"{first.text}\n{need.half}"
            return replace(outcome, replies=(first.model_copy(update={"text": text}), *outcome.replies[1:]))
        return self._before(outcome, need)

    @staticmethod
    def _before(outcome: Outcome, need: Need) -> Outcome:
        """What is said with the half line to a need before it."""
        first, *rest = outcome.replies
        return replace(outcome, replies=(first.model_copy(update={"text": f"{need.half}\n{first.text}"}), *rest))

    def _filled(self, text: str) -> str:
        return text.replace("{field}", self.base.field.name)


def is_tale(question: Question) -> bool:
    """Whether a message is a longer one that names something of ours."""
    return len(question.text.split()) > TALE and any(span.kind in ENTITY_KINDS for span in question.spans)


def is_clear(question: Question) -> bool:
    """Whether one statement answers a message, and most likely that one."""
    found = [item.found[0].weight for item in question.askings if item.found]
    return bool(found) and not question.nearest and found[0] >= CLEARLY


def _only_asks(told: Heard) -> bool:
    """Whether a message is nothing but questions."""
    return bool(told.clauses) and all(set(clause.acts) == {"asks"} for clause in told.clauses)


def home_of(told: Heard) -> str | None:
    """Where somebody says to be."""
    held = (fact for fact in told.facts if fact.field == "country" and fact.standing == "held")
    return next((str(fact.value) for fact in held), None)


def puts_right(told: Heard) -> bool:
    """Whether a message does nothing but say what is not so: a country that is not meant, something taken back."""
    wrong = {
        fact.clause
        for fact in told.facts
        if fact.why in (RETRACTED, PUT_RIGHT) or (fact.field == "country" and fact.standing == "denied")
    }
    return bool(wrong) and not any(
        "asks" in clause.acts or ("commands" in clause.acts and at not in wrong)
        for at, clause in enumerate(told.clauses)
    )


def _nothing_won(told: Heard) -> bool:
    """Whether credentials are told of and none of them is held: "i didn't pass" sounds like good news."""
    standings = {fact.standing for fact in told.facts if fact.field == "certification"}
    return bool(standings) and "held" not in standings
