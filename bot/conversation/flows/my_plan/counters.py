"""The counters of a plan as bubbles: towards a full credential, towards a renewal."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from bot.advice.chart.timeline import day
from bot.advice.origins import Cited
from bot.advice.planner.person import WEEKS_PER_YEAR
from bot.advice.planner.words import Words
from bot.advice.progress.counters import Cycle, ProvisionalHeld, WayPart, cycles, labels
from bot.advice.progress.model import Progress
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import MAX_LINES, Replies, fits
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.figures import written

ACTION = "keep"
MAX_WAYS = 3
MAX_PROOFS = 4  # lines, each with a button
MAX_CYCLES = 2
SOON = 1  # months: from here on the day says more


class Counts:
    """Counts for one knowledge base; which ways count, and how many units, is knowledge."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base, self.replies, self.words = base, replies, Words(base)

    def any(self, progress: Progress) -> bool:
        """Whether there is anything to count."""
        return bool(labels(self.base, progress, progress.started) or cycles(self.base, progress, progress.started))

    def short(self, progress: Progress, today: date) -> list[Markup]:
        """A line for each counter, the first of each kind."""
        lines = [self._label_line(label) for label in labels(self.base, progress, today)[:1]]
        return [*lines, *(self._cycle_line(cycle, today) for cycle in cycles(self.base, progress, today)[:1])]

    def cited(self, progress: Progress, today: date) -> list[Cited]:
        """What the figures of `short` stand on."""
        rules = [way.rule for label in labels(self.base, progress, today)[:1] for way in label.ways[:1]]
        cited = list(self.words.cited(rules))
        for cycle in cycles(self.base, progress, today)[:1]:
            cited += self.words.cited([cycle.needed, cycle.every])
        return cited

    def parts(self, progress: Progress, today: date) -> list[tuple[str, WayPart]]:
        """What a proof can be had of, in the order in which it is numbered: the nearest ways first."""
        found: dict[tuple[str, str], WayPart] = {}
        for label in labels(self.base, progress, today)[:1]:
            for way in label.ways[:MAX_WAYS]:
                for part in way.parts:
                    found.setdefault((label.provisional, part.id), part)
        return [(held, part) for (held, _), part in found.items()][:MAX_PROOFS]

    def whole(self, progress: Progress, today: date, *notes: object) -> Reply:
        """All counters, what each asks, and where that is written."""
        lines: list[object] = list(notes)
        cited: list[Cited] = []
        buttons: list[Button | None] = []
        held = labels(self.base, progress, today)
        counted = cycles(self.base, progress, today)[:MAX_CYCLES]
        ways = 1 + sum(len(label.ways[:MAX_WAYS]) for label in held[:1])
        room = MAX_LINES - ways - len(held[1:]) - len(counted)
        numbered = self.parts(progress, today)[: max(room, 1)]
        for label in held[:1]:
            head = self.replies.fill(
                "count_label", provisional=self._name(label.provisional), full=self._name(label.full)
            )
            lines.append(head)
            for way in label.ways[:MAX_WAYS]:
                lines.append(self.replies.fill("count_way", rule=way.rule.say))
                cited += self.words.cited([way.rule])
        lines += [self._part_line(at, part) for at, (_, part) in enumerate(numbered, 1)]
        lines += [self._label_line(label) for label in held[1:]]
        details: list[Markup] = []
        stamp = str(len(progress.journal))
        buttons += [
            self.replies.button("button_proof", ACTION, "proof", str(at), stamp, number=at)
            for at, _ in enumerate(numbered, 1)
        ]
        for cycle in counted:
            lines.append(self._cycle_line(cycle, today))
            details += self._details(cycle, today)
            cited += self.words.cited([cycle.needed, cycle.every])
            if len(buttons) < MAX_PROOFS:
                buttons.append(
                    self.replies.button(
                        "button_unit", ACTION, "unit", cycle.certification, stamp, name=self._name(cycle.certification)
                    )
                )
        if not lines:
            lines.append(self.replies.text("count_nothing"))
        for detail in details:
            if fits([*lines, detail]):
                lines.append(detail)
        away = (self.replies.button("button_my_plan", ACTION, "plan"), self.replies.home())
        return self.replies.reply(lines, buttons, away=away, sources=cited)

    def _label_line(self, label: ProvisionalHeld) -> Markup:
        way = label.ways[0] if label.ways else None
        slots = {"provisional": self._name(label.provisional), "full": self._name(label.full)}
        if way is None or not way.open_parts:
            return self.replies.fill("keep_label_ready", **slots)
        left = ", ".join(self._left(part) for part in way.parts if not part.met)
        return self.replies.fill("keep_label", left=left, **slots)

    def _left(self, part: WayPart) -> str:
        if not part.needed:
            return part.text
        return self.replies.text("count_years").format(
            text=part.text, have=written(round(part.weeks / WEEKS_PER_YEAR, 1))
        )

    def _part_line(self, at: int, part: WayPart) -> Markup:
        key = "count_part_proven" if part.proven else "count_part_met" if part.met else "count_part_open"
        return self.replies.fill(key, number=at, text=self._left(part))

    def _cycle_line(self, cycle: Cycle, today: date) -> Markup:
        months = cycle.months_left(today)
        slots = {
            "name": self.words.names([self._name(item) for item in cycle.certifications]),
            "earned": written(cycle.earned),
            "needed": self.words.range(cycle.needed) if cycle.together is None else cycle.together,
        }
        if months is None or cycle.until is None:
            return self.replies.fill("keep_units_undated", **slots)
        if months <= SOON:
            return self.replies.fill("keep_units_soon", day=day(cycle.until), **slots)
        return self.replies.fill("keep_units", months=months, **slots)

    def _details(self, cycle: Cycle, today: date) -> list[Markup]:
        """What is left out where the bubble has no room for it."""
        lines = []
        if cycle.until is None:
            lines.append(self.replies.fill("count_undated", name=self._name(cycle.certification)))
        elif (cycle.months_left(today) or 0) > SOON:
            lines.append(self.replies.fill("count_until", day=day(cycle.until)))
        if cycle.subjects:
            named = ", ".join(f"{subject} {written(count)}" for subject, count in cycle.subjects)
            lines.append(self.replies.fill("count_subjects", subjects=named))
        return lines

    def _name(self, entity: str) -> str:
        return self.words.short(entity)
