"""The plan over time: what is done when, and what beside what; in words, and ready to be drawn."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from markupsafe import Markup

from bot.advice.chart.phrases import length
from bot.advice.planner.plan import Plan, RouteName, StepKind

State = Literal["planned", "done", "doing", "skipped"]

_NOT_ON_THE_ROAD = "upkeep"  # it starts when the goal is reached
_OVER = ("done", "skipped")
_MAX_BARS = 60


class TimelineError(ValueError):
    """Bars that cannot be drawn; the message says why."""


@dataclass(frozen=True)
class Bar:
    """A step in time. `kind` is that of the `plan` contract; `end` is the day it is over."""

    title: str
    kind: StepKind
    start: date
    end: date
    state: State = "planned"

    def beside(self, other: Bar) -> bool:
        """Whether both take their time at once; what happens on a day runs beside nothing."""
        return max(self.start, other.start) < min(self.end, other.end)


@dataclass(frozen=True)
class PlanTimeline:
    """A plan's bars in order, for a goal by its name. `today` is None where no day is to be marked."""

    goal: str
    bars: tuple[Bar, ...]
    today: date | None = None

    @property
    def start(self) -> date:
        """The first day."""
        return min(bar.start for bar in self.bars)

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """The number of each bar as the list of open steps has it; None for what is over."""
        count = itertools.count(1)
        return tuple(None if bar.state in _OVER else next(count) for bar in self.bars)

    @property
    def end(self) -> date:
        """The last day."""
        return max(bar.end for bar in self.bars)


def bars_of(
    plan: Plan, start: date, states: Mapping[str, State] | None = None, route: RouteName = "fastest"
) -> tuple[Bar, ...]:
    """The steps of a plan, begun on `start`, as bars; `states` are by the id of a step. Empty without a road."""
    way = plan.route(route)
    return tuple(
        Bar(
            step.title,
            step.kind,
            start + timedelta(weeks=step.starts_week),
            start + timedelta(weeks=step.ends_week),
            (states or {}).get(step.id, "planned"),
        )
        for step in sorted(way.steps if way is not None else (), key=lambda step: (step.starts_week, step.ends_week))
        if step.kind != _NOT_ON_THE_ROAD
    )


def as_json(bars: Sequence[Bar]) -> list[dict[str, str]]:
    """Bars as plain values, to be read again by `read_bars`."""
    return [{key: str(value) for key, value in asdict(bar).items()} for bar in bars]


def read_bars(data: object) -> tuple[Bar, ...]:
    """The reverse of `as_json`. Raises `TimelineError` for anything else."""
    if not isinstance(data, list) or not 0 < len(data) <= _MAX_BARS:
        raise TimelineError(f"a timeline has 1 to {_MAX_BARS} bars")
    return tuple(_read_bar(item) for item in data)


def _read_bar(item: Any) -> Bar:
    try:
        bar = Bar(
            item["title"],
            item["kind"],
            date.fromisoformat(item["start"]),
            date.fromisoformat(item["end"]),
            item["state"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TimelineError(f"a bar has title, kind, start, end and state: {error}") from None
    known = bar.state in get_args(State) and bar.kind in get_args(StepKind)
    if not known or bar.end < bar.start or not isinstance(bar.title, str):
        raise TimelineError("a bar has a title, a known kind and state, and no end before its start")
    return bar


class TimelineWords:
    """The words of a timeline, in picture, text and caption the same."""

    def __init__(self, texts: Mapping[str, str], timeline: PlanTimeline) -> None:
        self.texts = texts
        self.timeline = timeline

    @property
    def title(self) -> str:
        """Whose road it is: the goal's."""
        return self.texts["timeline_title"].format(goal=self.timeline.goal)

    @property
    def span(self) -> str:
        """From when to when, and how long."""
        start, end = self.timeline.start, self.timeline.end
        weeks = round((end - start).days / 7)
        return self.texts["timeline_span"].format(start=day(start), end=day(end), length=length(self.texts, weeks))

    def dates(self, bar: Bar) -> str:
        """What kind of step, when, and how it stands."""
        kind = self._kind(bar.kind)
        if bar.start == bar.end:
            dates = self.texts["timeline_day"].format(kind=kind, start=day(bar.start))
        else:
            dates = self.texts["timeline_dates"].format(kind=kind, start=day(bar.start), end=day(bar.end))
        if bar.state == "planned":
            return dates
        return self.texts["timeline_state"].format(dates=dates, state=self.texts[f"timeline_{bar.state}"])

    def _kind(self, kind: StepKind) -> str:
        return self.texts[f"timeline_kind_{kind}"]

    @property
    def overlaps(self) -> bool:
        """Whether any two steps run side by side."""
        bars = self.timeline.bars
        return any(one.beside(other) for at, one in enumerate(bars) for other in bars[:at])

    def text(self) -> Markup:
        """The timeline in words, one line a step. Telegram HTML."""
        return Markup("\n").join(
            [Markup("<b>{title}</b>").format(title=self.title), Markup.escape(self.span), *self._lines()]
        )

    def _lines(self) -> Iterator[Markup]:
        numbered = list(zip(self.timeline.numbers, self.timeline.bars, strict=True))
        for number, bar in numbered:
            key = "timeline_over" if number is None else "timeline_line"
            line = self.texts[key].format(number=number, title=bar.title, dates=self.dates(bar))
            others = [str(at) for at, other in numbered if at is not None and other is not bar and bar.beside(other)]
            if others:
                line = self.texts["timeline_beside"].format(line=line, numbers=", ".join(others))
            yield Markup.escape(line)

    def caption(self) -> str:
        """The picture in a sentence, as plain text."""
        timeline = self.timeline
        return self.texts["timeline_alt"].format(
            goal=timeline.goal, count=len(timeline.bars), start=day(timeline.start), end=day(timeline.end)
        )


def day(value: date) -> str:
    """A date for people: 3 Nov 2026."""
    return f"{value.day} {value:%b %Y}"
