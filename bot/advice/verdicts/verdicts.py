"""Question and profile → a verdict, where one is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.advice.planner.person import person_of
from bot.advice.profile import Profile
from bot.advice.status import over
from bot.advice.verdicts import measures
from bot.advice.verdicts.among import among
from bot.advice.verdicts.asked import (
    Measured,
    asking_text,
    beside_usual,
    compared,
    is_tale,
    measured,
    named_in,
    says,
    says_more,
    told_before,
    with_before,
)
from bot.advice.verdicts.asked import between as words_between
from bot.advice.verdicts.choices import by_road, chosen
from bot.advice.verdicts.demanded import demanded, role_before_role
from bot.advice.verdicts.dilemmas import DilemmaJudge
from bot.advice.verdicts.entry import may_sit, not_yet
from bot.advice.verdicts.own_road import own_road
from bot.advice.verdicts.together import together, told_as_held
from bot.advice.verdicts.verdict import Verdict, decided_for
from bot.advice.verdicts.worth import worth
from bot.advice.verdicts.yes_or_no import wants_yes_or_no
from bot.advice.wording import Said, said
from bot.knowledge.base import KnowledgeBase
from bot.understanding.context import SHORT_MEMORY
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.question import Context, Question

NOTHING_BEFORE = Context()
CERTIFICATION = "certification"
FEW_WORDS = 8  # of an answer to "where do you want to work"
COMPARE, RENEWAL, WORTH_IT = "compare", "renewal", "worth_it"
REQUIREMENTS, ELIGIBILITY = "requirements", "eligibility"


class VerdictMaker:
    """Decides between things of one knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.dilemmas = DilemmaJudge(base)
        # What makes two names that stand side by side a choice ("or"), and not a sum.
        self.choice = tuple(word for word in base.verdicts.choosing if word in base.verdicts.beside)

    def of(self, question: Question, profile: Profile, before: Context = NOTHING_BEFORE) -> Verdict | None:
        """The verdict that is asked for; None where none is. `before` is what the talk was about."""
        if not self.base.verdicts.words:
            return None
        profile = self._known(question, profile)
        above = self._dilemma(question, profile, above_all=True)
        if above is not None or (question.refusal is not None and question.decision == "unknown"):
            return above
        has = (*profile.certifications, profile.role or "")
        if self.settles(question, before):
            settled = self.between(_weighed(before), profile)
            return replace(settled, by_figure=True) if settled is not None else None
        told = told_before(self.base, question, has)
        if is_tale(asking_text(question)) or told:
            return self._dilemma(question, profile) or self._meant(question, told, profile)
        sides = with_before(self.base, question, compared(self.base, question), before)
        usual = beside_usual(self.base, question, profile.role or self.base.field.default_entity, before)
        if usual and not sides:
            return self._meant_beside(question, profile, usual)
        wanted = tuple(item for item in sides if item not in has)
        if len(wanted) > 1:  # "I hold this, should I get that or that"
            sides = wanted
        asked = measured(self.base, question, {self.base.kinds[item] for item in sides})
        held = self._held(question, profile)
        summed = measures.units(self.base, question, held) if asked is None else None
        if summed is not None:
            return Verdict(RENEWAL, tuple(summed[0]), tuple(summed[1]), sides=held, by_figure=True)
        ruled = self._ruled(question, profile, sides) if asked is None else None
        return ruled or self._of_one(question, profile) or self._between(question, profile, before, sides, asked)

    def _ruled(self, question: Question, profile: Profile, sides: Sequence[str]) -> Verdict | None:
        """What is decided by rules of its own: a decision between no things of ours, and whether one is worth it."""
        among_credentials = any(self.base.kinds[item] != "role" for item in sides)
        keeps = says(asking_text(question), self.base.verdicts.keeping)
        dilemma = self._dilemma(question, profile) if keeps or not among_credentials else None
        return dilemma or self._worth(question, profile)

    def _of_one(self, question: Question, profile: Profile) -> Verdict | None:
        """Whether somebody may sit an exam, and whether one thing is a must beside or before another."""
        sits = may_sit(self.base, question, profile)
        if sits is not None:
            return Verdict(ELIGIBILITY, tuple(sits[0]), sides=(sits[1],), by_figure=True)
        both = together(self.base, question, profile)
        if both is not None:
            return Verdict(REQUIREMENTS, tuple(both[0]), sides=both[1], by_figure=True)
        must = demanded(self.base, question)
        return Verdict(REQUIREMENTS, tuple(must[0]), sides=(must[1],), by_figure=True) if must is not None else None

    def _between(
        self, question: Question, profile: Profile, before: Context, sides: Sequence[str], asked: Measured | None
    ) -> Verdict | None:
        """Which of some things, or of all; how long the road to one is for the person."""
        if role_before_role(self.base, question):
            return None
        if not sides:
            road = own_road(self.base, question, profile, before)
            if road is not None:
                return Verdict(road[0], tuple(road[1]), sides=(road[2],), by_figure=True)
            found = among(self.base, question, profile, before)
            if found is None:
                return None
            best = decided_for(self.base, found.lines, found.named)
            return Verdict(COMPARE, found.lines, (), found.named, by_figure=found.by_figure, chosen=best)
        if asked is None and self._only_tells(question, profile, sides):
            return None
        verdict = self._of_several(question, profile, sides, asked)
        by_other = verdict is not None and asked is None and self._by_something_else(question)
        return self._said_so(verdict) if verdict is not None and by_other else verdict

    def _dilemma(self, question: Question, profile: Profile, *, above_all: bool = False) -> Verdict | None:
        """What is to be said to a decision that is no choice between things of ours."""
        held = dict.fromkeys((*profile.certifications, *told_as_held(self.base, question)))
        holder = profile.model_copy(update={"certifications": tuple(held)})
        lines = self.dilemmas.of(question, holder, above_all=above_all)
        return Verdict(WORTH_IT, tuple(lines), by_figure=True) if lines else None

    def _meant(self, question: Question, sides: Sequence[str], profile: Profile) -> Verdict | None:
        """What is to be said to a story that ends with a choice between things it told of."""
        if not sides:
            return None
        asked = measured(self.base, question, {self.base.kinds[item] for item in sides})
        verdict = self._of_several(question, profile, sides, asked) if asked else self.between(sides, profile)
        return replace(verdict, meant=True) if verdict is not None else None

    def _meant_beside(self, question: Question, profile: Profile, sides: Sequence[str]) -> Verdict | None:
        """What a measure says of the one thing spoken of beside the usual one."""
        asked = measured(self.base, question, {self.base.kinds[item] for item in sides})
        verdict = self._by_measure(question, profile, sides, asked) if asked is not None else None
        return replace(verdict, meant=True) if verdict is not None else None

    def _worth(self, question: Question, profile: Profile) -> Verdict | None:
        if says(asking_text(question), self.choice):
            return None
        found = worth(self.base, question, profile)
        return Verdict(WORTH_IT, tuple(found[0]), sides=(found[1],), by_figure=True) if found is not None else None

    def _only_tells(self, question: Question, profile: Profile, sides: Sequence[str]) -> bool:
        """Whether a message names what somebody has and asks for no choice between it."""
        text = asking_text(question)
        has = {*profile.certifications, profile.role}
        words = (*self.base.verdicts.choosing, *self.base.verdicts.deciding, *self.base.verdicts.telling_apart)
        return has.issuperset(sides) and "?" not in question.text and not says(text, words)

    def _by_something_else(self, question: Question) -> bool:
        """Whether things are held against each other by something that no measure knows."""
        return says(asking_text(question), self.base.verdicts.grading) and says_more(self.base, question)

    def _said_so(self, verdict: Verdict) -> Verdict:
        """A verdict that says first that it goes by something else than was asked."""
        return replace(verdict, lines=(Said(self.base.verdicts.words["not_by"]), *verdict.lines))

    def settles(self, question: Question, before: Context) -> bool:
        """Whether a message that asks nothing tells the place of work that a verdict just before depended on."""
        named = [span for span in question.spans if span.kind in ENTITY_KINDS]
        recent = before.age <= SHORT_MEMORY and before.topics == (COMPARE,) and len(_weighed(before)) > 1
        told = question.setting is not None and not named and len(question.text.split()) <= FEW_WORDS
        return recent and told and "?" not in question.text

    def _known(self, question: Question, profile: Profile) -> Profile:
        """The profile with what the question itself says."""
        goal = next((span.id for span in named_in(question) if span.kind == "role"), profile.goal)
        # What somebody wants to work as may have one place only ("better for …").
        places = self.base.roles[goal].settings if goal is not None and goal in self.base.roles else ()
        setting = question.setting or (places[0] if len(places) == 1 else profile.setting)
        staying = (span.id for span in named_in(question) if span.kind == "role" and self._stays(question, span.text))
        role = profile.role or next(staying, None)
        named = (span.id for span in named_in(question) if span.kind == "country")
        where = question.country or next(named, profile.country)
        return profile.model_copy(update={"setting": setting, "goal": goal, "role": role, "country": where})

    def _stays(self, question: Question, name: str) -> bool:
        """Whether a question names work that somebody has ("… or stay a …")."""
        return says(asking_text(question), (f"{word} {name}" for word in self.base.verdicts.staying))

    def _held(self, question: Question, profile: Profile) -> tuple[str, ...]:
        """The credentials named, or those held where none or some of them are."""
        spans = question.spans if question.full else named_in(question)
        named = tuple(dict.fromkeys(span.id for span in spans if span.kind == "certification"))
        if not set(named) <= set(profile.certifications):
            # "And if I add that": of a question that what was told has made longer, beside all that is held.
            adds = question.full and not set(named).isdisjoint(profile.certifications)
            return tuple(dict.fromkeys((*profile.certifications, *named))) if adds else named
        return named if len(named) > 1 else profile.certifications

    def _of_several(
        self, question: Question, profile: Profile, sides: Sequence[str], asked: Measured | None
    ) -> Verdict | None:
        base, text = self.base, asking_text(question)
        if asked is not None:
            return self._by_measure(question, profile, sides, asked)
        if says(text, base.verdicts.own_length) and (road := by_road(base, sides, profile)):
            return Verdict(COMPARE, tuple(road), (), tuple(sides), beside=True, by_figure=True)
        if says(text, base.verdicts.keeping):
            return None
        decides = COMPARE in question.topics or says(text, base.verdicts.deciding) or self._either(text, question)
        if says(text, base.verdicts.telling_apart) and not says(text, base.verdicts.at_once):
            return self._apart(text, sides)
        if not decides:
            return None
        verdict = self.between(sides, profile)
        early = [not_yet(base, item, profile) for item in sides if base.kinds[item] == CERTIFICATION]
        if verdict is not None and len(told := [line for line in early if line is not None]) == 1:
            verdict = replace(verdict, lines=(*told, *verdict.lines))
        another = set(question.backgrounds) - person_of(base, profile).backgrounds
        stays = any(self._stays(question, span.text) for span in named_in(question) if span.kind == "role")
        # Beside each other stand roads of the person: no use to who asks for somebody with another background, or
        # names the work they have.
        return replace(verdict, beside=False) if verdict is not None and (another or stays) else verdict

    def _by_measure(
        self, question: Question, profile: Profile, sides: Sequence[str], asked: Measured
    ) -> Verdict | None:
        """What a measure decides between things; what is over is named so and wins nothing."""
        base, gone = self.base, over(self.base, sides)
        current = [item for item in sides if base.is_offered(item)]
        if len(current) > 1 and asked.measure.by_road:
            road = by_road(base, current, profile, shorter=asked.most)
            if road:
                best = decided_for(base, road, sides)
                return Verdict(COMPARE, (*gone, *road), (), tuple(sides), beside=True, by_figure=True, chosen=best)
        lines, lend = measures.of_two(base, question, asked, current) if len(current) > 1 else ([], [])
        told = (*gone, *lines)
        best = decided_for(base, lines, sides)
        return Verdict(COMPARE, told, tuple(lend), tuple(sides), by_figure=True, chosen=best) if told else None

    def _either(self, text: str, question: Question) -> bool:
        """Whether two things stand side by side as a choice ("this or that"), and not as what something is asked of."""
        verdicts = self.base.verdicts
        one, *others = [span.text for span in named_in(question) if span.kind in ENTITY_KINDS] or [""]
        linked = bool(others) and words_between(text.lower(), one, others[0]).strip() in self.choice
        return linked and not wants_yes_or_no(verdicts.yes_or_no, text)

    def _apart(self, text: str, sides: Sequence[str]) -> Verdict | None:
        """What sets some things apart; that they are not the same, where that is asked."""
        choice = next((item for item in self.base.verdicts.choices if set(item.between) == set(sides)), None)
        if choice is None or choice.difference is None:
            return None
        how = self.base.verdicts.yes_or_no
        denied = how.words.get("no", "") if says(text, self.base.verdicts.same) and wants_yes_or_no(how, text) else ""
        beside = all(self.base.kinds[item] in ("role", "certification") for item in sides)
        return Verdict(COMPARE, (replace(said(choice.difference), begins=denied),), (), tuple(sides), beside)

    def between(self, sides: Sequence[str], profile: Profile) -> Verdict | None:
        """The verdict between some things for somebody; None where there is nothing to say."""
        lines, asks_setting = chosen(self.base, sides, profile)
        beside = all(self.base.kinds[item] in ("role", "certification") for item in sides)
        best = decided_for(self.base, lines, sides)
        return Verdict(COMPARE, tuple(lines), (), tuple(sides), beside, asks_setting, chosen=best) if lines else None


def _weighed(before: Context) -> tuple[str, ...]:
    """What was weighed just before, or else offered."""
    return before.entities if len(before.entities) > 1 else before.listed
