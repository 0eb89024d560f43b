"""What every plan in JSON must hold, checked from the JSON and the knowledge base alone.

Nothing of the planner is used here: weeks, money and what is held at which time are counted anew from
the steps, so that a mistake of the planner cannot hide behind itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import Any

from bot.advice.profile import Profile, ProfileError, parse_profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import certifications_in
from bot.knowledge.model import LABELS, Condition, Role

Json = dict[str, Any]
WEEKS_PER_YEAR = 52
NAMES = ["fastest", "cheapest", "strongest"]
KINDS = {"study", "exam", "degree", "years", "deed", "move", "upkeep"}
PLAN_KEYS = {"routes", "have", "gaps", "would_change", "warnings", "nearest"}
STEP_KEYS = {"id", "kind", "title", "entity", "label", "why", "weeks", "starts_week", "cost", "needs", "sources"}


def broken(base: KnowledgeBase, told: Json, plan: Json) -> Iterator[str]:
    """Every promise of the contract that a plan for a profile does not keep."""
    profile = parse_profile(told, base)
    if not set(plan) >= PLAN_KEYS:
        yield f"keys missing: {PLAN_KEYS - set(plan)}"
        return
    yield from _shapes(base, plan)
    yield from _lists(base, profile, plan)
    if profile.goal == profile.role or profile.goal in Standing(base, profile, [], 0).certifications:
        kinds = {step["kind"] for route in plan["routes"] for step in route["steps"]}
        if kinds - {"upkeep"}:
            yield f"goal reached, but {kinds}"
        return
    if not plan["routes"]:
        if not plan["warnings"]:
            yield "impossible without a reason"
        nearest = plan["nearest"]
        if nearest not in base.roles and nearest not in base.certifications:
            yield f"impossible, nearest {nearest!r}"
        return
    if plan["nearest"] is not None:
        yield "routes and a nearest goal"
    for route in plan["routes"]:
        for problem in _route(base, profile, plan, route):
            yield f"{route['name']}: {problem}"
    yield from _ranks(plan)
    yield from _strongest(base, profile, plan)
    yield from _missing(base, profile, plan)
    yield from _told(base, profile, plan)


def _shapes(base: KnowledgeBase, plan: Json) -> Iterator[str]:
    if [route["name"] for route in plan["routes"]] not in ([], NAMES):
        yield "names of routes"
    for route in plan["routes"]:
        if not _money(base, route["cost"]):
            yield f"cost of route {route['cost']}"
        if not _whole(route["weeks"]):
            yield f"weeks of route {route['weeks']!r}"
        for step in route["steps"]:
            yield from (f"{step['id']}: {problem}" for problem in _step(base, step))


def _step(base: KnowledgeBase, step: Json) -> Iterator[str]:
    if set(step) != STEP_KEYS:
        yield f"keys {set(step) ^ STEP_KEYS}"
    if step["kind"] not in KINDS:
        yield f"kind {step['kind']}"
    if step["label"] not in (*LABELS, None):
        yield f"label {step['label']}"
    if not (_whole(step["weeks"]) and _whole(step["starts_week"])):
        yield "weeks"
    if step["cost"] is not None and not _money(base, step["cost"]):
        yield f"cost {step['cost']}"
    if step["entity"] not in base.entities:
        yield f"entity {step['entity']}"
    if not (isinstance(step["title"], str) and step["title"].strip()):
        yield "title"
    if not (isinstance(step["why"], str) and step["why"].strip()):
        yield "why"
    for source in step["sources"]:
        if not (source.get("title") and str(source.get("url", "")).startswith("http") and source.get("publisher")):
            yield f"source {source}"
    if step["kind"] in ("study", "exam", "degree", "move") and not step["sources"] and not step["why"]:
        yield "neither source nor reason"


def _whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0


def _money(base: KnowledgeBase, cost: Json) -> bool:
    return (
        set(cost) == {"low", "high", "currency"}
        and cost["currency"] == base.field.currency
        and all(isinstance(cost[end], int | float) for end in ("low", "high"))
        and 0 <= cost["low"] <= cost["high"]
    )


def _lists(base: KnowledgeBase, profile: Profile, plan: Json) -> Iterator[str]:
    told = {*profile.certifications, *profile.education, *profile.licences, *profile.years, profile.role}
    if set(plan["have"]) - told:
        yield f"have names what was not told: {set(plan['have']) - told}"
    if set(profile.licences) - set(plan["have"]):
        yield "a licence is not in have"
    if len(set(plan["have"])) != len(plan["have"]):
        yield "have twice"
    known = {*base.entities, *(item.id for item in base.assessment.education)}
    for gap in plan["gaps"]:
        if gap["label"] not in LABELS or not gap["title"] or gap["entity"] not in known:
            yield f"gap {gap}"
    if any(gap["entity"] in {*profile.certifications, *profile.education} for gap in plan["gaps"]):
        yield "a gap that is held"
    if not all(isinstance(text, str) and text.strip() for text in plan["warnings"]):
        yield "warnings"
    if len(set(plan["warnings"])) != len(plan["warnings"]):
        yield "a warning twice"
    try:
        tried = list(changes_tried(base, profile, plan))
    except ProfileError as error:
        yield f"would_change cannot be told: {error}"
        return
    for change, _ in tried:
        if not change["effect"]:
            yield "would_change without effect"


def _route(base: KnowledgeBase, profile: Profile, plan: Json, route: Json) -> Iterator[str]:
    ends: dict[str, int] = {}
    sums = [0.0, 0.0]
    for step in route["steps"]:
        if step["id"] in ends:
            yield f"{step['id']} twice"
        for need in step["needs"]:
            if need not in ends:
                yield f"{step['id']} needs {need}, which is no earlier step"
            elif ends[need] > step["starts_week"]:
                yield f"{step['id']} starts before {need} ends"
        ends[step["id"]] = step["starts_week"] + step["weeks"]
        if step["cost"] is not None:
            sums = [sums[0] + step["cost"]["low"], sums[1] + step["cost"]["high"]]
        elif not any(step["title"] in text for text in plan["warnings"]):
            yield f"{step['id']}: unknown cost not named"
    if not route["steps"]:
        yield "no steps"
        return
    yield from _sums(profile, route, max(ends.values()), sums)
    yield from _goal(base, profile, route)
    yield from _in_time(base, profile, route)
    yield from _labels(base, route)
    yield from _order(base, profile, route)


def _sums(profile: Profile, route: Json, end: int, sums: list[float]) -> Iterator[str]:
    """Weeks and money are those of the steps, and nothing is done that is held."""
    if end != route["weeks"]:
        yield f"{route['weeks']} weeks, steps end in {end}"
    if abs(sums[0] - route["cost"]["low"]) > 0.01 or abs(sums[1] - route["cost"]["high"]) > 0.01:
        yield f"cost {route['cost']} is not the sum {sums}"
    held = {*profile.certifications, *profile.education}
    for step in route["steps"]:
        if step["kind"] in ("exam", "study", "degree") and step["entity"] in held:
            yield f"{step['id']} is held already"
        if step["kind"] == "move" and step["entity"] == profile.role:
            yield f"{step['id']} is the role held"


def _order(base: KnowledgeBase, profile: Profile, route: Json) -> Iterator[str]:
    """Study before its exam, a post before work in it, one study at a time, nothing paid to be looked at now."""
    by_id = {step["id"]: step for step in route["steps"]}
    starts = [step["starts_week"] for step in route["steps"]]
    if starts != sorted(starts):
        yield "steps are not in the order of their weeks"
    held = profile.role
    for step in route["steps"]:
        if step["kind"] == "exam" and f"study-{step['entity']}" not in step["needs"]:
            yield f"{step['id']} without its study"
        if step["kind"] == "move":
            held = step["entity"]
            if step["starts_week"] == 0:
                yield f"{step['id']} stands now"
            studies = [by_id[need] for need in step["needs"] if by_id[need]["kind"] == "exam"]
            if any(exam["starts_week"] >= step["starts_week"] for exam in studies):
                yield f"{step['id']} in the week of its exam"
        if step["kind"] == "years" and profile.role is not None and held != step["entity"]:
            yield f"{step['id']} while in {held}"
    spans = sorted(
        (step["starts_week"], step["starts_week"] + step["weeks"])
        for step in route["steps"]
        if step["kind"] in ("study", "degree")
    )
    if any(first[1] > following[0] for first, following in pairwise(spans)):
        yield "two studies at a time"
    for step in route["steps"]:
        record = base.certifications.get(step["entity"]) if step["kind"] == "study" else None
        hours = record.planning.study_hours if record is not None else None
        if hours is not None and step["weeks"] > hours.high / profile.pace + 1:
            yield f"{step['id']} takes longer than its hours"


def _goal(base: KnowledgeBase, profile: Profile, route: Json) -> Iterator[str]:
    goal = profile.goal
    ways = {"move"} if goal in base.roles else {"exam", "deed"}
    full = base.certifications[goal].full if goal in base.certifications else None
    last = [step for step in route["steps"] if step["entity"] in (goal, full) and step["kind"] in ways]
    if not last:
        yield "goal not reached"
    elif goal in base.roles and not any(step["starts_week"] + step["weeks"] == route["weeks"] for step in last):
        yield "goes on after the goal"


class Standing:
    """What somebody has when a step begins, by a route's own steps: never by a step that comes later."""

    def __init__(self, base: KnowledgeBase, profile: Profile, steps: list[Json], week: int) -> None:
        self.base, self.profile = base, profile
        done = [step for step in steps if step["starts_week"] + step["weeks"] <= week]
        self.certifications = set(profile.certifications)
        self.education = set(profile.education)
        self.roles = {profile.role} | {step["entity"] for step in done if step["kind"] == "move"}
        self.weeks = {kind: int(years * WEEKS_PER_YEAR + 1e-9) for kind, years in profile.years.items()}
        for step in steps:
            if step["kind"] == "years":
                kind = base.roles[step["entity"]].experience
                worked = max(0, min(step["weeks"], week - step["starts_week"]))
                self.weeks[kind] = self.weeks.get(kind, 0) + worked
        for step in done:
            if step["kind"] == "exam":
                record = base.certifications[step["entity"]]
                lifts = [item for item in steps if item["kind"] == "deed" and item["entity"] == record.id]
                # With a later deed the exam gives the provisional credential alone.
                self.certifications.add(str(record.provisional) if lifts else record.id)
            elif step["kind"] == "deed" and step["entity"] in base.certifications:
                self.certifications.add(step["entity"])
            elif step["kind"] in ("degree", "study") and step["entity"] in base.education:
                self.education.add(step["entity"])
        self.certifications |= {
            str(base.certifications[item].provisional)
            for item in set(self.certifications)
            if base.certifications[item].provisional is not None
        }
        # Whoever passed an exam has the schooling that it cannot be sat without.
        gates = [gate for item in profile.certifications for gate in base.certifications[item].requires.exam_requires]
        self.schooled = {item for school in self.education for item in _counts(base, school)}
        self.schooled |= {item for gate in gates for item in _proven(base, gate.needs)}
        self.schooled |= {item.id for item in base.assessment.education[:1]}

    def meets(self, condition: Condition, work: bool = True) -> bool:
        """Whether a condition is met; without `work` years and roles count as met."""
        if condition.any is not None:
            return any(self.meets(child, work) for child in condition.any)
        if condition.all is not None:
            return all(self.meets(child, work) for child in condition.all)
        if condition.certification is not None:
            return condition.certification in self.certifications
        if condition.education is not None:
            if condition.accredited is None:
                return condition.education in self.schooled
            return any(
                school in self.base.education
                and self.base.education[school].accreditation == condition.accredited
                and condition.education in _counts(self.base, school)
                for school in self.education
            )
        if condition.licence is not None:
            return condition.licence in self.profile.licences
        if not work:
            return True
        if condition.years is not None:
            needed = condition.years * WEEKS_PER_YEAR - 1e-9
            return self.weeks.get(str(condition.of), 0) >= needed
        return condition.role in self.roles


