"""Messages that ask more than one thing, or ask something beside what they tell: each part gets its answer."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, product

from bot.advice.wording import plain
from bot.conversation.flow import Command, Message, Outcome
from bot.conversation.messages import Reply
from bot.conversation.replies import Replies, unique
from bot.conversation.session import Session
from bot.conversation.typed_question import TypedQuestion
from bot.understanding.context import points_back
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.finding.support import NEAREST_FROM, PLAIN_FROM
from bot.understanding.interpreter import Interpreter
from bot.understanding.question import Context, Question
from bot.understanding.reader.heard import Heard
from bot.understanding.swapping import without_talk

FAR = 0.3  # likeness below which the answer to one part is none to another
LENGTH = 660  # characters of several answers in one bubble, beside what explains their words and names their sources …
WHOLE = 900  # … and with that: what does not fit is not explained, and of the longest answers less is said
HALF_KNOWN = 0.6  # confidence, at most, where a part is not known
SURE = 0.85  # confidence in one reading of a part, from which there is no other where it answers
LEAST = 0.1  # share of the likeliest sentence's weight from which another one answers a part
QUOTED = 12  # words of a question that is named as not known
BULLET = "• "
LEADS_ON = ":"
Runs = Callable[[Session, Command, date], Outcome | None]
Contexts = Callable[[Session, Heard], Context]
Decides = Callable[[Session, Question], bool]


class Several:
    """Answers the parts of messages, each as if it had been asked by itself after the one before.

    `run` runs a command, `context` tells what the talk is about, `decides` whether a question gets a verdict.
    """

    def __init__(
        self, interpreter: Interpreter, replies: Replies, run: Runs, context: Contexts, decides: Decides
    ) -> None:
        self.interpreter, self.replies, self.run, self.context = interpreter, replies, run, context
        self.decides = decides

    def each(self, session: Session, heard: Message, today: date) -> Outcome | None:
        """One bubble with an answer to each question of a message, or the word that one is not known; None where it is
        one question, or none of them is known by itself.
        """
        whole = heard.question
        if whole is None or not whole.apart:
            return None
        start = session
        given: list[tuple[str, Reply | None]] = []
        sure: list[Reply] = []
        near: list[Reply] = []
        for at, part in enumerate(whole.apart):
            said = _first_shown((*sure, *near)) | _of_others(whole, at)
            outcome, surely = self._of_part(session, heard, at, today, said)
            reply = outcome.replies[0] if outcome is not None else None
            if outcome is not None and reply is not None and surely:
                session = outcome.session
                sure.append(reply)
            elif reply is not None:
                reply = self._near(part.text, reply)
                near.append(reply)
            given.append((part.text, reply))
        if not sure or any(reply.picture or reply.document for reply in sure):
            return None
        missing = [at for at, (_, reply) in enumerate(given) if reply is None]
        if missing and self._covers(start, whole, missing, sure, today):
            return None
        return Outcome(session, (self._together(given, (*sure, *near), known=len(sure) == len(given)),), then="resume")

    def _of_part(
        self, session: Session, heard: Message, at: int, today: date, said: Container[str]
    ) -> tuple[Outcome | None, bool]:
        """The answer to a part of a message, and whether it is surely one."""
        likely = []
        for reading in self._readings(session, heard, at):
            weighed = self._weighed(session, reading)
            if weighed.decision != "answer":
                continue
            if weighed.confidence >= SURE and not weighed.nearest:
                outcome = self._answered(session, (weighed,), today, said)
                if outcome is not None:
                    return outcome, True
            likely.append(weighed)
        outcome = self._answered(session, [item for item in likely if not item.nearest], today, said)
        if outcome is not None:
            return outcome, True
        return self._answered(session, [item for item in likely if item.nearest], today, said), False

    def _weighed(self, session: Session, reading: Question) -> Question:
        """A part as it is read, sharing a bubble; where a verdict decides it, however near the sentences are."""
        reading = replace(reading, brief=True)
        if not self.decides(session, reading):
            return reading
        return replace(reading, decision="answer", nearest=False, confidence=max(reading.confidence, SURE))

    def instead(self, session: Session, heard: Message, asked: Sequence[str], today: date) -> Outcome | None:
        """One bubble with the answers to questions that a message stands for, each known by itself and said once; None
        where none is.
        """
        talk = without_talk(self.context(session, heard.told))
        given: list[tuple[str, Reply | None]] = []
        for text in asked:
            said = _shown([reply for _, reply in given if reply is not None])
            reading = replace(self.interpreter.interpret(text, talk), brief=True)
            outcome = self._answered(session, [reading], today, said)
            if outcome is None or outcome.replies[0].confidence < SURE:
                continue
            session = outcome.session
            given.append((text, outcome.replies[0]))
        replies = [reply for _, reply in given if reply is not None]
        if not replies:
            return None
        context = session.context.model_copy(update={"asked": given[0][0]})
        session = session.model_copy(update={"context": context})
        return Outcome(session, (self._together(given, replies, known=True),), then="resume")

    def _near(self, asked: str, reply: Reply) -> Reply:
        """What is nearest to a part, said to be no more than that."""
        first, *rest = reply.text.splitlines()
        if first != self.replies.text("nearest"):
            return reply  # it speaks of just that
        return reply.model_copy(
            update={"text": "\n".join((str(self.replies.fill("part_nearest", asked=_short(asked))), *rest))}
        )

    def _answered(
        self, session: Session, readings: Sequence[Question], today: date, said: Container[str]
    ) -> Outcome | None:
        """The answer to a part as it is read with most support; what is `said` of another answers it no more, nor does
        what is far less likely than a sentence that may not be shown. What is only near is best told by the whole
        message.
        """
        in_order = sorted(readings, key=lambda item: 0.0 if item.nearest else -item.confidence)
        for question in in_order:
            outcome = self.run(session, Command("ask", ("_said",), TypedQuestion(question, again=True)), today)
            if outcome is None or not outcome.replies or outcome.replies[0].outcome != "answer":
                continue
            first = next((name for name, _ in outcome.replies[0].statements), "")
            found = {item.statement.id: item.weight for asking in question.askings for item in asking.found}
            least = LEAST * max(found.values(), default=0.0)
            if first not in said and (found.get(first, 0.0) >= least if first in found else not question.nearest):
                return outcome
        return None

    def _readings(self, session: Session, heard: Message, at: int) -> Iterator[Question]:
        """A part as the whole message tells what it is about, and in each of its wordings, beside the part before it
        and without that.
        """
        whole = heard.question
        if whole is None:
            return
        if (in_story := _of_message(whole, at)) is not None:
            yield in_story
        talk = self.context(session, heard.told)
        alone = talk.model_copy(update={"asked": ""})
        wordings = whole.apart[at].wordings
        for wording, context in product(wordings, (talk, alone) if at else (talk,)):
            if context is alone and wording is wordings[0] and points_back(wording.split()):
                continue  # "is it timed" asks of what the part before does
            yield replace(self.interpreter.interpret(wording, context), told=whole.told)

    def _covers(
        self, session: Session, question: Question, missing: Sequence[int], known: Sequence[Reply], today: date
    ) -> bool:
        """Whether the parts of a message that are not known by themselves are answered where it is read as a whole,
        with more than the others are answered with.
        """
        sure = [item.support for item in question.askings]
        if (
            question.decision != "answer"
            or question.nearest
            or _borrowed(question)
            or min(sure, default=0.0) < NEAREST_FROM
        ):
            return False
        outcome = self.run(session, Command("ask", ("_said",), TypedQuestion(question, again=True)), today)
        more = _shown(outcome.replies[:1]) - _shown(known) if outcome is not None else set()
        askings = question.askings if len(question.askings) == len(question.apart) else ()
        firsts = [asking.found[0].statement.id for at, asking in enumerate(askings) if at in missing and asking.found]
        return bool(firsts) and more.issuperset(firsts)

    def _together(self, given: Sequence[tuple[str, Reply | None]], shown: Sequence[Reply], *, known: bool) -> Reply:
        """All answers in one bubble, what explains their words and names their sources behind them."""
        said: set[str] = set()
        leads = {reply.text.splitlines()[0] for reply in shown}
        texts: list[list[str]] = []
        explained: list[str] = []
        sources = unique(source for reply in shown for source in reply.sources)
        named = list(filter(None, (str(self.replies.source_line(sources, most=len(sources))),)))
        for is_known, parts in groupby(given, key=lambda part: part[1] is not None):
            every = list(parts)
            if not is_known:
                asked = ", ".join(_short(part) for part, _ in every)
                texts.append([str(self.replies.fill("part_not_known", asked=asked))])
            for reply in (reply for _, reply in every if reply is not None):
                lines = reply.text.splitlines()
                body = len(lines) - reply.closing
                texts.append(_unsaid(lines[:body], said, leads))
                explained += lines[body : len(lines) - bool(reply.closing and reply.sources)]
        _shorten(texts, min(LENGTH, WHOLE - _length(named)))
        answers = [line for lines in texts for line in lines]
        while explained and _length((*answers, *explained, *named)) > WHOLE:
            explained.pop()
        statements = {name: weight for reply in shown for name, weight in reply.statements}
        return shown[0].model_copy(
            update={
                "text": "\n".join((*answers, *explained, *named)),
                "closing": len(explained) + len(named),
                "topics": tuple(dict.fromkeys(topic for reply in shown for topic in reply.topics)),
                "entities": tuple(dict.fromkeys(entity for reply in shown for entity in reply.entities)),
                "confidence": min(*(reply.confidence for reply in shown), 1.0 if known else HALF_KNOWN),
                "sources": sources,
                "statements": tuple(statements.items()),
                "unanswered": not known,
            }
        )

    def besides(self, outcome: Outcome, heard: Message, today: date) -> Outcome:
        """With the answer to what a message asks beside what it tells, where that is surely understood."""
        clauses, context = heard.told.clauses, self.context(outcome.session, heard.told)
        asking = [at for at, clause in enumerate(clauses) if "asks" in clause.acts]
        if not asking or not outcome.replies or len(asking) == len(clauses):
            return outcome
        # What is asked may need the clause before it: "they called me for an interview, what will they ask".
        parts = (asking, sorted({at for ask in asking for at in (ask - 1, ask) if at >= 0}))
        texts = (". ".join(clauses[at].text for at in part) for part in parts)
        questions = (self.interpreter.interpret(text, context) for text in texts)
        question = next((found for found in questions if found.decision == "answer" and found.askings), None)
        if question is None or question.nearest:
            return outcome
        more = self.run(outcome.session, Command("ask", ("_said",), TypedQuestion(question, again=True)), today)
        if more is None or more.replies[0].outcome != "answer":
            return outcome
        return replace(outcome, session=more.session, replies=(*outcome.replies, *more.replies))


def _of_message(whole: Question, at: int) -> Question | None:
    """A part of a message as it is understood beside all that this tells; None where nothing is found for it."""
    asking = whole.askings[at] if len(whole.askings) == len(whole.apart) else None
    if asking is None or not asking.found:
        return None
    here = tuple(span for span in whole.spans if f" {span.text} " in f" {asking.text} ")
    here = here if any(span.kind in ENTITY_KINDS for span in here) else ()  # a place of work alone is asked nothing of
    first = asking.found[0].statement
    places = tuple(place for place in whole.parts if place.casefold() in asking.text)  # others are where it is told
    return replace(
        whole,
        text=asking.text,
        decision="answer" if asking.support >= NEAREST_FROM else "unknown",
        topics=(first.topic,),
        entities=tuple(dict.fromkeys(span.id for span in here if span.kind in ENTITY_KINDS)) or whole.entities,
        spans=here or whole.spans,
        part=next(iter(places), None),
        parts=places,
        confidence=asking.support,
        askings=(asking,),
        nearest=asking.support < PLAIN_FROM,
        apart=(),
    )


def _of_others(whole: Question, at: int) -> set[str]:
    """The statements that answer another part of a message likelier than this one."""
    if len(whole.askings) != len(whole.apart):
        return set()
    first = [(item.found[0].statement.id, item.found[0].weight * item.support) for item in whole.askings if item.found]
    own = whole.askings[at].found[:1]
    likely = own[0].weight * whole.askings[at].support if own else 0.0
    return {name for name, weight in first if weight > likely}


def _first_shown(replies: Sequence[Reply]) -> set[str]:
    """The statements that some replies begin with."""
    return {name for reply in replies for name, _ in reply.statements[:1]}


def _shown(replies: Sequence[Reply]) -> set[str]:
    """The statements that some replies show."""
    return {name for reply in replies for name, _ in reply.statements}


def _unsaid(lines: Sequence[str], said: set[str], leads: Iterable[str]) -> list[str]:
    """The lines without those that were `said` above, to which they are added, and those that lead another answer; the
    first always stays.
    """
    found = []
    for at, line in enumerate(lines):
        plainly = line.removeprefix(BULLET)
        if not at or not any(other.endswith(plainly) for other in (*said, *leads)):
            found.append(line)
        said.add(plainly)
    return found


def _shorten(texts: Sequence[list[str]], most: int) -> None:
    """Take away the last lines of the longest answers until all of them have `most` characters, and what a line
    announces as a whole.
    """
    while _length(line for lines in texts for line in lines) > most:
        longest = max(texts, key=lambda lines: _length(lines[1:]))
        if len(longest) == 1:
            return
        announced = next((at for at in range(1, len(longest)) if longest[at].endswith(LEADS_ON)), len(longest) - 1)
        del longest[announced:]


def _length(lines: Iterable[str]) -> int:
    """Characters of lines, each with its end."""
    return sum(len(plain(line)) + 1 for line in lines)


def _borrowed(question: Question) -> bool:
    """Whether a part has only what answers another one, and is not like it."""
    firsts = [item.found[0] for item in question.askings if item.found]
    known = [item.statement.id for item in firsts]
    return any(known.count(item.statement.id) > 1 and item.like < FAR for item in firsts)


def _short(text: str) -> str:
    words = text.strip().split()
    return " ".join(words if len(words) <= QUOTED else [*words[:QUOTED], "…"])
