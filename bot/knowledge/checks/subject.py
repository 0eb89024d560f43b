"""What the checks look at: every record with its place, every id that exists, every link between them.

It is made from whatever could be read, so that one wrong file does not hide the errors of the others:
an id counts as known where its file or entry exists, even if its content is wrong.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from bot.knowledge.content import Assessment, FieldOfWork, Topic
from bot.knowledge.load import FOLDERS, LANGUAGE
from bot.knowledge.loaded import Loaded, Located
from bot.knowledge.model import (
    Certification,
    Degree,
    Entity,
    Fact,
    Guide,
    Kind,
    Market,
    Myth,
    Points,
    Publisher,
    Role,
    Source,
    Sourced,
    Term,
)
from bot.knowledge.yaml_file import Problem, Trail

FieldShape = Literal["one", "each", "keys"]
Wanted = TypeVar("Wanted", bound=BaseModel)

KIND_FOLDERS: Mapping[Kind, str] = {
    "role": "roles",
    "certification": "certifications",
    "degree": "education",
    "term": "terms",
}
KIND_OF: Mapping[type[Entity], Kind] = {
    Role: "role",
    Certification: "certification",
    Degree: "degree",
    Term: "term",
}
# Where the ids are listed that a link may name; those of entities are the names of their files.
LISTED_IN: Mapping[str, tuple[str, ...]] = {
    "source": ("sources.yaml",),
    "publisher": ("publishers.yaml",),
    "topic": ("topics.yaml",),
    "level": ("field.yaml",),
    **dict.fromkeys(
        ("education", "general education", "country", "experience", "licence", "setting", "background"),
        ("assessment.yaml",),
    ),
}


@dataclass(frozen=True)
class Link:
    """An id in a record: where, what kind of thing it should name, and the id."""

    place: Located
    trail: Trail
    to: str
    id: str

    def problem(self, what: str, mend: str) -> Problem:
        """A problem at the id."""
        return self.place.problem(self.trail, what, mend)


class Subject:
    """One knowledge base under examination."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self._by_type: dict[type[BaseModel], list[Located]] = {}
        for found in loaded.records:
            self._by_type.setdefault(type(found.record), []).append(found)

    def of(self, model: type[Wanted]) -> list[tuple[Located, Wanted]]:
        """The records of one type, each with its place."""
        return [(found, found.record) for found in self._by_type.get(model, ())]  # type: ignore[misc]  # by its type

    @property
    def entities(self) -> Iterator[tuple[Located, Entity, Kind]]:
        """Every entity with its place and its kind."""
        for model, kind in KIND_OF.items():
            for found, entity in self.of(model):
                yield found, entity, kind

    def problem(self, relative: str, trail: Trail, what: str, mend: str) -> Problem:
        """A problem at `trail` of a file that may be missing."""
        file = self.loaded.files.get(relative)
        if file is not None:
            return file.problem(trail, what, mend)
        return Problem(self.loaded.shown(relative), 1, what, mend)

    @cached_property
    def assessment(self) -> Assessment | None:
        return next((record for _, record in self.of(Assessment)), None)

    @cached_property
    def field(self) -> FieldOfWork | None:
        return next((record for _, record in self.of(FieldOfWork)), None)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every page by its key."""
        return {str(found.trail[-1]): source for found, source in self.of(Source)}

    @cached_property
    def publishers(self) -> Mapping[str, Publisher]:
        """Every publisher by its key."""
        return {str(found.trail[-1]): publisher for found, publisher in self.of(Publisher)}

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The publisher of every page, by their keys."""
        return {key: source.publisher for key, source in self.sources.items()}

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        return {topic.id: topic for _, topic in self.of(Topic)}

    @cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """What exists, by what a link may point to."""
        stems = {folder: self._stems(folder) for folder in FOLDERS}
        role, certification = stems["roles"], stems["certifications"]
        general = self._declared("assessment.yaml", "education")
        return {
            "role": role,
            "certification": certification,
            "degree": stems["education"],
            "term": stems["terms"],
            "entity": role | certification | stems["education"] | stems["terms"],
            "goal": role | certification,
            "body": frozenset(term.id for _, term in self.of(Term) if term.body),
            "market": stems["market"],
            "guide": stems["guides"],
            "education": stems["education"] | general,
            "general education": general,
            "level": self._declared("field.yaml", "levels"),
            "topic": self._listed("topics.yaml"),
            "source": self._keys("sources.yaml"),
            "publisher": self._keys("publishers.yaml"),
            "template": frozenset(self.loaded.answers),
            "country": self._declared("assessment.yaml", "countries"),
            "experience": self._declared("assessment.yaml", "experience"),
            "licence": self._declared("assessment.yaml", "licences"),
            "setting": self._declared("assessment.yaml", "settings"),
            "background": self._declared("assessment.yaml", "backgrounds"),
            "interest": self._declared("choosing.yaml", "interests"),
        }

    def is_told(self, to: str) -> bool:
        """Whether it is known what a link of this kind may point to: its list could be read."""
        return all(self._data(relative) is not None for relative in LISTED_IN.get(to, ()))

    def is_unknown(self, to: str, wanted: str) -> bool:
        """Whether an id names nothing for sure: an entry that could not be read may be what it names."""
        if wanted in self.ids[to] or not self.is_told(to):
            return False
        return not any(wanted in self._unread(relative) for relative in LISTED_IN.get(to, ()))

    @cached_property
    def unread(self) -> str:
        """The text of all files that could not be read in full: ids in it may be meant as links."""
        return "\n".join(self._unread(relative) for relative in sorted(self.loaded.unsure))

    @cached_property
    def blind(self) -> bool:
        """Whether some file could not be opened at all: it may refer to anything."""
        return any(not file.digest for file in self.loaded.files.values())

    def _unread(self, relative: str) -> str:
        path = self.loaded.folder / relative
        try:
            return path.read_text("utf-8", "replace") if relative in self.loaded.unsure and path.is_file() else ""
        except OSError:
            return ""

    def _data(self, relative: str) -> Any:
        file = self.loaded.files.get(relative)
        return file.data if file else None

    def _stems(self, folder: str) -> frozenset[str]:
        prefix = f"{folder}/"
        paths = (path for path in self.loaded.files if path.startswith(prefix))
        stems = [path.removeprefix(prefix).removesuffix(".yaml") for path in paths]
        # A file name in capitals is told of once; what names the id that it means is right.
        return frozenset((*stems, *(stem.lower().replace(" ", "-").replace("_", "-") for stem in stems)))

    def _declared(self, relative: str, key: str) -> frozenset[str]:
        data = self._data(relative)
        return _ids(data.get(key)) if isinstance(data, dict) else frozenset()

    def _listed(self, relative: str) -> frozenset[str]:
        return _ids(self._data(relative))

    def _keys(self, relative: str) -> frozenset[str]:
        data = self._data(relative)
        return frozenset(data) if isinstance(data, dict) else frozenset()

    @cached_property
    def everything(self) -> list[tuple[Located, Trail, BaseModel]]:
        """Every record and every record inside it, each with its place."""
        return [(found, trail, record) for found in self.loaded.records for trail, record in walk(found.record)]

    @cached_property
    def links(self) -> list[Link]:
        """Every id in every record that should name something else."""
        return [
            Link(found, trail, to, value)
            for found, above, record in self.everything
            for trail, to, value in links_of(record, above)
        ]

    @cached_property
    def sourced(self) -> list[tuple[Located, Trail, Sourced]]:
        """Every fact, requirement, figure and move, with its place."""
        return [(found, trail, record) for found, trail, record in self.everything if isinstance(record, Sourced)]

    @cached_property
    def told(self) -> list[tuple[Located, Trail, str, Fact]]:
        """Every fact that stands under a topic, with its place; of myths what is true."""
        found: list[tuple[Located, Trail, str, Fact]] = []
        for place in self.loaded.records:
            record = place.record
            if isinstance(record, Entity | Market | Guide):
                for topic, facts in record.facts.items():
                    found += [(place, ("facts", topic, index), topic, fact) for index, fact in enumerate(facts)]
            elif isinstance(record, Myth):
                found += [(place, ("truth", index), record.topic, fact) for index, fact in enumerate(record.truth)]
        return found

    def of_phrasings(self) -> Iterator[tuple[str, Located]]:
        """Topic id and place of every file of phrasings."""
        prefix = f"{LANGUAGE}/phrasings/"
        by_path = {id(file): relative for relative, file in self.loaded.files.items()}
        for found in self.loaded.records:
            relative = by_path.get(id(found.file), "")
            if relative.startswith(prefix):
                yield relative.removeprefix(prefix).removesuffix(".yaml"), found


