"""What is known of a person, line by line, each to change or to forget: `/settings`."""

from __future__ import annotations

from datetime import date

from bot.advice.profile import Profile
from bot.conversation import form
from bot.conversation.about import ABOUT_ME, KEYS, About
from bot.conversation.age import Age
from bot.conversation.flow import Command, Flow, Message, Outcome, Verb
from bot.conversation.frames import Changing, Frame
from bot.conversation.memory import LISTS, ProfileChange, applied, remembered
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies, rows
from bot.conversation.session import AssessmentState, Session
from bot.conversation.typed_answers import read_answer
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import AssessmentQuestion
from bot.understanding.parsing.cues import is_cue
from bot.understanding.reader.heard import Heard


class AboutMe(Flow):
    """Shows and changes the profile."""

    name = ABOUT_ME
    personal = True
    frames = ("changing",)
    slash = {"settings": "show"}

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        super().__init__(base, replies)
        self.about, self.age = About(replies), Age(base, replies)
        self.verbs = {
            "show": Verb(self._show),
            "change": Verb(self._change, takes=(1,)),
            "forget": Verb(self._forget, takes=(1,)),
            "set": Verb(self._set, takes=(2, 3)),
            "take": Verb(self._take, takes=(1,), spoken=True),
            "older": Verb(self._older),
        }

    def typed(self, heard: Message, frame: Frame | None) -> Command | None:
        """The new value of the line that is being changed; "what do you know about me" is for the copy of all data."""
        if is_cue(heard.text, self.base.texts.cues["settings"]):
            return Command(ABOUT_ME, ("show",))
        if not isinstance(frame, Changing) or frame != heard.session.top:
            return None
        if is_cue(heard.text, self.base.texts.cues["cancel"]):
            return Command(ABOUT_ME, ("show",))
        profile = self._told(heard, frame.key)
        return Command(ABOUT_ME, ("take", frame.key), profile) if profile is not None else None

    def _told(self, heard: Message, key: str) -> Profile | None:
        """The profile with what a message says of one of its keys; None where it says nothing of it."""
        profile = heard.session.profile
        limits = {"constraint": "constraints"}
        facts = tuple(fact for fact in heard.told.facts if (LISTS | limits).get(fact.field, fact.field) == key)
        if facts:
            told = Heard(clauses=heard.told.clauses, facts=facts)
            return remembered(self.base, profile, told, asked=True)[0]
        question = self._question(key)
        spans = heard.question.spans if heard.question is not None else ()
        given = (
            read_answer(self.base, self.replies.speech, question, heard.text, spans, heard.told)
            if question is not None
            else None
        )
        if question is None or given is None or given.empty:
            return None
        answered = form.profile_of(self.base, AssessmentState(answers={question.id: given}))
        update = {name: value for name, value in answered if value not in (None, (), {})}
        return profile.model_copy(update=update) if update else None

    def _question(self, key: str) -> AssessmentQuestion | None:
        return next((item for item in self.base.assessment.questions if item.fills == key), None)

    def _show(self, session: Session, command: Command, today: date) -> Outcome:
        """All that is known, a button for each line."""
        return Outcome(session.without("changing"), (self._shown(session),))

    def _older(self, session: Session, command: Command, today: date) -> Outcome:
        """Who was under age says not to be."""
        session = session.without("changing", under_age=False)
        return Outcome(session, (self.shown(session.profile, self.replies.text("under_age_over")),))

    def _shown(self, session: Session) -> Reply:
        """All that is known, that somebody is under age as well."""
        reply = self.shown(session.profile)
        lines = [str(self.replies.fill("me_line", label=label, value=value)) for label, value in self.age.line(session)]
        button = self.age.older() if lines else None
        if button is None:
            return reply
        return reply.model_copy(
            update={"text": "\n".join((reply.text, *lines)), "buttons": (*reply.buttons, (button,))}
        )

    def shown(self, profile: Profile, *before: str) -> Reply:
        """The lines, each with its button."""
        lines = self.about.lines(profile)
        head = self.replies.text("me_head" if lines else "me_nothing")
        body = [self.replies.fill("me_line", label=label, value=value) for _, label, value in lines]
        buttons = [self._button(label, "change", key) for key, label, _ in lines]
        way = self.replies.ask_button("assessment")
        return Reply(
            text="\n".join(str(line) for line in (*before, head, *body)),
            buttons=(*rows(button for button in buttons if button), *(((way,),) if way and not lines else ())),
            outcome="answer",
        )

    def _button(self, label: str, verb: str, *arguments: str) -> Button | None:
        words = self.replies.text("button_change_line").format(label=label)
        return self.replies.tap(ABOUT_ME, words, verb, *arguments)

    def _change(self, session: Session, command: Command, today: date) -> Outcome | None:
        """Ask for the new value of one line."""
        key = command.rest[0]
        if key not in KEYS:
            return None
        value = self.about.value(session.profile, key)
        asked = self.replies.fill("me_change", label=self.replies.text(f"me_{key}"), value=value or "–")
        controls = [
            self.replies.button("button_forget", ABOUT_ME, "forget", key) if value else None,
            self.replies.button("button_back", ABOUT_ME, "show"),
        ]
        reply = Reply(
            text=str(asked), buttons=rows(button for button in controls if button), outcome="clarify", takes_number=True
        )
        return Outcome(session.pushed(Changing(key=key)), (reply,))

    def _forget(self, session: Session, command: Command, today: date) -> Outcome | None:
        """One line goes."""
        key = command.rest[0]
        if key not in KEYS:
            return None
        update = {key: Profile.model_fields[key].get_default(call_default_factory=True)}
        if key == "budget":
            update["budget_currency"] = None
        profile = session.profile.model_copy(update=update)
        return self._changed(session, profile, self.replies.text("me_forgotten"))

    def _set(self, session: Session, command: Command, today: date) -> Outcome | None:
        """A value that a button gives back, e.g. the one from before a contradiction."""
        key, value, *kind = command.rest
        change = self._valid(key, value, kind[0] if kind else None)
        if change is None:
            return None
        return self._changed(session, applied(session.profile, change), self.replies.text("me_changed"))

    def _valid(self, key: str, value: str, kind: str | None) -> ProfileChange | None:
        """What is forged is nothing: only ids that are known, and years of a kind that is."""
        vocabulary = self.base.assessment
        known = {
            "country": {item.id for item in vocabulary.countries},
            "setting": {item.id for item in vocabulary.settings},
        }
        if value in known.get(key, ()):
            return ProfileChange(key, value)
        kinds = {item.id for item in vocabulary.experience}
        if key == "years" and kind in kinds and value.replace(".", "", 1).isdecimal():
            profile = Profile.model_validate({"years": {kind: min(float(value), 60.0)}})
            return ProfileChange(key, profile.years[str(kind)], kind=kind)
        return None

    def _take(self, session: Session, command: Command, today: date) -> Outcome | None:
        if not isinstance(command.said, Profile):
            return None
        return self._changed(session, command.said, self.replies.text("me_changed"))

    def _changed(self, session: Session, profile: Profile, note: str) -> Outcome:
        session = session.without("changing", profile=profile, claims=())
        return Outcome(session, (self.shown(profile, note),), then="resume")
