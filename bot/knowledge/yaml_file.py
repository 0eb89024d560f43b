"""Reading one YAML file: plain data only, with the line of every key and value.

PyYAML's safe loader alone would take duplicate keys, aliases (a few hundred bytes that
unfold to gigabytes) and would lose line numbers; so the composed node tree is walked here.
Plain values are read as YAML 1.2 reads them, as editors do: `no` and `on` are text, not false
and true, and 1:30 is text, not a number.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import yaml

from bot.knowledge.parsed import Parsed

MAX_BYTES = 4_000_000
MAX_DEPTH = 20
MAX_BRACKETS = 100  # open at once: libyaml takes minutes over a file of nothing but "["

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML built without libyaml: slower, the same result
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]  # another class

Trail = tuple[str | int, ...]

_TEXT = "tag:yaml.org,2002:str"
_PLAIN_VALUES = tuple(
    (f"tag:yaml.org,2002:{kind}", re.compile(pattern))
    for kind, pattern in (
        ("null", r"(?:~|null|Null|NULL)?\Z"),
        ("bool", r"(?:true|True|TRUE|false|False|FALSE)\Z"),
        ("int", r"[-+]?(?:0|[1-9]\d*)\Z"),
        ("float", r"[-+]?\d+\.\d*(?:[eE][-+]?\d+)?\Z"),
        ("timestamp", r"\d{4}-\d\d-\d\d\Z"),
    )
)
_READ: Mapping[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:bool": lambda value: value.lower() == "true",
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:timestamp": date.fromisoformat,
}
# What a value that is not text may start with; most are text, and skip the patterns.
_NOT_TEXT_STARTS = frozenset("~nNtTfF-+0123456789")
_BRACKETS = re.compile(r"[\[\]{}]")
_STACKED = re.compile(rf"(?:[-?] +){{{MAX_DEPTH + 1}}}")


class _Loader(_BaseLoader):
    """Tags plain values by the short list above; half of the time to load went into the general one."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            if implicit[0] and (not value or value[0] in _NOT_TEXT_STARTS):
                for tag, pattern in _PLAIN_VALUES:
                    if pattern.match(value):
                        return tag
            return _TEXT
        return "tag:yaml.org,2002:seq" if kind is yaml.SequenceNode else "tag:yaml.org,2002:map"

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """No tag depends on the path to a value."""

    def ascend_resolver(self) -> None:
        """As above."""


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
    """The parsed content of one file.

    `digest` is the SHA-256 of its bytes, in hex; empty where it could not be read. Its text is
    kept for the lines of messages: they are looked up in it again, since few files need any.
    """

    path: str
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    digest: str = ""
    text: str = field(default="", repr=False)

    @cached_property
    def _root(self) -> yaml.Node | None:
        return yaml.compose(self.text, Loader=_Loader) if self.text else None

    def line_of(self, trail: Trail) -> int:
        """The line of the key or item at `trail`, or of the nearest thing around it that is there."""
        node, line = self._root, 1 if self._root is None else _line(self._root)
        for step in trail:
            if isinstance(node, yaml.MappingNode):
                found = next((pair for pair in node.value if pair[0].value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                found = (node.value[step],) * 2
            else:
                found = None
            if found is None:
                return line
            line, node = _line(found[0]), found[1]
        return line

    def problem(self, trail: Trail, what: str, mend: str) -> Problem:
        """A problem at the line of `trail`."""
        return Problem(self.path, self.line_of(trail), what, mend)


def read_yaml(path: Path, shown_as: str, kept: Parsed | None = None) -> YamlFile:
    """Read `path`; problems are collected, never raised. `shown_as` is the path in messages, `kept` the cache."""
    file = YamlFile(shown_as)
    text = _text(path, file)
    if text is None:
        return file
    known = kept.recalled(file.digest) if kept is not None else None
    if known is not None:
        file.text, file.data = text, known
        return file
    try:
        if (refused := _refused(shown_as, text)) is not None:
            file.problems.append(refused)
            return file
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        file.problems.append(_syntax_problem(shown_as, text, error))
        return file
    except RecursionError:
        file.problems.append(_too_deep(shown_as, 1))
        return file
    if node is None:
        file.problems.append(Problem(shown_as, 1, "is empty", "fill it or delete it"))
        return file
    file.text = text
    file.data = _plain(node, file, 0)
    if kept is not None and not file.problems:
        kept.keep(file.digest, file.data)
    return file


def _text(path: Path, file: YamlFile) -> str | None:
    shown_as = file.path
    try:
        if not path.is_file() and path.exists():
            what = "is no plain file (a folder, a pipe or a device)"
            file.problems.append(Problem(shown_as, 1, what, "put a text file in its place, or delete it"))
            return None
        raw = path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        file.problems.append(Problem(shown_as, 1, what, "check that it exists and its permissions"))
        return None
    file.digest = hashlib.sha256(raw).hexdigest()
    if len(raw) > MAX_BYTES:
        file.problems.append(Problem(shown_as, 1, "is larger than 4 MB", "split it"))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        file.problems.append(Problem(shown_as, line, "is not UTF-8 text", "save it as UTF-8"))
        return None


def _refused(path: str, text: str) -> Problem | None:
    """What would cost too much to compose: aliases of aliases, and endless nesting."""
    depth = 0
    for bracket in _BRACKETS.finditer(text):
        depth += 1 if bracket.group() in "[{" else -1
        if depth > MAX_BRACKETS:
            return _too_deep(path, text.count("\n", 0, bracket.start()) + 1)
    if (stacked := _STACKED.search(text)) is not None:
        return _too_deep(path, text.count("\n", 0, stacked.start()) + 1)
    if "&" in text or "*" in text:
        for token in yaml.scan(text, Loader=_Loader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
                mend = "write the value out, in quotes if it starts with & or *"
                return Problem(path, token.start_mark.line + 1, "uses a YAML anchor or alias (& or *)", mend)
    return None


def _too_deep(path: str, line: int) -> Problem:
    return Problem(path, line, "is nested too deeply", f"use at most {MAX_DEPTH} levels")


def _syntax_problem(path: str, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark is not None else 1
    rows = text.splitlines()
    row = rows[line - 1] if line <= len(rows) else ""
    if row[: len(row) - len(row.lstrip())].count("\t"):
        return Problem(path, line, "is indented with a tab", "use two spaces a level")
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "a character that may not stand there"
    mend = "check quotes, colons and indentation on this line and the one above"
    return Problem(path, line, f"is not valid YAML ({what})", mend)


def _scalar(node: yaml.ScalarNode, file: YamlFile) -> Any:
    if node.tag == _TEXT:
        return node.value
    try:
        return _READ[node.tag](node.value)
    except (KeyError, ValueError) as error:
        what = f"unknown tag {node.tag}" if isinstance(error, KeyError) else str(error)
        mend = "write plain text, a number or a date like 2026-11-01"
        file.problems.append(Problem(file.path, _line(node), f"holds an unreadable value ({what})", mend))
        return None


def _plain(node: yaml.Node, file: YamlFile, depth: int) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, file)
    if depth > MAX_DEPTH:
        file.problems.append(_too_deep(file.path, _line(node)))
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, file, depth + 1) for item in node.value]
    result: dict[Any, Any] = {}
    for key_node, value_node in cast(yaml.MappingNode, node).value:
        key = _scalar(key_node, file) if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str):
            shown = key_node.value if isinstance(key_node, yaml.ScalarNode) else "a list or mapping"
            what = f"the key `{shown}` is not text"
            mend = "put it in quotes"
            if shown.isdigit() and isinstance(value_node, yaml.ScalarNode) and not value_node.value:
                what, mend = f"`{shown}` stands behind a comma by itself", "write decimals with a point, such as 3.5"
            file.problems.append(Problem(file.path, _line(key_node), what, mend))
        elif key in result:
            first = next(_line(other) for other, _ in node.value if other.value == key)
            what = f"the key `{key}` was already given on line {first}"
            file.problems.append(Problem(file.path, _line(key_node), what, "keep one of them"))
        else:
            result[key] = _plain(value_node, file, depth + 1)
    return result


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
