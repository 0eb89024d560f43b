"""What happens to people while a plan runs: an exam failed, a job lost, a break, other schooling, money or country.

Each gives a new `Progress`; nothing that was done is lost by any of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from bot.advice.planner.cost_model import CostModel, cost_of
from bot.advice.planner.person import WEEKS_PER_YEAR, person_of
from bot.advice.planner.plan import Money
from bot.advice.profile import MAX_BUDGET, MAX_YEARS, Profile
from bot.advice.progress.model import Progress
from bot.advice.progress.replanning import begin, noted, replanned
from bot.advice.progress.schedule import DAYS_A_WEEK
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Quantity

MAX_PAUSE = 104  # weeks


@dataclass(frozen=True)
class Retake:
    """What a second try takes: the days to wait and the fee, None where not known."""

    certification: str
    wait: Quantity | None
    fee: Money | None


def worked(base: KnowledgeBase, progress: Progress, today: date) -> Progress:
    """The same plan with the work since it was last counted among the years of the profile."""
    role, since = progress.profile.role, progress.counted or progress.started
    weeks = (today - since).days // DAYS_A_WEEK
    if weeks <= 0:
        return progress
    counted = since + timedelta(weeks=weeks)
    if role not in base.roles:
        return progress.model_copy(update={"counted": counted})
    kind = base.roles[str(role)].experience
    total = person_of(base, progress.profile).weeks.get(kind, 0) + weeks
    years = {**progress.profile.years, kind: min(total / WEEKS_PER_YEAR, MAX_YEARS)}
    later = replanned(base, progress, progress.profile.model_copy(update={"years": years}))
    work = {step.id for step in later.steps if step.kind == "years"}
    running = {key: counted if key in work else on for key, on in later.running.items()}
    return later.model_copy(update={"counted": counted, "running": running})


def retake_of(base: KnowledgeBase, profile: Profile, certification: str) -> Retake:
    """What the body asks of somebody who failed."""
    costs = CostModel(base, person_of(base, profile))
    fee = costs.quantity(certification, "retake_fee") or costs.quantity(certification, "exam_fee")
    return Retake(certification, costs.quantity(certification, "retake_wait"), cost_of([fee]) if fee else None)


def failed(
    base: KnowledgeBase, progress: Progress, certification: str, today: date, on: date | None = None
) -> Progress | None:
    """An exam was not passed: it opens again after the body's wait, counted from the day `on` which it was sat.

    None for one that is held.
    """
    if certification not in base.certifications:
        return None
    full = base.certifications[certification].full or certification
    if {full, base.certifications[full].provisional} & set(progress.profile.certifications):
        return None
    wait = retake_of(base, progress.profile, full).wait
    opens = (on or today) + timedelta(days=math.ceil(wait.high)) if wait is not None else on or today
    exams = {key: on for key, on in progress.exams.items() if key != full}
    changed = progress.model_copy(update={"exams": exams, "opens": {**progress.opens, full: opens}})
    return noted(progress, changed, "failed", today)


def left(base: KnowledgeBase, progress: Progress, today: date) -> Progress | None:
    """The job is gone; the years in it stay. None where none was held."""
    if progress.profile.role is None:
        return None
    counted = worked(base, progress, today)
    # What the post stood for stays with whoever had it: the work that led to it as well.
    weeks = person_of(base, counted.profile).weeks
    years = {kind: min(spent / WEEKS_PER_YEAR, MAX_YEARS) for kind, spent in weeks.items() if spent}
    years = {**years, **counted.profile.years}
    changed = replanned(base, counted, counted.profile.model_copy(update={"role": None, "years": years}))
    return noted(progress, changed.model_copy(update={"counted": today}), "changed", today)


def schooled(base: KnowledgeBase, progress: Progress, education: str, today: date) -> Progress | None:
    """A course or a degree is finished, on the plan or beside it; None where it is held already."""
    if education in progress.profile.education:
        return None
    steps = tuple(step for step in progress.open if step.schooling and step.entity == education)
    held = (*progress.profile.education, education)
    changed = replanned(base, progress, progress.profile.model_copy(update={"education": held}))
    return noted(progress, changed, "done" if steps else "changed", today, steps)


def told(base: KnowledgeBase, progress: Progress, today: date, **answers: object) -> Progress | None:
    """Another answer of the profile: country, budget, constraints. None where it is no other."""
    profile = progress.profile.model_copy(update=answers)
    if profile == progress.profile:
        return None
    return noted(progress, replanned(base, progress, profile), "changed", today)


def afforded(base: KnowledgeBase, progress: Progress, budget: float, today: date) -> Progress | None:
    """So much money in all; None for a sum that no profile may have."""
    return told(base, progress, today, budget=budget) if 0 <= budget <= MAX_BUDGET else None


def unlimited(base: KnowledgeBase, progress: Progress, today: date) -> Progress | None:
    """No limit of money any more; None where none was told."""
    return told(base, progress, today, budget=None) if progress.profile.budget is not None else None


def aimed(base: KnowledgeBase, progress: Progress, goal: str, today: date) -> Progress | None:
    """A new goal; None where no way leads there, or it is the goal already."""
    if goal == progress.goal:
        return None
    counted = worked(base, progress, today)
    return begin(base, counted.profile.model_copy(update={"goal": goal}), counted.route, today, counted)


def broke(progress: Progress, until: date, today: date) -> Progress | None:
    """No money until a day: what costs waits, what is free goes on. None for a day past or far off."""
    if not today < until <= today + timedelta(weeks=MAX_PAUSE):
        return None
    return noted(progress, progress.model_copy(update={"broke": until}), "dated", today)


def paused(progress: Progress, until: date, today: date, days: int = 0) -> Progress | None:
    """Nothing until a day: what runs ends so much later, what is to come waits. None for a day past or far off.

    With `days` only the last of the time until then is lost.
    """
    if not today < until <= today + timedelta(weeks=MAX_PAUSE):
        return None
    gap = min(until - max(today, progress.paused or today), timedelta(days=days) if days else until - today)
    running = {key: on + gap if key in {step.id for step in progress.open if step.schooling} else on
               for key, on in progress.running.items()}  # fmt: skip
    return noted(progress, progress.model_copy(update={"running": running, "paused": until}), "dated", today)


def resumed(progress: Progress, today: date) -> Progress | None:
    """A wait that ends today, before its day: what it had put off comes back. None where nothing waits."""
    until = progress.paused
    if until is None or until <= today:
        return None
    lost = _put_off(progress)
    gap = min(until - today, max(lost.values(), default=until - today))
    running = {key: on - gap if key in lost else on for key, on in progress.running.items()}
    return noted(progress, progress.model_copy(update={"running": running, "paused": None}), "dated", today)


def _put_off(progress: Progress) -> dict[str, timedelta]:
    """By how much the wait put off each step that runs."""
    entries = [entry for entry in progress.journal if entry.before is not None]
    after = [*(entry.before for entry in entries[1:]), progress]
    for entry, then in zip(reversed(entries), reversed(after), strict=True):
        if entry.before is not None and then is not None and entry.before.paused != then.paused:
            was = entry.before.running
            return {key: then.running[key] - on for key, on in was.items() if then.running.get(key, on) > on}
    return {}
