"""What people say of their plan: a step is done, skipped, begun; a day is booked, units are earned.

Each gives a new `Progress` whose `profile` says what a person holds by then, or None where it does
not fit the plan.
"""

from __future__ import annotations

from datetime import date, timedelta

from bot.advice.planner.words import Words
from bot.advice.progress.circumstances import told, worked
from bot.advice.progress.effects import after
from bot.advice.progress.model import KeptStep, Progress, Proof, Units, preparing, waiting_for
from bot.advice.progress.replanning import noted, replanned
from bot.knowledge.base import KnowledgeBase

MAX_UNITS = 500  # earned at once
MAX_KEPT = 200  # entries of units, and proofs
MAX_SLIP = 104  # weeks


def done(base: KnowledgeBase, progress: Progress, step_id: str, today: date) -> Progress | None:
    """A step is finished, and with it the study that only served it."""
    step = progress.step(step_id)
    return _finished(base, progress, step, today) if step is not None else None


def passed(
    base: KnowledgeBase, progress: Progress, certification: str, today: date, on: date | None = None
) -> Progress | None:
    """An exam is passed, on the plan or beside it, `on` some day until today; None where it is held already."""
    if certification not in base.certifications:
        return None
    full = base.certifications[certification].full or certification
    found = next((step for step in progress.open if step.kind == "exam" and step.entity == full), None)
    if found is None:
        held = {full, base.certifications[full].provisional} & set(progress.profile.certifications)
        if held:
            return None
        words = Words(base)
        title = words.text("plan_step_exam", name=words.short(full))
        found = KeptStep(id=f"exam-{full}", kind="exam", title=title, entity=full)
    return _finished(base, progress, found, today, on)


def held(
    base: KnowledgeBase, progress: Progress, certification: str, today: date, since: date | None = None
) -> Progress | None:
    """A credential is held, and was long before the plan; None where that was known."""
    earned = passed(base, progress, certification, today)
    if earned is None:
        return None
    changed = told(base, progress, today, certifications=earned.profile.certifications)
    if changed is None or since is None:
        return changed
    new = set(changed.profile.certifications) - set(progress.profile.certifications)
    return changed.model_copy(update={"earned": {**changed.earned, **dict.fromkeys(new, since)}})


def moved(base: KnowledgeBase, progress: Progress, role: str, today: date, on: date | None = None) -> Progress | None:
    """A new role, on the plan or beside it, perhaps from a day `on` to come; None where it is held already."""
    if role not in base.roles or role == progress.profile.role:
        return None
    found = next((step for step in progress.open if step.kind == "move" and step.entity == role), None)
    title = Words(base).text("plan_step_move", name=base.roles[role].name)
    step = found or KeptStep(id=f"move-{role}", kind="move", title=title, entity=role)
    changed = _finished(base, progress, step, today, on)
    return changed if on is None else _counted_from(changed, on)


def beginning(progress: Progress, on: date, today: date) -> Progress | None:
    """Another first day for a post that is got and not begun; None where there is none."""
    waits = progress.begins(today)
    if waits is None or on <= today:
        return None
    journal = tuple(entry.model_copy(update={"on": on}) if entry is waits else entry for entry in progress.journal)
    return _counted_from(progress.model_copy(update={"journal": journal}), on)


def _counted_from(progress: Progress, on: date) -> Progress:
    """A post that begins on a day: its work counts from then on."""
    work = {step.id for step in progress.open if step.kind == "years"}
    running = {key: on if key in work else since for key, since in progress.running.items()}
    return progress.model_copy(update={"counted": on, "running": running})


def _finished(base: KnowledgeBase, progress: Progress, step: KeptStep, today: date, on: date | None = None) -> Progress:
    steps = (*preparing(progress, step), step)
    before, progress = progress, worked(base, progress, today)
    # What the work since has finished by itself is over; the rest of it counts as done now.
    steps = tuple(progress.step(item.id) or (item if item.kind != "years" else _over(item)) for item in steps)
    profile, earned = progress.profile, dict(progress.earned)
    for item in steps:
        profile = after(base, profile, item)
    if step.kind in ("exam", "upkeep"):
        earned[step.entity] = on or today
        provisional = (held for held in profile.certifications if base.certifications[held].full == step.entity)
        earned |= dict.fromkeys(provisional, on or today)
    changed = progress.model_copy(
        update={
            "earned": earned,
            "exams": {key: on for key, on in progress.exams.items() if step.kind != "exam" or key != step.entity},
        }
    )
    if profile != progress.profile:
        changed = replanned(base, changed, profile)
    over = {item.id for item in steps}
    if step.kind == "move":
        over |= {item.id for item in progress.open if item.kind == "years"}
    running = {key: since for key, since in progress.running.items() if key not in over}
    since = min((progress.running[item.id] for item in steps if item.id in progress.running), default=None)
    return noted(before, changed.model_copy(update={"running": running}), "done", today, steps, since, on)


