"""Whether a credential or a school is a must for a role, and which are named for it, by what employers ask; and whether
one credential is a must before another, by the rules of their exams.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.advice.conditions import certifications_in, education_in, leaves
from bot.advice.verdicts.asked import asking_text, named_in, says
from bot.advice.verdicts.yes_or_no import plain_words, wants_yes_or_no
from bot.advice.wording import Said, said, sourced
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Condition, Requirement
from bot.understanding.question import Question

MOST = 2  # sentences on what employers ask
PAIR = 2  # credentials, of which one may be asked for before the other


def demanded(base: KnowledgeBase, question: Question) -> tuple[list[Said], str] | None:
    """Whether the one thing named is a must for the one role named, first the answer; and the role. None where that
    is not asked.
    """
    how, text = base.verdicts.yes_or_no, plain_words(asking_text(question))
    if not wants_yes_or_no(how, text) or not says(text, how.demands) or says(text, how.negations):
        return None
    named = list(dict.fromkeys((span.kind, span.id) for span in named_in(question)))
    roles = [item for kind, item in named if kind == "role"]
    things = [item for kind, item in named if kind in ("certification", "degree")]
    if len(roles) != 1 or len(things) != 1:
        return None
    (role,), (thing,) = roles, things
    asked = base.roles[role].requires.employers_ask
    naming = [need for need in asked if thing in _named(need.needs)]
    if not asked:
        return None
    alone = any(_named(need.needs) == (thing,) for need in naming)
    begins = base.verdicts.words["must" if alone else "no_must"]
    lead, *others = naming or _naming_credentials(asked) or asked
    first = sourced(f"{begins} {_asked(base, role, lead)}", lead)
    return [first, *(said(need) for need in others[: MOST - 1])], role


def prerequisite(base: KnowledgeBase, question: Question) -> tuple[list[Said], tuple[str, ...]] | None:
    """That neither of two credentials is asked for before the other, by the rules of both exams, and which these are.
    None where that is not asked, a rule is not known, or one of them names the other.
    """
    how, text = base.verdicts.yes_or_no, plain_words(asking_text(question))
    if not wants_yes_or_no(how, text) or not says(text, how.demands) or says(text, how.negations):
        return None
    named = [span for span in named_in(question) if span.id != base.field.default_entity]
    pair = tuple(dict.fromkeys(span.id for span in named if span.kind == "certification"))
    other = any(span.kind in ("role", "degree") for span in named)
    sentence = base.verdicts.words.get("no_prerequisite")
    if len(pair) != PAIR or other or sentence is None or not says(text, base.verdicts.ordering):
        return None
    rules = [base.certifications[item].requires.exam_requires for item in pair]
    asked = {item for rule in rules for need in rule for leaf in leaves(need.needs) for item in certifications_in(leaf)}
    if not all(rules) or not asked.isdisjoint(pair):
        return None
    names = [base.certifications[item].short for item in pair]
    lines = [replace(said(need), of=name) for name, rule in zip(names, rules, strict=True) for need in rule[:1]]
    return [Said(sentence.format(one=names[0], other=names[1])), *lines], pair


def named_for(base: KnowledgeBase, role: str) -> list[Said]:
    """The credentials that employers of a role name; empty where they name none."""
    found = _naming_credentials(base.roles[role].requires.employers_ask)
    return [sourced(_asked(base, role, need), need) if not at else said(need) for at, need in enumerate(found[:MOST])]


def _asked(base: KnowledgeBase, role: str, need: Requirement) -> str:
    return base.verdicts.words["employers"].format(role=base.roles[role].name, say=need.say)


def _naming_credentials(asked: Sequence[Requirement]) -> list[Requirement]:
    """Those that name credentials outright or as one of several, first those that name nothing else."""
    found = [need for need in asked if set(certifications_in(need.needs)) & set(_named(need.needs))]
    return sorted(found, key=lambda need: any(leaf.certification is None for leaf in leaves(need.needs)))


def _named(condition: Condition | None) -> tuple[str, ...]:
    """The credentials and schools that a condition names outright or as one of several, not together with years."""
    if condition is None or condition.all is not None:
        return ()
    alternatives = condition.any if condition.any is not None else (condition,)
    plain = [item for item in alternatives if item.any is None and item.all is None]
    return tuple(item for leaf in plain for item in (*certifications_in(leaf), *education_in(leaf)))