def _counts(base: KnowledgeBase, school: str) -> set[str]:
    levels = {item.id: item.counts_as for item in base.assessment.education}
    found, waiting = set(), [school]
    while waiting:
        item = waiting.pop()
        if item not in found:
            found.add(item)
            waiting += base.education[item].counts_as if item in base.education else levels.get(item, ())
    return found


def _proven(base: KnowledgeBase, condition: Condition | None) -> set[str]:
    """Schooling that every way to meet a condition brings."""
    if condition is None:
        return set()
    if condition.any is not None:
        return set.intersection(*(_proven(base, child) for child in condition.any))
    if condition.all is not None:
        return set().union(*(_proven(base, child) for child in condition.all))
    return _counts(base, condition.education) if condition.education is not None else set()


def _knows_all(profile: Profile) -> bool:
    """Whether nothing has to be concluded of somebody: work comes from what was told alone."""
    return profile.role is None and not profile.licences and not profile.certifications


def _in_time(base: KnowledgeBase, profile: Profile, route: Json) -> Iterator[str]:
    """Each exam and school only once its own rules let somebody in, by what stands before it."""
    for step in route["steps"]:
        record = None
        if step["kind"] == "exam":
            record = base.certifications[step["entity"]]
        elif step["kind"] in ("degree", "study") and step["entity"] in base.education:
            record = base.education[step["entity"]]
        if record is None:
            continue
        standing = Standing(base, profile, route["steps"], step["starts_week"])
        for gate in record.requires.exam_requires:
            if gate.needs is not None and not standing.meets(gate.needs, work=_knows_all(profile)):
                yield f"{step['id']}: not open yet: {gate.say}"


