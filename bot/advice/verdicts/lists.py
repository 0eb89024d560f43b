"""Everything of a kind, where a message asks for the whole list: roles by level, credentials by body."""

from __future__ import annotations

import re
from itertools import groupby

from bot.advice.ranking import beginnings
from bot.advice.verdicts.asked import asking_text, says
from bot.advice.verdicts.figures import candidates
from bot.advice.wording import Said
from bot.knowledge.base import KnowledgeBase
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.question import Question

MOST_WORDS = 10  # of a message that asks for a list and nothing else
LEVEL_ALONE = 2  # words of one that is no more than a level ("mid level")


def listed(base: KnowledgeBase, question: Question) -> list[Said]:
    """The list that is asked for, a line for each level or body; empty where none is."""
    text, verdicts = asking_text(question), base.verdicts
    if len(text.split()) > MOST_WORDS or says(text, verdicts.not_listing) or _says_more(base, question):
        return []
    kinds = [kind for kind, words in verdicts.kinds.items() if says(text, words)]
    levels = [level for level, words in verdicts.levels.items() if says(text, words)]
    if levels and ("role" in kinds or len(text.split()) <= LEVEL_ALONE):
        return [line for level, line in _roles(base) if level in levels]
    if len(kinds) != 1 or not says(text, verdicts.listing):
        return []
    return [line for _, line in _roles(base)] if kinds == ["role"] else _certifications(base)


def _says_more(base: KnowledgeBase, question: Question) -> bool:
    """Whether a message asks for more than a list: it names a thing, or says of what kind the things must be."""
    verdicts = base.verdicts
    cues = [
        *verdicts.listing,
        *(word for group in (verdicts.kinds, verdicts.levels) for words in group.values() for word in words),
    ]
    levels = [word for words in verdicts.levels.values() for word in words]
    named = [
        span for span in question.spans
        if span.kind in ENTITY_KINDS and span.id != base.field.default_entity and not says(span.text, levels)
    ]  # fmt: skip
    known = beginnings(re.findall(r"\w+", " ".join((*cues, base.field.name))))
    return bool(named) or not beginnings(question.telling) <= known


def _roles(base: KnowledgeBase) -> list[tuple[str, Said]]:
    found = []
    for level in base.field.levels:
        names = [role.name for role in base.roles.values() if role.level == level.id and base.is_offered(role.id)]
        if names:
            found.append((level.id, Said(base.verdicts.words["list"].format(name=level.name, names=", ".join(names)))))
    return found


def _certifications(base: KnowledgeBase) -> list[Said]:
    items = sorted(
        (base.certifications[item] for item in candidates(base, "certification")), key=lambda item: item.issuer
    )
    groups = [(base.terms[body], list(group)) for body, group in groupby(items, key=lambda item: item.issuer)]
    groups.sort(key=lambda pair: -len(pair[1]))
    return [
        Said(base.verdicts.words["list"].format(name=body.short, names=", ".join(item.short for item in group)))
        for body, group in groups
    ]
