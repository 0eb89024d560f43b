"""Words for somebody's boss: a short letter that asks for one thing, filled from what is known of the person."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from bot.advice.planner import make_plan
from bot.conversation.flow import Command, Flow, Message, Outcome, Verb
from bot.conversation.frames import Frame
from bot.conversation.messages import Button
from bot.conversation.replies import Replies
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.cues import is_cue, mentioned, starts_with_cue, words_of
from bot.understanding.question import Question

LETTER = "letter_"
# Questions about a role after which somebody may want to ask for a chance to learn.
LEARNING = {"experience", "path"}


class BossLetter(Flow):
    """Drafts letters; what can be asked for is content."""

    name = block = "boss_letter"
    slash = {"letter": "which"}
    block_keys = ("which", "note", "button", "opening", "closing")
    block_cues = ("words", "asking")
    block_slots = ("role", "held", "years", "goal", "exam", "hours")

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        super().__init__(base, replies)
        self.kinds = [key.removeprefix(LETTER) for key in self.words.texts if key.startswith(LETTER)]
        self.verbs = {"which": Verb(self._which), "write": Verb(self._write, takes=(1,))}

    def offers(self, question: Question) -> list[Button]:
        """The way in, below an answer about how to come by experience for one role."""
        about = len(question.entities) == 1 and question.entities[0] in self.base.roles
        button = self._button("button", "which") if about and LEARNING & set(question.topics) else None
        return [button] if button else []

    def typed(self, heard: Message, frame: Frame | None) -> Command | None:
        """ "Words for my boss", or "how do I ask my boss for …"."""
        rest = starts_with_cue(heard.text, self.own_cues("asking")) or self._of_boss(heard.text)
        if rest is None:
            return Command(self.name, ("which",)) if is_cue(heard.text, self.own_cues("words")) else None
        named = mentioned(rest, [(kind, self.own_cues(kind)) for kind in self.kinds])
        return Command(self.name, ("write", named[0]) if named else ("which",))

    def _of_boss(self, text: str) -> str | None:
        """A message that speaks of a boss and asks how to ask: "my boss might pay for the exam. How do I ask?"."""
        found = [
            mentioned(words_of(text), [(key, self.own_cues(key))]) for key in ("boss", "how_to_ask", "another_matter")
        ]
        boss, asked, other = map(bool, found)
        return text if boss and asked and not other else None

    def _which(self, session: Session, command: Command, today: date) -> Outcome:
        """What can be asked for."""
        return Outcome(session, (self.replies.reply([self.own("which")], self._choices()),), then="resume")

    def _write(self, session: Session, command: Command, today: date) -> Outcome | None:
        """The letter, to be copied."""
        kind = command.rest[0]
        if kind not in self.kinds:
            return None
        slots = self._slots(session)
        parts = [self.own(key, **slots) for key in ("opening", f"{LETTER}{kind}", "closing")]
        letter = Markup("<blockquote>{letter}</blockquote>").format(letter=Markup("\n").join(parts))
        others = [button for button in self._choices() if button and button.press.rpartition("|")[2] != kind]
        return Outcome(session, (self.replies.reply([letter, self.own("note")], others),), then="resume")

    def _slots(self, session: Session) -> dict[str, str]:
        """What is known of the person, as it stands in a letter; empty where it is not."""
        profile = session.profile
        goal = str(profile.goal or "")
        # The route that employers like best: what a boss may pay for is more than the least that is needed.
        routes = make_plan(self.base, profile).routes if goal else ()
        sat = [[step.entity for step in route.steps if step.kind == "exam"] for route in routes]
        exams = [exam for exam in sat[-1] if exam not in sat[0]] or sat[-1] if sat else []
        return {
            "role": self.base.roles[profile.role].name if profile.role else "",
            "held": ", ".join(self.base.entities[item].short for item in profile.certifications),
            "years": f"{max(profile.years.values()):g}" if profile.years else "",
            "goal": self.base.entities[goal].name if goal in self.base.entities else "",
            "exam": self.base.entities[exams[0]].short if exams else "",
            "hours": f"{profile.hours_per_week:g}" if profile.hours_per_week else "",
        }

    def _choices(self) -> list[Button | None]:
        return [
            self._button(f"label_{kind}", "write", kind) for kind in self.kinds if f"label_{kind}" in self.words.texts
        ]

    def _button(self, key: str, *arguments: str) -> Button | None:
        return self.replies.tap(self.name, str(self.own(key)), *arguments)
