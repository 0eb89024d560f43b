"""What leans on the answer just given: its reasons, its pages, the rest of it. And what is remembered of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.advice.answers import Answer, Answers
from bot.advice.nearest import asked_amount, told_amounts
from bot.advice.origins import Cited, month
from bot.advice.periods import period_answer, told_before, without_periods
from bot.advice.profile import Profile
from bot.advice.verdicts import Verdict
from bot.advice.verdicts.asked import asks_for_end, says
from bot.advice.verdicts.reasons import reasons, speaks_for
from bot.advice.verdicts.verdicts import COMPARE, WORTH_IT
from bot.advice.wording import Said, cite, said
from bot.conversation.flow import Command, Message, Outcome
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies, unique
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Amount
from bot.understanding.context import SHORT_MEMORY, SPOKEN_OF
from bot.understanding.finding.index import PAY, PRICE
from bot.understanding.finding.support import reported
from bot.understanding.parsing.cues import is_cue, is_framed_cue
from bot.understanding.question import Context, Question
from bot.understanding.statements import Statement

MAX_REMEMBERED = 200  # characters of a question that the next one may lean on
SURELY_TOLD = 0.9  # confidence in a sentence that was given, as the answer to what its amount is for
MAX_SOURCES = 4  # pages that are named to who asks for them
AMOUNTS: tuple[tuple[str, Amount], ...] = (("how_long", "time"), ("how_much", "money"))  # by the cues that ask for it
LEADS = {"doubted": "doubt_lead", "reason": "reason_lead"}  # what is said before the pages of an answer


class FollowUps:
    """Answers what is asked of the answer before. Commands are for the flow of the name `flow`."""

    def __init__(self, base: KnowledgeBase, replies: Replies, answers: Answers, flow: str) -> None:
        self.base, self.replies, self.answers, self.flow = base, replies, answers, flow

    def read(self, heard: Message) -> Command | None:
        """What asks for no more than the reasons, the pages or the rest of the answer just given."""
        before, cues = heard.session.context, self.base.texts.cues
        if before.age > SHORT_MEMORY:
            return None
        if before.read and is_cue(heard.text, cues["source"]):
            return Command(self.flow, ("_source",))
        if before.read and is_framed_cue(heard.text, cues["doubting"], cues.get("hold_on", ())):
            return Command(self.flow, ("_source", "doubted"))
        begins = period_answer(self.base, heard.text, before.shown) if before.shown else None
        told = told_before(self.base, before.shown) if before.shown else None
        if begins is None and told is not None and self._tells_amount(heard, told):
            begins = ""
        if begins is not None:
            return Command(self.flow, ("_per", begins))
        if not before.topics:
            return Command(self.flow, ("_source",)) if before.read and is_cue(heard.text, cues["reasons"]) else None
        decided = before.topics[0] == COMPARE or (before.topics[0] == WORTH_IT and before.weighed)
        if decided and before.entities and is_cue(heard.text, cues["reasons"]):
            return Command(self.flow, ("_why",))
        if is_cue(heard.text, cues["reasons"]) and (before.shown or before.read):
            return Command(self.flow, ("_reason",))
        if is_cue(heard.text, (*cues["onward"], *cues["reasons"])):
            return Command(self.flow, ("_more", ".".join(before.topics), ".".join(before.entities)))
        return None

    def _tells_amount(self, heard: Message, told: Statement) -> bool:
        """Whether a message asks for nothing but an amount, and the sentence just given tells that kind of it, though
        another was asked for (a length beside a number of questions).
        """
        language, cues, before = self.base.language, self.base.texts.cues, heard.session.context
        framing = cues.get("hold_on", ())
        wanted = next((kind for cue, kind in AMOUNTS if is_framed_cue(heard.text, cues.get(cue, ()), framing)), None)
        if wanted is None:
            return False
        topics = heard.question.topics if heard.question is not None else ()
        other = {told.topic, *topics} >= {PRICE, PAY}  # what is paid for work is no price
        return (
            not other
            and wanted in told_amounts(language, without_periods(language, told.text))
            and (asked_amount(language, before.asked) != wanted)
        )

    def why(self, session: Session, command: Command, today: date) -> Outcome | None:
        """The reasons for a verdict; where none are known, the rest of what was said."""
        before = session.context
        found = reasons(self.base, before.entities, session.profile, before.asked)
        if not found:
            return self.more(session, Command(self.flow, ("_more", *_ids(before))), today)
        question = Question(before.asked, "answer", before.topics[:1], before.entities, confidence=1.0)
        verdict = Verdict(before.topics[0], tuple(found), (), before.entities)
        answer = self.answers.answer(question, today, session.spelled, verdict)
        session = remembering(self.base, session, question, before.listed, answer.sources, chosen=before.chosen)
        return Outcome(session, (reply_of(answer, question, answer.text, ()),), then="resume")

    def reason(self, session: Session, command: Command, today: date) -> Outcome | None:
        """What is known beside the sentence just given that says why it is so, or that none is and where it stands."""
        before = session.context
        told = told_before(self.base, before.shown)
        found = speaks_for(self.base, told) if told is not None else []
        if not found and asks_for_end(self.base, before.asked):  # what the others have of it is why one is the cheapest
            return self.more(session, Command(self.flow, ("_more", *_ids(before))), today)
        if not found:
            return self.source(session, Command(self.flow, ("_source", "reason")), today)
        question = Question(before.asked, "answer", before.topics[:1], before.entities, confidence=SURELY_TOLD)
        verdict = Verdict(before.topics[0], tuple(found), (), before.entities)
        answer = self.answers.answer(question, today, session.spelled, verdict)
        kept = remembering(self.base, session, question, before.listed, answer.sources, chosen=before.chosen)
        return Outcome(kept, (reply_of(answer, question, answer.text, ()),), then="resume")

    def per(self, session: Session, command: Command, today: date) -> Outcome | None:
        """The sentence just given as the answer to what its amount is for."""
        before = session.context
        told = told_before(self.base, before.shown)
        if told is None or told.record is None:
            return None
        topics, begins = before.topics[:1] or (told.topic,), next(iter(command.rest), "")
        question = Question(before.asked, "answer", topics, before.entities, confidence=SURELY_TOLD)
        lines = (replace(said(told.record), begins=begins),)
        answer = self.answers.answer(question, today, session.spelled, Verdict(topics[0], lines, (), before.entities))
        kept = remembering(self.base, session, question, before.listed, answer.sources, chosen=before.chosen)
        context = kept.context.model_copy(update={"shown": before.shown})
        reply = reply_of(answer, question, answer.text, ())
        return Outcome(kept.model_copy(update={"context": context}), (reply,), then="resume")

    def source(self, session: Session, command: Command, today: date) -> Outcome:
        """The pages on which the answer just given stands, with their addresses."""
        by_url = {source.url: key for key, source in self.base.sources.items()}
        known = [Said("", source=by_url[url]) for url in session.context.read if url in by_url]
        sources = unique(cite(self.base, known))
        lines = [self.replies.text(LEADS.get(next(iter(command.rest), ""), "source_lead"))]
        for item in sources:
            slots = {"title": item.title, "publisher": item.publisher, "read": month(item.read), "url": item.url}
            lines.append(str(self.replies.fill("source_line", **slots)))
        reply = Reply(
            text="\n".join(lines),
            outcome="answer",
            confidence=1.0,
            topics=session.context.topics[:1],
            entities=session.context.entities,
            sources=sources,
        )
        return Outcome(session, (reply,), then="resume")

    def more(self, session: Session, command: Command, today: date) -> Outcome | None:
        """What is behind [More], with the way back."""
        question = question_of(self.base, command.rest)
        if question is None:
            return None
        answer = self.answers.answer(question, today)
        back = self.replies.button("button_back", self.flow, *command.rest)
        text = answer.more or answer.text
        return Outcome(session, (reply_of(answer, question, text, ((back,),) if back else ()),))


def _ids(before: Context) -> tuple[str, str]:
    """Topics and entities of the answer before, as a button has them."""
    return ".".join(before.topics), ".".join(before.entities)


def question_of(base: KnowledgeBase, arguments: Sequence[str]) -> Question | None:
    """Topics and entities of a button as a question; None where one is not known (any more)."""
    if len(arguments) != 2:  # noqa: PLR2004 - topics, entities
        return None
    topics, entities = (tuple(filter(None, part.split("."))) for part in arguments)
    if not topics or any(topic not in base.topics for topic in topics):
        return None
    if any(entity not in base.entities for entity in entities):
        return None
    return Question(text="", decision="answer", topics=topics, entities=entities, confidence=1.0)


def reply_of(answer: Answer, question: Question, text: str, buttons: tuple[tuple[Button, ...], ...]) -> Reply:
    """An answer as a reply."""
    return Reply(
        text=text,
        buttons=buttons,
        outcome="answer",
        topics=question.topics,
        entities=question.entities,
        confidence=reported(question.confidence),
        sources=unique(answer.sources),
        statements=answer.statements,
        closing=answer.closing if text == answer.text else 0,
    )


def remembering(
    base: KnowledgeBase,
    session: Session,
    question: Question,
    listed: Sequence[str],
    sources: Sequence[Cited] = (),
    answer: Answer | None = None,
    chosen: str = "",
    *,
    weighed: bool = False,
) -> Session:
    """The session with what the talk is about now. What was offered goes on to be so while one of it is spoken of; what
    somebody is or has goes behind what they ask about beside it.
    """
    before = session.context
    if question.nearest:  # what is only near offers nothing
        listed = ()
    if not listed and set(question.entities) < set(before.listed):
        listed = before.listed
    usual = bool(question.entities) and not question.from_context and not _names(question)  # what is meant by default
    told = answer.about if answer and usual else ()
    spoken_of = before.entities[:1] if question.from_context else ()  # "and a … like me" asks of that still
    entities = tuple(dict.fromkeys((*told, *_asked_first(base, session.profile, question, spoken_of))))
    entities = entities or before.entities
    if question.nearest and before.entities and not _names(question):  # … and is no new thing to speak of
        entities = before.entities
    context = Context(
        topics=question.topics,
        entities=entities,
        listed=tuple(listed) or question.entities,
        chosen=chosen,
        weighed=weighed,
        country=question.country or before.country,
        foreign=(answer.foreign if answer else None) or before.foreign,
        asked=(question.full or question.text)[:MAX_REMEMBERED],
        read=tuple(dict.fromkeys(item.url for item in sources))[:MAX_SOURCES],
        shown=answer.statements[0][0] if answer and answer.statements else "",
    )
    return session.without("roadmap", context=context, misses=0)


def _asked_first(
    base: KnowledgeBase, profile: Profile, question: Question, spoken_of: Sequence[str]
) -> tuple[str, ...]:
    """What a question is about, first of it what was spoken of before, and behind it what somebody is, holds or comes
    from ("from … to …"); what is compared stays in order.
    """
    if COMPARE in question.topics:
        return question.entities
    text, leaving = question.text.lower(), base.verdicts.leaving
    left = {span.id for span in question.spans if says(text, (f"{word} {span.text}" for word in leaving))}
    has = {profile.role, *profile.certifications, *left}
    return tuple(sorted(question.entities, key=lambda item: (item in has, item not in spoken_of)))


def _names(question: Question) -> bool:
    """Whether a question itself says what it is about."""
    return any(span.kind in SPOKEN_OF for span in question.spans)
