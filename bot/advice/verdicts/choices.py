"""Verdicts between things that people choose from: by the rules of the knowledge base, else by what the facts allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.advice.conditions import describe
from bot.advice.planner.person import Person, holds, person_of
from bot.advice.planner.words import Words
from bot.advice.profile import Profile
from bot.advice.road import in_words, road_to
from bot.advice.status import over
from bot.advice.verdicts.figures import PAY, against, apart, barred, shown
from bot.advice.wording import Said, said, sourced
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.figures import written
from bot.knowledge.model import Certification, Quantity, Role
from bot.knowledge.verdicts import Case, Measure, Weighing

PAIR = 2  # credentials, of which one is held and one is not, or one is open and one is not
MOST_NEEDED = 2  # alternatives of a rule that are named, the rest counted


def chosen(base: KnowledgeBase, compared: Sequence[str], profile: Profile) -> tuple[list[Said], bool]:
    """The verdict between some things, first the answer; and whether the setting would decide and is to be asked.

    What is over is named so and out of the choice.
    """
    gone = over(base, compared)
    if gone:
        current = [item for item in compared if base.is_offered(item)]
        lines, asks_setting = chosen(base, current, profile) if len(current) > 1 else ([], False)
        return [*gone, *lines], asks_setting
    for choice in base.verdicts.choices:
        if set(compared) == set(choice.between):
            return by_rule(base, choice, profile)
    if all(isinstance(base.entities[item], Certification) for item in compared):
        return _between_certifications(base, compared, profile)
    if all(isinstance(base.entities[item], Role) for item in compared):
        return _between_roles(base, compared, profile), False
    return [], False


def by_rule(base: KnowledgeBase, choice: Weighing, profile: Profile) -> tuple[list[Said], bool]:
    """What the rule says to this person; and whether the setting would decide and is to be asked."""
    person = person_of(base, profile)
    case = next((item for item in choice.cases if fits(base, item, profile, person)), None)
    lines = [said((case or choice).verdict), *_roads(base, choice.roads, profile), *map(said, choice.changes)]
    return lines, case is None and choice.asks_setting and profile.setting is None


def _roads(base: KnowledgeBase, goals: Sequence[str], profile: Profile) -> Iterator[Said]:
    """What each of some goals takes from where somebody stands, and whether their money reaches."""
    words = base.verdicts.words
    for goal in goals if "road" in words else ():
        road = road_to(base, profile, goal)
        if road is None:
            continue
        budget = profile.comparable_budget
        over = budget is not None and road.route.cost.low > budget
        slots = {**in_words(base, road), "budget": f"{written(budget or 0)} {base.field.currency}"}
        text = words["road_over_budget" if over else "road"].format(name=base.entities[goal].short, **slots)
        yield Said(text)


def fits(base: KnowledgeBase, case: Case, profile: Profile, person: Person) -> bool:
    """Whether a case is meant for somebody, by all that it names."""
    if case.setting is not None and case.setting != profile.setting:
        return False
    if case.goal and profile.goal not in case.goal:
        return False
    if case.countries and (profile.country or base.field.default_country) not in case.countries:
        return False
    return case.holds is None or holds(base, person, case.holds)


def _between_certifications(base: KnowledgeBase, ids: Sequence[str], profile: Profile) -> tuple[list[Said], bool]:
    words, items = base.verdicts.words, [base.certifications[item] for item in ids]
    names = {item.id: item.short for item in items}
    held = [item for item in ids if item in profile.certifications]
    if len(held) == 1 and len(items) == PAIR:
        other = next(item for item in ids if item not in held)
        return [Said(words["held"].format(held=names[held[0]], other=names[other]))], False
    fitting = [item for item in items if profile.setting in item.settings]
    if profile.setting and 0 < len(fitting) < len(items):
        place = next(item.name for item in base.assessment.settings if item.id == profile.setting)
        told = words["fits"].format(setting=place, names=", ".join(item.short for item in fitting))
        return [_about(told, fitting[0])], False
    closed = {item.id: need for item in items if (need := barred(base, profile, item)) is not None}
    if len(closed) == 1 and len(items) == PAIR:
        ((shut, need),) = closed.items()
        opened = next(item for item in ids if item != shut)
        needs = describe(need.needs, base, MOST_NEEDED) if need.needs else ""
        text = words["open_now"].format(opened=names[opened], barred=names[shut], needs=needs)
        return [sourced(text, need)], False
    if len({item.settings for item in items}) > 1 and all(item.settings for item in items):
        known = {setting.id: setting.name for setting in base.assessment.settings}
        each = [
            words["for_setting"].format(
                name=item.short, settings=f" {base.texts.texts['or']} ".join(known[at] for at in item.settings)
            )
            for item in items
        ]
        return [_about(words["by_setting"].format(each=", ".join(each)), items[0])], profile.setting is None
    return [Said(words["undecided"])], profile.setting is None


def _about(text: str, item: Certification) -> Said:
    """A sentence made of what a credential is for, with the origin of its first facts."""
    facts = [fact for group in ("worth_it", "overview", "unlocks") for fact in item.facts.get(group, ()) if fact.source]
    return sourced(text, facts[0] if facts else None)


def _between_roles(base: KnowledgeBase, ids: Sequence[str], profile: Profile) -> list[Said]:
    """Roles by their pay and by how long the road to each is from here."""
    words = base.verdicts.words
    pay = apart(base, ids, PAY)
    roads = {item: road_to(base, profile, item) for item in ids}
    weeks = {item: road.weeks for item, road in roads.items() if road is not None}
    richer = max(pay, key=lambda item: pay[item].high, default=None) if len(pay) == len(ids) else None
    quicker = min(weeks, key=lambda item: weeks[item], default=None) if len(weeks) == len(ids) else None
    if richer is None or len({(value.low, value.high) for value in pay.values()}) == 1:
        return [Said(words["undecided"])]
    measure = next((item for item in base.verdicts.measures if item.figure == PAY), None)
    shown_pay = _against(base, measure, richer, pay)
    if quicker is None or len(set(weeks.values())) == 1:
        text = words["pays_more"].format(richer=base.entities[richer].short, pay=shown_pay)
    elif quicker == richer:
        text = words["all_by_figures"].format(name=base.entities[richer].short, pay=shown_pay)
    else:
        text = words["by_figures"].format(
            richer=base.entities[richer].short, quicker=base.entities[quicker].short, pay=shown_pay
        )
    return [sourced(text, pay[richer])]


def by_road(base: KnowledgeBase, ids: Sequence[str], profile: Profile, *, shorter: bool = True) -> list[Said]:
    """Which of some goals is reached sooner (or later) from where somebody stands; nothing where no road tells."""
    words, roads = base.verdicts.words, {item: road_to(base, profile, item) for item in ids}
    found = {item: road.weeks for item, road in roads.items() if road is not None}
    if len(found) < len(roads):
        return []
    first, *others = sorted(ids, key=lambda item: found[item], reverse=not shorter)
    if found[first] == found[others[0]]:
        return []
    lengths = {item: Words(base).about(weeks) for item, weeks in found.items()}
    told = words["by_road"].format(
        first=base.entities[first].short,
        weeks=lengths[first],
        against=against(base, {item: lengths[item] for item in others}),
        pace=", ".join(dict.fromkeys(road.pace for road in roads.values() if road is not None)),
    )
    return [Said(told)]


def _against(base: KnowledgeBase, measure: Measure | None, best: str, known: dict[str, Quantity]) -> str:
    if measure is None:
        return ""
    others = [value for item, value in known.items() if item != best]
    return base.verdicts.words["against_pay"].format(
        value=shown(base, measure, known[best]), other=shown(base, measure, max(others, key=lambda value: value.high))
    )
