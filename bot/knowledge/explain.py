"""What pydantic found wrong in a file, in an editor's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from rapidfuzz import process

from bot.knowledge.yaml_file import Problem, Trail, YamlFile

MAX_SHOWN = 60  # characters of a wrong value
LIKENESS = 60  # of 100: near enough to ask "did you mean"


def explain(file: YamlFile, trail: Trail, error: ValidationError) -> Iterator[Problem]:
    """Every error of a record that stands at `trail` of `file`."""
    for detail in error.errors(include_url=False):
        yield _problem(file, trail + tuple(detail["loc"]), detail)


def _problem(file: YamlFile, trail: Trail, detail: Any) -> Problem:
    where = ".".join(str(part) for part in trail) or "the file"
    kind, message = detail["type"], detail["msg"]
    if kind == "extra_forbidden":
        return file.problem(trail, f"unknown key `{trail[-1]}`", "check its spelling, or delete it")
    if kind == "missing":
        return file.problem(trail[:-1], f"`{trail[-1]}` is missing", f"add `{trail[-1]}:`")
    if kind == "value_error":
        return file.problem(trail, f"{where}: {message.removeprefix('Value error, ')}", "mend it as said")
    if trail[-1:] == ("id",) and len(trail) == 1 and kind == "string_pattern_mismatch":
        mend = "rename it to lower case letters and digits with hyphens between, such as `my-entry.yaml`"
        return file.problem((), f"the file name `{detail['input']}` cannot be an id", mend)
    given = repr(detail.get("input"))
    given = given if len(given) <= MAX_SHOWN else f"{given[:MAX_SHOWN]}…"
    if kind == "string_type" and isinstance(detail.get("input"), int | float | bool):
        return file.problem(trail, f"`{where}` is {given}, which is not text", "put it in quotes")
    return file.problem(trail, f"`{where}` is {given}", f"{message[0].lower()}{message[1:]}")


def did_you_mean(wanted: str, known: set[str]) -> str:
    """`; did you mean …` for the nearest of some ids or words; empty where none is near."""
    near = process.extractOne(wanted, sorted(known), score_cutoff=LIKENESS)
    return f"did you mean `{near[0]}`? " if near else ""
