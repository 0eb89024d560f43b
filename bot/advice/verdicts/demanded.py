"""Whether a credential or a school is a must for a role, and which are named for it, by what employers ask; whether a
role is asked about as a must before another.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.conditions import education_in
from bot.advice.verdicts.asked import asking_text, named_in, says
from bot.advice.verdicts.yes_or_no import plain_words, wants_yes_or_no
from bot.advice.wording import Said, said, sourced
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import certifications_in, leaves
from bot.knowledge.model import Condition, Requirement
from bot.understanding.question import Question

MOST = 2  # sentences on what employers ask


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


def role_before_role(base: KnowledgeBase, question: Question) -> bool:
    """Whether one role is asked about as a must before another: no choice between both ("do i have to be … first")."""
    how, text = base.verdicts.yes_or_no, plain_words(asking_text(question))
    if not wants_yes_or_no(how, text) or not says(text, how.demands) or not says(text, base.verdicts.earlier):
        return False
    named = {(span.kind, span.id) for span in named_in(question)}
    return len(named) > 1 and {kind for kind, _ in named} == {"role"}


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
