"""Two credentials that are named together and are no choice: whether one is asked for before the other, both at once,
both or one, one beside the other, one skipped. By the rules of their exams, and by the rule between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.advice.profile import Profile
from bot.advice.verdicts.asked import asking_text, named_in, says, sentences_in
from bot.advice.verdicts.choices import by_rule
from bot.advice.verdicts.yes_or_no import plain_words, wants_yes_or_no
from bot.advice.wording import Said, said
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import certifications_in, leaves
from bot.understanding.question import Question, Span

PAIR = 2
RULED = 2  # sentences of the rule between the two
Told = tuple[list[Said], tuple[str, ...]]


def together(base: KnowledgeBase, question: Question, profile: Profile) -> Told | None:
    """What is to be said of the two credentials named, and which they are; None where they are a choice, or something
    else is asked of them.
    """
    verdicts, text = base.verdicts, plain_words(asking_text(question))
    pair = _pair(base, question)
    beside_role = any(span.kind in ("role", "degree") for span in _named(base, question))
    if len(pair) != PAIR or says(text, (*verdicts.upkeep, *verdicts.not_own_road)):
        return None
    how = verdicts.yes_or_no
    # What is told before ("i have got the … . is the … a must") is no opener.
    yes_or_no = wants_yes_or_no(how, (sentences_in(text) or [text])[-1])
    if yes_or_no and says(text, verdicts.at_once):
        return _by_rules(base, pair, "at_once")
    if yes_or_no and says(text, verdicts.skipping):
        return _by_rules(base, pair, "skips")
    if says(text, verdicts.both) and "one_first" in verdicts.words:
        return [Said(verdicts.words["one_first"]), *_ruled(base, pair, profile)], pair
    if not yes_or_no or not says(text, how.demands):
        return None
    beside = None if says(text, verdicts.earlier) else _beside(base, question, pair, profile)
    if beside is not None or beside_role or not says(text, verdicts.ordering) or says(text, how.negations):
        return beside
    return _by_rules(base, pair, "no_prerequisite")


def told_as_held(base: KnowledgeBase, question: Question) -> tuple[str, ...]:
    """The credentials that a question itself says are held ("with a …", "if i have the …"); any other that it names
    may be wanted, or somebody else's.
    """
    text, having = asking_text(question).lower(), base.verdicts.having
    return tuple(
        span.id
        for span in named_in(question)
        if span.kind == "certification" and says(text, (f"{word} {span.text}" for word in having))
    )


def _named(base: KnowledgeBase, question: Question) -> list[Span]:
    return [span for span in named_in(question) if span.id != base.field.default_entity]


def _pair(base: KnowledgeBase, question: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys(span.id for span in _named(base, question) if span.kind == "certification"))


def _by_rules(base: KnowledgeBase, pair: Sequence[str], key: str) -> Told | None:
    """A sentence that holds where neither exam asks for the other, and the rules of both; None where a rule is not
    known, or one of them names the other.
    """
    sentence = base.verdicts.words.get(key)
    rules = [base.certifications[item].requires.exam_requires for item in pair]
    asked = {item for rule in rules for need in rule for leaf in leaves(need.needs) for item in certifications_in(leaf)}
    if sentence is None or not all(rules) or not asked.isdisjoint(pair):
        return None
    names = [base.certifications[item].short for item in pair]
    lines = [replace(said(need), of=name) for name, rule in zip(names, rules, strict=True) for need in rule[:1]]
    return [Said(sentence.format(one=names[0], other=names[1])), *lines], tuple(pair)


def _beside(base: KnowledgeBase, question: Question, pair: Sequence[str], profile: Profile) -> Told | None:
    """That one is no must beside the other that is held, and the rule between them for who holds it."""
    held = [item for item in pair if item in (*told_as_held(base, question), *profile.certifications)]
    if len(held) != 1:
        return None
    ruled = _ruled(base, pair, profile.model_copy(update={"certifications": (*profile.certifications, *held)}))
    return ([replace(ruled[0], begins=base.verdicts.words["no_must"]), *ruled[1:]], tuple(pair)) if ruled else None


def _ruled(base: KnowledgeBase, pair: Sequence[str], profile: Profile) -> list[Said]:
    """What the rule between the two says to somebody."""
    choice = next((item for item in base.verdicts.choices if set(item.between) == set(pair)), None)
    return by_rule(base, choice, profile)[0][:RULED] if choice is not None else []
