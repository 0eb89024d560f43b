"""What is claimed, and where it comes from: sources, facts, figures, conditions, requirements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.knowledge.ids import (
    Address,
    AsOf,
    BodyId,
    CertificationId,
    CountryId,
    EducationId,
    ExperienceId,
    Label,
    LicenceId,
    Line,
    PublisherId,
    PublisherKind,
    Record,
    RoleId,
    SettingId,
    SourceId,
)

# How an answer begins to a question that wants yes or no.
ShortReply = Literal["yes", "no", "usually", "seldom", "depends"]


class Publisher(Record):
    """Who stands behind pages. `hosts` are where its own pages are, each with its subdomains;
    one that many share has the part of the path that is its own (`shared.example.org/ours`).

    `body` is the term of the body whose rules it publishes; `check_at` is where a person settles
    what somebody else says of it; `short` is its name inside a sentence.
    """

    name: Line
    short: Line | None = None
    kind: PublisherKind
    hosts: Annotated[tuple[Line, ...], Field(min_length=1)]
    body: BodyId | None = None
    check_at: Address | None = None


class Source(Record):
    """A page where something was read.

    `url` is on a host of its publisher. Where the page was read in a copy that somebody else
    keeps, `copy` is the address of the copy and `url` that of the original.
    `as_of` is the date the page itself gives for its figures; `read` the day somebody
    read it (the first of the month where only the month is known); after `recheck` an
    answer says that the fact may be out of date.
    """

    publisher: PublisherId
    title: Line
    url: Address
    copied_at: Annotated[Address | None, Field(alias="copy")] = None
    read: date
    recheck: date
    as_of: AsOf | None = None


class Sourced(Record):
    """Anything that claims something about the world.

    Exactly one of `source` and `assumption` is given. An assumption serves the planner,
    is named as ours wherever it shows, and is never an answer by itself.
    `whose` is the publisher whose figure or rule it is, where that is not the publisher of the page.
    `also` are further pages that were read for it: where pages differ and nobody's is the rule itself, both ends are
    said.
    """

    source: SourceId | None = None
    also: tuple[SourceId, ...] = ()
    whose: PublisherId | None = None
    assumption: bool = False
    as_of: AsOf | None = None
    country: CountryId | None = None

    @model_validator(mode="after")
    def _exactly_one_origin(self) -> Sourced:
        if (self.source is None) != self.assumption:
            raise ValueError(
                "nothing says where this comes from; give either `source: <id from sources.yaml>` or `assumption: true`"
            )
        return self


class Askable(Sourced):
    """A sentence that people ask for.

    `asked` are ways in which people ask for just this sentence, in their own words. Those that it answers with yes
    stand under `yes_to`, those with no under `no_to`, and so on: the answer to such a question begins with that word.
    """

    asked: tuple[Line, ...] = ()
    yes_to: tuple[Line, ...] = ()
    no_to: tuple[Line, ...] = ()
    usually_to: tuple[Line, ...] = ()
    seldom_to: tuple[Line, ...] = ()
    depends_to: tuple[Line, ...] = ()

    @property
    def replies(self) -> Mapping[str, ShortReply]:
        """How the answer to each asking begins, where that is said."""
        said: tuple[tuple[ShortReply, tuple[Line, ...]], ...] = (
            ("yes", self.yes_to), ("no", self.no_to), ("usually", self.usually_to), ("seldom", self.seldom_to),
            ("depends", self.depends_to),
        )  # fmt: skip
        return {asking: word for word, askings in said for asking in askings}

    @property
    def askings(self) -> tuple[Line, ...]:
        """All ways in which people ask for it, each once."""
        return tuple(dict.fromkeys((*self.asked, *self.replies)))


class Fact(Askable):
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
        if not isinstance(data, dict):
            return data
        if isinstance(known := data.get("known"), str):
            raise ValueError(f"`known` is the text `{known}`; write `known: false`, or leave the key out")
        return {**data, "assumption": True} if known is False and not data.get("source") else data


class Quantity(Sourced):
    """A number or a range the planner computes with; money in the field's currency."""

    low: Annotated[float, Field(ge=0)]
    high: Annotated[float, Field(ge=0)]

    @model_validator(mode="after")
    def _ordered(self) -> Quantity:
        if self.low > self.high:
            raise ValueError("`low` is larger than `high`; swap the two")
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
            raise ValueError(f"a condition has exactly one of {', '.join(keys)}; put several under `all:` or `any:`")
        if (self.years is None) != (self.of is None):
            raise ValueError(
                "`years` and `of` (the kind of experience) go together; give both, such as {years: 2, of: …}"
            )
        if self.accredited is not None and self.education is None:
            raise ValueError("`accredited` stands alone; add `education:`, which it belongs to")
        if self.any == () or self.all == ():
            raise ValueError("an empty `any` or `all` can never be met; leave it out")
        return self


class Pay(Quantity):
    """What is paid a year, and in a few words whom it counts where that is wider than the job that it stands for."""

    group: Line | None = None


class Requirement(Askable):
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
