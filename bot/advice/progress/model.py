"""What is kept of somebody's plan between two days. Values only; nothing here changes them.

The steps are the planner's for the profile as it is now. What is over stands in the journal with
its own title, so that the history stays whatever becomes of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.advice.planner.plan import PREPARATIONS, RouteName, Step, StepKind
from bot.advice.profile import Profile
from bot.knowledge.model import Label

EventKind = Literal["begun", "done", "skipped", "doing", "changed", "dated", "units", "proof", "failed"]

MAX_JOURNAL = 200  # entries: a session stays below 100 kB
UNDO_DEPTH = 20  # entries that can be taken back one after the other
_SCHOOLING: tuple[StepKind, ...] = ("study", "degree")


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class KeptStep(_Kept):
    """A step of the plan without what can be looked up again: reasons, prices (only whether it `costs`), sources."""

    id: str
    kind: StepKind
    title: str
    entity: str
    label: Label | None = None
    weeks: int = 0
    starts_week: int = 0
    needs: tuple[str, ...] = ()
    costs: bool = False

    @property
    def prepares(self) -> bool:
        """Whether it only leads up to a post: practice, proofs, the search. No profile tells that it is over."""
        return self.id.startswith(PREPARATIONS)

    @property
    def schooling(self) -> bool:
        """Whether it takes study time, of which a person has one stretch at a time."""
        return self.kind in _SCHOOLING


def kept(step: Step) -> KeptStep:
    """What is kept of a planner's step."""
    return KeptStep(
        id=step.id,
        kind=step.kind,
        title=step.title,
        entity=step.entity,
        label=step.label,
        weeks=step.weeks,
        starts_week=step.starts_week,
        needs=step.needs,
        costs=step.cost is None or step.cost.high > 0,
    )


class Units(_Kept):
    """Units of continued learning earned on a day for a certification; `subject` as the person put it."""

    on: date
    certification: str
    count: float
    subject: str = ""


class Proof(_Kept):
    """Something in hand that counts towards a full credential: an id of `counters.Part`."""

    certification: str
    part: str


class Snapshot(_Kept):
    """All of a progress that an entry may have changed, as it was before: what undo brings back."""

    profile: Profile
    goal: str
    route: RouteName
    started: date
    running: dict[str, date] = {}
    exams: dict[str, date] = {}
    opens: dict[str, date] = {}
    counted: date | None = None
    paused: date | None = None
    broke: date | None = None
    earned: dict[str, date] = {}
    units: tuple[Units, ...] = ()
    proofs: tuple[Proof, ...] = ()


class Entry(_Kept):
    """One thing that was said or pressed. `steps` are those it finished or skipped, with their titles."""

    deed: EventKind
    on: date
    steps: tuple[KeptStep, ...] = ()
    since: date | None = None
    before: Snapshot | None = None


class Progress(_Kept):
    """A plan that was started.

    `profile` is the one `steps` were planned for; `digest` names the knowledge they came from.
    `running` says since when a step is being done, `exams` holds booked days by certification,
    `earned` the day a certification was passed or last renewed, `opens` the day from which a failed exam may be
    tried again. `counted` is the day up to which the work in the role held is among the years of the profile
    (None: `started`); nothing is done before `paused`, and nothing that costs is begun before `broke`.
    """

    profile: Profile
    goal: str
    route: RouteName
    started: date
    digest: str
    steps: tuple[KeptStep, ...] = ()
    running: dict[str, date] = {}
    exams: dict[str, date] = {}
    opens: dict[str, date] = {}
    counted: date | None = None
    paused: date | None = None
    broke: date | None = None
    earned: dict[str, date] = {}
    units: tuple[Units, ...] = ()
    proofs: tuple[Proof, ...] = ()
    journal: tuple[Entry, ...] = ()

    @property
    def marks(self) -> Snapshot:
        """What undo would bring back."""
        return Snapshot(**{key: getattr(self, key) for key in Snapshot.model_fields})

    @property
    def done(self) -> tuple[KeptStep, ...]:
        """Finished steps, in the order in which they were."""
        return tuple(step for entry in self.journal if entry.deed == "done" for step in entry.steps)

    @property
    def skipped(self) -> tuple[KeptStep, ...]:
        """Steps left out on the way to this goal."""
        return tuple(step for entry in self._on_this_way() if entry.deed == "skipped" for step in entry.steps)

    @property
    def open(self) -> tuple[KeptStep, ...]:
        """Steps still to do, each after all that it needs.

        Schooling that is over may still stand in the planner's steps: only its exam changes a profile.
        """
        over = {step.id for step in self.skipped} | {step.id for step in self.done if step.schooling or step.prepares}
        return tuple(step for step in self.steps if step.id not in over)

    def begins(self, today: date) -> Entry | None:
        """The entry of a post that was got and begins on a day to come."""
        return next((entry for entry in reversed(self.journal) if entry.deed == "done" and entry.on > today), None)

    def step(self, step_id: str) -> KeptStep | None:
        """The open step of that id."""
        return next((step for step in self.open if step.id == step_id), None)

    def _on_this_way(self) -> Iterator[Entry]:
        begun = max((at for at, entry in enumerate(self.journal) if entry.deed == "begun"), default=0)
        yield from self.journal[begun:]


def waiting_for(progress: Progress, step: KeptStep) -> tuple[KeptStep, ...]:
    """The open steps that come before a step."""
    return tuple(other for other in progress.open if other.id in step.needs)


def preparing(progress: Progress, step: KeptStep) -> tuple[KeptStep, ...]:
    """Open study that only serves a step: over when the step is."""
    return tuple(
        other for other in waiting_for(progress, step) if other.kind == "study" and other.entity == step.entity
    )