def _over(step: KeptStep) -> KeptStep:
    """A step of work that is over already."""
    return step.model_copy(update={"weeks": 0})


def skipped(progress: Progress, step_id: str, today: date) -> Progress | None:
    """A step is left out, and with it the study that only served it."""
    step = progress.step(step_id)
    if step is None:
        return None
    return noted(progress, progress, "skipped", today, (*preparing(progress, step), step))


def begun(progress: Progress, step_id: str, today: date) -> Progress | None:
    """A step is being done from today; None where something comes before it, or it runs already."""
    step = progress.step(step_id)
    if step is None or step.id in progress.running or waiting_for(progress, step):
        return None
    changed = progress.model_copy(
        update={"running": {**progress.running, step.id: today}, "started": min(progress.started, today)}
    )
    return noted(progress, changed, "doing", today)


def starting(progress: Progress, day: date, today: date) -> Progress:
    """The plan starts on a day, today or later: what runs is put off until then."""
    # A post that begins later counts from then on.
    counted = day if progress.counted is not None and progress.counted < day else progress.counted
    changed = progress.model_copy(update={"started": day, "running": {}, "counted": counted})
    return noted(progress, changed, "dated", today)


def slipped(progress: Progress, weeks: int, today: date) -> Progress | None:
    """Some weeks brought nothing: all that runs ends so much later. None for no such number of weeks."""
    if not 1 <= weeks <= MAX_SLIP:
        return None
    running = {
        step.id: progress.running[step.id] + timedelta(weeks=weeks)
        for step in progress.open
        if step.id in progress.running
    }
    return noted(progress, progress.model_copy(update={"running": running}), "dated", today)


def booked(base: KnowledgeBase, progress: Progress, certification: str, day: date, today: date) -> Progress | None:
    """The day of an exam, today or later, on the plan or beside it; None for one that is held already."""
    on_plan = any(step.kind == "exam" and step.entity == certification for step in progress.open)
    beside = certification in base.certifications and certification not in progress.profile.certifications
    if not (on_plan or beside) or day < today:
        return None
    return noted(
        progress, progress.model_copy(update={"exams": {**progress.exams, certification: day}}), "dated", today
    )


def sat(base: KnowledgeBase, progress: Progress, certification: str, day: date, today: date) -> Progress | None:
    """An exam was sat on a day until today, and its result is not told yet; None for one that is held already."""
    known = certification in base.certifications
    if not known or certification in progress.profile.certifications or day > today:
        return None
    if progress.exams.get(certification) == day:
        return progress
    return noted(
        progress, progress.model_copy(update={"exams": {**progress.exams, certification: day}}), "dated", today
    )


def learned(progress: Progress, units: Units, today: date) -> Progress | None:
    """Units earned for a certification that is held."""
    held = units.certification in progress.profile.certifications
    if not held or not 0 < units.count <= MAX_UNITS or units.on > today or len(progress.units) >= MAX_KEPT:
        return None
    return noted(progress, progress.model_copy(update={"units": (*progress.units, units)}), "units", today)


def renewed(progress: Progress, certification: str, day: date, today: date) -> Progress | None:
    """The day on which a certification was earned or last renewed."""
    if certification not in progress.profile.certifications or day > today:
        return None
    return noted(
        progress, progress.model_copy(update={"earned": {**progress.earned, certification: day}}), "dated", today
    )


def proven(progress: Progress, proof: Proof, today: date) -> Progress | None:
    """A proof in hand; said again, it is no longer."""
    others = tuple(item for item in progress.proofs if item != proof)
    if len(others) >= MAX_KEPT:
        return None
    proofs = others if proof in progress.proofs else (*others, proof)
    return noted(progress, progress.model_copy(update={"proofs": proofs}), "proof", today)
