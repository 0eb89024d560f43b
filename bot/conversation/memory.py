"""What was heard of somebody becomes their profile: what was said later wins, and what it changed can be told.

Only what the profile has fields for is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.advice.profile import MAX_BUDGET, MAX_HOURS_PER_WEEK, MAX_YEARS, MIN_HOURS_PER_WEEK, Profile
from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.heard import HERE_IN, LIVES_IN, MOVED_TO, OUTRIGHT, PLAN_THERE, PUT_RIGHT, Heard, ToldFact
from bot.understanding.reader.merge import RECENT, Known

LISTS = {"certification": "certifications", "licence": "licences", "education": "education"}
MANY = (*LISTS.values(), "constraints")  # keys of which somebody may have several
SINGLE = ("role", "country", "setting")
SURELY_THERE = (HERE_IN, LIVES_IN, MOVED_TO, OUTRIGHT, PLAN_THERE)  # why a country is somebody's, without "i"
MOST_CLAIMS = 20  # kept of one message
Claims = tuple[tuple[str, str, str | None], ...]
GONE = ("failed", "expired", "denied", "left")


@dataclass(frozen=True)
class ProfileChange:
    """One thing that is new in a profile: its key there, the value (None: it is gone), and what stood there before.

    `kind` is that of years. `against` is true where it contradicts what was told before, without saying so.
    """

    key: str
    value: str | float | None
    before: str | float | None = None
    kind: str | None = None
    against: bool = False


def remembered(
    base: KnowledgeBase, profile: Profile, heard: Heard, *, asked: bool = False
) -> tuple[Profile, tuple[ProfileChange, ...]]:
    """The profile after a message, and what changed. `asked`: the message is the answer to what was asked for."""
    corrected = any("corrects" in clause.acts for clause in heard.clauses)
    changes: list[ProfileChange] = []
    start = profile
    for fact in heard.facts:
        clause = heard.clauses[fact.clause] if fact.clause < len(heard.clauses) else None
        if fact.field == "constraint" and clause is not None and ("asks" in clause.acts or not clause.plain):
            continue  # what is only asked about limits nobody
        own = asked or (clause is not None and clause.own)
        for change in _changes(base, profile, fact, corrected=corrected, own=own or corrected):
            profile = applied(profile, change)
            changes.append(change)
    return profile, tuple(_last(start, changes))


def _last(start: Profile, changes: Iterable[ProfileChange]) -> Iterable[ProfileChange]:
    """Of several changes of one thing the last one, against what stood there before the message."""
    last = {(item.key, item.kind, item.value if item.key in MANY else ""): item for item in changes}
    for item in last.values():
        if item.key not in SINGLE:
            yield item
            continue
        before = getattr(start, item.key)
        if item.value != before:
            yield replace(item, before=before, against=item.against and before is not None)


def applied(profile: Profile, change: ProfileChange) -> Profile:
    """A profile with one change made."""
    if change.key == "years":
        years = {kind: value for kind, value in profile.years.items() if kind != change.kind}
        if change.value is not None:
            years[str(change.kind)] = float(change.value)
        return profile.model_copy(update={"years": years})
    if change.key in MANY:
        held = tuple(item for item in getattr(profile, change.key) if item not in (change.value, change.before))
        return profile.model_copy(update={change.key: (*held, change.value) if change.before is None else held})
    if change.key == "budget":
        currency = change.kind if change.value is not None else None
        return profile.model_copy(update={"budget": change.value, "budget_currency": currency})
    return profile.model_copy(update={change.key: change.value})


def _changes(
    base: KnowledgeBase, profile: Profile, fact: ToldFact, *, corrected: bool, own: bool
) -> Iterable[ProfileChange]:
    """What a fact changes in a profile; nothing where it says what is known, or nothing that is kept."""
    value = fact.value
    if fact.field in LISTS:
        yield from _listed(base, profile, fact)
    elif fact.field == "years":
        yield from _worked(profile, fact, corrected=corrected)
    elif fact.field in SINGLE:
        before = getattr(profile, fact.field)
        sure = own or fact.why in SURELY_THERE or fact.standing == "denied"
        if fact.field == "country" and before is not None and not sure:
            return  # "weather in <town>" is no move
        if fact.standing == "held" and before != value:
            surely = corrected or fact.field == "role" or fact.why in (MOVED_TO, OUTRIGHT, PLAN_THERE)
            yield ProfileChange(fact.field, value, before, against=before is not None and not surely)
        elif fact.standing in GONE and before == value and (fact.field == "role" or fact.standing == "denied"):
            yield ProfileChange(fact.field, None, before)
    elif fact.field == "goal":
        yield from _aimed(profile, fact)
    elif fact.field in ("hours_per_week", "budget"):
        yield from _had(base, profile, fact)
    elif fact.field == "constraint":
        yield from _limited(base, profile, fact)


def _limited(base: KnowledgeBase, profile: Profile, fact: ToldFact) -> Iterable[ProfileChange]:
    """What limits somebody, where the knowledge base has a word on it: by its id, its name or what was said."""
    said = {str(fact.value), str(fact.value).replace(" ", "-"), fact.why}
    found = next(
        (item.id for item in base.assessment.constraints if not said.isdisjoint((item.id, item.name, *item.aliases))),
        None,
    )
    if found is not None and found not in profile.constraints:
        yield ProfileChange("constraints", found)


def _had(base: KnowledgeBase, profile: Profile, fact: ToldFact) -> Iterable[ProfileChange]:
    """Hours or money for study: told, or taken back."""
    before, value = getattr(profile, fact.field), float(fact.value)
    if fact.standing == "denied":
        if before is not None:
            yield ProfileChange(fact.field, None, before)
    elif fact.field == "hours_per_week" and MIN_HOURS_PER_WEEK <= value <= MAX_HOURS_PER_WEEK:
        if before != value:
            yield ProfileChange(fact.field, value, before)
    elif fact.field == "budget" and value <= MAX_BUDGET:
        currency = None if fact.kind == base.field.currency else fact.kind
        if (before, profile.budget_currency) != (value, currency):
            yield ProfileChange(fact.field, value, before, currency)


def _worked(profile: Profile, fact: ToldFact, *, corrected: bool) -> Iterable[ProfileChange]:
    """Years of one kind: told, or taken back."""
    before = profile.years.get(str(fact.kind))
    if fact.standing == "denied":
        if before is not None:
            yield ProfileChange("years", None, before, fact.kind)
        return
    years = min(float(fact.value), MAX_YEARS)
    if before != years:
        told = before is not None and before > years and not (corrected or fact.why == PUT_RIGHT)
        yield ProfileChange("years", years, before, fact.kind, against=told)


def _aimed(profile: Profile, fact: ToldFact) -> Iterable[ProfileChange]:
    if fact.standing == "planned" and profile.goal != fact.value:
        yield ProfileChange("goal", fact.value, profile.goal)
    elif fact.standing == "denied" and profile.goal == fact.value:
        yield ProfileChange("goal", None, profile.goal)


def _listed(base: KnowledgeBase, profile: Profile, fact: ToldFact) -> Iterable[ProfileChange]:
    """A credential, licence or schooling: gained, or gone. The full one takes the place of the provisional."""
    key, value = LISTS[fact.field], str(fact.value)
    held = getattr(profile, key)
    if fact.standing == "held" and value not in held:
        credential = base.certifications.get(value) if fact.field == "certification" else None
        if credential is not None and credential.provisional in held:
            yield ProfileChange(key, None, credential.provisional)
        yield ProfileChange(key, value)
    elif fact.standing in GONE and value in held:
        yield ProfileChange(key, None, value)


def claimed(heard: Heard, before: Claims = ()) -> Claims:
    """What was claimed last, by field, value and kind of years: what "i lied" takes back; else what was `before`."""
    claims = (fact for fact in heard.facts if fact.field in RECENT and fact.standing == "held")
    return tuple((fact.field, str(fact.value), fact.kind) for fact in claims)[:MOST_CLAIMS] or before


def known_of(base: KnowledgeBase, profile: Profile, claims: Claims = ()) -> Known:
    """A profile as the reader knows people; `claims` are those made last."""
    latest = (ToldFact.model_validate({"field": field, "value": value, "kind": kind}) for field, value, kind in claims)
    return Known(
        latest=tuple(latest),
        role=profile.role,
        country=profile.country,
        certifications=dict.fromkeys(profile.certifications, "held"),
        licences=dict.fromkeys(profile.licences, "held"),
        education=dict.fromkeys(profile.education, "held"),
        setting=profile.setting,
        years=dict(profile.years),
        goal=profile.goal,
        hours_per_week=profile.hours_per_week,
        budget=(profile.budget, profile.budget_currency or base.field.currency) if profile.budget is not None else None,
    )