def _labels(base: KnowledgeBase, route: Json) -> Iterator[str]:
    """`exam_requires` only for what an exam or school of the route requires."""
    asked: set[str] = set()
    for step in route["steps"]:
        record = base.certifications.get(step["entity"]) or base.education.get(step["entity"])
        for gate in record.requires.exam_requires if record is not None else ():
            asked |= set(_named(base, gate.needs))
    for step in route["steps"]:
        if step["label"] != "exam_requires":
            continue
        kind = base.roles[step["entity"]].experience if step["entity"] in base.roles else None
        names = {step["entity"], kind} | (_counts(base, step["entity"]) if step["entity"] in base.education else set())
        if not names & asked:
            yield f"{step['id']}: no exam requires it"


def _named(base: KnowledgeBase, condition: Condition | None) -> Iterator[str]:
    if condition is None:
        return
    for child in (*(condition.any or ()), *(condition.all or ())):
        yield from _named(base, child)
    if condition.certification is not None:
        yield condition.certification
        yield str(base.certifications[condition.certification].full)
    yield from (item for item in (condition.education, condition.of, condition.role) if item is not None)


def _ranks(plan: Json) -> Iterator[str]:
    fastest, cheapest, _ = plan["routes"]
    for route in plan["routes"]:
        if fastest["weeks"] > route["weeks"]:
            yield f"fastest {fastest['weeks']} weeks, {route['name']} {route['weeks']}"
        # What nobody knows the price of is not cheap.
        known = all(step["cost"] is not None for step in route["steps"])
        if known and cheapest["cost"]["high"] > route["cost"]["high"]:
            yield f"cheapest {cheapest['cost']['high']}, {route['name']} {route['cost']['high']}"


