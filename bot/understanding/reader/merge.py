"""What is known of a person after several messages: what was said later wins."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.understanding.reader.heard import FactStanding, Field, Heard, ToldFact

# What somebody says of themselves, and may take back.
CLAIMS: tuple[Field, ...] = ("role", "certification", "licence", "education", "years")
RECENT: tuple[Field, ...] = (*CLAIMS, "hours_per_week", "budget")  # what a bare number may put right
SINGLE = {"role": "role", "country": "country", "setting": "setting", "hours_per_week": "hours_per_week"}


class Known(BaseModel):
    """Everything heard of one person so far; empty and None mean "not said".

    `certifications`, `licences` and `education` map ids to how they stand. `asked` are the keys that only a
    question let think of: anything told replaces them; `latest` is what was claimed last.
    """

    model_config = ConfigDict(frozen=True)

    role: str | None = None
    role_left: str | None = None
    certifications: dict[str, FactStanding] = {}
    licences: dict[str, FactStanding] = {}
    education: dict[str, FactStanding] = {}
    years: dict[str, float] = {}
    country: str | None = None
    country_wanted: str | None = None
    setting: str | None = None
    hours_per_week: float | None = None
    budget: tuple[float, str] | None = None
    goal: str | None = None
    refused: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    exams: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()
    latest: tuple[ToldFact, ...] = ()

    def facts(self) -> list[ToldFact]:
        """What the person is and holds, as facts."""
        found = [ToldFact(field="role", value=self.role)] if self.role else []
        found += [ToldFact(field="licence", value=key, standing=how) for key, how in self.licences.items()]
        return found + [
            ToldFact(field="certification", value=key, standing=how) for key, how in self.certifications.items()
        ]


def merged(known: Known, heard: Heard) -> Known:
    """`known` after one more message."""
    for fact in heard.facts:
        known = _with(known, fact)
    latest = tuple(fact for fact in heard.facts if fact.field in RECENT and fact.standing == "held")
    return known.model_copy(update={"latest": latest}) if latest else known


def filled(known: Known, other: Known) -> Known:
    """`known`, with what only `other` says (what somebody answered to a question, which a reader does not know)."""
    update: dict[str, object] = {
        key: getattr(other, key)
        for key in ("role", "country", "setting", "hours_per_week", "budget", "goal")
        if getattr(known, key) is None or (key in known.asked and getattr(other, key) is not None)
    }
    told = {key for key, value in update.items() if value is not None}
    for key in ("certifications", "licences", "education", "years"):
        update[key] = {**getattr(other, key), **getattr(known, key)}
    return known.model_copy(update={**update, "asked": known.asked - told})


def _with(known: Known, fact: ToldFact) -> Known:
    value = str(fact.value)
    if fact.field in ("certification", "licence", "education"):
        key = {"certification": "certifications", "licence": "licences", "education": "education"}[fact.field]
        return known.model_copy(update={key: {**getattr(known, key), value: fact.standing}})
    if fact.field == "years" and fact.standing == "denied":
        return known.model_copy(update={"years": {kind: n for kind, n in known.years.items() if kind != fact.kind}})
    if fact.field == "years":
        return known.model_copy(update={"years": {**known.years, str(fact.kind): float(fact.value)}})
    if fact.field in ("hours_per_week", "budget") and fact.standing == "denied":
        return known.model_copy(update={fact.field: None})
    if fact.field == "constraint":
        return known.model_copy(update={"constraints": tuple(dict.fromkeys((*known.constraints, value)))})
    if fact.field == "exam":
        return known.model_copy(update={"exams": (value,)})
    if fact.field == "budget":
        return known.model_copy(update={"budget": (float(fact.value), str(fact.kind))})
    if fact.field == "role":
        return _with_role(known, value, fact.standing)
    if fact.field == "goal":
        return _with_goal(known, value, fact.standing)
    if fact.field == "country":
        return _with_country(known, value, fact.standing)
    return known.model_copy(update={fact.field: fact.value})


def _with_role(known: Known, value: str, standing: FactStanding) -> Known:
    if standing == "held":
        return known.model_copy(update={"role": value})
    if standing == "left":
        return known.model_copy(update={"role_left": value, "role": None if known.role == value else known.role})
    if standing == "denied" and known.role == value:
        return known.model_copy(update={"role": None})
    return known


def _with_goal(known: Known, value: str, standing: FactStanding) -> Known:
    if standing == "denied":
        goal = None if known.goal == value else known.goal
        return known.model_copy(update={"goal": goal, "refused": tuple(dict.fromkeys((*known.refused, value)))})
    if standing == "asked":
        if known.goal is not None and "goal" not in known.asked:
            return known
        return known.model_copy(update={"goal": value, "asked": known.asked | {"goal"}})
    return known.model_copy(update={"goal": value, "asked": known.asked - {"goal"}})


def _with_country(known: Known, value: str, standing: FactStanding) -> Known:
    if standing == "planned":
        known = known.model_copy(update={"country_wanted": value})
        unsure = known.country is not None and "country" in known.asked  # only where somebody comes from is known
        return known.model_copy(update={"country": value, "asked": known.asked | {"country"}}) if unsure else known
    if standing == "denied":
        return known.model_copy(update={"country": None}) if known.country == value else known
    if standing in ("asked", "left"):
        if known.country is not None:
            return known
        return known.model_copy(update={"country": value, "asked": known.asked | {"country"}})
    return known.model_copy(update={"country": value, "asked": known.asked - {"country"}})


NOT_HELD: tuple[FactStanding, ...] = ("failed", "expired", "denied", "planned", "left")


def summary(known: Known) -> dict[str, Any]:
    """`heard` of the contract: keys without a value are left out."""
    found: dict[str, Any] = {
        "role": known.role,
        "certifications": [key for key, how in known.certifications.items() if how == "held"],
        "not_certifications": [key for key, how in known.certifications.items() if how in NOT_HELD],
        "years": known.years,
        "licences": [key for key, how in known.licences.items() if how == "held"],
        "education": [key for key, how in known.education.items() if how == "held"],
        "country": known.country,
        "hours_per_week": known.hours_per_week,
        "budget": {"amount": known.budget[0], "currency": known.budget[1]} if known.budget else None,
        "goal": known.goal,
        "setting": known.setting,
        "constraints": list(known.constraints),
    }
    return {key: value for key, value in found.items() if value not in (None, [], {})}
