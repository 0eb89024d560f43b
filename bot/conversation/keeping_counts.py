"""The counters of a plan as bubbles: towards a full credential, towards a renewal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from markupsafe import Markup

from bot.advice.chart.timeline import day
from bot.advice.conditions import number
from bot.advice.planner.person import WEEKS_PER_YEAR
from bot.advice.planner.words import Words
from bot.advice.progress.counters import Cycle, Label, Part, cycles, labels
from bot.advice.progress.model import Progress
from bot.advice.wording import Cited, month, plain
from bot.conversation.bubbles import Bubbles, rows
from bot.conversation.messages import Button, CitedSource, Reply
from bot.conversation.presses import Press, encode
from bot.knowledge.base import KnowledgeBase

ACTION = "keep"
MAX_WAYS = 3
MAX_PROOFS = 4  # lines, each with a button
MAX_CYCLES = 2
MAX_SOURCES = 3
MAX_CHARACTERS, MAX_LINES = 600, 10
SOON = 1  # months: from here on the day says more


class Counts:
    """Counts for one knowledge base; which ways count, and how many units, is knowledge."""

    def __init__(self, base: KnowledgeBase, bubbles: Bubbles) -> None:
        self.base, self.bubbles, self.words = base, bubbles, Words(base)

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

    def parts(self, progress: Progress, today: date) -> list[tuple[str, Part]]:
        """What a proof can be had of, in the order in which it is numbered: the nearest ways first."""
        found: dict[tuple[str, str], Part] = {}
        for label in labels(self.base, progress, today)[:1]:
            for way in label.ways[:MAX_WAYS]:
                for part in way.parts:
                    found.setdefault((label.provisional, part.id), part)
        return [(held, part) for (held, _), part in found.items()][:MAX_PROOFS]

    def whole(self, progress: Progress, today: date, *notes: object, edit: bool) -> Reply:
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
            head = self._fill("count_label", provisional=self._name(label.provisional), full=self._name(label.full))
            lines.append(head)
            for way in label.ways[:MAX_WAYS]:
                lines.append(self._fill("count_way", rule=way.rule.say))
                cited += self.words.cited([way.rule])
        lines += [self._part_line(at, part) for at, (_, part) in enumerate(numbered, 1)]
        lines += [self._label_line(label) for label in held[1:]]
        details: list[Markup] = []
        stamp = str(len(progress.journal))
        buttons += [
            self._button("button_proof", "proof", str(at), stamp, number=at) for at, _ in enumerate(numbered, 1)
        ]
        for cycle in counted:
            lines.append(self._cycle_line(cycle, today))
            details += self._details(cycle, today)
            cited += self.words.cited([cycle.needed, cycle.every])
            if len(buttons) < MAX_PROOFS:
                buttons.append(
                    self._button(
                        "button_unit", "unit", cycle.certification, stamp, name=self._name(cycle.certification)
                    )
                )
        if not lines:
            lines.append(self.bubbles.text("count_nothing"))
        for detail in details:
            if _fits([*lines, detail]):
                lines.append(detail)
        lines.append(self.sources(cited))
        buttons.append(self._button("button_my_plan", "plan"))
        return Reply(
            text="\n".join(str(line) for line in lines if line),
            buttons=rows(button for button in buttons if button),
            edit=edit,
            outcome="answer",
            topics=("plan",),
            sources=as_sources(cited),
        )

    def _label_line(self, label: Label) -> Markup:
        way = label.ways[0] if label.ways else None
        slots = {"provisional": self._name(label.provisional), "full": self._name(label.full)}
        if way is None or not way.open_parts:
            return self._fill("keep_label_ready", **slots)
        left = ", ".join(self._left(part) for part in way.parts if not part.met)
        return self._fill("keep_label", left=left, **slots)

    def _left(self, part: Part) -> str:
        if not part.needed:
            return part.text
        return self.bubbles.text("count_years").format(
            text=part.text, have=number(round(part.weeks / WEEKS_PER_YEAR, 1))
        )

    def _part_line(self, at: int, part: Part) -> Markup:
        key = "count_part_proven" if part.proven else "count_part_met" if part.met else "count_part_open"
        return self._fill(key, number=at, text=self._left(part))

    def _cycle_line(self, cycle: Cycle, today: date) -> Markup:
        months = cycle.months_left(today)
        slots = {
            "name": self.words.names([self._name(item) for item in cycle.certifications]),
            "earned": number(cycle.earned),
            "needed": self.words.range(cycle.needed) if cycle.together is None else cycle.together,
        }
        if months is None or cycle.until is None:
            return self._fill("keep_units_undated", **slots)
        if months <= SOON:
            return self._fill("keep_units_soon", day=day(cycle.until), **slots)
        return self._fill("keep_units", months=months, **slots)

    def _details(self, cycle: Cycle, today: date) -> list[Markup]:
        """What is left out where the bubble has no room for it."""
        lines = []
        if cycle.until is None:
            lines.append(self._fill("count_undated", name=self._name(cycle.certification)))
        elif (cycle.months_left(today) or 0) > SOON:
            lines.append(self._fill("count_until", day=day(cycle.until)))
        if cycle.subjects:
            named = ", ".join(f"{subject} {number(count)}" for subject, count in cycle.subjects)
            lines.append(self._fill("count_subjects", subjects=named))
        return lines

    def sources(self, cited: Sequence[Cited]) -> Markup | str:
        """The publishers behind some figures, each once with its dates; empty without any."""
        shown: dict[str, Markup] = {}
        for source in cited:
            publisher = source.publisher
            key = "source_dated" if source.as_of else "source_undated"
            as_of = month(source.as_of) if source.as_of else ""
            shown.setdefault(publisher, self._fill(key, publisher=publisher, as_of=as_of, read=month(source.read)))
        return self._fill("sources", sources=Markup("; ").join(list(shown.values())[:MAX_SOURCES])) if shown else ""

    def _name(self, entity: str) -> str:
        return self.words.short(entity)

    def _fill(self, key: str, **slots: object) -> Markup:
        return Markup(self.bubbles.text(key)).format(**slots)  # noqa: S704 - our own content; slots are escaped by format

    def _button(self, key: str, *arguments: str, **slots: object) -> Button | None:
        press = encode(Press(ACTION, arguments))
        label = self.bubbles.text(key).format(**slots)
        return Button(label=label, press=press, say=label) if press else None


def as_sources(cited: Iterable[Cited]) -> tuple[CitedSource, ...]:
    """Sources as a reply carries them, each once."""
    return tuple(CitedSource(**asdict(item)) for item in dict.fromkeys(cited))


def _fits(lines: Sequence[object]) -> bool:
    """Whether some lines are one screen of a phone, the line of sources not counted."""
    said = [plain(str(line)) for line in lines if line]
    return len(said) <= MAX_LINES and len("\n".join(said)) <= MAX_CHARACTERS
