"""Reading a typed answer to a question of the assessment: labels, aliases, numbers, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rapidfuzz import fuzz, process

from bot.advice.profile import MAX_BUDGET, MAX_HOURS_PER_WEEK, MAX_YEARS, MIN_HOURS_PER_WEEK
from bot.conversation.session import Given
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import AssessmentQuestion, Effect
from bot.knowledge.names import all_names
from bot.understanding.parsing.cues import is_cue, mentioned, starts_with_cue, words_of
from bot.understanding.parsing.speech import Speech
from bot.understanding.question import Span
from bot.understanding.reader.heard import IN_PASSING, Heard

NEAR = 88  # of 100, by rapidfuzz: one slip in a word of eight letters
SHORT_WORD = 4  # nothing this short is corrected: too many words are one letter apart
# What a message tells, by the key of the profile that a question fills.
FIELDS = {
    "country": "country",
    "role": "role",
    "certifications": "certification",
    "education": "education",
    "licences": "licence",
    "setting": "setting",
    "goal": "goal",
}
_NUMBER = re.compile(r"(?<!\S)\d{1,2}(?:\.\d)?(?!\S)")
MANY = ("certifications", "education", "licences")
NOTHING_HEARD = Heard()
COUNTED = ("years", "money")  # units of which somebody may have none
# What a profile takes, by the unit of the question.
RANGES = {
    "years": (0, MAX_YEARS),
    "hours": (MIN_HOURS_PER_WEEK, MAX_HOURS_PER_WEEK),
    "money": (0, MAX_BUDGET),
}


def read_answer(
    base: KnowledgeBase,
    speech: Speech,
    question: AssessmentQuestion,
    text: str,
    spans: Sequence[Span],
    told: Heard = NOTHING_HEARD,
) -> Given | None:
    """What `text` says in answer to `question`, or None where it says nothing to it.

    `spans` are the entities understanding found in the text, `told` what was heard in it: where that denies, wishes
    or speaks of others, a name that stands there is no answer.
    """
    words = words_of(text)
    if not words:
        return None
    plainly = _without_hedges(words, base.texts.cues.get("hedges", ()))
    clauses = {words, plainly, *(words_of(clause) for clause in speech.clauses(text))}
    exact = [choice.id for choice in question.choices if clauses & _names(choice.label, choice.aliases)]
    if len(exact) == 1 or (exact and clauses == {words}):
        return Given(choices=tuple(exact[:1]))
    if question.unit is not None and told.amounts and all(item.apart for item in told.amounts):
        return None  # "i work 40 hours"
    years = {str(fact.kind): float(fact.value) for fact in told.facts if fact.field == "years"}
    if question.unit == "years" and (years or (years := _years_of_kinds(base, words))):
        return Given(years=years)
    counted = _counted(base, speech, question.unit, text, told) if question.unit is not None else None
    if counted is not None:
        return counted
    heard = _told_ids(question.fills, told)
    if heard is not None:
        return Given(ids=heard) if heard or question.fills != "goal" else None
    plain = [item.id for item in base.assessment.backgrounds if clauses & _names(item.name, item.aliases)]
    if question.fills == "role" and len(plain) == 1:
        return Given(ids=(plain[0],))
    licensed = _background_of(base, told) if question.fills == "role" else None
    if licensed is not None:
        return Given(ids=(licensed,))
    if question.unit is None and not all(clause.plain for clause in told.clauses):
        aim = _plain_aim(base, question, words, spans, told)
        return Given(ids=aim) if aim else _nothing_chosen(base, question, text, words)
    otherwise = _told_otherwise(question.fills, told)
    ids = tuple(item for item in _ids(base, question, words, spans) if item not in otherwise)
    if ids:
        return Given(ids=ids)
    if otherwise and question.fills == "role":
        return _nothing_chosen(base, question, text, words)
    if question.fills == "certifications" and is_cue(text, base.texts.cues["none"]):
        return Given()
    return _contained_choice(question, words) or _near_choice(question, words)


def _years_of_kinds(base: KnowledgeBase, words: str) -> dict[str, float]:
    """Years of several kinds of work that are only named beside their numbers: "6 leading and 5 of the other"."""
    kinds = {
        word: item.id
        for item in base.assessment.experience
        for name in (item.id, item.name, *item.aliases)
        for word in words_of(name).split()
        if len(word) > SHORT_WORD
    }
    found: dict[str, float] = {}
    for at in _NUMBER.finditer(words):
        after = words[at.end() :]
        ends = _NUMBER.search(after)
        near = (after[: ends.start()] if ends is not None else after).split()
        kind = next((kinds[word] for word in near if word in kinds), None)
        if kind is None or kind in found or float(at[0]) > MAX_YEARS:
            return {}
        found[kind] = float(at[0])
    return found if len(found) > 1 else {}


def _plain_aim(
    base: KnowledgeBase, question: AssessmentQuestion, words: str, spans: Sequence[Span], told: Heard
) -> tuple[str, ...]:
    """The goal that is named beside what somebody does not want: "<role>, no phone work"."""
    if question.fills != "goal":
        return ()
    plainly = {words_of(clause.text) for clause in told.clauses if clause.plain}
    own = [span for span in spans if words_of(span.text) in plainly]
    return _ids(base, question, words, own)


def _without_hedges(words: str, hedges: Sequence[str]) -> str:
    """An answer without words that only make it less sure ("<job> i think", "maybe <job>")."""
    for hedge in sorted(hedges, key=len, reverse=True):
        words = f" {words} ".replace(f" {hedge} ", " ").strip()
    return words


def _counted(
    base: KnowledgeBase, speech: Speech, unit: Literal["years", "hours", "money"], text: str, told: Heard
) -> Given | None:
    """The number given in a unit; "none" is one of years and of money. Of what was put right the last counts."""
    text = _put_right(base, text, told)
    if not _other_unit(speech, text, unit, told):
        money = next((item for item in told.amounts if item.kind == "money" and item.currency), None)
        foreign = unit == "money" and money is not None and money.currency != base.field.currency
        said = text if unit == "years" else speech.dates.left_out(text)
        number = money.value if foreign and money is not None else speech.numbers.read(said, unit)
        if number is not None and not _too_far(number, unit):
            return Given(number=number, currency=money.currency if foreign and money is not None else None)
    return Given(number=0.0) if unit in COUNTED and is_cue(text, base.texts.cues["none"]) else None


def _put_right(base: KnowledgeBase, text: str, told: Heard) -> str:
    """The words behind the last correction in a message ("eight, no wait, ten"), else the message."""
    cues = base.texts.cues["correction"]
    wrong = [at for at, clause in enumerate(told.clauses) if at and is_cue(clause.text, cues)]
    after = " ".join(clause.text for clause in told.clauses[wrong[-1] + 1 :]) if wrong else ""
    led = [rest for clause in told.clauses[1:] if (rest := starts_with_cue(clause.text, cues)) is not None]
    return after or (led[-1] if led else text)


def wished_for(
    base: KnowledgeBase, speech: Speech, question: AssessmentQuestion, text: str, spans: Sequence[Span], told: Heard
) -> Heard:
    """`told` as an answer to `question`: where that asks for the goal, a bare name that gives it is not held as well.

    Beside words about oneself such a piece would else be taken for what its writer has ("<name>. i am …").
    """
    given = read_answer(base, speech, question, text, spans, told) if question.fills == "goal" else None
    if given is None:
        return told
    kept = [
        fact
        for fact in told.facts
        if fact.why != IN_PASSING
        or not (fact.field == "role" or (fact.field == "certification" and fact.value in given.ids))
    ]
    return told if len(kept) == len(told.facts) else told.model_copy(update={"facts": tuple(kept)})


def _nothing_chosen(base: KnowledgeBase, question: AssessmentQuestion, text: str, words: str) -> Given | None:
    """What denies may still be a choice, where that writes nothing into the profile ("no job yet")."""
    if question.fills == "certifications" and is_cue(text, base.texts.cues["none"]):
        return Given()
    given = _contained_choice(question, words) or _near_choice(question, words)
    chosen = [choice for choice in question.choices if given is not None and choice.id in given.choices]
    return given if chosen and chosen[0].sets == Effect() and chosen[0].next is None else None


def _told_ids(fills: str, told: Heard) -> tuple[str, ...] | None:
    """The ids that a message tells as an answer; empty where it only tells what is not so; None where it tells none."""
    field = FIELDS.get(fills)
    facts = [fact for fact in told.facts if fact.field == field]
    wanted = "planned" if fills == "goal" else "held"
    ids = tuple(dict.fromkeys(str(fact.value) for fact in facts if fact.standing == wanted))
    if fills == "goal" and len({fact.value for fact in facts if fact.standing in ("planned", "asked")}) > 1:
        return ids[-1:] if ids else ()  # several are weighed: which, is not said
    if ids:
        return ids if fills in MANY else ids[-1:]
    return () if facts and fills == "certifications" else None


def _background_of(base: KnowledgeBase, told: Heard) -> str | None:
    """Where somebody stands who tells of a licence ("i am a nurse"), whatever else they deny."""
    licences = {fact.value for fact in told.facts if fact.field == "licence" and fact.standing == "held"}
    return next((item.id for item in base.assessment.backgrounds if item.licence in licences), None)


def _told_otherwise(fills: str, told: Heard) -> set[str]:
    """Ids that a message names as something else than what is asked for: a job wanted is none that somebody has."""
    aims = {str(fact.value) for fact in told.facts if fact.field == "goal"}
    held = {str(fact.value) for fact in told.facts if fact.field == "role" and fact.why != IN_PASSING}
    return {"role": aims, "certifications": aims, "goal": held - aims}.get(fills, set())


def _other_unit(speech: Speech, text: str, unit: str, told: Heard = NOTHING_HEARD) -> bool:
    """Whether a number is given in the unit of another question: ten hours are no money."""
    named = {name for name, words in speech.numbers.named.items() if words.search(text.lower())}
    named |= {item.kind for item in told.amounts if item.kind != "number"}
    if unit in named:
        return False
    return bool(named) or (unit != "years" and speech.numbers.a_time.search(text.lower()) is not None)


def _too_far(number: float, unit: str) -> bool:
    low, high = RANGES[unit]
    return not low <= number <= high


def missed_range(
    speech: Speech, question: AssessmentQuestion, text: str, told: Heard = NOTHING_HEARD
) -> tuple[float, float] | None:
    """From what to what an answer may go, where `text` gives a number beyond it."""
    if question.unit is None or _other_unit(speech, text, question.unit, told):
        return None
    said = text if question.unit == "years" else speech.dates.left_out(text)
    number = speech.numbers.read(said, question.unit)
    return RANGES[question.unit] if number is not None and _too_far(number, question.unit) else None


def volunteered(
    base: KnowledgeBase,
    speech: Speech,
    question: AssessmentQuestion,
    text: str,
    spans: Sequence[Span],
    told: Heard = NOTHING_HEARD,
) -> Given | None:
    """What `text` says to a question that is not on the screen: a bare number must name its unit."""
    unit = question.unit
    if is_cue(text, base.texts.cues["none"]):
        return None  # it says nothing to a question that was not asked
    if unit == "years" and not any(fact.field == "years" for fact in told.facts):
        return None  # of what, nobody knows yet
    named = (
        unit is None
        or speech.numbers.named[unit].search(text.lower())
        or any(item.kind == unit for item in told.amounts)
    )
    if not named:
        return None
    given = read_answer(base, speech, question, text, spans, told)
    if given is None or given.empty:
        return None
    # A choice that leads elsewhere says nothing before it is offered: its words may ask for just that.
    leads = any(choice.id in given.choices and choice.next is not None for choice in question.choices)
    return None if leads else given


def _names(label: str, aliases: Sequence[str]) -> set[str]:
    return {words_of(name) for name in (label, *aliases)}


def _ids(base: KnowledgeBase, question: AssessmentQuestion, words: str, spans: Sequence[Span]) -> tuple[str, ...]:
    vocabulary = base.assessment
    if question.fills == "country":
        places = [(item.id, (item.name, *item.aliases, *item.parts)) for item in vocabulary.countries]
        return mentioned(words, places)[:1]
    if question.fills == "setting":
        return mentioned(words, all_names(vocabulary.settings))[:1]
    if question.fills == "licences":
        return mentioned(words, all_names(vocabulary.licences))
    # "associates" alone is one of any field.
    general = {name for item in vocabulary.education for name in _names(item.name, item.aliases)}
    named = {
        "certifications": [span.id for span in spans if span.kind == "certification"],
        "role": [span.id for span in spans if span.kind in ("role", "background")][:1],
        "goal": [span.id for span in spans if span.kind in ("role", "certification")][-1:],
        "education": [span.id for span in spans if span.kind == "degree" and words_of(span.text) not in general],
    }.get(question.fills, [])
    if question.fills == "education":
        covered = {level for item in named for level in base.education[item].counts_as}
        levels = mentioned(words, all_names(vocabulary.education))
        named += [level for level in levels if level not in covered]
    return tuple(dict.fromkeys(named))


def _contained_choice(question: AssessmentQuestion, words: str) -> Given | None:
    """The only choice of which a longer name stands in the words."""
    found = {
        choice.id
        for choice in question.choices
        for name in _names(choice.label, choice.aliases)
        if len(name) > SHORT_WORD and f" {name} " in f" {words} "
    }
    return Given(choices=(found.pop(),)) if len(found) == 1 else None


def _near_choice(question: AssessmentQuestion, words: str) -> Given | None:
    """The choice whose name is a slip away; abbreviations and short words never are."""
    if len(words) <= SHORT_WORD:
        return None
    names = {
        name: choice.id
        for choice in question.choices
        for name in _names(choice.label, choice.aliases)
        if len(name) > SHORT_WORD
    }
    best = process.extractOne(words, names.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return Given(choices=(names[best[0]],)) if best else None
