""" "Help me choose": what somebody likes and has done, one question at a time, then three suggestions."""

from __future__ import annotations

from datetime import date

from bot.advice.suggestions import suggest
from bot.conversation import rounds
from bot.conversation.deeds import ACTION, BACK, LEVELS, SKIP, STOP, Deeds, at_likes
from bot.conversation.flow import Command, Flow, Message, Outcome, Verb
from bot.conversation.flows.recommend.questions import DONE, PAGE, Likes
from bot.conversation.flows.recommend.view import Suggesting
from bot.conversation.frames import Frame, Round
from bot.conversation.messages import Reply
from bot.conversation.replies import Replies
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.cues import is_cue, mentioned, words_of


class Recommend(Flow):
    """Asks for likes and deeds, then suggests roles."""

    name = ACTION
    personal = True
    adults = True
    frames = ("recommend",)

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        super().__init__(base, replies)
        self.deeds, self.likes = Deeds(base, replies), Likes(base, replies)
        self.suggesting = Suggesting(base, replies)
        self.verbs = {
            "start": Verb(self._start),
            "begin": Verb(self._begin, spoken=True),
            "more": Verb(self._more),
            "resume": Verb(self._resume, spoken=True),
            "like": Verb(self._like, takes=(1,)),
            "likes": Verb(self._typed_likes, spoken=True),
            "deed": Verb(self._deed, takes=(1, 2)),
        }

    def typed(self, heard: Message, frame: Frame | None) -> Command | None:
        """An answer to the question on the screen, or words that steer."""
        cues, text = self.base.texts.cues, heard.text
        if not isinstance(frame, Round) or frame.at is None:
            return None
        if is_cue(text, cues["go_on"]):
            return Command(ACTION, ("resume",))
        if frame.paused:
            return None
        where = ("like",) if at_likes(frame) else ("deed", frame.at)
        if is_cue(text, cues["cancel"]):
            return Command(ACTION, (where[0], STOP))
        if is_cue(text, cues["back"]):
            return Command(ACTION, (*where, BACK))
        if is_cue(text, cues["restart"]):
            return Command(ACTION, ("begin",), frame.before)
        if self.replies.speech.asks(text):
            return None
        if at_likes(frame):
            return self._read_likes(text)
        level = self.deeds.level(text)
        return Command(ACTION, (*where, SKIP if level == "skip" else level)) if level else None

    def _read_likes(self, text: str) -> Command | None:
        cues = self.base.texts.cues
        if any(is_cue(text, cues[cue]) for cue in ("skip", "unsure", "none")):
            return Command(ACTION, ("like", SKIP))
        if is_cue(text, cues["done"]):
            return Command(ACTION, ("like", DONE))
        named = [(item.id, (item.label, *item.aliases)) for item in self.base.choosing.interests]
        found = mentioned(words_of(text), named)
        return Command(ACTION, ("likes",), found) if found else None

    def reads(self, text: str, frame: Frame) -> bool:
        """Whether it is how the deed on the screen was done, such as "alone"."""
        return self.deeds.reads(text, frame)

    def show(self, session: Session, frame: Frame, *before: str) -> Reply | None:
        """The question that waits."""
        if not isinstance(frame, Round) or not frame.waiting:
            return None
        return self.likes.show(frame, *before) if at_likes(frame) else self.deeds.show(frame, *before)

    def _here(self, session: Session) -> Round | None:
        return next((item for item in session.stack if isinstance(item, Round) and item.kind == "recommend"), None)

    def _asked(self, session: Session, here: Round, *before: str) -> Outcome:
        """The question of a round; past the last one, what follows from the answers."""
        here = here.model_copy(update={"paused": False})
        session = session.pushed(here).without("assessment", "roadmap", misses=0)
        shown = self.show(session, here, *before)
        if shown is not None:
            return Outcome(session, (shown,))
        told = session.tastes.told
        found = suggest(self.base, session.profile, told)
        return Outcome(session, (self.suggesting.bubble(session.profile, told, found),))

    def _start(self, session: Session, command: Command, today: date) -> Outcome | None:
        """Start once the facts are known, or go on."""
        if session.assessment is None or session.assessment.at is not None:
            return None
        here = self._here(session)
        if here is None or here.at is None:
            return self._begin(session, command, today)
        return self._asked(session, here, self.replies.text("choose_resume"))

    def _begin(self, session: Session, command: Command, today: date) -> Outcome:
        """At the likes, after so many questions of another kind."""
        before = command.said if isinstance(command.said, int) else 0
        session = session.model_copy(update={"tastes": session.tastes.model_copy(update={"deeds": {}})})
        return self._asked(session, rounds.of_likes(session.tastes, before))

    def _more(self, session: Session, command: Command, today: date) -> Outcome | None:
        if session.assessment is None:
            return None
        more = rounds.of_more_deeds()
        return self._asked(session, rounds.move_on(self.base, session.profile, session.tastes, more))

    def _resume(self, session: Session, command: Command, today: date) -> Outcome | None:
        here = self._here(session)
        return self._asked(session, here) if here is not None else None

    def _like(self, session: Session, command: Command, today: date) -> Outcome | None:
        """Tick or untick a like, turn the page, go on, back or stop."""
        here, wanted = self._here(session), command.rest[0]
        if wanted == STOP:
            return self._stop(session, here)
        if here is None or not at_likes(here):
            return None
        if wanted == BACK:
            return self._back(session, here)
        if wanted in (DONE, SKIP):
            return self._liked(session, here, here.picked if wanted == DONE else ())
        if wanted == PAGE:
            return self._asked(session, self.likes.turned(here))
        if wanted not in {item.id for item in self.base.choosing.interests}:
            return None
        without = tuple(item for item in here.picked if item != wanted)
        picked = without if wanted in here.picked else (*without, wanted)
        return self._asked(session, here.model_copy(update={"picked": picked}))

    def _typed_likes(self, session: Session, command: Command, today: date) -> Outcome | None:
        here, found = self._here(session), command.said
        if here is None or not isinstance(found, tuple):
            return None
        return self._liked(session, here, tuple(dict.fromkeys((*here.picked, *found))))

    def _liked(self, session: Session, here: Round, picked: tuple[str, ...]) -> Outcome:
        tastes = session.tastes.model_copy(update={"interests": picked})
        session = session.model_copy(update={"tastes": tastes})
        here = here.model_copy(update={"picked": picked})
        return self._asked(session, rounds.move_on(self.base, session.profile, tastes, here))

    def _deed(self, session: Session, command: Command, today: date) -> Outcome | None:
        """An answer to a deed: the one on the screen, or an earlier one that is corrected."""
        here = self._here(session)
        if command.rest == (STOP,):
            return self._stop(session, here)
        if len(command.rest) == 1 or not self.deeds.taken(session, here, *command.rest):
            return None
        deed, answer = command.rest
        here = here or Round(kind="recommend")
        if answer == BACK:
            return self._back(session, here)
        session = self.deeds.answered(session, here, deed, LEVELS[answer])
        return self._asked(session, self._here(session) or here)

    def _back(self, session: Session, here: Round) -> Outcome:
        """The question before; from the likes, the last question of the assessment."""
        before = rounds.back(session, here)
        if before is not None:
            return self._asked(before, self._here(before) or here)
        if not here.before or session.assessment is None:
            return self._asked(session, here, self.replies.text("assessment_first"))
        left = session.pushed(here.model_copy(update={"at": None}))
        return Outcome(left, then=Command("assess", ("reopen",)))

    def _stop(self, session: Session, here: Round | None) -> Outcome:
        stopped, reply = self.deeds.stopped(session, here or Round(kind="recommend"))
        return Outcome(stopped, (reply,))