def _ids(entries: Any) -> frozenset[str]:
    if not isinstance(entries, list):
        return frozenset()
    given = (entry.get("id") for entry in entries if isinstance(entry, dict))
    return frozenset(value for value in given if isinstance(value, str))


def walk(record: BaseModel, trail: Trail = ()) -> list[tuple[Trail, BaseModel]]:
    """The record and every record inside, each with its trail."""
    found: list[tuple[Trail, BaseModel]] = [(trail, record)]
    for above, outer in found:  # grows while it is walked
        for name in _plan(type(outer)).nested:
            _gather(getattr(outer, name), (*above, name), found)
    return found


def _gather(value: Any, trail: Trail, found: list[tuple[Trail, BaseModel]]) -> None:
    if isinstance(value, BaseModel):
        found.append((trail, value))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _gather(item, (*trail, index), found)
    elif isinstance(value, dict):
        for key, item in value.items():
            _gather(item, (*trail, key), found)


def links_of(record: BaseModel, trail: Trail) -> Iterator[tuple[Trail, str, str]]:
    """The ids a record itself holds: trail, what they point to, and the id."""
    for name, shape, to in _plan(type(record)).links:
        value = getattr(record, name)
        if not value:
            continue
        if shape == "one":
            yield (*trail, name), to, value
        else:
            for index, item in enumerate(value):
                yield (*trail, name, index if shape == "each" else item), to, item


