"""When each open step is done, from today: a slip moves the dates and nothing else.

The rules are the planner's: what a step needs comes first, one study at a time, years of work
beside it, and nobody studies years before an exam opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.advice.progress.model import KeptStep, Progress, waiting_for

DAYS_A_WEEK = 7
# A step that takes longer than planned is given one more week each time it is looked at.
LEAST_DAYS_LEFT = DAYS_A_WEEK


@dataclass(frozen=True)
class Dated:
    """An open step with its days; `late` says that it runs longer than planned.

    `cramped`: its exam is booked before the study would be over, by so many days.
    """

    step: KeptStep
    start: date
    end: date
    doing: bool = False
    late: bool = False
    cramped: int = 0


def schedule(progress: Progress, today: date) -> tuple[Dated, ...]:
    """The open steps dated, in the order in which they start; upkeep, which has no end, comes last."""
    dated = _Forward(progress, max(today, progress.started, progress.paused or today), today).dated
    moved = _got_ready(progress, _put_off(progress, dated))
    return tuple(sorted(moved, key=lambda item: (item.step.kind == "upkeep", not item.doing, item.start, item.end)))


class _Forward:
    """Every step as early as it can be."""

    def __init__(self, progress: Progress, anchor: date, today: date) -> None:
        self.progress, self.anchor, self.today = progress, anchor, today
        self.ends: dict[str, date] = {}
        self.lane = self.worked = anchor
        self.dated: list[Dated] = []
        steps = progress.open
        # What runs holds the lane, wherever the plan has it.
        for step in sorted(steps, key=lambda step: step.id not in progress.running):
            if step.id not in progress.running:
                break
            self._put(self._running(step))
        self.steps = steps
        for step in steps:
            self._place(step)

    def _place(self, step: KeptStep) -> None:
        """Puts a step after what it needs; the search for a post after what its move needs besides."""
        if step.id in self.ends:
            return
        for other in self._beside(step):
            self._place(other)
        self._put(self._planned(step))

    def _beside(self, step: KeptStep) -> list[KeptStep]:
        """What a move needs besides the search for its post, as far as that needs no search itself."""
        if not (step.prepares and step.weeks):
            return []
        needed = {need for move in self.steps if step.id in move.needs for need in move.needs}
        return [other for other in self.steps if other.id in needed and other.id != step.id]

    def _put(self, item: Dated) -> None:
        self.ends[item.step.id] = item.end
        self.dated.append(item)
        if item.step.schooling:
            self.lane = max(self.lane, item.end)
        if item.step.kind == "years":
            self.worked = max(self.worked, item.end)

    def _running(self, step: KeptStep) -> Dated:
        since = self.progress.running[step.id]
        planned = since + timedelta(weeks=step.weeks)
        end = max(planned, self.anchor + timedelta(days=LEAST_DAYS_LEFT if step.weeks else 0))
        late = bool(step.weeks) and planned < self.today
        return self._before_exam(Dated(step, since, end, doing=True, late=late))

    def _planned(self, step: KeptStep) -> Dated:
        start = max((self.ends[need] for need in step.needs if need in self.ends), default=self.anchor)
        start = max(start, self.anchor, self.lane if step.schooling else self.anchor)
        if step.prepares and step.weeks:
            # The search for a post fills the last weeks before it.
            ends = (self.ends[other.id] for other in self._beside(step) if other.id in self.ends)
            start = max(start, max(ends, default=start) - timedelta(weeks=step.weeks))
        if step.costs and step.kind != "upkeep" and self.progress.broke is not None:
            start = max(start, self.progress.broke)
        if step.kind == "move":
            # Work in one role ends before the next begins, whatever else it serves.
            start = max(start, self.worked)
        if step.kind == "exam":
            # A booked day, or the end of the wait after a failed try.
            days = (self.progress.exams.get(step.entity), self.progress.opens.get(step.entity))
            start = max(start, *(on for on in days if on is not None), start)
        return self._before_exam(Dated(step, start, start + timedelta(weeks=step.weeks)))

    def _before_exam(self, item: Dated) -> Dated:
        """A booked exam ends its study, whatever was planned."""
        booked = self.progress.exams.get(item.step.entity) if item.step.kind == "study" else None
        if booked is None or booked >= item.end:
            return item
        end = max(booked, item.start, self.anchor)
        return replace(item, end=end, cramped=(item.end - end).days)


def _put_off(progress: Progress, dated: Sequence[Dated]) -> list[Dated]:
    """Studies that wait so long for their exam start later; they keep their order."""
    starts = {item.step.id: item.start for item in dated}
    exams = {f"study-{step.entity}": starts[step.id] for step in progress.open if step.kind == "exam"}
    moved: list[Dated] = []
    last: date | None = None
    for item in sorted(dated, key=lambda item: (item.start, item.end), reverse=True):
        if not item.step.schooling or item.doing:
            moved.append(item)
            continue
        opens = exams.get(item.step.id, item.end)
        shift = timedelta(max((min(opens, last or opens) - item.end).days, 0))
        last = item.start + shift
        moved.append(replace(item, start=last, end=item.end + shift))
    return moved


def _got_ready(progress: Progress, dated: Sequence[Dated]) -> list[Dated]:
    """What is got ready for a search stays as near to it as the plan had it, however the search moves."""
    starts = {item.step.id: item.start for item in dated}
    planned = {step.id: step.starts_week + step.weeks for step in progress.steps}
    moved: list[Dated] = []
    for item in dated:
        step = item.step
        after = [other for other in progress.open if step.id in other.needs]
        free = max((planned.get(need, 0) for need in step.needs), default=0)
        if not (after and step.prepares and not step.weeks and not item.doing and step.starts_week > free):
            moved.append(item)
            continue
        follows = min(after, key=lambda other: other.starts_week)
        ahead = timedelta(weeks=follows.starts_week - step.starts_week)
        start = max(item.start, starts[follows.id] - ahead)
        moved.append(replace(item, start=start, end=start))
    return moved


def settled(progress: Progress, today: date) -> Progress:
    """The same progress with what runs by itself: work, and the first study, once its day has come."""
    running = {key: since for key, since in progress.running.items() if progress.step(key) is not None}
    progress = progress.model_copy(update={"running": running})
    if progress.started > today:
        return progress
    changed = max((entry.on for entry in progress.journal), default=progress.started)
    since = max(progress.started, min(changed, today))
    studying = any(step.schooling and step.id in running for step in progress.open)
    begun = dict(running)
    for item in schedule(progress, since):
        step = item.step
        if not step.weeks or step.id in begun or waiting_for(progress, step) or item.start > today:
            continue
        if step.schooling and studying:
            continue
        begun[step.id] = item.start
        studying = studying or step.schooling
    return progress.model_copy(update={"running": begun})
