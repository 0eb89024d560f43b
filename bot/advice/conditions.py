"""Conditions of requirements and moves: what they mention, and how they read as words."""

from __future__ import annotations

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import certifications_in, leaves
from bot.knowledge.figures import written
from bot.knowledge.model import Condition


def education_in(condition: Condition | None) -> tuple[str, ...]:
    """Ids of the education mentioned, in reading order, each once."""
    return tuple(dict.fromkeys(leaf.education for leaf in leaves(condition) if leaf.education))


def offered_in(base: KnowledgeBase, condition: Condition | None) -> tuple[str, ...]:
    """Ids of the certifications mentioned that may be recommended, in reading order, each once."""
    return tuple(item for item in certifications_in(condition) if base.is_offered(item))


def asks_years(condition: Condition | None) -> bool:
    """Whether years of some kind of work are mentioned."""
    return any(leaf.years is not None for leaf in leaves(condition))


def inside_sentence(name: str) -> str:
    """A name of several plain words as it reads inside a sentence: `Associate degree` → `associate degree`."""
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if rest and first[1:].islower() else name


def _is_offered(base: KnowledgeBase, condition: Condition) -> bool:
    named = (condition.certification, condition.education, condition.role)
    return all(base.is_offered(item) for item in named if item is not None)


def years_of(base: KnowledgeBase, years: float, kind: str) -> str:
    """So many years of a kind of work, in words."""
    texts = base.texts.texts
    return (
        texts["me_years_one"].format(kind=kind)
        if years == 1
        else texts["years_of"].format(years=written(years), kind=kind)
    )


def describe(condition: Condition, base: KnowledgeBase, most: int | None = None) -> str:
    """A condition as words, e.g. "this or that"; joining words come from `texts.yaml`.

    Of more than `most` alternatives the rest is only counted.
    """
    texts = base.texts.texts
    for children, joiner in ((condition.any, texts["or"]), (condition.all, texts["and"])):
        if children is not None:
            offered = (
                tuple(child for child in children if condition.any is None or _is_offered(base, child)) or children
            )
            named = offered if most is None or condition.any is None or len(offered) <= most + 1 else offered[:most]
            parts = [
                f"({describe(child, base, most)})"
                if len(children) > 1 and (child.any or child.all)
                else describe(child, base, most)
                for child in named
            ]
            if len(named) < len(offered):
                parts.append(texts["plan_others"].format(count=len(offered) - len(named)))
            return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {joiner} {parts[-1]}"
    if condition.certification is not None:
        return base.certifications[condition.certification].short
    if condition.education is not None:
        name = inside_sentence(base.name(condition.education))
        if condition.accredited is not None:
            return texts["accredited"].format(name=name, by=base.terms[condition.accredited].short)
        return name
    if condition.years is not None:
        kind = next(item.name for item in base.assessment.experience if item.id == condition.of)
        return years_of(base, condition.years, kind)
    if condition.licence is not None:
        return next(item.name for item in base.assessment.licences if item.id == condition.licence)
    return texts["time_as"].format(name=base.roles[str(condition.role)].name)
