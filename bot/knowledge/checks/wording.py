"""Texts, cues and templates: everything the code says is there, with its slots, and renders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.knowledge.checks.subject import Subject
from bot.knowledge.content import Texts
from bot.knowledge.explain import did_you_mean
from bot.knowledge.load import LANGUAGE
from bot.knowledge.loaded import Located
from bot.knowledge.slots import slots_in
from bot.knowledge.wording_keys import CUES, FREE_PREFIXES, FREE_RULE, TEXTS, TextRule
from bot.knowledge.yaml_file import Problem, Trail

FILE = f"{LANGUAGE}/texts.yaml"
QUESTION = TextRule(frozenset({"name"}), frozenset(), None)
GENERAL = TextRule(frozenset(), frozenset({"name"}), None)
# What Telegram renders: https://core.telegram.org/bots/api#html-style
TAGS = frozenset({"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote"})
TAG = re.compile(r"<(/?)([a-zA-Z0-9]*)[^<>]*>?")


def missing(subject: Subject) -> Iterator[Problem]:
    """Texts and cues that the code needs and nobody wrote."""
    for _, texts in subject.of(Texts):
        for key in {key for key, rule in TEXTS.items() if not rule.optional} - texts.texts.keys():
            mend = f"{did_you_mean(key, texts.texts.keys() - TEXTS.keys())}add it under `texts:`"
            yield subject.problem(FILE, ("texts",), f"the text `{key}` is missing", mend)
        for cue in CUES:
            if cue not in texts.cues:
                mend = "list under it what people type for that"
                yield subject.problem(FILE, ("cues",), f"the cue `{cue}` is missing", mend)


def slots(subject: Subject) -> Iterator[Problem]:
    """Slots that nothing fills, that are missing, or that are not closed; tags that do not fit; long labels."""
    for found, texts in subject.of(Texts):
        for key, text in texts.texts.items():
            rule = TEXTS.get(key) or (FREE_RULE if key.startswith(FREE_PREFIXES) else None)
            if rule is not None:
                yield from _against(found, ("texts", key), text, rule)
            yield from _tags(found, ("texts", key), text)
        for topic, words in texts.topics.items():
            if topic not in subject.topics:
                continue  # whether it is about something is not known; that it is no topic is told elsewhere
            rule = GENERAL if subject.topics[topic].entities == "none" else QUESTION
            yield from _against(found, ("topics", topic, "question"), words.question, rule)
            if words.question_general is not None:
                trail = ("topics", topic, "question_general")
                yield from _against(found, trail, words.question_general, FREE_RULE)


def _against(found: Located, trail: Trail, text: str, rule: TextRule) -> Iterator[Problem]:
    given = slots_in(text)
    if given is None:
        mend = "close every brace, and write {{ and }} for braces that are meant"
        yield found.problem(trail, "has a brace that is not closed", mend)
        return
    for slot in sorted(given - rule.slots - rule.may):
        known = ", ".join(f"{{{name}}}" for name in sorted(rule.slots | rule.may)) or "none"
        yield found.problem(trail, f"nothing fills the slot {{{slot}}} here", f"use one of: {known}")
    for slot in sorted(rule.slots - given):
        yield found.problem(trail, f"the slot {{{slot}}} is missing", f"write {{{slot}}} where its value belongs")
    if rule.limit is not None and len(text) > rule.limit:
        yield found.problem(trail, f"has {len(text)} characters; {rule.limit} are the most", "shorten it")


def _tags(found: Located, trail: Trail, text: str) -> Iterator[Problem]:
    """Telegram refuses a message with a tag that it does not know or that is not closed."""
    waiting: list[str] = []
    for closing, name in TAG.findall(text):
        if name.lower() not in TAGS:
            mend = f"use only {', '.join(sorted(TAGS))}; write &lt; for a plain <"
            yield found.problem(trail, f"has the tag <{closing}{name}>, which Telegram does not know", mend)
            return
        if not closing:
            waiting.append(name)
        elif not waiting or waiting.pop() != name:
            yield found.problem(trail, f"has </{name}> where it closes nothing", "close tags in the order they opened")
            return
    if waiting:
        yield found.problem(trail, f"has <{waiting[-1]}> that is not closed", f"write </{waiting[-1]}> after the words")
