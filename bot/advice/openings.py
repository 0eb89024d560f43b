"""What somebody is told who asks openly ("what should i do?") or only tells their story: what fits them, and the first
step of the quickest road.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.advice.ladder import moves_from
from bot.advice.planner import Route, Step
from bot.advice.planner.plan import PREPARATIONS
from bot.advice.profile import Profile
from bot.advice.road import in_words, road_to
from bot.advice.verdicts import Verdict
from bot.advice.verdicts.asked import asking_text, says
from bot.advice.verdicts.yes_or_no import plain_words
from bot.advice.wording import Said, said
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Fact, Guide
from bot.understanding.question import Question

TOPIC = "path"
# What is shown of a guide for somebody's background, of a job and of a credential held: the first of these it has.
OF_GUIDES = ("path", "getting_started", "first_job", "worth_it")
OF_ROLES = ("unlocks", "path")
OF_CERTIFICATIONS = ("first_job", "unlocks", "worth_it")
OF_ALL = ("getting_started", "path")
MOST = 2  # sentences that say what fits
AFTER = 2  # words that may follow those that ask openly ("any advice please"): more of them ask something by itself


def asks_openly(base: KnowledgeBase, question: Question) -> bool:
    """Whether the end of what is asked is open: all that is known of the person decides, and no one thing is named."""
    words = plain_words(asking_text(question)).replace("?", " ").replace(".", " ").split()
    for phrase in base.verdicts.open:
        size = len(phrase.split())
        ends = (" ".join(words[at : at + size]) for at in range(max(0, len(words) - size - AFTER), len(words)))
        if phrase in ends:
            return True
    return False


def asks_onward(base: KnowledgeBase, question: Question, profile: Profile) -> bool:
    """Whether somebody whose work, years or credential are known asks what could come next, in whatever words."""
    known = bool(profile.role or profile.certifications or any(profile.years.values()))
    return known and says(plain_words(question.text), base.verdicts.onward)


def unsure(base: KnowledgeBase, verdict: Verdict) -> Verdict | None:
    """What fits somebody, said not to be just what was asked; None where the language has no words for it."""
    lead = base.verdicts.words.get("open_unsure")
    return replace(verdict, lines=(Said(lead), *verdict.lines)) if lead is not None else None


def opening(base: KnowledgeBase, question: Question, profile: Profile) -> Verdict | None:
    """What fits somebody, from what is known of them; None where nothing is, or the language has no words for it."""
    told = list(_fitting(base, question, profile))
    road = base.verdicts.words.get("open_road")
    if not told or road is None:
        return None
    goal = _goal(base, question, profile)
    way = road_to(base, profile, goal) if goal else None
    lines = [said(fact) for fact in told[:MOST]]
    step = _first_step(way.route) if way is not None else None
    if goal is not None and way is not None and step is not None:
        lines.append(Said(road.format(goal=base.entities[goal].name, step=step.title, **in_words(base, way))))
    return Verdict(TOPIC, tuple(lines), sides=(goal,) if goal else (), chosen=goal or "")


def _first_step(route: Route) -> Step | None:
    """The first step that is more than preparing; of a post the search for it, which comes before."""
    step = next((item for item in route.steps if not item.id.startswith(PREPARATIONS)), None)
    if step is None or step.kind != "move":
        return step
    needed = [item for item in route.steps if item.id in step.needs and item.weeks]
    return next(iter(needed), step)


def _fitting(base: KnowledgeBase, question: Question, profile: Profile) -> Iterator[Fact]:
    """What is known for people like this one, the nearest first."""
    yield from (fact for guide in _guides(base, question, profile) for fact in _facts(guide.facts, OF_GUIDES))
    role = _job(base, question, profile)
    if role is not None:
        yield from _facts(base.roles[role].facts, OF_ROLES)
    for held in profile.certifications:
        yield from _facts(base.certifications[held].facts, OF_CERTIFICATIONS)
    default = base.entities.get(base.field.default_entity)
    if default is not None and role is None and (profile.years or profile.education or profile.constraints):
        yield from _facts(default.facts, OF_ALL)


def _facts(facts: object, topics: Sequence[str]) -> Iterator[Fact]:
    """The known sentences of some topics."""
    if isinstance(facts, dict):
        yield from (fact for topic in topics for fact in facts.get(topic, ()) if fact.known)


def _guides(base: KnowledgeBase, question: Question, profile: Profile) -> list[Guide]:
    """The guides for where somebody lives, if that is not the usual country, and for what they come from: what they
    hold a licence of before what they do now.
    """
    country = question.country or profile.country
    held = (item.id for item in base.assessment.backgrounds if item.licence in profile.licences)
    wanted = dict.fromkeys((*held, *question.backgrounds))
    found = [guide for item in wanted for guide in base.guides.values() if item in guide.backgrounds]
    if country not in (None, base.field.default_country):
        found = [*(guide for guide in base.guides.values() if country in guide.countries), *found]
    return found


def _goal(base: KnowledgeBase, question: Question, profile: Profile) -> str | None:
    """Where somebody wants to, or what comes next from where they are."""
    if profile.goal is not None and profile.goal != profile.role:
        return profile.goal
    role = _job(base, question, profile)
    if role is not None:
        following = moves_from(base, role)
        return following[0].move.to if following else None
    named = (item for guide in _guides(base, question, profile) for item in guide.entities if item in base.roles)
    return next(named, base.field.default_entity)


def _job(base: KnowledgeBase, question: Question, profile: Profile) -> str | None:
    """The job somebody has or names, or the first one of the kind of work that they have years of."""
    if profile.role is not None:
        return profile.role
    kinds = [kind for kind, years in profile.years.items() if years]
    doing = [role.id for role in base.roles.values() if role.experience in kinds and base.is_offered(role.id)]
    named = [span.id for span in question.spans if span.id in doing]
    usual = [item for item in doing if item == base.field.default_entity]
    return next(iter((*named, *usual, *doing)), None)
