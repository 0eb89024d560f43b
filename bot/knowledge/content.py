"""Types of the files that are not entities: the field, topics, the assessment, wording."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.knowledge.facts import Fact
from bot.knowledge.ids import (
    CURRENCY,
    CertificationId,
    CountryCode,
    CountryId,
    EducationId,
    EntityId,
    ExperienceId,
    FactTopic,
    Id,
    Kind,
    LicenceId,
    Line,
    Points,
    Record,
    RoleId,
    SettingId,
    SourceId,
    TopicId,
)

GoalId = Annotated[Id, Points("goal")]
Key = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]
GeneralEducationId = Annotated[Id, Points("general education")]

Choosable = Literal["one", "many", "number"]


class Level(Record):
    """A rung of the career chart, lowest first."""

    id: Id
    name: Line


class FieldOfWork(Record):
    """`field.yaml`: what this knowledge base is about and what it means when nothing is named."""

    name: Line
    default_entity: EntityId
    default_country: CountryId
    currency: Annotated[str, Field(pattern=CURRENCY)]
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    banned_hosts: tuple[Line, ...] = ()
    examples: Annotated[tuple[Line, ...], Field(min_length=2)]


class Topic(Record):
    """One thing that can be asked.

    `kinds` are the entities it may be asked about. `entities` says how many it needs:
    `none` (never about one), `optional` (a general answer exists), `one`, or `several`.
    `default` is the entity meant when none is named and none is in the conversation.
    `shows` lists the keys of an entity's `facts` that its answer draws on, in order.
    `next` are the topics offered on buttons below the answer; `template` names the file in
    `en/answers/` that renders it.
    `meta` topics steer the conversation and hold no facts.
    """

    id: TopicId
    kinds: tuple[Kind, ...] = ()
    entities: Literal["none", "optional", "one", "several"] = "one"
    default: EntityId | None = None
    shows: tuple[FactTopic, ...] = ()
    next: tuple[FactTopic, ...] = ()
    template: Annotated[str, Points("template")] = "facts"
    meta: bool = False
    example: Line


class Phrasings(Record):
    """How people ask for a topic. `{role}`, `{certification}`, `{degree}`, `{term}`, `{country}`
    and `{background}` stand for any of their kind. `held_out` is never learned from: it
    measures the recogniser.
    """

    phrasings: Annotated[tuple[Line, ...], Field(min_length=1)]
    held_out: tuple[Line, ...] = ()


class Refused(Phrasings):
    """A kind of message that is none of our business, though it may use all our words.

    `signs` are phrases with which just that is asked for: one of them in what is asked refuses it where no sentence
    surely answers, and with `always` wherever it stands. `hints` are weaker: they count only in the part that asks, and
    `always` does not hold for them. `ours` sounds like it and is our business: what is nearer to that is not refused.
    `says` is what is true of it and who helps.
    """

    ours: tuple[Line, ...] = ()
    signs: tuple[Line, ...] = ()
    hints: tuple[Line, ...] = ()
    always: bool = False
    says: tuple[Fact, ...] = ()


class Stated(Record):
    """How sentences of some topics state one figure of `planning`; # stands for the figure."""

    topics: Annotated[tuple[FactTopic, ...], Field(min_length=1)]
    as_: Annotated[tuple[Line, ...], Field(min_length=1, alias="as")]


class Figures(Record):
    """`en/figures.yaml`: figure of `planning` → how sentences state it; `numbers` written as words count too.

    `ruled` are topics whose facts in a credential's own file are rules of its body.
    """

    numbers: dict[Line, float] = {}
    stated: dict[Line, Stated] = {}
    ruled: tuple[FactTopic, ...] = ()


class TopicWords(Record):
    """A topic on a button (`label`, at most 20 characters) and as a full question."""

    label: Annotated[str, Field(min_length=1, max_length=20)]
    question: Line
    question_general: Line | None = None


class Texts(Record):
    """`en/texts.yaml`: every sentence that is not an answer, by a name the code uses.

    `cues` are the words people type to steer a dialog: back, skip, stop and the like.
    """

    topics: dict[FactTopic, TopicWords]
    texts: dict[str, Line]
    cues: dict[str, tuple[Line, ...]] = {}


class Dialog(Record):
    """`en/dialogs/*.yaml`: all words of one dialog that stands alone; its name is the dialog's.

    `texts` are its sentences, in which the dialog fills slots (a line whose slot is not known is left out);
    `cues` are what people type for it, by the name that the dialog knows; `examples` are whole messages by the same
    names, for what is said in other words, with those that mean none of them under `plain`.
    """

    texts: dict[Key, Annotated[str, Field(min_length=1)]]
    cues: dict[Key, tuple[Line, ...]] = {}
    examples: dict[Key, tuple[Line, ...]] = {}


