"""What a person told us. No field for gender, age, name or employer, and none may be added."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.knowledge.base import KnowledgeBase

DEFAULT_HOURS_PER_WEEK = 5.0
# Less than half an hour a week is no study: an exam would take ten years, a degree a lifetime.
MIN_HOURS_PER_WEEK = 0.5
MAX_HOURS_PER_WEEK = 80
MAX_YEARS = 60
MAX_BUDGET = 1_000_000
MAX_QUOTED = 60  # characters of a value in a message


class ProfileError(ValueError):
    """A profile that names something unknown; the message says which key and value."""


class Profile(BaseModel):
    """Ids of the knowledge base, and numbers: years of each kind of work, hours a week, money.

    None and empty mean "not said"; `hours_per_week` None means the default of 5. `constraints` limit
    where or how somebody can work.
    `budget_currency` (ISO) is given where the budget is in another currency than the prices of the field: then it
    is compared with none of them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    country: str | None = None
    role: str | None = None
    certifications: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    years: dict[str, Annotated[float, Field(strict=True, ge=0, le=MAX_YEARS)]] = {}
    licences: tuple[str, ...] = ()
    setting: str | None = None
    goal: str | None = None
    hours_per_week: Annotated[float, Field(strict=True, ge=MIN_HOURS_PER_WEEK, le=MAX_HOURS_PER_WEEK)] | None = None
    budget: Annotated[float, Field(strict=True, ge=0, le=MAX_BUDGET)] | None = None
    constraints: tuple[str, ...] = ()
    budget_currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None

    @property
    def pace(self) -> float:
        """Hours a week for study, the default where none was given."""
        return self.hours_per_week or DEFAULT_HOURS_PER_WEEK

    @property
    def comparable_budget(self) -> float | None:
        """The budget, where it can be held against the field's prices."""
        return self.budget if self.budget_currency is None else None


def parse_profile(data: Any, base: KnowledgeBase) -> Profile:
    """`data` as read from JSON → a profile whose every id is known.

    Raises `ProfileError` naming the key and the value that cannot be used.
    """
    if not isinstance(data, dict):
        raise ProfileError('a profile is one JSON object, for example {"role": "…", "goal": "…"}')
    data = {**data, "budget": _budget(data["budget"], base)} if isinstance(data.get("budget"), dict) else data
    try:
        profile = Profile.model_validate(with_ids_of_now(base, data))
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in detail["loc"])
        if detail["type"] == "extra_forbidden":
            raise ProfileError(f"unknown key `{where}`; known are {', '.join(Profile.model_fields)}") from None
        raise ProfileError(f"`{where}`: {detail['msg'].lower()}") from None
    for key, value, allowed in _ids(profile, base):
        if value not in allowed:
            raise ProfileError(f"`{key}`: `{value[:MAX_QUOTED]}` is not known here; known are {_some(allowed)}")
    return profile


def with_ids_of_now(base: KnowledgeBase, data: Any) -> Any:
    """JSON values with ids that were renamed since, also where they end one: `exam-old` → `exam-new`."""
    if not base.renamed:
        return data
    if isinstance(data, dict):
        return {_now(base, key): with_ids_of_now(base, value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [with_ids_of_now(base, item) for item in data]
    return _now(base, data) if isinstance(data, str) else data


def _now(base: KnowledgeBase, text: str) -> str:
    if text in base.renamed:
        return base.renamed[text]
    kind, _, rest = text.partition("-")
    return f"{kind}-{base.renamed[rest]}" if rest in base.renamed and text not in base.entities else text


def _budget(budget: dict[str, Any], base: KnowledgeBase) -> Any:
    """An amount with its currency → the amount; prices here are in one currency alone."""
    unknown = sorted(budget.keys() - {"amount", "currency"})
    if unknown:
        raise ProfileError(f"unknown key `budget.{unknown[0]}`; known are amount, currency")
    currency = budget.get("currency", base.field.currency)
    if currency != base.field.currency:
        shown = str(currency)[:MAX_QUOTED]
        raise ProfileError(f"`budget.currency`: `{shown}` is not known here; prices are in {base.field.currency}")
    return budget.get("amount")


def _ids(profile: Profile, base: KnowledgeBase) -> list[tuple[str, str, list[str]]]:
    """Every id a profile mentions as (key, value, what is allowed there)."""
    vocabulary = base.assessment
    roles, certifications = list(base.roles), list(base.certifications)
    education = list(base.education) + [level.id for level in vocabulary.education]
    single = [
        ("country", profile.country, None),
        ("role", profile.role, roles),
        ("setting", profile.setting, [item.id for item in vocabulary.settings]),
        ("goal", profile.goal, roles + certifications),
    ]
    found = [(key, value, allowed) for key, value, allowed in single if value is not None and allowed is not None]
    found += [("certifications", value, certifications) for value in profile.certifications]
    found += [("education", value, education) for value in profile.education]
    found += [("licences", value, [item.id for item in vocabulary.licences]) for value in profile.licences]
    limits = [item.id for item in vocabulary.constraints]
    found += [("constraints", value, limits) for value in profile.constraints]
    found += [("years", value, [item.id for item in vocabulary.experience]) for value in profile.years]
    if profile.country is not None and not re.fullmatch("[A-Z]{2}", profile.country):
        raise ProfileError(f"`country`: `{profile.country[:MAX_QUOTED]}` is not a two-letter ISO code such as US")
    return found


def _some(allowed: list[str], limit: int = 12) -> str:
    shown = ", ".join(sorted(allowed)[:limit])
    return shown if len(allowed) <= limit else f"{shown}, … ({len(allowed)} in all)"
