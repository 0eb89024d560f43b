"""What the YAML under `knowledge/` may say, as types.

Every record refuses unknown keys, so that a misspelt key is found by name and line.
Ids are kebab-case and never change; the file name of an entity is its id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
TopicId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
AsOf = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}){0,2}$|^\d{4}-\d{2,4}$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Confidence = Literal["high", "medium", "low"]
Kind = Literal["role", "certification", "degree", "term"]
Label = Literal["exam_requires", "body_recommends", "employers_ask"]
MoveKind = Literal["up", "across", "bridge"]



@dataclass(frozen=True)
class Points:
    """Marks a key that holds an id: of what kind, so that `check` can find ids that lead nowhere.

    A target is a kind of entity, a list declared in a file, or one of the sets of `checks.ids`.
    """

    to: str


RoleId = Annotated[Id, Points("role")]
CertificationId = Annotated[Id, Points("certification")]
EducationId = Annotated[Id, Points("education")]
BodyId = Annotated[Id, Points("body")]
EntityId = Annotated[Id, Points("entity")]
MarketId = Annotated[Id, Points("market")]
SourceId = Annotated[Id, Points("source")]
ExperienceId = Annotated[Id, Points("experience")]
LicenceId = Annotated[Id, Points("licence")]
SettingId = Annotated[Id, Points("setting")]
BackgroundId = Annotated[Id, Points("background")]
LevelId = Annotated[Id, Points("level")]
CountryId = Annotated[CountryCode, Points("country")]
FactTopic = Annotated[TopicId, Points("topic")]
DegreeLevel = Literal["course", "certificate", "associate", "bachelor", "master", "doctorate"]

LABELS: tuple[Label, ...] = ("exam_requires", "body_recommends", "employers_ask")


class Record(BaseModel):
    """A mapping in a file: unknown keys are refused, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Record):
    """A page that states a figure.

    `as_of` is the date the page itself gives for its figures; `read` the day somebody
    read it (the first of the month where only the month is known); after `recheck` an
    answer says that the fact may be out of date.
    """

    publisher: Line
    title: Line
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
    read: date
    recheck: date
    as_of: AsOf | None = None


class Sourced(Record):
    """Anything that claims something about the world.

    Exactly one of `source` and `assumption` is given. An assumption serves the planner,
    is named as ours wherever it shows, and is never an answer by itself.
    """

    source: SourceId | None = None
    assumption: bool = False
    as_of: AsOf | None = None
    confidence: Confidence = "high"
    country: CountryId | None = None

    @model_validator(mode="after")
    def _exactly_one_origin(self) -> Sourced:
        if (self.source is None) != self.assumption:
            raise ValueError("give either `source: <id from sources.yaml>` or `assumption: true`")
        return self


class Fact(Sourced):
    """One plain sentence, shown as it stands; `note` is the fine print behind it.

    A fact that says that something is not known needs no source: `known: false`.
    """

    say: Line
    note: Line | None = None
    setting: SettingId | None = None
    known: bool = True

    @model_validator(mode="before")
    @classmethod
    def _unknown_needs_no_source(cls, data: object) -> object:
        if isinstance(data, dict) and data.get("known") is False and not data.get("source"):
            return {**data, "assumption": True}
        return data


class Quantity(Sourced):
    """A number or a range the planner computes with; money in the field's currency."""

    low: Annotated[float, Field(ge=0)]
    high: Annotated[float, Field(ge=0)]

    @model_validator(mode="after")
    def _ordered(self) -> Quantity:
        if self.low > self.high:
            raise ValueError("`low` is larger than `high`")
        return self


class Condition(Record):
    """What somebody must have: exactly one of these keys, `years` together with `of`."""

    certification: CertificationId | None = None
    education: EducationId | None = None
    accredited: BodyId | None = None
    years: Annotated[float, Field(gt=0)] | None = None
    of: ExperienceId | None = None
    licence: LicenceId | None = None
    role: RoleId | None = None
    any: tuple[Condition, ...] | None = None
    all: tuple[Condition, ...] | None = None

    @model_validator(mode="after")
    def _one_key(self) -> Condition:
        keys = ("certification", "education", "years", "licence", "role", "any", "all")
        given = [key for key in keys if getattr(self, key) is not None]
        if len(given) != 1:
            raise ValueError(f"a condition has exactly one of {', '.join(keys)}")
        if (self.years is None) != (self.of is None):
            raise ValueError("`years` and `of` (the kind of experience) go together")
        if self.accredited is not None and self.education is None:
            raise ValueError("`accredited` goes with `education`")
        if self.any == () or self.all == ():
            raise ValueError("an empty `any` or `all` can never be met; leave it out")
        return self


