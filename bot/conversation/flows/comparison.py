"""Two to four goals beside each other: one card, more on each behind it, and a button to plan each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from markupsafe import Markup

from bot.advice.planner.words import Words
from bot.advice.status import over
from bot.advice.tradeoffs import MAX_SIDES, Side, sides
from bot.advice.verdicts import Verdict, VerdictMaker, Weighed
from bot.advice.wording import Said, Wording, cite
from bot.conversation.flow import Command, Flow, Outcome, Verb
from bot.conversation.messages import Button, CitedSource, Reply
from bot.conversation.replies import Replies, as_many_as_fit, cited, fits, short_label, unique
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import Named
from bot.understanding.finding.support import reported
from bot.understanding.question import Question

# Two goals with four lines each are the most that one screen of a phone holds.
MAX_CHARACTERS = 660
# What a card shows, the fullest first; what does not fit one screen stands behind More.
LAYOUTS = (("day", "pay", "asks"), ("day", "pay"), ("pay",), ("day",), ())
# Below a verdict: how many of its sentences, and what of each side.
BELOW_VERDICT = ((2, ("pay", "asks")), (1, ("pay", "asks")), (2, ("asks",)), (1, ("asks",)), (1, ()))
MAX_A_PART = 2
PAIR = 2  # goals whose full names fit one screen


class Comparison(Flow):
    """Shows goals of one knowledge base beside each other."""

    name = "side"

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        super().__init__(base, replies)
        self.wording = Wording(base)
        self.verdicts = VerdictMaker(base)
        self.verbs = {
            "settled": Verb(self._settled, takes=(2,)),
            "show": Verb(self._show, takes=(1,)),
            "more": Verb(self._one, takes=(2,)),
            "asked": Verb(self._asked, takes=(1,), spoken=True),
        }

    def _goals(self, ids: str) -> list[str] | None:
        """The goals that a button names; None where one is not known (any more)."""
        goals = ids.split("+")
        return goals if all(goal in self.base.roles or goal in self.base.certifications for goal in goals) else None

    def _show(self, session: Session, command: Command, today: date) -> Outcome | None:
        goals = self._goals(command.rest[0])
        return self._shown(session, self.card(session, goals) if goals else None)

    def _asked(self, session: Session, command: Command, today: date) -> Outcome | None:
        """The card as the answer to a question that names the goals."""
        goals, said = self._goals(command.rest[0]), command.said
        question, verdict = (said.question, said.verdict) if isinstance(said, Weighed) else (said, None)
        card = self.card(session, goals, verdict) if goals else None
        if card is None or not isinstance(question, Question):
            return None
        update = {"entities": question.entities, "confidence": reported(question.confidence)}
        then: Literal["done", "resume"] = "resume" if question.text else "done"  # a button answers in place
        return Outcome(session.without("roadmap"), (card.model_copy(update=update),), then)

    def _one(self, session: Session, command: Command, today: date) -> Outcome | None:
        ids, at = command.rest
        goals = self._goals(ids)
        return self._shown(session, self._more(session, goals, int(at[:2])) if goals and at.isdecimal() else None)

    def _shown(self, session: Session, reply: Reply | None) -> Outcome | None:
        return Outcome(session.without("roadmap"), (reply,)) if reply is not None else None

    def card(self, session: Session, goals: Iterable[str], verdict: Verdict | None = None) -> Reply | None:
        """The card, below a verdict where there is one; None for fewer than two goals that can be planned for."""
        found = sides(self.base, session.profile, goals)
        if len(found) <= 1:
            return None
        lines: list[Markup] = []
        shown: list[Said] = []
        asks = verdict is not None and verdict.asks_setting
        gone = over(self.base, (side.goal for side in found)) if verdict is None else []
        question = [self.replies.fill("sides_setting")] if asks else []
        for said, layout in self._fuller_first(verdict):
            blocks = [self._block(side, layout, brief=len(found) > PAIR) for side in found]
            lines = [
                *(self._line("", sentence, mark="") for sentence in gone),
                *(self._line("", sentence, mark="" if at == 0 else "• ") for at, sentence in enumerate(said)),
                self.replies.fill("sides_lead"),
                *(line for block, _ in blocks for line in block),
                *question,
            ]
            shown = [*said, *(sentence for _, sentences in blocks for sentence in sentences)]
            if fits(lines, MAX_CHARACTERS):
                break
        ids = "+".join(side.goal for side in found)
        buttons: list[Button | None] = [self.replies.plan_button(side.goal, at) for at, side in enumerate(found, 1)]
        if asks:
            buttons = [
                self.replies.tap(self.name, short_label(setting), "settled", ids, setting.id)
                for setting in self._settings(side.goal for side in found)
            ]
        buttons.append(self.replies.button("button_more", self.name, "more", ids, "1"))
        sources = (
            *self._sources(shown),
            *cited(step for side in found for step in (side.road.route.steps if side.road else ())),
        )
        return self.replies.reply(lines, buttons, sources=sources, topic="compare")

    def _fuller_first(self, verdict: Verdict | None) -> Iterator[tuple[Sequence[Said], Sequence[str]]]:
        """What a card may show, the fullest first: the sentences of the verdict, and the parts of each side."""
        if verdict is None:
            yield from (((), layout) for layout in LAYOUTS)
            return
        for reasons, layout in BELOW_VERDICT:
            yield verdict.lines[:reasons], layout

    def _settings(self, goals: Iterable[str]) -> list[Named]:
        """The places of work that one of some goals belongs to."""
        of_goals = {setting for goal in goals for setting in getattr(self.base.entities[goal], "settings", ())}
        return [item for item in self.base.assessment.settings if item.id in of_goals]

    def _settled(self, session: Session, command: Command, today: date) -> Outcome | None:
        """The verdict anew, now that it is known where somebody wants to work."""
        goals, setting = self._goals(command.rest[0]), command.rest[1]
        if goals is None or setting not in {item.id for item in self.base.assessment.settings}:
            return None
        session = session.model_copy(update={"profile": session.profile.model_copy(update={"setting": setting})})
        verdict = self.verdicts.between(goals, session.profile)
        return self._shown(session, self.card(session, goals, verdict))

    def offers(self, question: Question) -> list[Button]:
        """The way to the card, below an answer that compares two to four certifications."""
        goals = question.entities
        if "compare" not in question.topics or not 1 < len(goals) <= MAX_SIDES:
            return []
        if not all(goal in self.base.certifications for goal in goals):
            return []
        button = self.replies.button("button_beside", self.name, "show", "+".join(goals))
        return [button] if button else []

    def _block(self, side: Side, layout: Sequence[str], *, brief: bool) -> tuple[list[Markup], list[Said]]:
        """One goal on the card: its road, then one line for each part."""
        lines: list[Markup] = [self._road(side, brief=brief)]
        shown: list[Said] = []
        for part in layout:
            if part == "pay" and side.goal in self.base.certifications:
                continue  # pay comes with a job, and never with letters alone
            sentences, label = self._part(side, part)
            chosen = sentences[:1]
            if not chosen:
                lines += [self.replies.fill("sides_unknown", label=label)] if part != "day" else []
                continue
            lines.append(self._line(label, chosen[0]))
            shown += chosen
        return lines, shown

    def _part(self, side: Side, part: str) -> tuple[tuple[Said, ...], str]:
        """The sentences of a part, and what they are called; asked for is what the first label with any says."""
        if part == "day":
            return side.day, ""
        if part == "pay":
            return side.pay, self.base.texts.topics["salary"].label
        # What a credential's exam asks comes first; what counts for a job is what employers ask.
        asks = side.asks if side.goal in self.base.certifications else tuple(reversed(side.asks))
        label, sentences = next(((label, said) for label, said in asks if said), asks[-1])
        return sentences, self._label(label)

    def _label(self, label: str) -> str:
        return self.replies.text(f"label_{label}").format(body=self.replies.text("body"))

    def _road(self, side: Side, *, brief: bool = False) -> Markup:
        entity = self.base.entities[side.goal]
        name = entity.short if brief else entity.name
        if side.road is None:
            return self.replies.fill("sides_no_road", name=name)
        return self.replies.fill(
            "sides_road",
            name=name,
            length=self.replies.length(side.road.weeks),
            pace=side.road.pace,
            cost=Words(self.base).total(side.road.route),
            inside=side.road.inside,
        )

    def _line(self, label: str, sentence: Said, mark: str = "• ") -> Markup:
        doubt = self.wording.doubt(sentence)
        start = f"{mark}{label}: " if label else mark
        start += f"{sentence.begins} " if sentence.begins else ""
        return Markup("{start}{text}{doubt}").format(
            start=start, text=sentence.text, doubt=f" {doubt}" if doubt else ""
        )

    def _sources(self, sentences: Iterable[Said]) -> tuple[CitedSource, ...]:
        return unique(cite(self.base, sentences))

    def _more(self, session: Session, goals: Sequence[str], at: int) -> Reply | None:
        """All that is known of one of the goals: its days, its pay, and the three labels apart."""
        found = sides(self.base, session.profile, goals)
        if len(found) <= 1 or not 1 <= at <= len(found):
            return None
        side = found[at - 1]
        pay = self.base.texts.topics["salary"].label
        rows = [("", item) for item in side.day[:MAX_A_PART]]
        for label, sentences in side.asks:
            rows += [(self._label(label), item) for item in sentences[:MAX_A_PART]]
        rows += [(pay, item) for item in side.pay[:MAX_A_PART]]
        ids = "+".join(item.goal for item in found)
        lines = as_many_as_fit([self._road(side)], [self._line(label, item) for label, item in rows])
        following = at % len(found) + 1
        buttons = [
            self.replies.plan_button(side.goal, at),
            self.replies.button("button_other_side", self.name, "more", ids, str(following)),
        ]
        back = self.replies.button("button_back", self.name, "show", ids)
        sources = self._sources(item for _, item in rows[: len(lines) - 1])
        return self.replies.reply(lines, buttons, back=back, sources=sources, topic="compare")
