"""Figures of things that can be held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.advice.planner.person import holds, person_of
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import certifications_in
from bot.knowledge.figures import MONEY, written
from bot.knowledge.model import Certification, Pay, Quantity, Requirement, Role
from bot.knowledge.verdicts import Measure

PAY = "pay"


def figure(base: KnowledgeBase, entity: str, key: str) -> Quantity | None:
    """One figure of a credential (its own or its body's), or the pay of a role; None where it is not known: a price
    that is our guess serves plans and decides nothing.
    """
    item = base.entities[entity]
    if isinstance(item, Role) and key == PAY:
        known = (base.markets[market].pay for market in item.market)
        return item.pay or next((pay for pay in known if pay is not None), None)
    if not isinstance(item, Certification):
        return None
    own: Quantity | None = getattr(item.planning, key, None)
    body = base.terms.get(item.issuer)
    value = own if own is not None or body is None else getattr(body.planning, key, None)
    return None if value is not None and value.assumption and key in MONEY else value


def apart(base: KnowledgeBase, entities: Sequence[str], key: str) -> dict[str, Quantity]:
    """The known figures of some things, none where one figure is that of several: it tells nothing between them."""
    known = figures(base, entities, key)
    shared = len({id(value) for value in known.values()}) < len(known) and key == PAY
    return {} if shared else known


def figures(base: KnowledgeBase, entities: Iterable[str], key: str) -> dict[str, Quantity]:
    """The known figures of some things, the least first."""
    known = {item: value for item in entities if (value := figure(base, item, key)) is not None}
    return dict(sorted(known.items(), key=lambda pair: (pair[1].low + pair[1].high, pair[1].low)))


def shown(base: KnowledgeBase, measure: Measure, value: Quantity) -> str:
    """A figure in words: "199 to 299 USD", "4 hours"; of pay also whom it counts where that is a wider group."""
    low, high = written(value.low), written(value.high)
    words = low if low == high else base.texts.texts["from_to"].format(low=low, high=high)
    money = measure.figure in MONEY or measure.figure == PAY
    told = measure.value.format(value=f"{words} {base.field.currency}" if money else words)
    return f"{told} ({value.group})" if isinstance(value, Pay) and value.group else told


def against(base: KnowledgeBase, values: Mapping[str, str]) -> str:
    """What one thing is held against: "4 years for this and 2 years for that", from what each of the others has."""
    words = base.verdicts.words
    each = [words["against"].format(value=value, name=base.entities[item].short) for item, value in values.items()]
    return f" {words['and'].strip()} ".join(each)


def barred(base: KnowledgeBase, profile: Profile, item: Certification) -> Requirement | None:
    """What keeps somebody from sitting an exam today."""
    person = person_of(base, profile)
    gates = item.requires.exam_requires
    return next((need for need in gates if need.needs is not None and not holds(base, person, need.needs)), None)


def can_begin(base: KnowledgeBase, profile: Profile, entity: str) -> bool:
    """Whether somebody may take up an exam as they stand; a role may be begun.

    Not where nothing is known of who may sit it; and whoever has none of the usual work behind them begins with what
    its employers name.
    """
    item = base.entities[entity]
    if not isinstance(item, Certification):
        return True
    if not item.requires.exam_requires or barred(base, profile, item) is not None:
        return False
    usual = base.roles.get(base.field.default_entity)
    new = profile.role is None and not profile.certifications
    return usual is None or not new or profile.years.get(usual.experience, 0) > 0 or entity in _asked_of(usual)


def candidates(base: KnowledgeBase, kind: str) -> list[str]:
    """What "the cheapest one" can be: what is offered and, of credentials, what employers of a role name."""
    if kind == "role":
        return [item for item in base.roles if base.is_offered(item)]
    asked = {item for role in base.roles.values() for item in _asked_of(role)}
    return [
        item.id
        for item in base.certifications.values()
        if base.is_offered(item.id) and item.full is None and not item.specialty and item.id in asked
    ]


def _asked_of(role: Role) -> set[str]:
    """The credentials that employers of a role name."""
    return {item for asked in role.requires.employers_ask for item in certifications_in(asked.needs)}