@dataclass(frozen=True)
class _Plan:
    """Which keys of a model hold links and which hold records, read once from its annotations."""

    links: tuple[tuple[str, FieldShape, str], ...]
    nested: tuple[str, ...]


@cache
def _plan(model: type[BaseModel]) -> _Plan:
    links: list[tuple[str, FieldShape, str]] = []
    nested = []
    for name, key in model.model_fields.items():
        marks = [item for item in key.metadata if isinstance(item, Points)]
        if marks:
            links.append((name, "one", marks[0].to))
        links += [(name, shape, to) for shape, to in _marked(key.annotation, "one")]
        if _any_part(key.annotation, lambda part: isinstance(part, type) and issubclass(part, BaseModel)):
            nested.append(name)
    return _Plan(tuple(links), tuple(nested))


def _marked(annotation: Any, shape: FieldShape) -> Iterator[tuple[FieldShape, str]]:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from ((shape, item.to) for item in parts[1:] if isinstance(item, Points))
        yield from _marked(parts[0], shape)
    elif origin in (Union, types.UnionType):
        for part in parts:
            yield from _marked(part, shape)
    elif origin is tuple:
        yield from _marked(parts[0], "each")
    elif origin is dict:
        yield from _marked(parts[0], "keys")


def _any_part(annotation: Any, test: Callable[[Any], bool]) -> bool:
    return test(annotation) or any(_any_part(part, test) for part in get_args(annotation))