def _strongest(base: KnowledgeBase, profile: Profile, plan: Json) -> Iterator[str]:
    """The strongest does all that employers ask for the goal, or a warning says what comes only after it."""
    route = plan["routes"][2]
    record = base.roles.get(str(profile.goal)) or base.certifications[str(profile.goal)]
    standing = Standing(base, profile, route["steps"], route["weeks"])
    for requirement in record.requires.employers_ask:
        needs = requirement.needs
        met = needs is None or standing.meets(needs, work=_knows_all(profile))
        if not met and not any(requirement.say in text for text in plan["warnings"]):
            yield f"strongest without: {requirement.say}"
    fastest = {step["entity"] for step in plan["routes"][0]["steps"] if step["kind"] in ("exam", "degree")}
    missing = fastest - {step["entity"] for step in route["steps"] if step["kind"] in ("exam", "degree")}
    if missing:
        yield f"strongest lacks of the fastest: {sorted(missing)}"


def _missing(base: KnowledgeBase, profile: Profile, plan: Json) -> Iterator[str]:
    """All that is asked for the goal and cannot be held today stands among the gaps, under its label."""
    record = base.roles.get(str(profile.goal)) or base.certifications[str(profile.goal)]
    today = Standing(base, profile, [], 0)
    named = {(gap["label"], gap["title"]) for gap in plan["gaps"]}
    for label in LABELS:
        for requirement in record.requires.under(label):
            met = requirement.needs is None or today.meets(requirement.needs, work=_knows_all(profile))
            if not met and (label, requirement.say) not in named:
                yield f"gaps lack ({label}): {requirement.say}"


