"""A folder of YAML → a `KnowledgeBase`, or every problem in it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.choosing import Choosing
from bot.knowledge.content import Assessment, Dialog, FieldOfWork, Figures, Phrasings, Refused, Texts, Topic
from bot.knowledge.dilemmas import Dilemmas
from bot.knowledge.explain import explain
from bot.knowledge.figures import SLOT, Filler
from bot.knowledge.language import Language
from bot.knowledge.listening import Helplines, Listening, ListeningWords, Need
from bot.knowledge.loaded import KnowledgeError, Loaded, Located, shown
from bot.knowledge.model import Certification, Degree, Guide, Market, Myth, Publisher, Record, Role, Source, Term
from bot.knowledge.parsed import Parsed
from bot.knowledge.verdicts import Verdicts
from bot.knowledge.yaml_file import Problem, Trail, YamlFile, read_yaml

__all__ = ["KnowledgeError", "Loaded", "load", "read"]

LANGUAGE = "en"
FIGURES = f"{LANGUAGE}/figures.yaml"
OTHER_SUFFIX = ".yml"
IGNORED = {"README.md", "schema"}
FOLDERS: Mapping[str, type[Record]] = {
    "roles": Role,
    "certifications": Certification,
    "education": Degree,
    "terms": Term,
    "market": Market,
    "guides": Guide,
}

Model = TypeVar("Model", bound=Record)


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
    return _FolderReader(folder).read()


class _FolderReader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loaded = Loaded(folder)
        self.digest = hashlib.sha256()
        self.kept = Parsed()

    def read(self) -> Loaded:
        if not self.folder.is_dir():
            self._problem(shown(self.folder), "is not a folder", "pass --knowledge DIR or set ADVISOR_KNOWLEDGE")
            return self.loaded
        self.filler = self._filler()
        by_folder = {name: self._entities(name, model) for name, model in FOLDERS.items()}
        field_of_work = self._one("field.yaml", FieldOfWork)
        topics = self._list("topics.yaml", Topic)
        assessment = self._one("assessment.yaml", Assessment)
        choosing = self._one("choosing.yaml", Choosing)
        texts = self._one(f"{LANGUAGE}/texts.yaml", Texts)
        publishers = self._mapping("publishers.yaml", Publisher)
        sources = self._mapping("sources.yaml", Source)
        myths = self._list("myths.yaml", Myth)
        phrasings = self._phrasings()
        out_of_scope = self._mapping(f"{LANGUAGE}/out_of_scope.yaml", Refused)
        verdicts = self._if_there(f"{LANGUAGE}/verdicts.yaml", Verdicts)
        dilemmas = self._if_there(f"{LANGUAGE}/dilemmas.yaml", Dilemmas)
        listening = self._listening()
        language = self._language()
        dialogs = self._dialogs()
        if self._path(FIGURES).exists():
            self._one(FIGURES, Figures)
        self._answers()
        self._strangers()
        self.kept.forget()
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
            publishers=publishers,
            sources=sources,
            topics=topics,
            assessment=assessment,
            phrasings=phrasings,
            out_of_scope=out_of_scope,
            texts=texts,
            answers=self.loaded.answers,
            choosing=choosing or Choosing(),
            verdicts=verdicts or Verdicts(),
            dilemmas=dilemmas or Dilemmas(),
            listening=listening,
            language=language,
            dialogs=dialogs,
        )
        return self.loaded

    def _problem(self, path: str, what: str, mend: str) -> None:
        self.loaded.problems.append(Problem(path, 1, what, mend))

    def _file(self, relative: str) -> YamlFile:
        if relative in self.loaded.files:
            return self.loaded.files[relative]
        path, shown_as = self._path(relative), self.loaded.shown(relative)
        if path.suffix == OTHER_SUFFIX:
            shown_as = self.loaded.shown(path.relative_to(self.folder).as_posix())
        file = YamlFile(shown_as) if self._leads_out(path) else read_yaml(path, shown_as, self.kept)
        if self._leads_out(path):
            mend = "put a copy of the file in its place"
            file.problems.append(Problem(shown_as, 1, "is a link to a place outside this folder", mend))
        elif path.suffix == OTHER_SUFFIX:
            mend = f"rename it to {Path(relative).name}"
            file.problems.append(Problem(shown_as, 1, f"ends in {OTHER_SUFFIX}, which nothing reads", mend))
        self.loaded.files[relative] = file
        self.loaded.problems.extend(file.problems)
        if file.problems:
            self.loaded.unsure.add(relative)
        self.digest.update(f"{relative}\0{file.digest}\0".encode())
        return file

    def _filler(self) -> Filler:
        """What fills the figures of plans into sentences: it needs the figures of all files before any is typed."""
        plannings: dict[str, Any] = {}
        issuers: dict[str, str] = {}
        for folder in ("certifications", "education", "terms"):
            for path in self._yaml_files(folder):
                data = self._file(f"{folder}/{path.stem}.yaml").data
                if isinstance(data, dict) and isinstance(data.get("planning"), dict):
                    plannings[path.stem] = data["planning"]
                if isinstance(data, dict) and isinstance(data.get("issuer"), str):
                    issuers[path.stem] = data["issuer"]
        field, texts = self._file("field.yaml").data, self._file(f"{LANGUAGE}/texts.yaml").data
        currency = str(field.get("currency", "")) if isinstance(field, dict) else ""
        written = texts.get("texts") if isinstance(texts, dict) else None
        from_to = written.get("from_to") if isinstance(written, dict) else None
        pages = self._file("sources.yaml").data
        sources = frozenset(pages) if isinstance(pages, dict) else frozenset()
        return Filler(plannings, issuers, sources, currency, from_to if isinstance(from_to, str) else "{low}-{high}")

    def _filled(self, file: YamlFile, data: Any, entity: str) -> Any:
        """The data of a file with the figures of plans in its sentences."""
        if not SLOT.search(file.text):
            return data

        def tell(trail: Trail, what: str, mend: str) -> None:
            self.loaded.problems.append(file.problem(trail, what, mend))

        return self.filler.fill(data, entity, tell)

    def _path(self, relative: str) -> Path:
        """Where a file is: a slip in its ending is told of, and what is in it still counts."""
        path = self.folder / relative
        slipped = path.with_suffix(OTHER_SUFFIX)
        return slipped if not path.exists() and slipped.is_file() else path

    def _leads_out(self, path: Path) -> bool:
        """Whether a path is a link to something outside the folder."""
        return path.is_symlink() and not path.resolve().is_relative_to(self.folder.resolve())

    def _typed(self, file: YamlFile, model: type[Model], data: Any, trail: Trail = ()) -> Model | None:
        if file.problems and data is None:
            return None
        try:
            record = model.model_validate(data)
        except ValidationError as error:
            told = {problem.line for problem in file.problems}  # an unreadable value is no wrong type as well
            self.loaded.problems.extend(item for item in explain(file, trail, error, model) if item.line not in told)
            self.loaded.unsure.update(key for key, known in self.loaded.files.items() if known is file)
            return None
        self.loaded.records.append(Located(file, trail, record))
        return record

    def _one(self, relative: str, model: type[Model]) -> Model | None:
        file = self._file(relative)
        return self._typed(file, model, file.data)

    def _entities(self, folder: str, model: type[Record]) -> dict[str, Any]:
        found = {}
        for path in self._yaml_files(folder):
            file = self._file(f"{folder}/{path.stem}.yaml")
            data = file.data
            if isinstance(data, dict):
                if "id" in data:
                    mend = "delete the `id` line"
                    self.loaded.problems.append(file.problem(("id",), "gives an id, but the file name is the id", mend))
                data = {**data, "id": path.stem}
                home = _home(data, folder)
                if home is not None:
                    mend = f"move the file to {home}/, or give it the keys of {folder}/"
                    self._problem(file.path, f"has the keys of {home}/, not of {folder}/", mend)
                    self.loaded.unsure.add(f"{folder}/{path.name}")
                    continue
            entity = self._typed(file, model, self._filled(file, data, path.stem))
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
        for index, item in enumerate(self._filled(file, file.data, "")):
            record = self._typed(file, model, item, (index,))
            if record is None:
                continue
            key = record.id  # type: ignore[attr-defined]  # what stands in a list has one
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
            file = self._file(f"{folder}/{path.stem}.yaml")
            record = self._typed(file, Phrasings, file.data)
            if record is not None:
                found[path.stem] = record
        return found

    def _dialogs(self) -> dict[str, Dialog]:
        """The words of dialogs that stand alone; a base without them is without those dialogs."""
        folder = f"{LANGUAGE}/dialogs"
        files = {path.stem: self._file(f"{folder}/{path.stem}.yaml") for path in self._yaml_files(folder)}
        found = {name: self._typed(file, Dialog, file.data) for name, file in files.items()}
        return {name: dialog for name, dialog in found.items() if dialog is not None}

    def _listening(self) -> Listening:
        needs = {}
        folder = f"{LANGUAGE}/listening"
        for path in self._yaml_files(folder):
            file = self._file(f"{folder}/{path.name}")
            need = self._typed(file, Need, file.data)
            if need is not None:
                needs[path.stem] = need
        words = self._if_there(f"{LANGUAGE}/listening_words.yaml", ListeningWords)
        helplines = self._if_there(f"{LANGUAGE}/helplines.yaml", Helplines)
        return Listening(words=words or ListeningWords(), helplines=helplines or Helplines(), needs=needs)

    def _if_there(self, relative: str, model: type[Model]) -> Model | None:
        return self._one(relative, model) if (self.folder / relative).is_file() else None

    def _language(self) -> Language:
        """The files of `language/`, each some keys of `Language`; without the folder nothing is heard of anybody."""
        found: dict[str, Any] = {}
        folder = f"{LANGUAGE}/language"
        for path in self._yaml_files(folder):
            file = self._file(f"{folder}/{path.name}")
            record = self._typed(file, Language, file.data)
            found.update({key: getattr(record, key) for key in record.model_fields_set} if record else {})
        return Language(**found)

    def _answers(self) -> None:
        for path in sorted((self.folder / LANGUAGE / "answers").glob("*.j2")):
            if not path.is_file() or self._leads_out(path):
                self._problem(shown(path), "is no plain file of this folder", "put a text file in its place")
                continue
            try:
                text = path.read_text("utf-8")
            except (OSError, UnicodeDecodeError):
                self._problem(shown(path), "cannot be read as UTF-8 text", "save it as UTF-8")
                continue
            self.loaded.answers[path.stem] = text
            self.digest.update(path.name.encode() + b"\0" + text.encode() + b"\0")

    def _yaml_files(self, folder: str) -> Iterator[Path]:
        """The files of a folder, those with a slip in their ending included."""
        home = self.folder / folder
        slipped = (path for path in home.glob(f"*{OTHER_SUFFIX}") if not path.with_suffix(".yaml").exists())
        return iter(sorted([*home.glob("*.yaml"), *slipped]))

    def _strangers(self) -> None:
        """Files nobody reads: most often one saved in the wrong folder or as `.yml`."""
        if not any((self.folder / name).is_file() for name in ("field.yaml", "topics.yaml")):
            return  # no knowledge base at all: a home folder, say, which is not to be searched
        known = set(self.loaded.files) | {f"{LANGUAGE}/answers/{name}.j2" for name in self.loaded.answers}
        for path in sorted(self.folder.rglob("*")):
            relative = path.relative_to(self.folder)
            if path.is_dir() or relative.parts[0] in IGNORED or relative.name.startswith("."):
                continue
            meant = path.with_suffix(".yaml")
            if (
                path.suffix == OTHER_SUFFIX
                and meant.relative_to(self.folder).as_posix() in known
                and not meant.exists()
            ):
                continue  # told of where it was read
            if relative.as_posix() not in known:
                homes = ", ".join(f"{name}/" for name in FOLDERS)
                mend = f"save it as `<id>.yaml` in one of {homes} or delete it"
                self._problem(shown(path), "is in a place where nothing reads it", mend)
                self.loaded.unsure.add(relative.as_posix())  # what it refers to is not unused


def _home(data: dict[str, Any], folder: str) -> str | None:
    """The folder whose keys these are, where they are not those of the folder the file is in."""
    if data.keys() <= FOLDERS[folder].model_fields.keys():
        return None
    for other, model in FOLDERS.items():
        if other != folder and data.keys() <= model.model_fields.keys():
            required = {name for name, key in model.model_fields.items() if key.is_required()}
            if required <= data.keys():
                return other
    return None
