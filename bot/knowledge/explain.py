"""What the types refuse in a file, in an editor's words: what is wrong, and how to mend it."""

from __future__ import annotations

import types
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from bot.knowledge.ids import AS_OF, COUNTRY_CODE, CURRENCY, ID, TOPIC_ID, WEB_ADDRESS
from bot.knowledge.yaml_file import Problem, Trail, YamlFile

MAX_SHOWN = 60  # characters of a wrong value
LIKENESS = 60  # of 100: near enough to ask "did you mean"

PATTERNS: Mapping[str, tuple[str, str]] = {
    ID: ("is no id", "write lower case letters and digits with hyphens between, such as `my-entry`"),
    TOPIC_ID: ("is no id of a topic", "write lower case letters with underscores between, such as `first_job`"),
    AS_OF: ("is no date", 'write "2026", "2026-05", "2026-05-31", or a period such as "2025-35", in quotes'),
    COUNTRY_CODE: ("is no country", "write the two capital letters of the country, such as FR"),
    CURRENCY: ("is no currency", "write the three capital letters of the currency, such as EUR"),
    WEB_ADDRESS: ("is no address", "write the whole address, such as https://example.org/page"),
}
A_NUMBER = "write a number and nothing else, such as 300 or 1.5: no unit, no comma, no sign of a currency"
# What pydantic calls a mistake → what is wrong, and how to mend it.
WORDS: Mapping[str, tuple[str, str]] = {
    "tuple_type": ("is not a list", "write each entry on a line of its own after `- `, or all in one line: [a, b]"),
    "dict_type": ("is not a mapping", "write `key: value` below it, indented by two spaces"),
    "model_type": ("is not a mapping", "write `key: value` below it, indented by two spaces"),
    "model_attributes_type": ("is not a mapping", "write `key: value` below it, indented by two spaces"),
    "string_too_short": ("is empty", "write a text, or delete the key"),
    "bool_type": ("is neither true nor false", "write true or false"),
    "bool_parsing": ("is neither true nor false", "write true or false"),
    "float_type": ("is no number", A_NUMBER),
    "float_parsing": ("is no number", A_NUMBER),
    "finite_number": ("is no number", A_NUMBER),
    "int_type": ("is no whole number", "write a whole number and nothing else, such as 3"),
    "int_parsing": ("is no whole number", "write a whole number and nothing else, such as 3"),
    "int_from_float": ("is no whole number", "write a whole number and nothing else, such as 3"),
    "date_type": ("is no date", "write a day such as 2026-11-01"),
    "date_parsing": ("is no date", "write a day such as 2026-11-01"),
    "date_from_datetime_parsing": ("is no date", "write a day such as 2026-11-01"),
    "date_from_datetime_inexact": ("is no date", "write a day such as 2026-11-01, without a time"),
}
# Keys that were once typed, and what became of them.
GONE: Mapping[str, str] = {
    "confidence": "delete it; how well a fact is founded follows from its source and `whose`",
}


def explain(file: YamlFile, trail: Trail, error: ValidationError, model: type[BaseModel]) -> Iterator[Problem]:
    """Every error of a record of type `model` that stands at `trail` of `file`."""
    for detail in error.errors(include_url=False):
        yield _problem(file, trail, detail, model)


