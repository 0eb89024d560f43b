"""What is said where danger is only likely: one line with where help is before the answer that goes on, or, where
nothing was asked, a caring question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.advice.wording import plain
from bot.conversation.flow import Message, Outcome
from bot.conversation.flows.aftercare import Aftercare
from bot.conversation.messages import Reply
from bot.conversation.replies import MAX_CHARACTERS, Replies
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.listening import HelpFor, Need
from bot.understanding.listening.listener import AT_RISK, CRISIS, MINOR, Heeded

SLOT = "{line}"
MAX_LINES = 8
SENTENCE = ". "


class Caution:
    """Speaks of help beside an answer, in the words of one knowledge base."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base, self.replies = base, replies

    @staticmethod
    def at_risk(heeded: Iterable[Heeded]) -> Heeded | None:
        """The danger that is only likely, if there is one."""
        return next((item for item in heeded if item.need == AT_RISK), None)

    @staticmethod
    def believed(heeded: Iterable[Heeded]) -> tuple[Heeded, ...]:
        """The needs, a likely danger among them believed: what is likely twice in a row is so."""
        found = (replace(item, need=CRISIS) if item.need == AT_RISK else item for item in heeded)
        return tuple(sorted(found, key=lambda item: item.need != CRISIS))

    def said(self, heard: Message, outcome: Outcome | None, country: str | None) -> Outcome | None:
        """The outcome of a message with the line before its answer; a question of ours where it asks nothing."""
        risk = self.at_risk(heard.heeded)
        if risk is None:
            return outcome
        need = self.base.listening.needs[risk.kind]
        language = next(iter(risk.languages), "")
        young = any(item.need == MINOR for item in heard.heeded)
        line = self._line(need, country, language, young=young)
        kind: HelpFor = need.line or "life"
        if outcome is None or not outcome.replies or not _answers(heard, outcome):
            asks = need.asks_in.get(language, need.asks)
            home = self.replies.home()
            reply = Reply(
                text="\n".join(part for part in (asks, line) if part),
                buttons=((home,),) if home else (),
                confidence=round(risk.chance, 3),
            )
            return Outcome(Aftercare.begun(heard.session, kind, "asked"), (reply,))
        first, *rest = outcome.replies
        room = MAX_CHARACTERS - (0 if heard.session.met else len(plain(self.replies.text("first_contact"))) + 1)
        shown = before(line, first, room)
        session = Aftercare.begun(outcome.session, kind, "beside")
        return replace(outcome, session=session, replies=(*shown, *rest))

    def _line(self, need: Need, country: str | None, language: str, *, young: bool) -> str:
        lines = (need.line,) if need.line else ()
        wanted: tuple[HelpFor, ...] = ("young", *lines) if young and need.line != "emergency" else lines
        text = need.maybe_in.get(language, need.maybe) or SLOT
        return text.replace(SLOT, self.replies.helpline(wanted, country, language, short=True))


def before(line: str, reply: Reply, room: int) -> tuple[Reply, ...]:
    """A reply behind a line, in one bubble of at most so many characters: the last lines of an answer give way. What
    may lose none (a question of ours, a picture) follows in a bubble of its own.
    """
    lines = reply.text.split("\n")
    cut = len(lines) - reply.closing
    body, closing = lines[:cut], lines[cut:]
    most = max(MAX_LINES, sum(bool(one) for one in body))
    whole = reply.outcome != "answer" or reply.picture is not None or reply.takes_number
    while not _fits((line, *body), room, most) and len(body) > 1 and not whole:
        body.pop()
    if not _fits((line, *body), room, most) and not whole:
        body = [_shorter(body[0], room - len(plain(line)) - 1)]
    if not body[0] or not _fits((line, *body), room, most):
        return Reply(text=line), reply
    return (reply.model_copy(update={"text": "\n".join((line, *body, *closing))}),)


def _fits(lines: Iterable[str], room: int, most: int) -> bool:
    shown = [line for line in lines if line]
    return len(shown) <= most and len(plain("\n".join(shown))) <= room


def _shorter(text: str, room: int) -> str:
    """As many whole sentences of a text as there is room for; none where markup would be cut."""
    sentences = text.split(SENTENCE)
    while sentences and len(plain(SENTENCE.join(sentences))) + 1 > room:
        sentences.pop()
    kept = SENTENCE.join(sentences)
    return f"{kept}." if kept and kept.count("<") == 2 * kept.count("</") else ""


def _answers(heard: Message, outcome: Outcome) -> bool:
    """Whether something was asked or told to be done, a question of ours answered, or a step of a plan told."""
    was, now = heard.session, outcome.session
    return heard.told.wants or now.assessment not in (None, was.assessment) or now.progress not in (None, was.progress)
