"""What reading a folder gives: records, where each of them stands, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Record
from bot.knowledge.yaml_file import Problem, Trail, YamlFile


class KnowledgeError(Exception):
    """A knowledge base that cannot be used; `problems` says why, one by one."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class Located:
    """A record of the right type, and where it stands: `trail` is empty where it is the whole file."""

    file: YamlFile
    trail: Trail
    record: Record

    def problem(self, trail: Trail, what: str, mend: str) -> Problem:
        """A problem at `trail` inside the record."""
        return self.file.problem(self.trail + trail, what, mend)


@dataclass
class Loaded:
    """What could be read: `base` is None when something essential is missing or wrong.

    `files` maps a path relative to the folder to its parsed file, `records` is every record
    that has the right type, whether or not the rest has: checks find all errors in one run.
    `unsure` are paths of files of which something could not be read, or has not the right type.
    """

    folder: Path
    base: KnowledgeBase | None = None
    files: dict[str, YamlFile] = field(default_factory=dict)
    records: list[Located] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def shown(self, relative: str) -> str:
        """The path of a file of the knowledge base as messages show it: short where that is possible."""
        return f"{self._inside}/{relative}" if self._inside else shown(self.folder / relative)

    @cached_property
    def _inside(self) -> str:
        """The folder as messages show it where it is inside the current one; empty elsewhere."""
        found = shown(self.folder)
        return "" if Path(found).is_absolute() or found in (".", str(self.folder.absolute())) else found


def shown(path: Path) -> str:
    """`path` relative to the current folder if it is inside it, else as it is."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):  # not inside; or the current folder is gone
        return str(path)
