"""What is listened for: patterns that can be read, needs that have an answer, a line for each danger."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from bot.knowledge.checks.subject import Subject
from bot.knowledge.dilemmas import Dilemmas
from bot.knowledge.listening import ListeningWords, Need
from bot.knowledge.yaml_file import Problem

LINE = "{line}"
_LIST, _OPTIONAL = re.compile(r"<([^<>]*)>"), re.compile(r"(?:\([^()]*\)|<[^<>]*>|[^\s()<>*?^$|]+)[?*]|\*+|[\^$|]")
_INNER = re.compile(r"\([^()]*\)")


def patterns(subject: Subject) -> Iterator[Problem]:
    """Patterns that name no known list, lack a bracket or an alternative, or have no word that must stand there."""
    sets = {name for _, words in subject.of(ListeningWords) for name, entries in words.sets.items() if entries}
    rows = [
        (found, trail, texts)
        for found, words in subject.of(ListeningWords)
        for trail, texts in (
            (("not_meant",), words.not_meant),
            (("idioms",), words.idioms),
            *((("apart", key), texts) for key, texts in words.apart),
        )
    ]
    rows += [(found, (key,), getattr(need, key)) for found, need in subject.of(Need) for key in ("cues", "unless")]
    for found, trail, texts in rows:
        for at, text in enumerate(texts):
            for what in _wrong(text, sets):
                yield found.problem((*trail, at), what, "see Listening in knowledge/README.md")
    for found, record in subject.of(Dilemmas):
        lists = {name for name, entries in record.words.items() if entries}
        for text in record.patterns:
            for what in _wrong(text, lists):
                yield found.problem(("dilemmas",), what, "see Listening in knowledge/README.md")


def strayed(subject: Subject) -> Iterator[Problem]:
    """Sentences by which a dilemma is told, or a happening answered, and which nothing says any more."""
    told = [str(getattr(record, "say", "")) for _, _, record in subject.sourced]
    for found, record in subject.of(Dilemmas):
        near = [
            *(("dilemmas", at, *line) for at, item in enumerate(record.dilemmas) for line in enumerate(item.near)),
            *(("happenings", at, *line) for at, item in enumerate(record.happenings) for line in enumerate(item.near)),
        ]
        for key, at, place, beginning in near:
            if not any(sentence.startswith(beginning) for sentence in told):
                what = f"no sentence of the knowledge base begins with `{beginning}`"
                yield found.problem((key, at, "near", place), what, "copy how it begins now, or delete it")


def unanswered(subject: Subject) -> Iterator[Problem]:
    """Needs that nothing answers, and dangers whose answer names no line."""
    kinds = {Path(found.file.path).stem for found, _ in subject.of(Need)}
    for found, need in subject.of(Need):
        if need.need != "plain" and not need.says and not need.goes_to:
            yield found.problem((), "says nothing", "write `says:`, or `goes_to:` a slash command")
        texts = [text for text in (need.says, *need.says_in.values()) if text]
        if need.need == "crisis" and (need.line is None or any(LINE not in text for text in texts)):
            yield found.problem((), "gives no helpline", f"name the `line:`, and put {LINE} where it is said")
        short = [text for text in (need.maybe, *need.maybe_in.values()) if text]
        if need.need == "crisis" and any(LINE not in text for text in short):
            yield found.problem(("maybe",), "gives no helpline", f"put {LINE} where it is said")
        if need.of_another is not None and need.of_another not in kinds:
            yield found.problem(("of_another",), "is no kind of need", "name a file of `en/listening/`")


def _wrong(text: str, sets: Collection[str]) -> Iterator[str]:
    for name in _LIST.findall(text):
        if name not in sets:
            yield f"names a list of words that is not there: <{name}>"
    rest = text
    while _INNER.search(rest):
        if any("" in (part.strip() for part in group[1:-1].split("|")) for group in _INNER.findall(rest)):
            yield f"has an empty alternative in `{text}`"
        rest = _INNER.sub("x", rest)
    if "(" in rest or ")" in rest:
        yield f"lacks a bracket in `{text}`"
    elif not _OPTIONAL.sub(" ", rest).strip():
        yield f"has no word that must be there in `{text}`"
