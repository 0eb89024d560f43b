"""Small knowledge bases and profiles to try the planner's laws on, made by hypothesis.

A year is a few weeks here: conditions ask for so many fifty-seconds of a year, so that the slow
and simple oracle can walk through every week.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import strategies as st

from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import Assessment, FieldOfWork
from bot.knowledge.model import Certification, Condition, Degree, Role, Term

KINDS = ("craft", "desk")
LEVELS = ("low", "high")
SCHOOLING = ("school", "college")
LICENCES = ("permit",)
SETTINGS = ("office", "outdoors")
WEEK = 1 / 52


def weeks(most: int, least: int = 1) -> st.SearchStrategy[float]:
    """A few weeks, in years."""
    return st.integers(least, most).map(lambda count: count * WEEK)


@dataclasses.dataclass(frozen=True)
class Names:
    """The ids a world may mention."""

    roles: tuple[str, ...]
    certifications: tuple[str, ...]
    education: tuple[str, ...]


@st.composite
def conditions(draw: st.DrawFn, names: Names, gates: bool = False, depth: int = 1) -> Condition:
    """A condition; a gate of a school asks only for schooling or a licence."""
    if depth and draw(st.integers(0, 2)) == 0:
        key = draw(st.sampled_from(("any", "all")))
        children = draw(st.lists(conditions(names, gates, depth - 1), min_size=1, max_size=2))
        return Condition.model_validate({key: children})
    schools = [{"education": item} for item in (*names.education, *names.education, "school", "college")]
    plain: list[dict[str, Any]] = [*schools, {"licence": "permit"}]
    if gates:
        return Condition.model_validate(draw(st.sampled_from(plain)))
    certified = [{"certification": item} for item in names.certifications]
    been = [{"role": item} for item in names.roles[:1]]
    worked = [{"years": count * WEEK, "of": kind} for count in (1, 2, 3) for kind in KINDS]
    return Condition.model_validate(draw(st.sampled_from([*certified, *certified, *worked, *plain, *been])))


@st.composite
def asked(draw: st.DrawFn, names: Names, gates: bool = False) -> list[dict[str, Any]]:
    """What is asked under one label: half of the time nothing."""
    if draw(st.booleans()):
        return []
    return [{"say": "Asked.", "needs": draw(conditions(names, gates)), "assumption": True}]


def amounts(most: int) -> st.SearchStrategy[dict[str, Any] | None]:
    """A price, sometimes unknown."""
    known = st.integers(0, most).map(lambda high: {"low": high / 2, "high": high, "assumption": True})
    return st.one_of(known, known, known, st.none())


def spans(most: int, least: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    """A number of hours."""
    return st.integers(least, most).map(lambda count: {"low": count, "high": count, "assumption": True})


def blank(base: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base with the wording of another and nothing in it: the field of every world."""
    levels = [{"id": level, "name": level} for level in LEVELS]
    assessment = base.assessment.model_dump()
    assessment |= {
        "experience": [{"id": kind, "name": kind} for kind in KINDS],
        "licences": [{"id": item, "name": item} for item in LICENCES],
        "settings": [{"id": item, "name": item} for item in SETTINGS],
        "education": [
            {"id": "school", "name": "school"},
            {"id": "college", "name": "college", "counts_as": ["school"]},
        ],
        "backgrounds": [{"id": "licensed", "name": "licensed", "licence": "permit", "experience": "craft"}],
    }
    unused = ("markets", "guides", "myths", "sources", "topics", "phrasings", "out_of_scope", "answers")
    empty: dict[str, Any] = {key: {} for key in unused}
    field = base.field.model_dump() | {"default_entity": "role-0", "levels": levels}
    return dataclasses.replace(
        base,
        digest="world",
        field=FieldOfWork.model_validate(field),
        assessment=Assessment.model_validate(assessment),
        **empty,
    )


@st.composite
def worlds(draw: st.DrawFn, field: KnowledgeBase, size: int = 3) -> KnowledgeBase:
    """A knowledge base of up to `size` roles and as many credentials in a blank field."""
    pair = draw(st.booleans())
    singles = draw(st.integers(0 if pair else 1, size - (1 if pair else 0)))
    names = Names(
        roles=tuple(f"role-{number}" for number in range(draw(st.integers(1, size)))),
        certifications=tuple(f"cert-{number}" for number in range(singles)) + (("full", "half") if pair else ()),
        education=tuple(f"course-{number}" for number in range(draw(st.integers(0, size - 1)))),
    )
    body: dict[str, Any] = {"id": "body", "name": "Body", "summary": "A body.", "body": True}
    if draw(st.booleans()):
        body["planning"] = {"membership": draw(spans(3))}
    return dataclasses.replace(
        field,
        roles={item: draw(role(item, names)) for item in names.roles},
        certifications={item: draw(certification(item, names)) for item in names.certifications},
        education={item: draw(course(item, names)) for item in names.education},
        terms={"body": Term.model_validate(body)},
    )


