"""A plan as plain text to keep: steps with their days, what they cost, and every source with its date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.advice.chart.timeline import day
from bot.advice.planner import PlanError, make_plan
from bot.advice.planner.plan import Money, Step
from bot.advice.planner.words import Words
from bot.advice.progress.model import Progress
from bot.advice.progress.schedule import schedule
from bot.knowledge.base import KnowledgeBase


class Readable:
    """Writes one plan by the texts of its knowledge base."""

    def __init__(self, base: KnowledgeBase, progress: Progress, today: date) -> None:
        self.base, self.progress, self.today = base, progress, today
        self.words = Words(base)
        self.steps = _steps(base, progress)

    def text(self) -> str:
        """The whole plan; ends with a line break."""
        return "\n".join((*self._head(), *self._done(), *self._open(), *self._sources())) + "\n"

    def _head(self) -> Iterator[str]:
        progress = self.progress
        yield self.words.text("export_title", goal=goal_name(self.base, progress), day=day(self.today))
        yield self.words.text(
            "export_terms", hours=f"{progress.profile.pace:g}", start=day(progress.started), field=self.base.field.name
        )

    def _done(self) -> Iterator[str]:
        for entry in self.progress.journal:
            if entry.deed in ("done", "skipped"):
                for step in entry.steps:
                    yield self.words.text(f"export_{entry.deed}", title=step.title, day=day(entry.on))

    def _open(self) -> Iterator[str]:
        for number, item in enumerate(schedule(self.progress, self.today), 1):
            days = day(item.start)
            if item.end != item.start:
                days = self.words.text("export_days", start=days, end=day(item.end))
            yield self.words.text("export_step", number=number, title=item.step.title, days=days)
            known = self.steps.get(item.step.id)
            if known is None:
                continue
            yield self.words.text("export_why", text=known.why)
            if known.cost is None or known.cost.high:
                yield self.words.text("export_cost", cost=cost_in_words(self.words, known.cost))

    def _sources(self) -> Iterator[str]:
        cited = {
            (source.url, source.as_of): source
            for item in self.progress.open
            for source in (self.steps[item.id].sources if item.id in self.steps else ())
        }
        if cited:
            yield self.words.text("export_sources")
        for source in cited.values():
            as_of = f"{source.as_of}, " if source.as_of else ""
            publisher = source.publisher
            if source.whose != publisher:  # whose figure it is, where it was read at somebody else
                kind = self.words.text(f"kind_{source.kind}")
                publisher = self.words.text("source_of", publisher=publisher, kind=kind, whose=source.whose)
            yield self.words.text(
                "export_source",
                title=f"{publisher}: {source.title}",
                as_of=as_of,
                read=source.read,
                url=source.url,
            )
        yield self.words.text("export_end")


def goal_name(base: KnowledgeBase, progress: Progress) -> str:
    """What a plan leads to; its id where the knowledge base has it no longer."""
    return base.name(progress.goal) if progress.goal in base.entities else progress.goal


def cost_in_words(words: Words, cost: Money | None) -> str:
    """A cost as people read it: "300 to 400 USD", or that it is not known."""
    return words.text("cost_unknown") if cost is None else words.money(cost)


def _steps(base: KnowledgeBase, progress: Progress) -> dict[str, Step]:
    """The planner's steps behind those kept, for reasons, costs and sources."""
    try:
        route = make_plan(base, progress.profile.model_copy(update={"goal": progress.goal})).route(progress.route)
    except (PlanError, KeyError):
        return {}
    return {step.id: step for step in route.steps} if route is not None else {}
