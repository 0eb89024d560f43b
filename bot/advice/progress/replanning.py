"""Plans made and made again: a beginning, another route, other answers, knowledge that changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.advice.planner import PlanError, make_plan
from bot.advice.planner.plan import RouteName, Step
from bot.advice.profile import Profile
from bot.advice.progress.model import MAX_JOURNAL, UNDO_DEPTH, Entry, EventKind, KeptStep, Progress, kept
from bot.advice.progress.schedule import schedule, settled
from bot.knowledge.base import KnowledgeBase

ANY_DAY = date(2024, 1, 1)  # the order of steps does not hang on the day


def steps_of(base: KnowledgeBase, profile: Profile, goal: str, route: RouteName) -> tuple[KeptStep, ...]:
    """The planner's steps; none where no way leads there, or where the goal is no longer known."""
    try:
        found = make_plan(base, profile.model_copy(update={"goal": goal})).route(route)
    except (PlanError, KeyError):
        return ()
    return tuple(kept(step) for step in found.steps) if found is not None else ()


def in_order(steps: Sequence[Step], profile: Profile, goal: str, route: RouteName) -> list[Step]:
    """A road's steps in the order in which they are numbered once it is kept and begun: people see one numbering."""
    begun = Progress(profile=profile, goal=goal, route=route, started=ANY_DAY, digest="", steps=tuple(map(kept, steps)))
    order = {item.step.id: at for at, item in enumerate(schedule(settled(begun, ANY_DAY), ANY_DAY))}
    return sorted(steps, key=lambda step: order.get(step.id, len(order)))


def begin(
    base: KnowledgeBase, profile: Profile, route: RouteName, today: date, before: Progress | None
) -> Progress | None:
    """A plan for the profile's goal, begun today; None without a way there.

    What was done on an earlier plan stays, and so do dates and units.
    """
    goal = profile.goal
    steps = steps_of(base, profile, goal, route) if goal is not None else ()
    if goal is None or not steps:
        return None
    if before is None:
        fresh = Progress(
            profile=profile, goal=goal, route=route, started=today, digest=base.digest, steps=steps,
            journal=(Entry(deed="begun", on=today),),
        )  # fmt: skip
        return settled(fresh, today)
    changed = before.model_copy(
        update={
            "profile": profile,
            "goal": goal,
            "route": route,
            "started": today,
            "digest": base.digest,
            "steps": steps,
            "running": {key: since for key, since in before.running.items() if key in {step.id for step in steps}},
        }
    )
    return noted(before, changed, "begun", today)


def noted(
    before: Progress, after: Progress, deed: EventKind, today: date, steps: tuple[KeptStep, ...] = (),
    since: date | None = None, on: date | None = None,
) -> Progress:  # fmt: skip
    """`after` with an entry, of a day `on` that may be past, that undo can take back; the oldest lose that, then go."""
    entry = Entry(deed=deed, on=on or today, steps=steps, since=since, before=before.marks)
    journal = [*before.journal, entry][-MAX_JOURNAL:]
    old = len(journal) - UNDO_DEPTH
    journal = [item.model_copy(update={"before": None}) if at < old else item for at, item in enumerate(journal)]
    return settled(after.model_copy(update={"journal": tuple(journal)}), today)


def replanned(base: KnowledgeBase, progress: Progress, profile: Profile) -> Progress:
    """The same plan for a changed profile: what is done, skipped or running stays so."""
    profile = profile.model_copy(update={"goal": progress.goal})
    steps = steps_of(base, profile, progress.goal, progress.route)
    return progress.model_copy(update={"profile": profile, "steps": steps, "digest": base.digest})


def followed(base: KnowledgeBase, progress: Progress, profile: Profile, today: date) -> Progress:
    """The plan for what a person says of themselves today, if that changed since."""
    profile = profile.model_copy(update={"goal": progress.goal})
    if profile != progress.profile:
        progress = replanned(base, progress, profile)
    return settled(progress, today)


def switched(base: KnowledgeBase, progress: Progress, route: RouteName, today: date) -> Progress:
    """The plan over another route."""
    changed = replanned(base, progress.model_copy(update={"route": route}), progress.profile)
    return noted(progress, changed, "changed", today)


def paced(base: KnowledgeBase, progress: Progress, hours: float, today: date) -> Progress:
    """The plan with other hours a week. What is left of a running study grows or shrinks with them.

    Raises `ValueError` for hours that no profile may have.
    """
    profile = Profile.model_validate({**progress.profile.model_dump(), "hours_per_week": hours})
    before = {step.id: step.weeks for step in progress.open if step.schooling}
    changed = replanned(base, progress, profile)
    running = dict(progress.running)
    for step in changed.steps:
        if step.id in running and before.get(step.id):
            spent = (today - running[step.id]) * step.weeks / before[step.id]
            running[step.id] = today - spent
    return noted(progress, changed.model_copy(update={"running": running}), "changed", today)


def undone(base: KnowledgeBase, progress: Progress) -> Progress | None:
    """Everything as before the last entry; None where it cannot be taken back."""
    entry = progress.journal[-1] if progress.journal else None
    if entry is None or entry.before is None:
        return None
    marks = {key: getattr(entry.before, key) for key in type(entry.before).model_fields}
    earlier = progress.model_copy(update={**marks, "journal": progress.journal[:-1]})
    planned = (progress.profile, progress.goal, progress.route)
    if (earlier.profile, earlier.goal, earlier.route) == planned:
        return earlier
    return replanned(base, earlier, earlier.profile)


@dataclass(frozen=True)
class Difference:
    """What new knowledge makes of a plan: titles that go and that come, weeks before and after."""

    gone: tuple[str, ...]
    new: tuple[str, ...]
    steps: Progress


def difference(base: KnowledgeBase, progress: Progress) -> Difference | None:
    """How the plan would be by what is known now; None where it stays as it is."""
    if progress.digest == base.digest:
        return None
    fresh = replanned(base, progress, progress.profile)
    before, after = progress.open, fresh.open
    if [(step.id, step.title, step.weeks) for step in before] == [(item.id, item.title, item.weeks) for item in after]:
        return None
    known = {(step.id, step.weeks) for step in before}
    told = {(step.id, step.weeks) for step in after}
    gone = tuple(step.title for step in before if (step.id, step.weeks) not in told)
    new = tuple(step.title for step in after if (step.id, step.weeks) not in known)
    return Difference(gone, new, fresh)


def kept_as_is(base: KnowledgeBase, progress: Progress) -> Progress:
    """The steps as they are, marked as seen against what is known now."""
    return progress.model_copy(update={"digest": base.digest})