class Named(Record):
    """A value a profile may take, with the words people use for it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Line
    aliases: tuple[Line, ...] = ()


class Country(Record):
    """A country somebody may live in or ask about; `parts` are its states and cities, as they are written.

    Who names a part means the country, and hears that nothing is known of the part alone; `within` says in which
    other part one lies (a city in its state), whose figures are given then. `signs` are words by which somebody shows
    to be there without naming it (its papers, money, laws, greetings); whatever names a country says more. `letters`
    are short forms of parts by which people say where they are, in capitals or after "in" ("RN in TX").
    """

    id: CountryCode
    name: Line
    aliases: tuple[Line, ...] = ()
    parts: tuple[Line, ...] = ()
    signs: tuple[Line, ...] = ()
    letters: tuple[Line, ...] = ()
    within: dict[Line, Line] = {}

    @model_validator(mode="after")
    def _parts_within_parts(self) -> Country:
        for place in (*self.within, *self.within.values()):
            if place not in self.parts:
                raise ValueError(f"`within` names {place}, which is no part here; list it under `parts` too")
        return self


class GeneralEducation(Named):
    """Schooling outside the field: high school, a bachelor's in something else."""

    counts_as: tuple[GeneralEducationId, ...] = ()


class Licence(Named):
    """A licence; `abroad` is what somebody has instead who was trained in another country.

    `years` of a kind of work come with it, as far as anybody who holds it must have done them. One that is `local`
    counts only where it was earned: who brings it from another country and does not name one of the `papers` has none.
    """

    abroad: LicenceId | None = None
    local: bool = False
    papers: tuple[Line, ...] = ()
    years: dict[ExperienceId, Annotated[float, Field(gt=0)]] = {}


class Told(Record):
    """What people say they do, and what that tells: a role they work as, a kind of years, or where they work.

    `says` are phrases as spoken of oneself; "…" stands for up to three words, "a|b" for either of two ("_" joins words
    of one choice). They tell it by themselves where they name a `role` or a `setting`, and only together with a time
    where they name an `experience`. `certification` is what somebody holds of whom they are said (where they are asked,
    wished or denied, and it has a provisional one, that), `education` the schooling of whoever tells of no other.
    `always`: they speak of the writer's own work in questions as well ("is my … too low"). `goal` is the job of whoever
    says to want that, and of nobody else.
    """

    says: Annotated[tuple[Line, ...], Field(min_length=1)]
    role: RoleId | None = None
    experience: ExperienceId | None = None
    setting: SettingId | None = None
    certification: CertificationId | None = None
    education: EducationId | None = None
    goal: RoleId | None = None
    always: bool = False


class Background(Named):
    """Where somebody comes from: it may stand for a licence, education or years of a kind."""

    licence: LicenceId | None = None
    education: EducationId | None = None
    experience: ExperienceId | None = None


class Constraint(Named):
    """Something that limits where or how somebody can work, and what to say of it.

    It is said of posts in `roles` (none means every post), with `first` only of a first post, with `stop` before
    anything else.
    """

    say: Line
    source: SourceId | None = None
    first: bool = False
    stop: bool = False
    roles: tuple[RoleId, ...] = ()


class Effect(Record):
    """What choosing an answer writes into the profile; keys are the profile's own."""

    country: CountryId | None = None
    role: RoleId | None = None
    certifications: tuple[CertificationId, ...] = ()
    education: tuple[EducationId, ...] = ()
    years: dict[ExperienceId, float] = {}
    licences: tuple[LicenceId, ...] = ()
    setting: SettingId | None = None
    goal: GoalId | None = None
    hours_per_week: float | None = None
    budget: float | None = None


class Choice(Record):
    """One answer to a question of the assessment; `label` has at most 20 characters.

    `number` is what it stands for where the question wants a number.
    """

    id: Id
    label: Annotated[str, Field(min_length=1, max_length=20)]
    aliases: tuple[Line, ...] = ()
    sets: Effect = Effect()
    number: Annotated[float, Field(ge=0)] | None = None
    next: Literal["help_me_choose"] | None = None


class AssessmentQuestion(Record):
    """One question. `fills` is the key of the profile it is about; typed answers are read as that.

    It is left out where an earlier question named in `skip_if` was skipped or got one of those choices.
    `later_if` leaves it out in the same way, but keeps what was said to it already.
    `unit` says what a typed number counts: `years` of `experience`, `hours` a week, or `money`.
    """

    id: Id
    ask: Line
    hint: Line | None = None
    why: Line
    kind: Choosable
    unit: Literal["years", "hours", "money"] | None = None
    fills: Literal[
        "country",
        "role",
        "certifications",
        "education",
        "years",
        "licences",
        "setting",
        "goal",
        "hours_per_week",
        "budget",
    ]
    choices: Annotated[tuple[Choice, ...], Field(min_length=2, max_length=6)]
    skip_if: dict[Id, tuple[Id, ...]] = {}
    later_if: dict[Id, tuple[Id, ...]] = {}


class Assessment(Record):
    """`assessment.yaml`: what a profile may hold, and the questions that fill it."""

    countries: tuple[Country, ...]
    experience: tuple[Named, ...]
    licences: tuple[Licence, ...]
    settings: tuple[Named, ...]
    education: tuple[GeneralEducation, ...]
    backgrounds: tuple[Background, ...]
    told: tuple[Told, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    questions: Annotated[tuple[AssessmentQuestion, ...], Field(min_length=1, max_length=8)]
