"""How long it would take, or what it would cost, the one who asks: the quickest road from where they stand."""

from __future__ import annotations

from bot.advice.profile import Profile
from bot.advice.road import in_words, road_to
from bot.advice.verdicts.asked import asking_text, named_in, says
from bot.advice.wording import Said, said
from bot.knowledge.base import KnowledgeBase
from bot.understanding.context import STAND_INS
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.question import Context, Question

LENGTH, COST = "duration", "cost"  # topics, and the ends of the words that say them
FACTS = 2  # sentences about everybody's road that follow


def own_road(
    base: KnowledgeBase, question: Question, profile: Profile, before: Context
) -> tuple[str, list[Said], str] | None:
    """Topic, sentences and goal; None where another length or price is asked for, or no road leads there. `before` is
    what the talk was about.
    """
    text, verdicts = asking_text(question), base.verdicts
    total = says(text, verdicts.own_total)
    words = ((LENGTH, verdicts.own_length), (COST, (*verdicts.own_cost, *verdicts.own_total)))
    asked = [topic for topic, phrases in words if says(text, phrases)]
    # Words of a length ("until i can") stand in other questions as well.
    meant = COST in asked or not question.topics or LENGTH in question.topics
    leans = total and question.brief and not STAND_INS.isdisjoint(text.split())
    other = says(text, verdicts.not_own_road) or (leans and not named_in(question))  # of what another question names
    goal = _goal(base, question, profile, before) if asked and meant and not other else None
    of_exam = goal in base.certifications and asked[0] != LENGTH and not total
    if goal is None or of_exam:  # what a credential costs is its fee
        return None
    road = road_to(base, profile, goal)
    if road is None or not road.weeks:
        return None
    slots = {"name": base.entities[goal].name, **in_words(base, road)}
    of_use = [topic for topic in asked if topic == LENGTH or road.route.cost.high]
    told = [Said(verdicts.words[f"own_{topic}"].format(**slots)) for topic in of_use]
    known = [said(fact) for topic in asked for fact in base.entities[goal].facts.get(topic, ()) if fact.known]
    return (asked[0], [*told, *known[:FACTS]], goal) if told else None


def _goal(base: KnowledgeBase, question: Question, profile: Profile, before: Context) -> str | None:
    """What is asked about, spoken of or wanted; the field itself where nothing is. None where another thing is named,
    or what is held already.
    """
    named = list(dict.fromkeys(span.id for span in named_in(question) if span.kind in ENTITY_KINDS))
    # Of a role spoken of the question may stand for what employers ask of it: the road leads to the role.
    role = [item for item in before.entities[:1] if item in base.roles and not before.chosen]
    spoken = [*role, *question.entities] if question.from_context else []
    wanted = (*named[-1:], *spoken[:1]) or (profile.goal or base.field.default_entity,)
    goal = wanted[0]
    reachable = goal in base.roles or goal in base.certifications
    return goal if reachable and goal not in (profile.role, *profile.certifications) else None