def _told(base: KnowledgeBase, profile: Profile, plan: Json) -> Iterator[str]:
    """What was told is heard: money, limits, another country; what was not is named as assumed."""
    said = " ".join(plan["warnings"])
    countries = {item.id: item.name for item in base.assessment.countries}
    if profile.country not in (None, base.field.default_country) and countries[str(profile.country)] not in said:
        yield "the country is not named"
    if profile.country is None and countries[base.field.default_country] not in said:
        yield "the country assumed is not named"
    if profile.hours_per_week is None and "5 hours a week" not in said:
        yield "the hours assumed are not named"
    money = profile.comparable_budget
    if money is not None and any(route["cost"]["high"] > money for route in plan["routes"]) and "budget" not in said:
        yield "the budget is not named"


def changes_tried(base: KnowledgeBase, profile: Profile, plan: Json) -> Iterator[tuple[Json, Profile]]:
    """Each of `would_change` with the profile in which it was told."""
    for change in plan["would_change"]:
        value = change["value"]
        if change["key"] in ("education", "licences", "certifications"):
            value = [*getattr(profile, change["key"]), value]
        if change["key"] == "years":
            value = {**profile.years, **value}
        yield change, parse_profile({**profile.model_dump(exclude_defaults=True), change["key"]: value}, base)


def anybody(base: KnowledgeBase, random: Random) -> Json:
    """Somebody of any kind, odd ones included: no time, no money, many credentials, a goal below the post held."""
    vocabulary = base.assessment
    roles, credentials = sorted(base.roles), sorted(base.certifications)
    schooling = [*(level.id for level in vocabulary.education), *sorted(base.education)]
    told: Json = {"goal": random.choice([*roles, *roles, *credentials])}
    if random.random() < 0.6:
        told["role"] = random.choice(roles)
    if random.random() < 0.6:
        asked = [item for role in base.roles.values() for item in _credentials(role)]
        told["certifications"] = some(random, credentials if random.random() < 0.4 else sorted(set(asked)), 3)
    if random.random() < 0.6:
        told["education"] = some(random, schooling, 2)
    if random.random() < 0.7:
        kinds = some(random, [kind.id for kind in vocabulary.experience], 3)
        told["years"] = {kind: random.choice((0, 0.25, 0.5, 1, 1.5, 2, 3, 5, 8, 15, 30)) for kind in kinds}
    if random.random() < 0.3:
        told["licences"] = some(random, [item.id for item in vocabulary.licences], 2)
    if random.random() < 0.4:
        told["setting"] = random.choice([item.id for item in vocabulary.settings])
    if random.random() < 0.7:
        told["hours_per_week"] = random.choice((0.5, 1, 2, 3, 5, 6, 8, 10, 20, 40, 80))
    if random.random() < 0.5:
        told["country"] = random.choice((base.field.default_country, *(item.id for item in vocabulary.countries[:6])))
    if random.random() < 0.3:
        told["budget"] = random.choice((0, 50, 300, 1000, 5000, 100_000))
    if random.random() < 0.2:
        told["constraints"] = some(random, [item.id for item in vocabulary.constraints], 2)
    return told


def _credentials(role: Role) -> Iterator[str]:
    for requirement in role.requires.employers_ask:
        yield from certifications_in(requirement.needs)


def some(random: Random, items: Sequence[str], most: int) -> list[str]:
    return random.sample(items, random.randint(0, min(most, len(items))))
