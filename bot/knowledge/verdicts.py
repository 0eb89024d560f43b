"""Types of `en/verdicts.yaml`: how people ask which is better, cheaper or first, and by what it is decided."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.knowledge.facts import Condition, Fact, ShortReply
from bot.knowledge.ids import CountryId, EntityId, Id, LevelId, Line, Record, RoleId, SettingId

Word = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]
# The figure of `planning` that is compared, or the pay of a role.
Figure = Literal["exam_fee", "membership", "exam_hours", "exam_questions", "continuing_units", "study_hours", "pay"]
# What the code says with them; a file without one of them is told by `check`.
WORDS = (
    "two", "same", "one_known", "none_known", "against", "against_pay", "and", "top", "next", "counted", "yes", "no",
    "sum", "sum_of", "held", "fits", "open_now", "for_setting", "by_setting", "by_figures", "all_by_figures",
    "pays_more", "undecided", "list", "by_road", "not_by", "worth_sum", "worth_against_pay", "left_out",
    "must", "no_must", "employers", "may_sit", "may_not_sit", "not_yet_of", "own_duration", "own_cost",
)  # fmt: skip


class End(Record):
    """One end of a measure: how it is asked for, what the one of two is, and what the one of all is."""

    asked: Annotated[tuple[Line, ...], Field(min_length=1)]
    is_: Annotated[Line, Field(alias="is")]
    most: Line


class Measure(Record):
    """Something of which one has more and another less.

    It is meant where a word of one of its ends is used, and, with `beside`, one of those words as well; never with one
    of `unless`; words of its ends that are `plain` ask for it only between things. `says` is shown where no figure
    decides, and after the figures where it is a caution. With `by_road` the shorter road from where somebody stands
    decides between two.
    """

    id: Id
    of: Literal["certification", "role"]
    figure: Figure | None = None
    by_road: bool = False
    name: Line
    value: Line = "{value}"
    beside: tuple[Line, ...] = ()
    unless: tuple[Line, ...] = ()
    plain: tuple[Line, ...] = ()
    less: End | None = None
    more: End | None = None
    says: tuple[Fact, ...] = ()

    @model_validator(mode="after")
    def _asked_somehow(self) -> Measure:
        if self.less is None and self.more is None:
            raise ValueError("nobody can ask for it; give `less`, `more` or both")
        if self.figure is None and not self.says:
            raise ValueError("it has no `figure` to decide by; give one, or say under `says` what is known")
        return self


class Case(Record):
    """For whom one of the things compared is the answer; every key that is given must fit.

    The usual country fits whoever told of none.
    """

    setting: SettingId | None = None
    holds: Condition | None = None
    goal: tuple[RoleId, ...] = ()
    countries: tuple[CountryId, ...] = ()
    verdict: Fact


class Weighing(Record):
    """A choice between things that people weigh against each other.

    The first of `cases` that fits the person decides, or else `verdict`; `changes` says what would change it. With
    `asks_setting` the person is asked where they want to work. `difference` says what sets them apart, for who asks
    just that. `roads` are goals whose roads from where the person stands are held against each other.
    """

    between: Annotated[tuple[EntityId, ...], Field(min_length=2)]
    cases: tuple[Case, ...] = ()
    verdict: Fact
    difference: Fact | None = None
    changes: tuple[Fact, ...] = ()
    asks_setting: bool = False
    roads: tuple[EntityId, ...] = ()


class YesOrNo(Record):
    """How questions that want yes or no begin (`openers`), what turns one round (`negations`), what makes it one of
    duty and not of leave (`demands`), and the words that an answer begins with; `begun` are those with which a
    sentence has begun so by itself. After one of the `wider` words a question asks for more than yes or no; `telling`
    are words that look like an opener and only tell ("i have").
    """

    openers: tuple[Line, ...] = ()
    wider: tuple[Line, ...] = ()
    negations: tuple[Line, ...] = ()
    demands: tuple[Line, ...] = ()
    begun: tuple[Line, ...] = ()
    telling: tuple[Line, ...] = ()
    words: dict[ShortReply, Line] = {}


class Objection(Record):
    """What may be said against an answer to one of some `topics` (`said`, the whole message), and the question that it
    stands for, `asks`, of the thing spoken of (`{name}`).
    """

    topics: Annotated[tuple[Line, ...], Field(min_length=1)]
    said: Annotated[tuple[Line, ...], Field(min_length=1)]
    asks: Line


class Verdicts(Record):
    """`en/verdicts.yaml`.

    `kinds` are the words for each kind of thing, `choosing` those of a choice, `outright` those of one whatever else
    is said, `deciding` those that ask for a decision whatever the topic, `telling_apart` those of a plain difference,
    `same` those that ask whether two are one, `than` those of a comparison that is answered with yes or no, `beside`
    those between names that stand side by side, `towards` those between where a way begins and where it leads,
    `leaving` those before where it begins, `pointing` those that mean what was spoken of before, `denying` those
    before a name that is not meant ("not the x, the y"), `asked_why` those before them with which it is ("why not the
    x"), `open` those of a question that only the person decides, `ordering` those of what comes before another,
    `upkeep` those of continuing units and `counting` those that ask how many, `listing` those that ask for everything
    of a kind and `not_listing` those that ask something else of it, `levels` those for each level, `grading` those that
    hold two things against each other by something ("fewer", "calmer"), `worth` those that ask whether a thing is worth
    it, `having` those before a credential that is held already ("with a"), `sitting` those that ask whether somebody
    may sit an exam, `own_length` and `own_cost` those that ask how long the whole road would take, or cost, the one who
    asks, `own_total` those that ask for all that even one exam takes, and `not_own_road` those with which something
    else is asked; `both` those that ask whether one or both, `at_once` those of two things at a time, `earlier` those
    of one that must come first, `skipping` those of leaving one out, `keeping` those of what is held already and
    renewed or dropped, `staying` those before the work that somebody has, `comparing` those that hold the one thing
    spoken of against the usual one ("does it pay more"), `ways` those that ask for a way and not for a thing;
    `objections` are what is said against an answer to a topic ("too long"), and the question that this stands for;
    `words` are the sentences.
    """

    kinds: dict[Literal["certification", "role"], tuple[Line, ...]] = {}
    choosing: tuple[Line, ...] = ()
    outright: tuple[Line, ...] = ()
    deciding: tuple[Line, ...] = ()
    telling_apart: tuple[Line, ...] = ()
    than: tuple[Line, ...] = ()
    beside: tuple[Line, ...] = ()
    towards: tuple[Line, ...] = ()
    open: tuple[Line, ...] = ()
    onward: tuple[Line, ...] = ()
    ordering: tuple[Line, ...] = ()
    upkeep: tuple[Line, ...] = ()
    counting: tuple[Line, ...] = ()
    listing: tuple[Line, ...] = ()
    not_listing: tuple[Line, ...] = ()
    levels: dict[LevelId, tuple[Line, ...]] = {}
    same: tuple[Line, ...] = ()
    leaving: tuple[Line, ...] = ()
    denying: tuple[Line, ...] = ()
    asked_why: tuple[Line, ...] = ()
    grading: tuple[Line, ...] = ()
    worth: tuple[Line, ...] = ()
    having: tuple[Line, ...] = ()
    sitting: tuple[Line, ...] = ()
    own_length: tuple[Line, ...] = ()
    own_cost: tuple[Line, ...] = ()
    own_total: tuple[Line, ...] = ()
    not_own_road: tuple[Line, ...] = ()
    both: tuple[Line, ...] = ()
    at_once: tuple[Line, ...] = ()
    earlier: tuple[Line, ...] = ()
    skipping: tuple[Line, ...] = ()
    keeping: tuple[Line, ...] = ()
    staying: tuple[Line, ...] = ()
    pointing: tuple[Line, ...] = ()
    comparing: tuple[Line, ...] = ()
    ways: tuple[Line, ...] = ()
    objections: tuple[Objection, ...] = ()
    words: dict[Word, Line] = {}
    yes_or_no: YesOrNo = YesOrNo()
    measures: tuple[Measure, ...] = ()
    choices: tuple[Weighing, ...] = ()

    @model_validator(mode="after")
    def _all_words(self) -> Verdicts:
        missing = [word for word in WORDS if word not in self.words]
        if (self.measures or self.choices or self.worth) and missing:
            raise ValueError(f"`words` says nothing for {', '.join(missing)}; write a sentence for each")
        return self
