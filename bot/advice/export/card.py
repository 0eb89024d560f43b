"""A card to pass on: a goal and the way there from the very start. It says nothing about who sent it."""

from __future__ import annotations

from bot.advice.origins import Cited
from bot.advice.planner import make_plan
from bot.advice.planner.words import Words
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase

MAX_PAYLOAD = 64  # https://core.telegram.org/bots/features#deep-linking
KINDS = {"role": "roles", "cert": "certifications"}


def start_word(base: KnowledgeBase, goal: str) -> str | None:
    """The payload of a deep link to a goal; None where it has none."""
    kind = "role" if goal in base.roles else "cert" if goal in base.certifications else None
    word = f"{kind}_{goal}"
    return word if kind is not None and len(word) <= MAX_PAYLOAD else None


def linked(base: KnowledgeBase, payload: str) -> str | None:
    """The goal a payload leads to; None for anything else."""
    kind, _, name = payload.partition("_")
    name = base.renamed.get(name, name)
    return name if kind in KINDS and name in getattr(base, KINDS[kind]) else None


def card_of(base: KnowledgeBase, goal: str) -> tuple[str, tuple[Cited, ...]]:
    """The card as plain text, with the sources behind its figures.

    Weeks and costs are those of somebody who starts with nothing, so that they give away nothing.
    """
    words = Words(base)
    plan = make_plan(base, Profile(goal=goal))
    lines = [words.text("card_title", goal=base.name(goal), field=base.field.name)]
    cited: tuple[Cited, ...] = ()
    if plan.routes:
        route = plan.routes[0]
        lines.append(
            words.text(
                "card_way",
                count=len(route.steps),
                length=words.about(route.weeks),
                hours=f"{Profile().pace:g}",
                cost=words.total(route),
            )
        )
        cited = tuple(dict.fromkeys(source for step in route.steps if step.cost for source in step.sources))
    word = start_word(base, goal)
    if word is not None:
        lines.append(words.text("card_start", word=word))
    return "\n".join(lines), cited
