"""Which of all things of a kind: the whole list, the most or the least of all, and what is named for a role."""

from __future__ import annotations

from dataclasses import dataclass

from bot.advice.profile import Profile
from bot.advice.verdicts import measures
from bot.advice.verdicts.asked import asking_text, kind_asked, measured, named_in, says
from bot.advice.verdicts.demanded import named_for
from bot.advice.verdicts.lists import listed
from bot.advice.wording import Said
from bot.knowledge.base import KnowledgeBase
from bot.understanding.context import SHORT_MEMORY
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.question import Context, Question

CERTIFICATION = "certification"


@dataclass(frozen=True)
class Among:
    """What is to be said, and what is named in it; `by_figure`: a measure or a list was asked for by its name."""

    lines: tuple[Said, ...]
    named: tuple[str, ...] = ()
    by_figure: bool = True


def among(base: KnowledgeBase, question: Question, profile: Profile, before: Context) -> Among | None:
    """What is to be said where one of all is asked for; None where it is not. `before` is what the talk was about."""
    lines = listed(base, question)
    if lines:
        return Among(tuple(lines))
    named = [span for span in named_in(question) if span.kind in ENTITY_KINDS and span.kind != "term"]
    asked = measured(base, question, kind_asked(base, question, before))
    default = base.field.default_entity  # the field itself, by its usual name
    if asked is None or any(span.kind == asked.measure.of and span.id != default for span in named):
        return None
    if not says(asking_text(question), (word for word in asked.end.asked if word not in asked.measure.plain)):
        return None
    if asked.measure.figure is None and asked.measure.of == CERTIFICATION:
        role = _others(question, default) or _pointed(base, question, before)
        if role:
            return _for_role(base, role)
    lines, named_too = measures.top(base, asked, asked.measure.of, profile)
    return Among(tuple(lines), tuple(named_too)) if lines else None


def _pointed(base: KnowledgeBase, question: Question, before: Context) -> list[str]:
    """The role that the talk was about, where the message points at it ("best for that")."""
    pointing = before.age <= SHORT_MEMORY and says(asking_text(question), base.verdicts.pointing)
    return [item for item in before.entities[:1] if pointing and item in base.roles]


def _for_role(base: KnowledgeBase, named: list[str]) -> Among | None:
    """What is named for the one role that is asked about, and no other; None where something else is named."""
    if len(named) != 1 or base.kinds.get(named[0]) != "role":
        return None
    lines = named_for(base, named[0])
    return Among(tuple(lines), (named[0],), by_figure=False) if lines else None


def _others(question: Question, default: str) -> list[str]:
    """What is named in the part that asks, beside the field itself."""
    named = (span.id for span in named_in(question) if span.kind in ENTITY_KINDS and span.id != default)
    return list(dict.fromkeys(named))
