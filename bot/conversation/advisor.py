"""One turn of the conversation: `(Session, Incoming) → (Session, [Reply])`. Pure and synchronous.

A message is read once, becomes the command of one flow, and that flow runs it. Who is asked first:
whoever answers wherever somebody is (`EVERYWHERE`), the flow of the top frame, then the others in
the order of `FLOWS`, last whoever answers questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.advice.openings import asks_openly
from bot.advice.verdicts.asked import says
from bot.conversation import form, quick_replies, telling
from bot.conversation.about import About
from bot.conversation.age import Age
from bot.conversation.callback_data import Press, decode, of_payload
from bot.conversation.caution import Caution
from bot.conversation.flow import SLASH, Command, Flow, Message, Outcome
from bot.conversation.flows.about_me import AboutMe
from bot.conversation.flows.aftercare import Aftercare
from bot.conversation.flows.answers import Questions
from bot.conversation.flows.assessment.flow import SelfAssessment
from bot.conversation.flows.boss_letter import BossLetter
from bot.conversation.flows.career_map import CareerMap
from bot.conversation.flows.comparison import Comparison
from bot.conversation.flows.job_sample import JobSample
from bot.conversation.flows.my_plan.flow import MyPlan
from bot.conversation.flows.privacy import Privacy
from bot.conversation.flows.readiness import Readiness
from bot.conversation.flows.recommend.flow import Recommend
from bot.conversation.flows.roadmap.flow import Roadmap
from bot.conversation.frames import Assessing
from bot.conversation.heeding import FEELING, Heeding, home_of, is_clear, is_tale, puts_right
from bot.conversation.memory import claimed, known_of, remembered
from bot.conversation.messages import Button, Incoming, Reply
from bot.conversation.reconcile import mended
from bot.conversation.replies import Replies
from bot.conversation.retelling import Retelling
from bot.conversation.running import Running
from bot.conversation.session import Session
from bot.conversation.several import Several
from bot.conversation.typed_answers import wished_for
from bot.conversation.typed_question import TypedQuestion
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.listening import Need
from bot.understanding.context import SHORT_MEMORY, afterwards, points_back
from bot.understanding.interpreter import Interpreter
from bot.understanding.listening.listener import AT_RISK, CRISIS, Heeded, Listener
from bot.understanding.parsing.cues import words_of
from bot.understanding.question import Context, Question
from bot.understanding.reader.heard import Heard

MAX_TEXT = 4096  # https://core.telegram.org/bots/api#message
# In this order the flows are asked whether they are meant. A new flow is a line here.
FLOWS: tuple[type[Flow], ...] = (
    Recommend,
    MyPlan,  # before the roads: once a plan was started, `/plan` is its
    Roadmap,
    Readiness,
    JobSample,
    Comparison,
    CareerMap,
    BossLetter,
    AboutMe,
    SelfAssessment,
)


class Advisor:
    """Leads conversations over one knowledge base. Holds no state of any person.

    `contact` is how to reach whoever runs it, for questions about one's data.
    """

    def __init__(self, base: KnowledgeBase, contact: str | None = None) -> None:
        self.base = base
        self.interpreter = Interpreter(base)
        self.reader, self.courtesies = self.interpreter.reader, self.interpreter.courtesies
        self.listener = Listener(base)
        replies = Replies(base)
        self.replies, self.heeding, self.about = replies, Heeding(base, replies), About(replies)
        self.age, self.privacy = Age(base, replies), Privacy(base, replies, contact)
        self.caution = Caution(base, replies)
        self.aftercare = Aftercare(base, replies) if Aftercare.fits(base) else None
        self.questions = Questions(base, replies, self._offers)
        # Data in somebody's hands come first wherever they are; questions are what is left.
        flows: tuple[Flow, ...] = (
            self.privacy,
            *filter(None, (self.aftercare,)),
            *(flow(base, replies) for flow in FLOWS if flow.fits(base)),
            self.questions,
        )
        self.running = Running(flows, self.age, replies)
        self.retelling = Retelling(base, self.interpreter, self.questions.verdicts)
        self.several = Several(self.interpreter, replies, self.running.run, self._context, self.questions.decides)

    def turn(self, session: Session, incoming: Incoming, today: date) -> tuple[Session, list[Reply]]:
        """Answer one message or press. `today` decides whether a source is past its re-check date."""
        session = mended(self.base, session)
        pressed = incoming.kind == "press"
        outcome = self._outcome(session, incoming, today)
        if outcome is None:  # forged or out of date: said kindly, and nothing changes
            return session, [self.questions.fixed.refusal("stale_press").model_copy(update={"edit": pressed})]
        outcome = self._introduced(session, outcome, incoming)
        first, *rest = outcome.replies
        replies = [
            first.model_copy(update={"edit": pressed and first.picture is None and first.document is None}),
            *rest,
        ]
        return quick_replies.offering(outcome.session, replies), replies

    def _introduced(self, before: Session, outcome: Outcome, incoming: Incoming) -> Outcome:
        """With half a line that this is a bot, where somebody begins to talk without a greeting.

        Who is in danger is not told of the bot; there nothing of the session changes.
        """
        changed = outcome.session.model_copy(update={"after_danger": before.after_danger}) != before
        if before.met or (incoming.kind == "text" and not changed):
            return outcome
        met = replace(outcome, session=outcome.session.model_copy(update={"met": True}))
        first, *rest = outcome.replies
        started = incoming.kind == "command" and incoming.text.lower().startswith("start")
        if started or incoming.kind == "press" or self.replies.text("bot_itself") in first.text:
            return met
        said = f"{first.text}\n{self.replies.text('first_contact')}"
        return replace(met, replies=(first.model_copy(update={"text": said}), *rest))

    def _of_now(self, press: Press | None) -> Press | None:
        """A press whose ids were renamed since its button was sent."""
        if press is None or not self.base.renamed:
            return press
        renamed = self.base.renamed
        return Press(press.action, tuple(renamed.get(item, item) for item in press.arguments))

    def _outcome(self, session: Session, incoming: Incoming, today: date) -> Outcome | None:
        """What comes of a message; None for a press that is forged or out of date."""
        if incoming.kind == "press":
            return self._press(session, self._of_now(decode(incoming.text)), today)
        if incoming.kind == "command":
            return self._slash(session, incoming.text, today)
        text = incoming.text.strip()
        if not text:
            return self.running.run(session, Command("ask", ("_nothing",)), today)
        chosen = quick_replies.picked(session.choices, text)
        pressed = Message(session, today, press=chosen)
        # What cannot be undone must be said in full.
        if chosen is None or (text.isdecimal() and self.running.destroys(self.running.meant(pressed))):
            return self._text(session, text, today)
        return self._press(session, chosen, today)

    def _press(self, session: Session, press: Press | None, today: date) -> Outcome | None:
        """A button, or the words or the number of one just shown."""
        command = self.running.meant(Message(session, today, press=press)) if press is not None else None
        return self.running.run(session, command, today) if command is not None else None

    def _slash(self, session: Session, text: str, today: date) -> Outcome | None:
        word, _, rest = text.strip().partition(" ")
        word, rest = word.lower().partition("@")[0], rest.strip()
        if word == "cancel":
            return self.running.cancel(session)
        # A button of a group goes on here.
        pressed = self._press(session, self._of_now(of_payload(rest)), today) if word == "start" else None
        if pressed is not None:
            return pressed
        command = self.running.meant(Message(session, today, word=word, text=rest))
        return self.running.run(session, command or Command("ask", ("_help",)), today)

    def _context(self, session: Session, told: Heard) -> Context:
        """What the talk is about, and where the person is; who says so anew ends the talk about another country."""
        home = remembered(self.base, session.profile, told)[0].country
        country = home if home_of(told) is not None else session.context.country or home
        return session.context.model_copy(update={"home": home, "country": country})

    def _text(self, session: Session, typed: str, today: date) -> Outcome | None:
        # What is courtesy around a question may be the answer to one of ours ("new to this").
        whole = len(typed) > MAX_TEXT or session.frame(Assessing) is not None
        text = typed if whole else self.courtesies.bare(typed)
        told = self.reader.read(text[:MAX_TEXT], today, known_of(self.base, session.profile, session.claims))
        context = self._context(session, told)
        question = self.interpreter.interpret(text[:MAX_TEXT], context)
        told = self._wished(session, text[:MAX_TEXT], question, told)
        leans = context.age <= SHORT_MEMORY and bool(context.asked) and points_back(words_of(text).split())
        pays = says(text, self.base.language.cues.get("who_pays", ()))
        needs = self.age.heeded(told, self._heeded(session, text, typed))
        heeded = self.heeding.of_talk(needs, leans=leans, pays=pays)
        after = self.aftercare
        # Who is in danger is helped before anything else; nothing of the talk changes, and nothing told is kept.
        country = home_of(told) or question.country or session.profile.country
        doubted = after if session.after_danger is not None else None
        if doubted is not None and self.caution.at_risk(heeded) is not None:
            heeded = self.caution.believed(heeded)
        if doubted is not None and (self.listener.denies(typed) or doubted.safe(session, typed)):
            return doubted.over(session, self.listener.spoken(typed))
        if (help_first := self.heeding.crisis(heeded, country)) is not None:
            line = self.heeding.line(heeded)
            again = after.again(session, line, heeded[0].languages) if after else None
            help_first = help_first.model_copy(update={"text": again}) if again else help_first
            return Outcome(after.begun(session, line) if after else session, (help_first,))
        need = self.heeding.need(heeded, told)
        besides = self.heeding.asked_besides(told.clauses, self.listener.listen) if need is not None else ""
        question = self.interpreter.interpret(besides, context) if besides else question
        heard = Message(
            session, today, text=text, question=question, cut=len(text) > MAX_TEXT, told=told, heeded=heeded
        )
        asks = any("asks" in clause.acts for clause in told.clauses)
        tale = is_tale(question)
        gives_way = question.decision == "answer" and self.heeding.yields(
            heeded, asks=asks, known=is_clear(question), tale=tale
        )
        # A trap, or a wrong that is asked for, is named first, however somebody feels about it.
        above = need is not None and need.need == FEELING and self.questions.verdicts.dilemmas.above_all(question)
        gives_way = gives_way or above
        # Of what befell somebody there is more to say than that it is felt with them.
        gives_way = gives_way or (need is not None and need.need == FEELING and self._befell(session, question))
        if need is not None and not besides and not gives_way:
            heard = replace(heard, needed=self._needed(need, heard))
        outcome = self.age.of_age(session, self._parsed(session, heard, question, today))
        if after is not None and self.caution.at_risk(heeded) is not None:
            return self.caution.said(heard, outcome, country)
        said = need if any(item.sure for item in heeded) and self.questions.follow_ups.read(heard) is None else None
        if outcome is not None and said is not None and not (above and said.glad):
            outcome = self.heeding.acknowledged(outcome, said, told, heeded, tale=tale)
        return outcome if doubted is None else doubted.followed(heard, outcome, self.listener, typed)

    def _befell(self, session: Session, question: Question) -> bool:
        """Whether somebody tells of what befell them, for which there are sentences of its own."""
        return self.questions.verdicts.dilemmas.befell(question, session.profile) is not None

    def _wished(self, session: Session, text: str, question: Question, told: Heard) -> Heard:
        """What a message tells, read as an answer where a question of the assessment waits."""
        state = session.assessment if session.frame(Assessing) is not None else None
        if state is None or state.at is None:
            return told
        waiting = form.questions(self.base).get(state.at)
        if waiting is None:  # the knowledge base has lost that question since
            return told
        return wished_for(self.base, self.replies.speech, waiting, text, question.spans, told)

    def in_danger(self, session: Session, text: str) -> bool:
        """Whether a message is answered with help alone: then nothing that it tells is kept."""
        return any(item.need == CRISIS for item in self._heeded(session, text.strip()))

    def _heeded(self, session: Session, text: str, typed: str = "") -> tuple[Heeded, ...]:
        """What a message needs of us; danger is heard in all that was `typed` where the message itself hints at it, a
        feeling also in what stands around it ("so …", "omg"). "By myself" may sound of loneliness, and answers how
        something was done.
        """
        if not text or self._answers(session, text):
            return ()
        found = self.listener.listen(text)
        if typed in ("", text):
            return found
        felt = any(item.need == FEELING for item in found)
        kinds = ((CRISIS, AT_RISK) if self.listener.hints(text) else ()) + (() if felt else (FEELING,))
        return (*(item for item in self.listener.listen(typed) if item.need in kinds), *found)

    def _parsed(self, session: Session, heard: Message, question: Question, today: date) -> Outcome | None:
        """What the flows make of typed words, and what is remembered of them."""
        told = heard.told
        aged = self.age.kept(session, told, heard.heeded)
        profile, changes = (session.profile, ()) if aged.under_age else remembered(self.base, session.profile, told)
        tells = not told.wants and "?" not in heard.text
        context = afterwards(session.context, question, tells=tells)
        if home_of(told) is not None or profile.country != session.profile.country:
            context = context.model_copy(update={"country": profile.country})
        claims = () if aged.under_age else claimed(told, session.claims)
        now = aged.model_copy(update={"context": context, "choices": (), "profile": profile, "claims": claims})
        assessing = False
        for flow, frame in self.running.asked(session):
            # An answer to the assessment may look like anything, so its words are not taken for those of others below.
            if assessing and flow is not self.questions:
                continue
            assessing = isinstance(frame, Assessing)
            command = flow.parse(heard, frame) if flow is not self.questions else self._left(heard, question)
            if command is None:
                continue
            apart = command.verb in flow.apart
            before = now.model_copy(update={"profile": session.profile}) if apart else now
            outcome = self._asked_apart(before, heard, command, today) or self.running.run(before, command, today)
            if outcome is not None:
                outcome = self.several.besides(outcome, heard, today) if command.verb in flow.tells else outcome
                if flow.echoes or apart:
                    return outcome
                glad, tells = self.heeding.glad(heard.heeded), telling.tells(told, question, session)
                news = not outcome.news and telling.news(told, question, glad=glad)
                news = news and not (isinstance(command.said, TypedQuestion) and command.said.retold)
                return self.about.echoed(outcome, changes, context, tells=tells, news=news)
        return None

    def _asked_apart(self, session: Session, heard: Message, command: Command, today: date) -> Outcome | None:
        """The answers to several questions of a message that is left to whoever answers questions."""
        left = command.flow == self.questions.name  # a plan that is kept says itself what comes after an exam
        if left and (after := self._after_exam(session, heard, today)) is not None:
            return after
        whole = heard.question is not None and self.questions.verdicts.dilemmas.is_one(heard.question)
        if whole or (heard.question is not None and not heard.told.wants and self._befell(session, heard.question)):
            return None
        typed = isinstance(command.said, TypedQuestion) and command.said.question is heard.question
        return self.several.each(session, heard, today) if typed else None

    def _after_exam(self, session: Session, heard: Message, today: date) -> Outcome | None:
        """What whoever tells how an exam went would ask, answered; None where that is not told, or more is asked."""
        question = heard.question
        if question is None or (heard.told.wants and not asks_openly(self.base, question)):
            return None
        named = [span.id for span in question.spans if span.kind == "certification"]
        spoken = [item for item in heard.session.context.entities if item in self.base.certifications]
        exam = next(iter(named or spoken), None)
        befell = self.questions.verdicts.dilemmas.befell(question, session.profile, exam)
        if befell is None or exam is None or not befell.asks:
            return None
        asked = [text.format(name=self.base.certifications[exam].short) for text in befell.asks]
        outcome = self.several.instead(session, heard, asked, today)
        return replace(outcome, news=True) if outcome is not None else None

    def _answers(self, session: Session, text: str) -> bool:
        """Whether a message is nothing but an answer to a question that waits."""
        return any(flow.reads(text, frame) for flow, frame in self.running.asked(session) if frame is not None)

    def _left(self, heard: Message, question: Question) -> Command | None:
        """What a message is that no flow read: an answer gone wrong, a button's first words, a question."""
        if (leaning := self.questions.follow_ups.read(heard)) is not None:
            return leaning
        wrong = puts_right(heard.told)
        talk = self._context(heard.session, heard.told)
        if not wrong and heard.needed is not None and not self.retelling.leans(heard):
            return heard.needed
        top = next((item for item in reversed(heard.session.stack) if isinstance(item, Assessing)), None)
        unread = self.running.by_name["assess"].unread(heard, top) if top is not None else None
        if unread is not None:
            return unread
        if (again := self.retelling.again(heard, talk)) is not None:
            retold = TypedQuestion(again.question, again=True, retold=True, same=again.same)
            return Command("ask", ("_said",), retold)
        if wrong and home_of(heard.told) is None:
            return Command("ask", ("_needed",), Reply(text=self.replies.text("heard_only"), outcome="unknown"))
        press = quick_replies.opened(heard.session.choices, heard.text) if question.decision != "answer" else None
        if press is not None:
            meant = self.running.meant(Message(heard.session, heard.today, press=press))
            if meant is not None and not self.running.destroys(meant):
                return meant
        return self.questions.parse(heard, None)

    def _needed(self, need: Need, heard: Message) -> Command:
        """What a need is answered where no flow takes the words and nothing else is asked."""
        if need.goes_to is not None:
            return Command(SLASH, (need.goes_to,), heard.question)
        return Command("ask", ("_needed",), self.heeding.reply(need, heard.heeded))

    def _offers(self, question: Question) -> Sequence[Button]:
        """What the flows have to put below the answer to a question."""
        return [button for flow in self.running.flows for button in flow.offers(question)]
