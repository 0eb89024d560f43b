"""What the YAML under `knowledge/` may say, as types: everything that can be asked about.

Every record refuses unknown keys, so that a misspelt key is found by name and line.
The parts they are made of are in `ids` and `facts`, and can be imported from here too.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from bot.knowledge.facts import Condition, Fact, Pay, Publisher, Quantity, Requirement, Requirements, Source, Sourced
from bot.knowledge.ids import (
    LABELS,
    AsOf,
    BackgroundId,
    BodyId,
    CertificationId,
    CountryId,
    DegreeLevel,
    EducationId,
    EntityId,
    ExperienceId,
    FactTopic,
    Id,
    Kind,
    Label,
    LevelId,
    Line,
    MarketId,
    MoveKind,
    Points,
    PublisherId,
    Record,
    RoleId,
    SettingId,
    SourceId,
    Standing,
    Status,
)

__all__ = [
    "LABELS",
    "AnyEntity",
    "Certification",
    "CertificationPlanning",
    "Condition",
    "Degree",
    "DegreePlanning",
    "Entity",
    "Fact",
    "FormerName",
    "Guide",
    "Kind",
    "Label",
    "Market",
    "Move",
    "MoveKind",
    "Myth",
    "Pay",
    "Points",
    "Publisher",
    "Quantity",
    "Record",
    "Requirement",
    "Requirements",
    "Role",
    "Source",
    "Sourced",
    "Standing",
    "Term",
    "WayIn",
]


class FormerName(Record):
    """A name that is no longer right; asking by it gets the entity and the note."""

    name: Line
    note: Line
    source: SourceId | None = None
    whose: PublisherId | None = None


class Entity(Record):
    """What roles, certifications, education and terms share.

    `facts` maps a topic id to its facts, the most important first: the first one is the
    first line of the answer.
    What is `retired` (since `ended`, followed by `successor`) or `doubtful` is never recommended.
    `former_ids` are ids it had before: sessions, links and profiles that name one mean it.
    """

    id: Id
    former_ids: tuple[Id, ...] = ()
    name: Line
    status: Status = "current"
    ended: AsOf | None = None
    successor: EntityId | None = None
    abbreviation: Line | None = None
    aliases: tuple[Line, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    summary: Line
    facts: dict[FactTopic, tuple[Fact, ...]] = {}
    see_also: tuple[EntityId, ...] = ()

    @model_validator(mode="after")
    def _over(self) -> Entity:
        if self.status == "current" and (self.ended is not None or self.successor is not None):
            raise ValueError("`ended` and `successor` go with a status; add `status: retired`, or delete them")
        return self

    @property
    def short(self) -> str:
        """The abbreviation where there is one, else the name."""
        return self.abbreviation or self.name


class Stretch(Sourced):
    """Years that people typically take for something, from the quick to the slow."""

    years_low: Annotated[float, Field(ge=0)] = 0
    years_high: Annotated[float, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _ordered(self) -> Stretch:
        if self.years_low > self.years_high:
            raise ValueError("`years_low` is larger than `years_high`; swap the two")
        return self


class Move(Stretch):
    """One arrow of the ladder, kept in the file of the role it starts from.

    `usual: false` says that people take it for its own sake, seldom as a step to something further on.
    """

    to: RoleId
    kind: MoveKind
    years_low: Annotated[float, Field(ge=0)]
    years_high: Annotated[float, Field(ge=0)]
    needs: Condition | None = None
    say: Line | None = None
    usual: bool = True


class WayIn(Stretch):
    """A way into a role that starts from no role of the ladder: a background, or nothing."""

    background: BackgroundId | None = None
    needs: Condition | None = None
    say: Line | None = None


class Role(Entity):
    """A job. `experience` is the kind of years it gives; `level` is one of the field's levels.

    `short_names` are ordinary words that mean it only where they stand alone ("the director's pay").
    `pay` is what it is reported to pay a year where no market of its tells that.
    """

    short_names: tuple[Line, ...] = ()
    level: LevelId
    experience: ExperienceId
    settings: tuple[SettingId, ...] = ()
    market: tuple[MarketId, ...] = ()
    pay: Pay | None = None
    requires: Requirements = Requirements()
    moves: tuple[Move, ...] = ()
    ways_in: tuple[WayIn, ...] = ()


class Familiar(Sourced):
    """What some people know already: whoever meets `needs` studies the part `saves` (0 to 1) of the hours less."""

    needs: Condition
    saves: Annotated[float, Field(gt=0, lt=1)]
    say: Line


class CertificationPlanning(Record):
    """Figures the planner needs, and others that verdicts compare. Fees in currency, `study_hours` and
    `exam_hours` (the time limit) in hours, dues a year; `exam_questions` are all that are asked.

    `familiar` says who needs fewer hours, `retake_wait` how many days must pass after a failed try. `pass_mark` is the
    score that passes: percent up to 100, points of a scale above it.
    Of a body: `more_units` and `more_renewal_fee` are asked for each further credential of it that
    somebody holds, `most_units` at most of all.
    """

    exam_fee: Quantity | None = None
    retake_fee: Quantity | None = None
    membership: Quantity | None = None
    renewal_fee: Quantity | None = None
    renewal_years: Quantity | None = None
    more_renewal_fee: Quantity | None = None
    continuing_units: Quantity | None = None
    more_units: Quantity | None = None
    most_units: Quantity | None = None
    materials: Quantity | None = None
    study_hours: Quantity | None = None
    exam_hours: Quantity | None = None
    exam_questions: Quantity | None = None
    familiar: tuple[Familiar, ...] = ()
    retake_wait: Quantity | None = None
    pass_mark: Quantity | None = None


class Certification(Entity):
    """An exam-based credential.

    `provisional` names the label that somebody without the experience gets first;
    the provisional one points back with `full` and lists in `lift` every way to shed it.
    `replaces` are credentials that somebody gives up by earning this one.
    `countries` are those whose employers are known to look for it; none means not known.
    """

    issuer: BodyId
    settings: tuple[SettingId, ...] = ()
    specialty: bool = False
    countries: tuple[CountryId, ...] = ()
    requires: Requirements = Requirements()
    provisional: CertificationId | None = None
    full: CertificationId | None = None
    lift: tuple[Requirement, ...] = ()
    replaces: tuple[CertificationId, ...] = ()
    planning: CertificationPlanning = CertificationPlanning()


class DegreePlanning(Record):
    """`hours` of study in all (the planner divides by the hours a week), `cost` of the whole.

    `familiar` says who has a part of it behind them already.
    """

    hours: Quantity | None = None
    weeks_at_least: Quantity | None = None
    cost: Quantity | None = None
    familiar: tuple[Familiar, ...] = ()


class Degree(Entity):
    """Any education step, a certificate programme included.

    `counts_as` lists the ids (of education steps or of the general levels declared in
    `assessment.yaml`) that somebody who finished this has as well.
    """

    level: DegreeLevel
    counts_as: tuple[EducationId, ...] = ()
    accreditation: BodyId | None = None
    requires: Requirements = Requirements()
    planning: DegreePlanning = DegreePlanning()


class Term(Entity):
    """A code set, body, abbreviation or idea. A body may state rules its credentials share."""

    body: bool = False
    planning: CertificationPlanning = CertificationPlanning()


class Market(Record):
    """Pay and outlook of an occupation or survey, with its place and what it really covers.

    `pay` is its median a year, by which verdicts compare roles.
    """

    id: Id
    name: Line
    country: CountryId
    covers: Line
    pay: Pay | None = None
    facts: dict[FactTopic, tuple[Fact, ...]]


class Guide(Record):
    """What is known about a decision, a country or a background rather than an entity.

    A guide is chosen by its `country` or `background`, by one of its `aliases` being
    mentioned, or, with `general: true`, whenever its topic is asked and nothing nearer answers.
    With `elsewhere: true` it speaks for every country but the default one that no other guide lists.
    """

    id: Id
    name: Line
    aliases: tuple[Line, ...] = ()
    countries: tuple[CountryId, ...] = ()
    backgrounds: tuple[BackgroundId, ...] = ()
    entities: tuple[EntityId, ...] = ()
    general: bool = False
    elsewhere: bool = False
    summary: Line
    facts: dict[FactTopic, tuple[Fact, ...]]


class Myth(Record):
    """A claim that circulates and is wrong: how people put it, and what is true.

    `false_names` are single words taken for a credential that nobody issues.
    """

    id: Id
    claim: Line
    false_names: tuple[Line, ...] = ()
    phrasings: Annotated[tuple[Line, ...], Field(min_length=3)]
    topic: FactTopic
    entities: tuple[EntityId, ...] = ()
    truth: Annotated[tuple[Fact, ...], Field(min_length=1)]


AnyEntity = Role | Certification | Degree | Term
