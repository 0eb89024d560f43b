"""A folder of YAML → a `KnowledgeBase`, or every problem in it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import Assessment, FieldOfWork, Phrasings, Texts, Topic
from bot.knowledge.model import Certification, Degree, Guide, Market, Myth, Role, Source, Term
from bot.knowledge.yaml_file import Problem, Trail, YamlFile, read_yaml

LANGUAGE = "en"
IGNORED = {"README.md", "schema"}
FOLDERS: Mapping[str, type[BaseModel]] = {
    "roles": Role,
    "certifications": Certification,
    "education": Degree,
    "terms": Term,
    "market": Market,
    "guides": Guide,
}

Model = TypeVar("Model", bound=BaseModel)


class KnowledgeError(Exception):
    """A knowledge base that cannot be used; `problems` says why, one by one."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass
class Loaded:
    """What could be read: `base` is None when something essential is missing or wrong.

    `files` maps a path relative to the folder to its parsed file, for messages with lines.
    """

    base: KnowledgeBase | None = None
    files: dict[str, YamlFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load(folder: Path) -> KnowledgeBase:
    """Read and type-check `folder`.

    Raises `KnowledgeError` with every problem found. References between files are the
    business of `check`.
    """
    loaded = read(folder)
    if loaded.base is None or loaded.problems:
        raise KnowledgeError(loaded.problems)
    return loaded.base


def read(folder: Path) -> Loaded:
    """Read `folder`, collecting problems instead of raising."""
    return _Reader(folder).read()


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loaded = Loaded()
        self.digest = hashlib.sha256()

    def read(self) -> Loaded:
        if not self.folder.is_dir():
            self._problem(str(self.folder), "is not a folder", "pass --knowledge DIR or set ADVISOR_KNOWLEDGE")
            return self.loaded
        by_folder = {name: self._entities(name, model) for name, model in FOLDERS.items()}
        field_of_work = self._one("field.yaml", FieldOfWork)
        topics = self._list("topics.yaml", Topic)
        assessment = self._one("assessment.yaml", Assessment)
        texts = self._one(f"{LANGUAGE}/texts.yaml", Texts)
        sources = self._mapping("sources.yaml", Source)
        myths = self._list("myths.yaml", Myth)
        phrasings = self._phrasings()
        out_of_scope = self._mapping(f"{LANGUAGE}/out_of_scope.yaml", Phrasings)
        answers = self._answers()
        self._strangers()
        if field_of_work is None or assessment is None or texts is None:
            return self.loaded
        self.loaded.base = KnowledgeBase(
            digest=self.digest.hexdigest(),
            field=field_of_work,
            roles=by_folder["roles"],
            certifications=by_folder["certifications"],
            education=by_folder["education"],
            terms=by_folder["terms"],
            markets=by_folder["market"],
            guides=by_folder["guides"],
            myths=myths,
            sources=sources,
            topics=topics,
            assessment=assessment,
            phrasings=phrasings,
            out_of_scope=out_of_scope,
            texts=texts,
            answers=answers,
        )
        return self.loaded

    def _problem(self, path: str, what: str, mend: str, line: int = 1) -> None:
        self.loaded.problems.append(Problem(path, line, what, mend))

    def _file(self, relative: str) -> YamlFile:
        path = self.folder / relative
        file = read_yaml(path, str(path))
        self.loaded.files[relative] = file
        self.loaded.problems.extend(file.problems)
        if path.is_file():
            self.digest.update(f"{relative}\0{file.digest}\0".encode())
        return file

    def _typed(self, file: YamlFile, model: type[Model], data: Any, trail: Trail = ()) -> Model | None:
        if file.problems and data is None:
            return None
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self.loaded.problems.append(_explain(file, trail + tuple(detail["loc"]), detail))
            return None

    def _one(self, relative: str, model: type[Model]) -> Model | None:
        file = self._file(relative)
        return self._typed(file, model, file.data)

    def _entities(self, folder: str, model: type[Model]) -> dict[str, Any]:
        found = {}
        for path in self._yaml_files(folder):
            file = self._file(f"{folder}/{path.name}")
            data = file.data
            if isinstance(data, dict):
                if "id" in data:
                    self.loaded.problems.append(
                        file.problem(("id",), "gives an id, but the file name is the id", "delete the `id` line")
                    )
                data = {**data, "id": path.stem}
            entity = self._typed(file, model, data)
            if entity is not None:
                found[path.stem] = entity
        return found

    def _list(self, relative: str, model: type[Model]) -> dict[str, Any]:
        file = self._file(relative)
        found: dict[str, Any] = {}
        if file.data is None:
            return found
        if not isinstance(file.data, list):
            self._problem(file.path, "is not a list", "start each entry with `- id: …`")
            return found
        for index, item in enumerate(file.data):
            record = self._typed(file, model, item, (index,))
            if record is None:
                continue
            key = record.id  # type: ignore[attr-defined]
            if key in found:
                self.loaded.problems.append(
                    file.problem((index, "id"), f"the id `{key}` is given twice", "rename or delete one")
                )
            found[key] = record
        return found

    def _mapping(self, relative: str, model: type[Model]) -> dict[str, Model]:
        file = self._file(relative)
        if file.data is None:
            return {}
        if not isinstance(file.data, dict):
            self._problem(file.path, "is not a mapping", "write `<id>:` and its keys below, indented")
            return {}
        records = {key: self._typed(file, model, item, (key,)) for key, item in file.data.items()}
        return {key: record for key, record in records.items() if record is not None}

    def _phrasings(self) -> dict[str, Phrasings]:
        found = {}
        folder = f"{LANGUAGE}/phrasings"
        for path in self._yaml_files(folder):
            file = self._file(f"{folder}/{path.name}")
            record = self._typed(file, Phrasings, file.data)
            if record is not None:
                found[path.stem] = record
        return found

    def _answers(self) -> dict[str, str]:
        found = {}
        for path in sorted((self.folder / LANGUAGE / "answers").glob("*.j2")):
            try:
                found[path.stem] = path.read_text("utf-8")
            except (OSError, UnicodeDecodeError):
                self._problem(str(path), "cannot be read as UTF-8 text", "save it as UTF-8")
                continue
            self.digest.update(path.name.encode() + b"\0" + found[path.stem].encode() + b"\0")
        return found

    def _yaml_files(self, folder: str) -> Iterator[Path]:
        return iter(sorted((self.folder / folder).glob("*.yaml")))

    def _strangers(self) -> None:
        """Files nobody reads: most often one saved in the wrong folder or as `.yml`."""
        known = set(self.loaded.files)
        for path in sorted(self.folder.rglob("*")):
            relative = path.relative_to(self.folder)
            if path.is_dir() or relative.parts[0] in IGNORED or relative.name.startswith("."):
                continue
            if relative.as_posix() not in known and path.suffix != ".j2":
                homes = ", ".join(f"{name}/" for name in FOLDERS)
                mend = f"save it as `<id>.yaml` in one of {homes}, or delete it"
                self._problem(str(path), "is in a place where nothing reads it", mend)


def _explain(file: YamlFile, trail: Trail, detail: Any) -> Problem:
    """A pydantic error in an editor's words."""
    where = ".".join(str(part) for part in trail) or "the file"
    kind, message = detail["type"], detail["msg"]
    if kind == "extra_forbidden":
        return file.problem(trail, f"unknown key `{trail[-1]}`", "check its spelling, or delete it")
    if kind == "missing":
        return file.problem(trail[:-1], f"`{trail[-1]}` is missing", f"add `{trail[-1]}:`")
    if kind == "value_error":
        return file.problem(trail, f"{where}: {message.removeprefix('Value error, ')}", "mend it as said")
    given = repr(detail.get("input"))[:60]
    return file.problem(trail, f"`{where}` is {given}", f"{message[0].lower()}{message[1:]}")
