"""Whatever an editor writes in place of a value, the message is in words of an editor, with a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from bot.knowledge.check import examine
from bot.knowledge.explain import explain
from bot.knowledge.load import FOLDERS
from bot.knowledge.schema import FILE_TYPES
from bot.knowledge.yaml_file import YamlFile

PASTRY = Path(__file__).parent.parent / "fields" / "pastry"
ODD: tuple[Any, ...] = (None, 7, -7, 1.5, True, "", "Some words, with a comma", [], ["a"], {}, {"a": "b"}, [["a"]])
# What the types call it, which says nothing to an editor.
JARGON = re.compile(
    r"should|valid |input|instance|tuple|dict\b|string|integer|boolean|pattern|regex|\^\[|NoneType|model_type|pydantic",
    re.IGNORECASE,
)


def positions(data: Any, trail: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a file where a value stands, the first of each list only."""
    if trail:
        yield trail
    if isinstance(data, dict):
        for key, value in data.items():
            yield from positions(value, (*trail, key))
    elif isinstance(data, list) and data:
        yield from positions(data[0], (*trail, 0))


def with_odd(data: Any, trail: tuple[Any, ...], value: Any) -> Any:
    if not trail:
        return value
    copied = dict(data) if isinstance(data, dict) else list(data)
    copied[trail[0]] = with_odd(data[trail[0]], trail[1:], value)
    return copied


FILES = [
    "roles/pastry-cook.yaml",
    "certifications/cpk.yaml",
    "education/pastry-certificate.yaml",
    "terms/gpc.yaml",
    "market/kitchens.yaml",
    "guides/belgium.yaml",
    "sources.yaml",
    "publishers.yaml",
    "myths.yaml",
    "topics.yaml",
    "field.yaml",
    "assessment.yaml",
    "choosing.yaml",
]


def typed(relative: str) -> Any:
    """The problems that the types find in one file, by its own model."""
    kind = next(kind for kind in FILE_TYPES if kind.where in (relative, re.sub(r"/.*", "/*.yaml", relative)))

    def problems(data: Any) -> list[str]:
        entries = [((), data)]
        if kind.holds == "list" and isinstance(data, list):
            entries = [((index,), item) for index, item in enumerate(data)]
        if kind.holds == "mapping" and isinstance(data, dict):
            entries = [((key,), item) for key, item in data.items()]
        found = []
        for trail, item in entries:
            given = {**item, "id": "x"} if kind.named_by_file and isinstance(item, dict) else item
            try:
                TypeAdapter(kind.model).validate_python(given)
            except ValidationError as error:
                found += [str(problem) for problem in explain(YamlFile(relative), trail, error, kind.model)]
        return found

    return problems


@pytest.mark.parametrize("relative", FILES)
def test_every_wrong_value_is_explained_to_an_editor(relative: str) -> None:
    data = yaml.safe_load((PASTRY / relative).read_text("utf-8"))
    problems = typed(relative)
    assert problems(data) == []

    told = {problem for trail in positions(data) for value in ODD for problem in problems(with_odd(data, trail, value))}

    assert told
    jargon = sorted(problem for problem in told if JARGON.search(problem.replace("string_", "")))
    assert jargon == []
    assert [problem for problem in told if "; " not in problem] == []
    assert [problem for problem in told if "mend it as said" in problem or "see knowledge/README" in problem] == []


def test_the_files_are_all_kinds_of_them() -> None:
    assert {name.split("/")[0] for name in FILES if "/" in name} == set(FOLDERS)
    assert examine(PASTRY).problems == []
