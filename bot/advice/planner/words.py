"""The planner's sentences: texts of the knowledge base, lengths, and lists of names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.advice.listing import MAX_NAMED, listed
from bot.advice.origins import Cited
from bot.advice.planner.person import WEEKS_PER_YEAR
from bot.advice.planner.plan import Money, Route, Step
from bot.advice.wording import cite, sourced
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.figures import written
from bot.knowledge.model import Quantity, Sourced

_HALF_YEAR = WEEKS_PER_YEAR // 2
MAX_UNKNOWN = 2  # prices that a total names as not known


@dataclass(frozen=True)
class Words:
    """Fills the texts of one knowledge base; everything comes out as plain text."""

    base: KnowledgeBase

    def text(self, key: str, **slots: object) -> str:
        """A sentence of `texts.yaml` with its slots filled."""
        return self.base.texts.texts[key].format(**slots)

    def length(self, weeks: int) -> str:
        """A time as people say it: weeks, or years where halves of a year come out even."""
        if weeks >= WEEKS_PER_YEAR and weeks % _HALF_YEAR == 0:
            years = weeks / WEEKS_PER_YEAR
            return self.text("plan_year") if years == 1 else self.text("plan_years", count=written(years))
        return self.text("plan_week") if weeks == 1 else self.text("plan_weeks", count=weeks)

    def about(self, weeks: int) -> str:
        """A rough time: weeks up to two years, then years with one decimal."""
        if weeks <= 2 * WEEKS_PER_YEAR:
            return self.length(weeks)
        return self.text("plan_years", count=written(round(weeks / WEEKS_PER_YEAR, 1)))

    def names(self, names: Sequence[str], most: int = MAX_NAMED) -> str:
        """Names in a sentence: this, that and another; of more than `most` the rest is only counted."""
        return listed(self.base, names, most)

    def short(self, entity: str) -> str:
        """What an entity is called in a line: its abbreviation where it has one."""
        found = self.base.entities.get(entity)
        return found.short if found is not None else self.base.name(entity)

    def range(self, quantity: Quantity) -> str:
        """A quantity in figures: 120 to 300, or 80."""
        low, high = written(quantity.low), written(quantity.high)
        return low if low == high else self.text("from_to", low=low, high=high)

    def money(self, cost: Money) -> str:
        """A range of money in the field's currency, without cents: 300 to 400 USD."""
        low, high = written(round(cost.low)), written(round(cost.high))
        return f"{low if low == high else self.text('from_to', low=low, high=high)} {self.base.field.currency}"

    def total(self, route: Route) -> str:
        """What a road costs: what it leaves out for want of a price is named, and that an assumption of ours is in it
        is said."""
        unknown = list(dict.fromkeys(self._part(step) for step in route.steps if step.cost is None))
        if unknown:
            what = self.names(unknown, most=MAX_UNKNOWN)
            key = "total_in_part" if route.cost.high else "total_unknown"
            return self.text(key, cost=self.money(route.cost), what=what)
        if not route.cost.high:
            return self.text("cost_free")
        key = "total_assumed" if any(step.assumed for step in route.steps) else ""
        return self.text(key, cost=self.money(route.cost)) if key else self.money(route.cost)

    def _part(self, step: Step) -> str:
        """What of a step has a price that is not known: an exam's fee, the books of its study, or a school's."""
        name = self.short(step.entity)
        if step.kind == "exam":
            return self.text("plan_part_fee", name=name)
        key = "plan_part_books" if step.entity in self.base.certifications else "plan_part_school"
        return self.text(key, name=name)

    def cited(self, records: Iterable[Sourced | None], pages: Iterable[str] = ()) -> tuple[Cited, ...]:
        """The sources behind some records and some further pages, each once."""
        known = [sourced("", record) for record in records if record is not None]
        return cite(self.base, [*known, *(sourced("", Sourced(source=page)) for page in pages)])
