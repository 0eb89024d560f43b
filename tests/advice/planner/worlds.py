"""Small knowledge bases and profiles to try the planner's laws on, made by hypothesis.

A year is a few weeks here: conditions ask for so many fifty-seconds of a year, so that the slow
and simple oracle can walk through every week. Everything is drawn as a small number, which
hypothesis makes quickly and shrinks well.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

from hypothesis import strategies as st

from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.choosing import Choosing
from bot.knowledge.content import Assessment, FieldOfWork
from bot.knowledge.model import Certification, Condition, Degree, Role, Term

KINDS = ("craft", "desk")
LEVELS = ("low", "high")
SCHOOLING = ("school", "college")
LICENCES = ("permit",)
SETTINGS = ("office", "outdoors")
WEEK = 1 / 52
MOST_WEEKS = 3

Anything = TypeVar("Anything")
Draw = st.DrawFn
Json = dict[str, Any]


@lru_cache
def below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


def pick(draw: Draw, options: Sequence[Anything]) -> Anything:
    """One of the options; the first is the simplest."""
    return options[draw(below(len(options)))]


def odds(draw: Draw, out_of: int) -> bool:
    """True once in so many times."""
    return draw(below(out_of)) == out_of - 1


@dataclasses.dataclass(frozen=True)
class Names:
    """The ids a world may mention."""

    roles: tuple[str, ...]
    certifications: tuple[str, ...]
    education: tuple[str, ...]


def condition(draw: Draw, names: Names, gates: bool = False, depth: int = 1) -> Json:
    """A condition; a gate of a school asks only for schooling or a licence."""
    if depth and odds(draw, 3):
        count = 1 + draw(below(2))
        return {pick(draw, ("any", "all")): [condition(draw, names, gates, depth - 1) for _ in range(count)]}
    schools = [{"education": item} for item in (*names.education, *names.education, *reversed(SCHOOLING))]
    plain: list[Json] = [*schools, {"licence": "permit"}]
    if gates:
        return pick(draw, plain)
    certified = [{"certification": item} for item in names.certifications]
    been = [{"role": item} for item in names.roles[:1]]
    worked = [{"years": count * WEEK, "of": kind} for count in (1, 2, 3) for kind in KINDS]
    return pick(draw, [*certified, *certified, *worked, *plain, *been])


def optional(draw: Draw, names: Names) -> Condition | None:
    return Condition.model_validate(condition(draw, names)) if odds(draw, 2) else None


def asked(draw: Draw, names: Names, gates: bool = False) -> list[Json]:
    """What is asked under one label: half of the time nothing."""
    if not odds(draw, 2):
        return []
    return [{"say": "Asked.", "needs": condition(draw, names, gates), "assumption": True}]


def amount(draw: Draw, most: int) -> Json | None:
    """A price, sometimes not known."""
    high = draw(below(most + 2))
    return {"low": high / 2, "high": high, "assumption": True} if high <= most else None


def span(draw: Draw, most: int) -> Json:
    """A number of hours or of money, at least 1."""
    count = 1 + draw(below(most))
    return {"low": count, "high": count, "assumption": True}


def blank(base: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base with the wording of another and nothing in it: the field of every world."""
    assessment = base.assessment.model_dump()
    assessment |= {
        "experience": [{"id": kind, "name": kind} for kind in KINDS],
        "licences": [{"id": item, "name": item} for item in LICENCES],
        "settings": [{"id": item, "name": item} for item in SETTINGS],
        "education": [
            {"id": "school", "name": "school"},
            {"id": "college", "name": "college", "counts_as": ["school"]},
        ],
        "constraints": [],
        "backgrounds": [{"id": "licensed", "name": "licensed", "licence": "permit", "experience": "craft"}],
    }
    levels = [{"id": level, "name": level} for level in LEVELS]
    field = base.field.model_dump() | {"default_entity": "role-0", "levels": levels}
    unused = ("markets", "guides", "myths", "sources", "publishers", "topics", "phrasings", "out_of_scope", "answers")
    empty: dict[str, Any] = {key: {} for key in unused}
    return dataclasses.replace(
        base,
        digest="world",
        field=FieldOfWork.model_validate(field),
        assessment=Assessment.model_validate(assessment),
        choosing=Choosing(),
        **empty,
    )


