"""Reading one YAML file: plain data only, with the line of every key and value.

PyYAML's safe loader alone would take duplicate keys, aliases (a few hundred bytes that
unfold to gigabytes) and would lose line numbers; so the composed node tree is walked here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, the same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Trail = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong in a file, where, and how to mend it. `line` counts from 1."""

    path: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}; {self.mend}"


@dataclass
class YamlFile:
    """The parsed content of one file. `lines` gives the line of each key or item by its trail."""

    path: str
    data: Any = None
    lines: dict[Trail, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, trail: Trail) -> int:
        """The line of the nearest thing that stands in the file."""
        while trail and trail not in self.lines:
            trail = trail[:-1]
        return self.lines.get(trail, 1)

    def problem(self, trail: Trail, what: str, mend: str) -> Problem:
        """A problem at the line of `trail`."""
        return Problem(self.path, self.line_of(trail), what, mend)


def read_yaml(path: Path, shown_as: str) -> YamlFile:
    """Read `path`; problems are collected, never raised. `shown_as` is the path in messages."""
    file = YamlFile(shown_as)
    try:
        raw = path.read_bytes()
    except OSError as error:
        file.problems.append(
            Problem(shown_as, 1, f"cannot be read ({error.strerror})", "check that it exists and its permissions")
        )
        return file
    if len(raw) > MAX_BYTES:
        file.problems.append(Problem(shown_as, 1, "is larger than 1 MB", "split it"))
        return file
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        file.problems.append(Problem(shown_as, line, "is not UTF-8 text", "save it as UTF-8"))
        return file
    try:
        if (reference := _first_reference(text)) is not None:
            file.problems.append(
                Problem(
                    shown_as,
                    reference,
                    "uses a YAML anchor or alias (& or *)",
                    "write the value out, in quotes if it starts with & or *",
                )
            )
            return file
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        file.problems.append(_syntax_problem(shown_as, text, error))
        return file
    except RecursionError:
        file.problems.append(Problem(shown_as, 1, "is nested too deeply", f"use at most {MAX_DEPTH} levels"))
        return file
    if node is None:
        file.problems.append(Problem(shown_as, 1, "is empty", "fill it or delete it"))
        return file
    file.data = _plain(node, (), file, 0)
    return file


def _first_reference(text: str) -> int | None:
    """The line of the first anchor or alias: refused, because aliases of aliases explode."""
    if "&" not in text and "*" not in text:
        return None
    for token in yaml.scan(text, Loader=_Loader):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
            return int(token.start_mark.line) + 1
    return None


def _syntax_problem(path: str, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark is not None else 1
    rows = text.splitlines()
    row = rows[line - 1] if line <= len(rows) else ""
    if row[: len(row) - len(row.lstrip())].count("\t"):
        return Problem(path, line, "is indented with a tab", "use two spaces a level")
    what = getattr(error, "problem", None) or "is not valid YAML"
    return Problem(
        path, line, f"is not valid YAML ({what})", "check quotes, colons and indentation on this line and the one above"
    )


_CONSTRUCTOR = yaml.SafeLoader("")
_STRING_TAG = "tag:yaml.org,2002:str"


def _scalar(node: yaml.ScalarNode, file: YamlFile) -> Any:
    if node.tag == _STRING_TAG:
        return node.value
    try:
        construct = _CONSTRUCTOR.yaml_constructors.get(node.tag) or _CONSTRUCTOR.yaml_constructors[None]
        return construct(_CONSTRUCTOR, node)
    except (yaml.YAMLError, ValueError) as error:
        what = getattr(error, "problem", None) or str(error)
        file.problems.append(
            Problem(
                file.path,
                node.start_mark.line + 1,
                f"holds an unreadable value ({what})",
                "write plain text, a number or a date like 2026-11-01",
            )
        )
        return None


def _plain(node: yaml.Node, trail: Trail, file: YamlFile, depth: int) -> Any:
    file.lines.setdefault(trail, node.start_mark.line + 1)
    if depth > MAX_DEPTH:
        file.problems.append(file.problem(trail, "is nested too deeply", f"use at most {MAX_DEPTH} levels"))
        return None
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, file)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*trail, index), file, depth + 1) for index, item in enumerate(node.value)]
    result: dict[Any, Any] = {}
    for key_node, value_node in cast(yaml.MappingNode, node).value:
        key = _scalar(key_node, file) if isinstance(key_node, yaml.ScalarNode) else None
        line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            shown = getattr(key_node, "value", "a list or mapping")
            file.problems.append(Problem(file.path, line, f"the key `{shown}` is not text", "put it in quotes"))
            continue
        if key in result:
            first = file.lines[(*trail, key)]
            file.problems.append(
                Problem(file.path, line, f"the key `{key}` was already given on line {first}", "keep one of them")
            )
            continue
        file.lines[(*trail, key)] = line
        result[key] = _plain(value_node, (*trail, key), file, depth + 1)
    return result
