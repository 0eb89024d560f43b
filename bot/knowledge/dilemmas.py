"""Types of `en/dilemmas.yaml`: decisions that are no choice between things of ours ("take the offer or wait")."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from bot.knowledge.facts import Fact
from bot.knowledge.ids import CountryId, Id, Line, Record
from bot.knowledge.verdicts import Case

Patterns = tuple[Line, ...]


class Told(Case):
    """For whom a verdict is meant: as in a choice, and with `told` (and `also`) whoever says one of its patterns."""

    told: Patterns = ()
    also: Patterns = ()


class Change(Fact):
    """What would change a verdict, or is to be asked where nothing decides: not said to who has told of it already
    (`unless`), or lives elsewhere than in `countries`.
    """

    unless: Patterns = ()
    countries: tuple[CountryId, ...] = ()


class Dilemma(Record):
    """A decision, told by patterns over words as in `en/listening/`.

    It is meant where one of `asked` is said, one of `about` and one of `also` stand anywhere in the message, and none
    of `unless`; else where a sentence that begins like one of `near` is found for a message that asks for a decision.
    The first of `cases` that fits the person decides, or else `verdict`; all of `weighs` that fit are said as well.
    With `above_all: true` it goes before whatever else the message names or asks.
    """

    id: Id
    asked: Annotated[Patterns, Field(min_length=1)]
    about: Patterns = ()
    also: Patterns = ()
    unless: Patterns = ()
    above_all: bool = False
    near: tuple[Line, ...] = ()
    cases: tuple[Told, ...] = ()
    verdict: Fact
    weighs: tuple[Told, ...] = ()
    changes: tuple[Change, ...] = ()


class Happening(Record):
    """What befell somebody, told by patterns as a dilemma is: who only tells of it, or asks what to do now, hears first
    the sentences of the knowledge base that begin like `near`. With `inside: true` only who does such work, or holds
    a credential; with `onward: true` the quickest road on from there follows, where it is known. With `asks` it befell
    in the exam that is named, or that the talk is about, and these questions of it are answered (`{name}`).
    """

    id: Id
    told: Annotated[Patterns, Field(min_length=1)]
    unless: Patterns = ()
    near: tuple[Line, ...] = ()
    asks: tuple[Line, ...] = ()
    inside: bool = False
    onward: bool = False

    @model_validator(mode="after")
    def _answered(self) -> Happening:
        if not (self.near or self.asks):
            raise ValueError("says nothing: write `near` or `asks`")
        return self


class Dilemmas(Record):
    """`en/dilemmas.yaml`. `words` are lists of words for patterns; what `not_asked` covers is not heard ("how do i");
    one of `decisions` is in every message that asks for a decision; the first dilemma that is meant decides. Of
    `happenings` the first that is told is answered.
    """

    not_asked: Patterns = ()
    decisions: Patterns = ()
    words: dict[Annotated[str, Field(pattern=r"^[a-z_]+$")], tuple[Line, ...]] = {}
    dilemmas: tuple[Dilemma, ...] = ()
    happenings: tuple[Happening, ...] = ()

    @property
    def patterns(self) -> Patterns:
        """All patterns, each once."""
        found = [row for item in self.dilemmas for row in (*item.asked, *item.about, *item.also, *item.unless)]
        cases = (case for item in self.dilemmas for case in (*item.cases, *item.weighs))
        told = [row for case in cases for row in (*case.told, *case.also)]
        known = [pattern for item in self.dilemmas for change in item.changes for pattern in change.unless]
        befell = [pattern for item in self.happenings for pattern in (*item.told, *item.unless)]
        return tuple(dict.fromkeys((*self.not_asked, *self.decisions, *found, *told, *known, *befell)))