@st.composite
def certification(draw: st.DrawFn, item: str, names: Names) -> Certification:
    """A credential; `full` starts as `half` until one of two ways lifts it."""
    data: dict[str, Any] = {"id": item, "name": item, "summary": "A credential.", "issuer": "body"}
    data["settings"] = draw(st.lists(st.sampled_from(SETTINGS), max_size=1))
    data["requires"] = {"exam_requires": draw(asked(names))}
    data["planning"] = {
        "study_hours": draw(spans(4)),
        "exam_fee": draw(amounts(4)),
        "materials": draw(amounts(2)),
        "retake_fee": draw(amounts(4)),
        "renewal_fee": draw(amounts(3)),
        "renewal_years": {"low": 2, "high": 2, "assumption": True},
    }
    if item == "full":
        data["provisional"] = "half"
    if item == "half":
        data["full"] = "full"
        data["lift"] = [
            {"say": "A way.", "needs": draw(conditions(names)), "assumption": True}
            for _ in range(draw(st.integers(1, 2)))
        ]
    return Certification.model_validate(data)


@st.composite
def course(draw: st.DrawFn, item: str, names: Names) -> Degree:
    """A school; it may count as general schooling or as another course."""
    others = [other for other in (*names.education, "college") if other != item]
    return Degree.model_validate(
        {
            "id": item,
            "name": item,
            "summary": "A course.",
            "level": draw(st.sampled_from(("course", "associate"))),
            "counts_as": draw(st.lists(st.sampled_from(others), max_size=1)),
            "requires": {"exam_requires": draw(asked(names, gates=True))},
            "planning": {"hours": draw(spans(4)), "cost": draw(amounts(6))},
        }
    )


@st.composite
def role(draw: st.DrawFn, item: str, names: Names) -> Role:
    """A job, with moves to others and perhaps a way in from outside."""
    others = [other for other in names.roles if other != item]
    moves = [
        {"to": to, "kind": "up", "years_low": years, "years_high": years, "needs": needs, "assumption": True}
        for to in others
        for years, needs in draw(st.lists(st.tuples(weeks(3, 0), optional(names)), max_size=1))
    ]
    ways = [
        {
            "background": background,
            "years_low": years if background else 0,
            "years_high": years if background else 0,
            "needs": needs,
            "assumption": True,
        }
        for background, years, needs in draw(
            st.lists(
                st.tuples(st.sampled_from((None, None, None, "licensed")), weeks(2, 0), optional(names)),
                min_size=1 if item == "role-0" else 0,
                max_size=2,
            )
        )
    ]
    return Role.model_validate(
        {
            "id": item,
            "name": item,
            "summary": "A job.",
            "level": draw(st.sampled_from(LEVELS)),
            "experience": draw(st.sampled_from(KINDS)),
            "requires": {"employers_ask": draw(asked(names))},
            "moves": moves,
            "ways_in": ways,
        }
    )


def optional(names: Names) -> st.SearchStrategy[Condition | None]:
    """A condition or nothing."""
    return st.one_of(st.none(), conditions(names))


@st.composite
def profiles(draw: st.DrawFn, base: KnowledgeBase) -> Profile:
    """Somebody in that world with a goal in it."""
    return Profile(
        role=draw(st.sampled_from((None, None, *sorted(base.roles)))),
        certifications=tuple(draw(_some(sorted(base.certifications)))),
        education=tuple(draw(_some([*sorted(base.education), *SCHOOLING]))),
        years=draw(st.dictionaries(st.sampled_from(KINDS), weeks(3, 0), max_size=2)),
        licences=draw(st.sampled_from(((), LICENCES))),
        setting=draw(st.sampled_from((None, None, None, "office"))),
        goal=draw(st.sampled_from([*sorted(base.roles, reverse=True), *sorted(base.certifications)])),
        hours_per_week=draw(st.sampled_from((1.0, 1.0, 2.0, 0.5))),
    )


def _some(items: list[str]) -> st.SearchStrategy[list[str]]:
    if not items:
        return st.just([])
    return st.lists(st.sampled_from(items), unique=True, max_size=1)
