"""What a condition mentions, and the credential that goes with a role."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Condition


def leaves(condition: Condition | None) -> Iterator[Condition]:
    """Every simple condition inside, in reading order."""
    if condition is None:
        return
    children = condition.any if condition.any is not None else condition.all
    if children is None:
        yield condition
        return
    for child in children:
        yield from leaves(child)


def certifications_in(condition: Condition | None) -> tuple[str, ...]:
    """Ids of the certifications mentioned, in reading order, each once."""
    return tuple(dict.fromkeys(leaf.certification for leaf in leaves(condition) if leaf.certification))


def usual_credential(base: KnowledgeBase, thing: str) -> str | None:
    """The credential that employers ask of a role first; None for anything else."""
    role = base.roles.get(thing)
    needs = (item.needs for item in role.requires.employers_ask) if role is not None else ()
    return next((cert for item in needs for cert in certifications_in(item) if base.is_offered(cert)), None)
