"""Two to four goals beside each other: one card, more on each behind it, and a button to plan each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from bot.advice.tradeoffs import MAX_SIDES, Side, sides
from bot.advice.wording import Said, Wording, cite, plain
from bot.conversation.flow import Turn
from bot.conversation.messages import Button, CitedSource, Reply
from bot.conversation.road_words import MAX_LINES, RoadWords, as_many_as_fit, cited, unique
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase

ACTION = "side"
# Two goals with four lines each are the most that one screen of a phone holds.
MAX_CHARACTERS = 660
# What a card shows, the fullest first; what does not fit one screen stands behind More.
LAYOUTS = (("day", "pay", "asks"), ("pay", "asks"), ("asks",), ())
MAX_A_PART = 2


class Sides:
    """Shows goals of one knowledge base beside each other."""

    def __init__(self, base: KnowledgeBase, words: RoadWords) -> None:
        self.base = base
        self.words = words
        self.wording = Wording(base)

    def card(self, session: Session, goals: Iterable[str], *, edit: bool) -> Reply | None:
        """The card; None for fewer than two goals that can be planned for."""
        found = sides(self.base, session.profile, goals)
        if len(found) <= 1:
            return None
        lines: list[Markup] = []
        shown: list[Said] = []
        for layout in LAYOUTS:
            blocks = [self._block(side, layout) for side in found]
            lines = [self.words.fill("sides_lead"), *(line for block, _ in blocks for line in block)]
            shown = [sentence for _, sentences in blocks for sentence in sentences]
            if len(lines) <= MAX_LINES and len(plain("\n".join(lines))) <= MAX_CHARACTERS:
                break
        ids = "+".join(side.goal for side in found)
        buttons: list[Button | None] = [self.words.plan_button(side.goal, at) for at, side in enumerate(found, 1)]
        buttons.append(self.words.tap(ACTION, self.words.text("button_more"), "more", ids, "1"))
        sources = (
            *self._sources(shown),
            *cited(step for side in found for step in (side.route.steps if side.route else ())),
        )
        return self.words.reply(lines, buttons, edit=edit, sources=sources, topic="compare")

    def button(self, goals: Sequence[str]) -> Button | None:
        """The way to the card, for two to four certifications."""
        if not 1 < len(goals) <= MAX_SIDES or not all(goal in self.base.certifications for goal in goals):
            return None
        return self.words.tap(ACTION, self.words.text("button_beside"), "show", "+".join(goals))

    def _block(self, side: Side, layout: Sequence[str]) -> tuple[list[Markup], list[Said]]:
        """One goal on the card: its road, then one line for each part."""
        lines: list[Markup] = [self._road(side)]
        shown: list[Said] = []
        for part in layout:
            if part == "pay" and side.goal in self.base.certifications:
                continue  # pay comes with a job, and never with letters alone
            sentences, label = self._part(side, part)
            chosen = sentences[:1]
            if not chosen:
                lines += [self.words.fill("sides_unknown", label=label)] if part != "day" else []
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
        label, sentences = next(((label, said) for label, said in reversed(side.asks) if said), side.asks[-1])
        return sentences, self._label(label)

    def _label(self, label: str) -> str:
        return self.words.text(f"label_{label}").format(body=self.words.text("body"))

    def _road(self, side: Side) -> Markup:
        name = self.base.entities[side.goal].name
        if side.route is None:
            return self.words.fill("sides_no_road", name=name)
        return self.words.fill(
            "sides_road", name=name, length=self.words.length(side.route.weeks), cost=self.words.cost(side.route.cost)
        )

    def _line(self, label: str, sentence: Said) -> Markup:
        doubt = self.wording.doubt(sentence)
        start = f"{label}: " if label else ""
        return Markup("• {start}{text}{doubt}").format(
            start=start, text=sentence.text, doubt=f" {doubt}" if doubt else ""
        )

    def _sources(self, sentences: Iterable[Said]) -> tuple[CitedSource, ...]:
        return unique(cite(self.base, sentences))

    def _more(self, session: Session, goals: Sequence[str], at: int, *, edit: bool) -> Reply | None:
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
            self.words.plan_button(side.goal, at),
            self.words.tap(ACTION, self.words.text("button_other_side"), "more", ids, str(following)),
        ]
        back = self.words.tap(ACTION, self.words.text("button_back"), "show", ids)
        sources = self._sources(item for _, item in rows[: len(lines) - 1])
        return self.words.reply(lines, buttons, edit=edit, back=back, sources=sources, topic="compare")

    def press(self, session: Session, arguments: Sequence[str], today: date, *, edit: bool) -> Turn | None:
        """The card, or more on one of its goals; None where a goal is not known any more."""
        action, ids, *rest = (*arguments, "", "")[: max(2, len(arguments))]
        goals = ids.split("+")
        if not all(goal in self.base.roles or goal in self.base.certifications for goal in goals):
            return None
        reply = None
        if action == "show" and not rest:
            reply = self.card(session, goals, edit=edit)
        elif action == "more" and len(rest) == 1 and rest[0].isdecimal():
            reply = self._more(session, goals, int(rest[0][:2]), edit=edit)
        if reply is None:
            return None
        return session.model_copy(update={"road": None}), [reply]

    def typed(self, session: Session, text: str, today: date) -> Turn | None:
        """Comparisons are questions, which the advisor reads."""
        return None

    def command(self, session: Session, word: str, today: date, *, edit: bool = False) -> Turn | None:
        """No command of its own."""
        return None
