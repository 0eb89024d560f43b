"""Sentences as plain text: whole, without tags, short enough, and what is said not to be known claims nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.knowledge.checks.sentences import SPOKEN_KEYS
from bot.knowledge.checks.subject import Subject
from bot.knowledge.content import Phrasings, Texts
from bot.knowledge.explain import did_you_mean
from bot.knowledge.facts import Askable
from bot.knowledge.figures import KEYS, SLOT
from bot.knowledge.load import LANGUAGE
from bot.knowledge.model import Entity, Fact, Guide, Sourced
from bot.knowledge.yaml_file import Problem

_BRACES = re.compile(r"\{([^{}]*)\}")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# Whole sentences end up in one message of a phone; what is longer was pasted by accident.
LONGEST = {"note": 600}
LONGEST_OTHER = 300
LONGEST_TEXT = 1500
# A sentence without quotes ends where YAML sees a comment. Whole files of sentences are read line by line.
_CUT = re.compile(r"^ *(?:- +)?(?:(?P<key>[A-Za-z_]+): +)?(?P<text>[^\s\"'#>|{\[].*?)\s#", re.MULTILINE)
_SENTENCE_KEYS = frozenset({*SPOKEN_KEYS, "name", "claim", "title", "question", "label"})


def tags(subject: Subject) -> Iterator[Problem]:
    """Facts are plain text: a tag in one would be shown as it stands."""
    for place, trail, record in subject.everything:
        for key in SPOKEN_KEYS:
            text = getattr(record, key, None)
            if isinstance(text, str) and (hit := TAG.search(text)) is not None:
                mend = "write the sentence without tags; how an answer looks is the business of the templates"
                yield place.problem((*trail, key), f"has the tag {hit.group()}, but facts are plain text", mend)


def replies(subject: Subject) -> Iterator[Problem]:
    """A question that wants yes or no is answered with one word: not with yes and with no."""
    for place, trail, record in subject.everything:
        if not isinstance(record, Askable):
            continue
        seen: dict[str, str] = {}
        for key in ("yes_to", "no_to", "usually_to", "seldom_to", "depends_to"):
            for asking in getattr(record, key):
                if asking in seen:
                    what = f'"{asking}" stands under `{seen[asking]}` and under `{key}`'
                    yield place.problem((*trail, key), what, "keep it under the word that answers it")
                seen.setdefault(asking, key)


def slots(subject: Subject) -> Iterator[Problem]:
    """Slots that no figure of plans fills: people would read the braces."""
    for place, trail, record in subject.everything:
        if not isinstance(record, Sourced | Entity | Guide):
            continue
        for key in SPOKEN_KEYS:
            text = getattr(record, key, None)
            hit = _BRACES.search(text) if isinstance(text, str) else None
            if hit is not None and SLOT.search(text or "") is None:
                near = did_you_mean(hit[1], KEYS).replace("`", "{", 1).replace("`", "}", 1)
                mend = f"{near}write one of: {', '.join(KEYS)}"
                yield place.problem((*trail, key), f"nothing fills {hit.group()}", mend)


def cut(subject: Subject) -> Iterator[Problem]:
    """Sentences that end at ` #`: the rest is a comment, and nobody ever reads it."""
    listed = {id(found.file) for found, _ in subject.of(Phrasings)}
    texts = {id(found.file) for found, _ in subject.of(Texts)}
    for file in subject.loaded.files.values():
        if " #" not in file.text:
            continue
        for hit in _CUT.finditer(file.text):
            key = hit["key"]
            whole = (id(file) in listed and key is None) or id(file) in texts
            if (key in _SENTENCE_KEYS or whole) and " " in hit["text"]:
                line = file.text.count("\n", 0, hit.start("text")) + 1
                mend = "put the sentence in quotes; write a comment on a line of its own"
                yield Problem(file.path, line, "the sentence is cut off at ` #`, which starts a comment", mend)


def too_much(subject: Subject) -> Iterator[Problem]:
    """Texts that fit on no phone."""
    for place, trail, record in subject.everything:
        for key in SPOKEN_KEYS:
            text, most = getattr(record, key, None), LONGEST.get(key, LONGEST_OTHER)
            if isinstance(text, str) and len(text) > most:
                what = f"`{key}` has {len(text):,} characters; {most} are the most"
                yield place.problem((*trail, key), what, "say the gist of it, or make several facts of it")
    for found, texts in subject.of(Texts):
        for name, text in texts.texts.items():
            if len(text) > LONGEST_TEXT:
                what = f"has {len(text):,} characters; {LONGEST_TEXT:,} are the most"
                yield found.problem(("texts", name), what, "shorten it")


def unknowns(subject: Subject) -> Iterator[Problem]:
    """`known: false` is for sentences that say that something is not known, not a way around a source."""
    cues = [cue.casefold() for _, texts in subject.of(Texts) for cue in texts.cues.get("not_known", ())]
    if not cues:
        return
    for place, trail, record in subject.everything:
        if isinstance(record, Fact) and not record.known and record.source is None:
            said = record.say.casefold()
            if not any(cue in said for cue in cues):
                words = f"the words for that are `not_known` in {LANGUAGE}/texts.yaml"
                mend = f"give its source, or say what is not known ({words})"
                yield place.problem((*trail, "say"), "claims something under `known: false`", mend)


def refusals(subject: Subject) -> Iterator[Problem]:
    """Every kind of message that is not answered has its words."""
    kinds = subject.loaded.files.get(f"{LANGUAGE}/out_of_scope.yaml")
    for _, texts in subject.of(Texts):
        for kind in kinds.data if kinds is not None and isinstance(kinds.data, dict) else ():
            key = f"refusal_{kind}"
            if key not in texts.texts:
                mend = f"add `{key}:` with what is said to such a message, or delete `{kind}` from out_of_scope.yaml"
                yield subject.problem(f"{LANGUAGE}/texts.yaml", ("texts",), f"the text `{key}` is missing", mend)