class Requirement(Sourced):
    """A sentence under one of the three labels, and what it asks in a form to compute with."""

    say: Line
    needs: Condition | None = None
    note: Line | None = None


class Requirements(Record):
    """The three labels, kept apart everywhere. Absent means not known; say `none` in a sentence."""

    exam_requires: tuple[Requirement, ...] = ()
    body_recommends: tuple[Requirement, ...] = ()
    employers_ask: tuple[Requirement, ...] = ()

    def under(self, label: Label) -> tuple[Requirement, ...]:
        found: tuple[Requirement, ...] = getattr(self, label)
        return found


class FormerName(Record):
    """A name that is no longer right; asking by it gets the entity and the note."""

    name: Line
    note: Line
    source: SourceId | None = None


class Entity(Record):
    """What roles, certifications, education and terms share.

    `facts` maps a topic id to its facts, the most important first: the first one is the
    first line of the answer.
    """

    id: Id
    name: Line
    abbreviation: Line | None = None
    aliases: tuple[Line, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    summary: Line
    facts: dict[FactTopic, tuple[Fact, ...]] = {}
    see_also: tuple[EntityId, ...] = ()

    @property
    def short(self) -> str:
        """The abbreviation where there is one, else the name."""
        return self.abbreviation or self.name


class Move(Sourced):
    """One arrow of the ladder, kept in the file of the role it starts from."""

    to: RoleId
    kind: MoveKind
    years_low: Annotated[float, Field(ge=0)]
    years_high: Annotated[float, Field(ge=0)]
    needs: Condition | None = None
    say: Line | None = None


class WayIn(Sourced):
    """A way into a role that starts from no role of the ladder: a background, or nothing."""

    background: BackgroundId | None = None
    years_low: Annotated[float, Field(ge=0)] = 0
    years_high: Annotated[float, Field(ge=0)] = 0
    needs: Condition | None = None
    say: Line | None = None


class Role(Entity):
    """A job. `experience` is the kind of years it gives; `level` is one of the field's levels."""

    level: LevelId
    experience: ExperienceId
    settings: tuple[SettingId, ...] = ()
    market: tuple[MarketId, ...] = ()
    requires: Requirements = Requirements()
    moves: tuple[Move, ...] = ()
    ways_in: tuple[WayIn, ...] = ()


class CertificationPlanning(Record):
    """Figures the planner needs. Fees in currency, `study_hours` in hours, dues a year."""

    exam_fee: Quantity | None = None
    retake_fee: Quantity | None = None
    membership: Quantity | None = None
    renewal_fee: Quantity | None = None
    renewal_years: Quantity | None = None
    continuing_units: Quantity | None = None
    materials: Quantity | None = None
    study_hours: Quantity | None = None


class Certification(Entity):
    """An exam-based credential.

    `provisional` names the label that somebody without the experience gets first;
    the provisional one points back with `full` and lists in `lift` every way to shed it.
    """

    issuer: BodyId
    status: Literal["current", "retired", "unsure"] = "current"
    settings: tuple[SettingId, ...] = ()
    specialty: bool = False
    requires: Requirements = Requirements()
    provisional: CertificationId | None = None
    full: CertificationId | None = None
    lift: tuple[Requirement, ...] = ()
    planning: CertificationPlanning = CertificationPlanning()


class DegreePlanning(Record):
    """`hours` of study in all (the planner divides by the hours a week), `cost` of the whole."""

    hours: Quantity | None = None
    weeks_at_least: Quantity | None = None
    cost: Quantity | None = None


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
    """Pay and outlook of an occupation or survey, with its place and what it really covers."""

    id: Id
    name: Line
    country: CountryId
    covers: Line
    facts: dict[FactTopic, tuple[Fact, ...]]


class Guide(Record):
    """What is known about a decision, a country or a background rather than an entity.

    A guide is chosen by its `country` or `background`, by one of its `aliases` being
    mentioned, or, with `general: true`, whenever its topic is asked and nothing nearer answers.
    """

    id: Id
    name: Line
    aliases: tuple[Line, ...] = ()
    countries: tuple[CountryId, ...] = ()
    backgrounds: tuple[BackgroundId, ...] = ()
    entities: tuple[EntityId, ...] = ()
    general: bool = False
    summary: Line
    facts: dict[FactTopic, tuple[Fact, ...]]


class Myth(Record):
    """A claim that circulates and is wrong: how people put it, and what is true."""

    id: Id
    claim: Line
    phrasings: Annotated[tuple[Line, ...], Field(min_length=3)]
    topic: FactTopic
    entities: tuple[EntityId, ...] = ()
    truth: Annotated[tuple[Fact, ...], Field(min_length=1)]


AnyEntity = Role | Certification | Degree | Term
