"""Names that could mean two things, or nothing in particular."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from bot.knowledge.checks.subject import Subject
from bot.knowledge.loaded import Located
from bot.knowledge.model import Guide
from bot.knowledge.names import NameKey, keys, words
from bot.knowledge.yaml_file import Problem, Trail

COMMON_WORDS = Path(__file__).parent / "common_words.txt"
ENTITY, GUIDE, COUNTRY, BACKGROUND = "entity", "guide", "country", "background"
# A setting may share the short name of a role that is done in it, and a guide may be about a background
# or a country: one phrase then means both on purpose.
TOGETHER = frozenset({frozenset({GUIDE, BACKGROUND}), frozenset({GUIDE, COUNTRY})})
OWN = ("name", "abbreviation")
A_FEW = 3  # names that two things share by mistake; more, and the whole file was copied
VOCABULARY = {
    COUNTRY: "countries",
    BACKGROUND: "backgrounds",
    "setting": "settings",
    "kind of experience": "experience",
    "licence": "licences",
    "general education": "education",
}
APART = frozenset(VOCABULARY) - {COUNTRY, BACKGROUND}  # read only in answer to a question of their own


@dataclass(frozen=True)
class Naming:
    """One way to say one thing."""

    kind: str
    owner: str
    text: str
    place: Located
    trail: Trail
    abbreviation: bool = False


def colliding(subject: Subject) -> Iterator[Problem]:
    """Two things that one phrase would match. Where two share many names, one is a copy: that is told once."""
    shared: dict[frozenset[tuple[str, str]], list[Problem]] = {}
    for name, other in _shared(subject):
        pair = frozenset({(name.kind, name.owner), (other.kind, other.owner)})
        shared.setdefault(pair, []).append(_collision(name, other))
    for problems in shared.values():
        if len(problems) <= A_FEW:
            yield from problems
        else:
            what = f"{problems[0].what}, and {len(problems) - 1} more of their names are the same"
            mend = "delete one of the two if it is a copy; or keep each name in one of them"
            yield replace(problems[0], what=what, mend=mend)


def _shared(subject: Subject) -> Iterator[tuple[Naming, Naming]]:
    """A name, and who has it already."""
    first: dict[tuple[str, NameKey], list[Naming]] = {}
    for name in _names(subject):
        told: set[str] = set()
        for key in sorted(keys(name.text, abbreviation=name.abbreviation)):
            realm = name.kind if name.kind in APART else ""
            others = first.setdefault((realm, key), [])
            for other in others:
                if other.owner != name.owner and frozenset({other.kind, name.kind}) not in TOGETHER:
                    if other.owner not in told:
                        told.add(other.owner)
                        yield name, other
                    break
            others.append(name)


def _collision(name: Naming, other: Naming) -> Problem:
    """Told at the alias, where one of the two is somebody's own name."""
    if name.trail[0] in OWN and other.trail[0] not in OWN:
        name, other = other, name
    where = f"{other.place.file.path}:{other.place.file.line_of(other.place.trail + other.trail)}"
    what = f'"{name.text}" also means the {other.kind} `{other.owner}` ("{other.text}" in {where})'
    return name.place.problem(name.trail, what, "keep it in one of the two, and say the other in more words")


def ordinary(subject: Subject) -> Iterator[Problem]:
    """Aliases of entities and guides that people also say without meaning them."""
    common = common_words()
    for name in _names(subject):
        if name.kind not in (ENTITY, GUIDE) or name.abbreviation:
            continue
        key = words(name.text)
        mend = "give it one more word, or delete it; an abbreviation belongs under `abbreviation`"
        if not "".join(key):
            yield name.place.problem(name.trail, f'"{name.text}" has no word in it', mend)
        elif len("".join(key)) == 1:
            yield name.place.problem(name.trail, f'"{name.text}" is a single letter', mend)
        elif len(key) == 1 and key[0] in common:
            yield name.place.problem(name.trail, f'"{name.text}" is an ordinary English word', mend)


@cache
def common_words() -> frozenset[str]:
    """The most common English words, in the singular."""
    lines = COMMON_WORDS.read_text("utf-8").splitlines()
    return frozenset(
        word for line in lines if not line.startswith("#") for text in line.split() for word in words(text)
    )


def _names(subject: Subject) -> Iterator[Naming]:
    for place, entity, _ in subject.entities:
        yield Naming(ENTITY, entity.id, entity.name, place, ("name",))
        if entity.abbreviation:
            yield Naming(ENTITY, entity.id, entity.abbreviation, place, ("abbreviation",), abbreviation=True)
        for index, text in enumerate(entity.aliases):
            yield Naming(ENTITY, entity.id, text, place, ("aliases", index))
        for index, former in enumerate(entity.former_names):
            yield Naming(ENTITY, entity.id, former.name, place, ("former_names", index, "name"), former.name.isupper())
    for place, guide in subject.of(Guide):
        for index, text in enumerate(guide.aliases):
            yield Naming(GUIDE, guide.id, text, place, ("aliases", index))
    yield from _vocabulary(subject)


def _vocabulary(subject: Subject) -> Iterator[Naming]:
    for place in subject.loaded.records:
        if place.record is not subject.assessment:
            continue
        for kind, key in VOCABULARY.items():
            for index, item in enumerate(getattr(subject.assessment, key)):
                yield Naming(kind, item.id, item.name, place, (key, index, "name"))
                for at, text in enumerate(item.aliases):
                    yield Naming(kind, item.id, text, place, (key, index, "aliases", at))
                for at, text in enumerate(getattr(item, "parts", ())):
                    yield Naming(kind, item.id, text, place, (key, index, "parts", at))