def _problem(file: YamlFile, above: Trail, detail: Any, model: type[BaseModel]) -> Problem:
    inside = tuple(step for step in detail["loc"] if step != "[key]")
    trail = above + inside
    kind, given = detail["type"], detail.get("input")
    if kind == "extra_forbidden":
        key = str(trail[-1])
        mend = GONE.get(key) or f"{did_you_mean(key, keys_at(model, inside[:-1]))}check its spelling, or delete it"
        return file.problem(trail, f"unknown key `{key}`", mend)
    if kind == "missing":
        return file.problem(trail[:-1], f"`{trail[-1]}` is missing", f"add `{trail[-1]}:`")
    if kind == "value_error":
        what, _, mend = detail["msg"].removeprefix("Value error, ").partition("; ")
        where = ".".join(str(part) for part in trail)
        return file.problem(trail, f"{where}: {what}" if where else what, mend or "mend it as said")
    if trail[-1:] == ("id",) and len(trail) == 1 and kind == "string_pattern_mismatch":
        mend = "rename it to lower case letters and digits with hyphens between, such as `my-entry.yaml`"
        return file.problem((), f"the file name `{given}` cannot be an id", mend)
    what, mend = _told(kind, given, detail.get("ctx") or {})
    where = ".".join(str(part) for part in trail) or "the file"
    return file.problem(trail, f"`{where}` {what}", mend)


def _told(kind: str, given: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with a value, and how to mend it."""
    if given is None:
        return "has no value", "write one, or delete the key"
    shown = _shown(given)
    if kind == "string_type":
        if isinstance(given, int | float) or not isinstance(given, list | dict | tuple):
            return f"is {shown}, which is not text", "put it in quotes"
        return f"is {shown}, where one text belongs", "write one text; quotes around it let it hold `: ` and brackets"
    if kind == "string_pattern_mismatch":
        what, mend = PATTERNS.get(str(context.get("pattern")), ("cannot stand here", "see knowledge/README.md"))
        return f"is {shown}, which {what}", mend
    if kind == "literal_error":
        known = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
        return f"is {shown}", f"{did_you_mean(str(given), known.split(', '))}write one of: {known}"
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        bound = next(iter(context.values()), "")
        words = {"greater_than": "more than", "greater_than_equal": "at least", "less_than": "less than"}
        return f"is {shown}", f"it must be {words.get(kind, 'at most')} {bound:g}"
    if kind == "too_short":
        least = context.get("min_length", 1)
        have = context.get("actual_length", 0)
        return f"has {have} {'entry' if have == 1 else 'entries'}", f"write {least} or more"
    if kind == "string_too_long":
        return f"has {len(given)} characters; {context.get('max_length')} are the most", "shorten it"
    what, mend = WORDS.get(kind, ("cannot stand here", "see knowledge/README.md for what belongs here"))
    return f"is {shown}, which {what}", mend


def _shown(given: Any) -> str:
    if isinstance(given, dict):
        return "a mapping"
    if isinstance(given, list | tuple):
        return "a list"
    shown = str(given).lower() if isinstance(given, bool) else repr(given)
    return shown if len(shown) <= MAX_SHOWN else f"{shown[:MAX_SHOWN]}…"


def keys_at(model: type[BaseModel], inside: Trail) -> frozenset[str]:
    """The keys that the record at `inside` of a model may have; none where that cannot be told."""
    here: Any = model
    for step in inside:
        record = _record(here)
        if isinstance(step, str) and record is not None:
            named = {key.alias or name: key.annotation for name, key in record.model_fields.items()}
            here = named.get(step)
        else:
            parts = [part for part in get_args(_plain(here)) if part is not Ellipsis]
            here = parts[-1] if parts else None
    record = _record(here)
    return frozenset(key.alias or name for name, key in record.model_fields.items()) if record else frozenset()


def _plain(annotation: Any) -> Any:
    """An annotation without its marks and without `None`."""
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        parts = [part for part in get_args(annotation) if part is not type(None)]
        annotation = parts[0]
    return annotation


def _record(annotation: Any) -> type[BaseModel] | None:
    plain = _plain(annotation)
    return plain if isinstance(plain, type) and issubclass(plain, BaseModel) else None


def did_you_mean(wanted: str, known: Collection[str]) -> str:
    """`; did you mean …` for the nearest of some ids or words; empty where none is near."""
    near = process.extractOne(wanted, sorted(known), score_cutoff=LIKENESS)
    return f"did you mean `{near[0]}`? " if near else ""
