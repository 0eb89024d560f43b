"""Types of `choosing.yaml`: what people like, what they have done, and small tasks to try the work."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from bot.knowledge.facts import Quantity, Sourced
from bot.knowledge.ids import ExperienceId, Id, LevelId, Line, Points, Record, RoleId, SettingId, SourceId

InterestId = Annotated[Id, Points("interest")]
ButtonLabel = Annotated[str, Field(min_length=1, max_length=20)]
# How much a like or a deed speaks for a role: 1 a little, 2 it is part of the work, 3 it is the work.
Weight = Annotated[int, Field(ge=1, le=3)]


class Interest(Record):
    """Something people like doing. `like` reads after "you", e.g. "like order".

    `roles` says for which roles it speaks; none means that the work lies outside the field.
    """

    id: Id
    label: ButtonLabel
    aliases: tuple[Line, ...] = ()
    like: Line
    roles: dict[RoleId, Weight] = {}


class Practice(Record):
    """A free step that closes a gap: what to do, why it helps, and a page where it can be done for nothing.

    `at_work`: only somebody with a post can do it, for it needs colleagues or the work of a day. `known` are kinds of
    work in which everybody has done it already.
    """

    say: Line
    why: Line
    source: SourceId | None = None
    at_work: bool = False
    known: tuple[ExperienceId, ...] = ()


class Deed(Record):
    """Something concrete that people have done or not. `done` reads after "you have".

    `short` names it in a list of what is there and what is missing. It is asked only of people with
    one of the kinds of `experience`, and for work in one of the `settings`; none means everybody.
    """

    id: Id
    ask: Line
    done: Line
    short: Line
    roles: Annotated[dict[RoleId, Weight], Field(min_length=1)]
    experience: tuple[ExperienceId, ...] = ()
    settings: tuple[SettingId, ...] = ()
    practice: Practice | None = None


class Option(Record):
    """One way to solve a task."""

    id: Id
    label: ButtonLabel
    right: bool = False


class Task(Record):
    """A minute of a role's work on an invented case: its lines, a question, and what a professional would say."""

    id: Id
    role: RoleId
    aliases: tuple[Line, ...] = ()
    case: Annotated[tuple[Line, ...], Field(min_length=1, max_length=4)]
    ask: Line
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=5)]
    explain: Line

    @model_validator(mode="after")
    def _one_is_right(self) -> Task:
        if sum(option.right for option in self.options) != 1:
            raise ValueError("exactly one option has `right: true`; mark one, and take it from the others")
        return self


class Feeling(Record):
    """How the tasks felt, what we say to it, and, where they were not liked, what would change our mind."""

    id: Id
    label: ButtonLabel
    aliases: tuple[Line, ...] = ()
    likes: bool
    say: Line
    change: Line | None = None


class Elsewhere(Record):
    """Work that lies nearer for somebody who does not like the tasks; `role` where it is one of ours.

    One without `interests` is for everybody.
    """

    id: Id
    name: Line
    role: RoleId | None = None
    interests: tuple[InterestId, ...] = ()


class HiringStep(Sourced):
    """Something that leads up to a new post: `say` is the step, `why` its reason.

    `first` is for those who have not worked in the field yet, `levels` for posts of those levels,
    `roles` for those posts; none means every post. `weeks_before` the search is when it is time for it.
    `posts` are names of jobs by which it is done, as people say them: no roles of the field, but on the way to one.
    `done` are words by which people tell that they have done it. `not_after` are kinds of work: who does one of them
    need not begin there. `instead` is what the step says to somebody with a limit.
    """

    id: Id
    say: Line
    why: Line
    first: bool = False
    not_after: tuple[ExperienceId, ...] = ()
    instead: dict[Id, Line] = {}
    levels: tuple[LevelId, ...] = ()
    roles: tuple[RoleId, ...] = ()
    weeks_before: int | None = None
    posts: tuple[Line, ...] = ()
    done: tuple[Line, ...] = ()


class Hiring(Record):
    """How people come to a post: `weeks` of looking for one (the low end is planned with), and what they do.

    `stay` is how many weeks somebody newly hired stays at least before the next post.
    """

    weeks: Quantity | None = None
    stay: Quantity | None = None
    say: Line | None = None
    steps: tuple[HiringStep, ...] = ()


class Choosing(Record):
    """`choosing.yaml`: the content of "help me choose". `liked` are the interests asked for after the tasks."""

    interests: tuple[Interest, ...] = ()
    deeds: tuple[Deed, ...] = ()
    tasks: tuple[Task, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    liked: tuple[InterestId, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    hiring: Hiring = Hiring()