@st.composite
def worlds(draw: Draw, field: KnowledgeBase, size: int = 3, doors: bool = False) -> KnowledgeBase:
    """A knowledge base of up to `size` roles and as many credentials in a blank field.

    With `doors` a school may ask for anything before it is begun, work included.
    """
    pair = odds(draw, 2)
    least = 0 if pair else 1
    singles = least + draw(below(size))
    names = Names(
        roles=tuple(f"role-{number}" for number in range(1 + draw(below(size)))),
        certifications=tuple(f"cert-{number}" for number in range(singles)) + (("full", "half") if pair else ()),
        education=tuple(f"course-{number}" for number in range(draw(below(size)))),
    )
    body: Json = {"id": "body", "name": "Body", "summary": "A body.", "body": True}
    if odds(draw, 2):
        body["planning"] = {"membership": span(draw, 3)}
    return dataclasses.replace(
        field,
        roles={item: role(draw, item, names) for item in names.roles},
        certifications={item: certification(draw, item, names) for item in names.certifications},
        education={item: course(draw, item, names, doors) for item in names.education},
        terms={"body": Term.model_validate(body)},
    )


def certification(draw: Draw, item: str, names: Names) -> Certification:
    """A credential; `full` starts as `half` until one of two ways lifts it."""
    data: Json = {"id": item, "name": item, "summary": "A credential.", "issuer": "body"}
    data["settings"] = pick(draw, ((), ("office",), ("outdoors",)))
    data["requires"] = {"exam_requires": asked(draw, names)}
    data["planning"] = {
        "study_hours": span(draw, 4),
        "exam_fee": amount(draw, 4),
        "materials": amount(draw, 2),
        "renewal_fee": amount(draw, 3),
        "renewal_years": {"low": 2, "high": 2, "assumption": True},
    }
    if item == "full":
        data["provisional"] = "half"
    if item == "half":
        ways = range(1 + draw(below(2)))
        data["full"] = "full"
        data["lift"] = [{"say": "A way.", "needs": condition(draw, names), "assumption": True} for _ in ways]
    return Certification.model_validate(data)


def course(draw: Draw, item: str, names: Names, doors: bool) -> Degree:
    """A school; it may count as general schooling or as another course."""
    others = [other for other in (*names.education, "college") if other != item]
    data: Json = {"id": item, "name": item, "summary": "A course."}
    data["level"] = pick(draw, ("course", "associate"))
    data["counts_as"] = [pick(draw, others)] if odds(draw, 2) else []
    data["requires"] = {"exam_requires": asked(draw, names, gates=not doors)}
    data["planning"] = {"hours": span(draw, 4), "cost": amount(draw, 6)}
    return Degree.model_validate(data)


def role(draw: Draw, item: str, names: Names) -> Role:
    """A job, with moves to others and perhaps ways in from outside."""
    others = [other for other in names.roles if other != item and odds(draw, 2)]
    ways = range((1 if item == "role-0" else 0) + draw(below(2)))
    data: Json = {"id": item, "name": item, "summary": "A job."}
    data["level"] = pick(draw, LEVELS)
    data["experience"] = pick(draw, KINDS)
    data["requires"] = {"employers_ask": asked(draw, names)}
    data["moves"] = [
        {"to": to, "kind": "up", **years(draw), "needs": optional(draw, names), "assumption": True} for to in others
    ]
    data["ways_in"] = [way_in(draw, names) for _ in ways]
    return Role.model_validate(data)


def way_in(draw: Draw, names: Names) -> Json:
    """A way in for everybody, or after some work for those with a licence."""
    if odds(draw, 4):
        return {"background": "licensed", **years(draw), "needs": optional(draw, names), "assumption": True}
    return {"needs": optional(draw, names), "assumption": True}


def years(draw: Draw) -> Json:
    count = draw(below(MOST_WEEKS + 1)) * WEEK
    return {"years_low": count, "years_high": count}


@st.composite
def profiles(draw: Draw, world: KnowledgeBase) -> Profile:
    """Somebody in that world with a goal in it."""
    return Profile(
        role=pick(draw, (None, None, *sorted(world.roles))),
        certifications=tuple(some(draw, sorted(world.certifications))),
        education=tuple(some(draw, [*sorted(world.education), *SCHOOLING])),
        years={kind: draw(below(MOST_WEEKS + 1)) * WEEK for kind in KINDS if odds(draw, 2)},
        licences=pick(draw, ((), LICENCES)),
        setting=pick(draw, (None, None, None, "office")),
        goal=pick(draw, [*sorted(world.roles, reverse=True), *sorted(world.certifications)]),
        hours_per_week=pick(draw, (1.0, 1.0, 2.0, 0.5)),
    )


def some(draw: Draw, items: list[str]) -> list[str]:
    return [pick(draw, items)] if items and odds(draw, 2) else []
