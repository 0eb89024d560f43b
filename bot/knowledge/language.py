"""Types of `en/language/`: how a language tells things, apart from any field."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.knowledge.ids import CountryCode, Line, Record

Amount = Literal["money", "time"]
Cue = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]


class NumberWords(Record):
    """`numbers.yaml`: numbers as words, what multiplies them ("k"), and what adds to them ("and a half").

    `vague` and `half` are read only where a number was asked for.
    """

    words: dict[Line, float] = {}
    scales: dict[Line, float] = {}
    added: dict[Line, float] = {}
    ranges: tuple[Line, ...] = ()
    loose: tuple[Line, ...] = ()
    vague: dict[Line, float] = {}
    half: tuple[Line, ...] = ()


class UnitWords(Record):
    """`units.yaml`: words for stretches of time, by how many years or hours each has, and the names of months.

    `years` and `hours` map a word to its size; `a_week` how often something happens in a week; `days` on how many days
    of a week it is by what stands elsewhere in the sentence ("on weeknights"), `times` what makes a number such days
    ("days a week") and `each` what says that hours are meant for every one of them. `months` are the names of months,
    January first, each with its short forms.
    """

    years: dict[Line, float] = {}
    hours: dict[Line, float] = {}
    a_week: dict[Line, float] = {}
    days: dict[Line, float] = {}
    times: tuple[Line, ...] = ()
    each: tuple[Line, ...] = ()
    months: tuple[tuple[Line, ...], ...] = ()


class Currency(Record):
    """A currency: its signs, which may stand before or after a number, its words, and where it is meant unsaid."""

    signs: tuple[Line, ...] = ()
    words: tuple[Line, ...] = ()
    countries: tuple[CountryCode, ...] = ()
    scales: dict[Line, float] = {}


class Calendar(Record):
    """`calendar`: the days of the week, Monday first; days by how far they are from today; times ahead.

    `ago` stands after a time that is past ("2 weeks ago"), `gone` before a day or a length of time ("last friday"),
    `the` between `coming` and a day without its month ("on the 3rd").
    """

    weekdays: tuple[tuple[Line, ...], ...] = ()
    days: dict[Line, int] = {}
    next_week: tuple[Line, ...] = ()
    next_month: tuple[Line, ...] = ()
    ahead: tuple[Line, ...] = ()
    units: dict[Line, int] = {}
    months: tuple[Line, ...] = ()
    coming: tuple[Line, ...] = ()
    ago: tuple[Line, ...] = ()
    gone: tuple[Line, ...] = ()
    until: tuple[Line, ...] = ()
    of: tuple[Line, ...] = ()
    ordinals: tuple[Line, ...] = ()
    the: tuple[Line, ...] = ()


class Ages(Record):
    """`ages`: the words around a number that is somebody's age, and those after it that make it something else."""

    am: tuple[Line, ...] = ()
    age: tuple[Line, ...] = ()
    only: tuple[Line, ...] = ()
    old: tuple[Line, ...] = ()
    under: tuple[Line, ...] = ()
    spent: tuple[Line, ...] = ()


class Orders(Record):
    """`orders`: the small words in what is said of a step of a plan, or of units earned."""

    articles: tuple[Line, ...] = ()
    step: tuple[Line, ...] = ()
    trailing: tuple[Line, ...] = ()
    is_: Annotated[tuple[Line, ...], Field(alias="is")] = ()
    about: tuple[Line, ...] = ()
    for_: Annotated[tuple[Line, ...], Field(alias="for")] = ()


class Courtesies(Record):
    """`courtesies.yaml`: what people say around a message that asks nothing, in patterns (`knowledge/README.md`,
    "Listening", says how these are written): `before` and `after` it, and `before_question` only where it goes on with
    a pause, one of the `links` or one of `asks`. `passed_on` says whose question is passed on ("my class asks"), where
    one of `asks` or of `whether` follows, and `passed_on_after` what may then end it ("what do i tell them"). `words`
    are lists that patterns name.
    """

    words: dict[Cue, tuple[Line, ...]] = {}
    links: tuple[Line, ...] = ()
    before: tuple[Line, ...] = ()
    before_question: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()
    whether: tuple[Line, ...] = ()
    passed_on: tuple[Line, ...] = ()
    passed_on_after: tuple[Line, ...] = ()


class Language(Record):
    """One of the files, or all of them together. Where a knowledge base has none, nothing is heard of anybody.

    `shortened` says what a short form stands for, `cues` lists the words that tell how something is meant (the code
    names them), `constraints` what limits somebody, by how it is noted. `asks` open a question, `clauses` another thing
    that is told after a comma; `nothing_asked` are the words that beside a name ask nothing ("and for the …?").
    `amounts` are the words by which an amount of money or time is asked for, `periods` those for what an amount is for
    ("a year"), by the period.
    """

    shortened: dict[Line, str] = {}
    numbers: NumberWords = NumberWords()
    units: UnitWords = UnitWords()
    currencies: dict[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], Currency] = {}
    cues: dict[Cue, tuple[Line, ...]] = {}
    constraints: dict[Line, tuple[Line, ...]] = {}
    calendar: Calendar = Calendar()
    ages: Ages = Ages()
    asks: tuple[Line, ...] = ()
    nothing_asked: tuple[Line, ...] = ()
    amounts: dict[Amount, tuple[Line, ...]] = {}
    periods: dict[Line, tuple[Line, ...]] = {}
    clauses: tuple[Line, ...] = ()
    orders: Orders = Orders()
    courtesies: Courtesies = Courtesies()
