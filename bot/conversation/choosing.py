""" "Help me choose": what somebody likes and has done, one question at a time, then three suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.advice.suggestions import Done, suggest
from bot.conversation import assessment as steps
from bot.conversation import tastes as course
from bot.conversation.assessment import AssessmentState
from bot.conversation.choices import LEVELS, Questions
from bot.conversation.closeness import Closeness
from bot.conversation.flow import Turn
from bot.conversation.messages import Reply
from bot.conversation.reading import asks, is_cue, mentioned, words_of
from bot.conversation.road_words import RoadWords
from bot.conversation.session import Session
from bot.conversation.suggesting import Suggesting
from bot.conversation.tastes import INTERESTS, Tastes
from bot.knowledge.base import KnowledgeBase

BACK, SKIP, STOP, DONE, PAGE = "_back", "_skip", "_stop", "_done", "_page"


class Choosing:
    """Asks for likes and deeds, of one knowledge base. The checks of a role are asked here as well."""

    def __init__(self, base: KnowledgeBase, words: RoadWords, closeness: Closeness) -> None:
        self.base = base
        self.words = words
        self.closeness = closeness
        self.questions = Questions(base, words)
        self.suggesting = Suggesting(base, words)

    def lead(self, session: Session, *, edit: bool = False) -> Turn | None:
        """ "Help me choose" once the facts are known: start, or go on; None while they are not."""
        known = session.assessment is not None and session.assessment.at is None
        if not known:
            return None
        tastes = course.mend(self.base, session.tastes)
        if tastes.at is not None and tastes.role is None:
            resumed = tastes.model_copy(update={"paused": False})
            return self._ask(session, resumed, self.words.text("choose_resume"), edit=edit)
        return self.begin(session, before=0, edit=edit)

    def begin(self, session: Session, before: int, *, edit: bool = False) -> Turn:
        """At the likes; `before` is how many questions were asked already."""
        return self._ask(session, course.begin(course.mend(self.base, session.tastes), before), edit=edit)

    def reads(self, session: Session, text: str) -> bool:
        """Whether a message is nothing but an answer to the deed on the screen, such as "alone"."""
        tastes = course.mend(self.base, session.tastes)
        return tastes.waiting and tastes.at != INTERESTS and self.questions.read_level(text) is not None

    def again(self, session: Session) -> Reply | None:
        """The question that waits, to be shown again after something else was answered."""
        tastes = course.mend(self.base, session.tastes)
        return self.questions.show(tastes, self.words.text("assessment_paused"), edit=False) if tastes.waiting else None

    def _ask(self, session: Session, tastes: Tastes, *before: str, edit: bool) -> Turn:
        """The question the tastes are at; past the last one, what follows from them."""
        session = session.model_copy(update={"tastes": tastes, "asking": False, "road": None, "misses": 0})
        if tastes.at is None:
            return self._finish(session, edit=edit)
        replies = [self.questions.show(tastes, *before, edit=edit)]
        return session, replies

    def _finish(self, session: Session, *, edit: bool) -> Turn:
        if session.tastes.role is not None:
            return self.closeness.result(session, session.tastes.role, edit=edit)
        told = session.tastes.told
        found = suggest(self.base, session.profile, told)
        replies = [self.suggesting.bubble(session.profile, told, found, edit=edit)]
        return session, replies

    def press(self, session: Session, arguments: Sequence[str], today: date, *, edit: bool) -> Turn | None:
        """A press on a question or below the suggestions; None for one that fits neither."""
        action, *rest = arguments or ("",)
        tastes = course.mend(self.base, session.tastes)
        if action == "start" and not rest:
            return self.lead(session, edit=edit)
        if action == "more" and not rest and session.assessment is not None:
            return self._ask(session, course.move_on(self.base, session.profile, course.more(tastes)), edit=edit)
        if len(rest) == 1 and rest[0] == STOP:
            return self._stop(session, tastes, edit=edit)
        if action == "like" and len(rest) == 1 and tastes.at == INTERESTS:
            return self._like(session, tastes, rest[0], edit=edit)
        if action == "deed" and len(rest) == 2:  # noqa: PLR2004 - deed, answer
            return self._deed(session, tastes, rest[0], rest[1], edit=edit)
        return None

    def _like(self, session: Session, tastes: Tastes, wanted: str, *, edit: bool) -> Turn | None:
        """Tick or untick a like, turn the page, or go on."""
        if wanted == BACK:
            return self._back(session, tastes, edit=edit)
        if wanted in (DONE, SKIP):
            return self._likes(session, tastes, tastes.picked if wanted == DONE else (), edit=edit)
        if wanted == PAGE:
            return self._ask(session, self.questions.turned(tastes), edit=edit)
        if wanted not in {item.id for item in self.base.choosing.interests}:
            return None
        without = tuple(item for item in tastes.picked if item != wanted)
        picked = without if wanted in tastes.picked else (*without, wanted)
        return self._ask(session, tastes.model_copy(update={"picked": picked}), edit=edit)

    def _likes(self, session: Session, tastes: Tastes, picked: tuple[str, ...], *, edit: bool) -> Turn:
        tastes = tastes.model_copy(update={"interests": picked, "picked": picked})
        return self._ask(session, course.move_on(self.base, session.profile, tastes), edit=edit)

    def _deed(self, session: Session, tastes: Tastes, deed: str, answer: str, *, edit: bool) -> Turn | None:
        """An answer to a deed: the one on the screen, or an earlier one that is corrected."""
        if answer == BACK and deed == tastes.at:
            return self._back(session, tastes, edit=edit)
        level = LEVELS.get(answer)
        if level is None or (deed != tastes.at and deed not in tastes.deeds):
            return None
        return self._done(session, tastes, deed, level, edit=edit)

    def _done(self, session: Session, tastes: Tastes, deed: str, level: Done, *, edit: bool) -> Turn:
        here = deed == tastes.at
        tastes = tastes.model_copy(update={"deeds": {**tastes.deeds, deed: level}, "paused": False})
        return self._ask(session, course.move_on(self.base, session.profile, tastes) if here else tastes, edit=edit)

    def _back(self, session: Session, tastes: Tastes, *, edit: bool) -> Turn:
        """The question before; from the likes, the last question of the assessment."""
        before = course.back(tastes)
        if before is not None:
            return self._ask(session, before, edit=edit)
        state = steps.back(self.base, session.assessment) if session.assessment is not None else None
        if state is None or tastes.role is not None or not tastes.before:
            return self._ask(session, tastes, self.words.text("assessment_first"), edit=edit)
        left = tastes.model_copy(update={"at": None})
        return self._reopened(session.model_copy(update={"tastes": left}), state)

    def _reopened(self, session: Session, state: AssessmentState) -> Turn:
        """Back in the assessment: its question is shown by the advisor, who leads it."""
        return session.model_copy(update={"assessment": state, "asking": True, "choices": ()}), []

    def _stop(self, session: Session, tastes: Tastes, *, edit: bool) -> Turn:
        session = session.model_copy(update={"tastes": tastes.model_copy(update={"paused": True}), "choices": ()})
        return session, [Reply(text=self.words.text("assessment_cancelled"), edit=edit)]

    def typed(self, session: Session, text: str, today: date) -> Turn | None:
        """A typed answer to the question on the screen, or words that steer; None for any other message."""
        tastes = course.mend(self.base, session.tastes)
        cues = self.base.texts.cues
        if tastes.at is None:
            return None
        if tastes.paused:
            resumed = tastes.model_copy(update={"paused": False})
            return self._ask(session, resumed, edit=False) if is_cue(text, cues["go_on"]) else None
        if is_cue(text, cues["cancel"]):
            return self._stop(session, tastes, edit=False)
        if is_cue(text, cues["back"]):
            return self._back(session, tastes, edit=False)
        if is_cue(text, cues["go_on"]):
            return self._ask(session, tastes, edit=False)
        if is_cue(text, cues["restart"]) and tastes.role is None:
            return self.begin(session, tastes.before)
        if asks(text):
            return None
        return self._answered(session, tastes, text)

    def _answered(self, session: Session, tastes: Tastes, text: str) -> Turn | None:
        cues = self.base.texts.cues
        skipped = is_cue(text, cues["skip"]) or is_cue(text, cues["unsure"])
        if tastes.at == INTERESTS:
            if skipped or is_cue(text, cues["none"]):
                return self._likes(session, tastes, (), edit=False)
            if is_cue(text, cues["done"]):
                return self._likes(session, tastes, tastes.picked, edit=False)
            named = [(item.id, (item.label, *item.aliases)) for item in self.base.choosing.interests]
            found = mentioned(words_of(text), named)
            return (
                self._likes(session, tastes, tuple(dict.fromkeys((*tastes.picked, *found))), edit=False)
                if found
                else None
            )
        level: Done | None = "skip" if skipped else self.questions.read_level(text)
        return self._done(session, tastes, str(tastes.at), level, edit=False) if level else None

    def command(self, session: Session, word: str, today: date, *, edit: bool = False) -> Turn | None:
        """None: the assessment comes first, and the advisor leads on from it."""
        return None
