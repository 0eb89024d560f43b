"""No language stands in the code: what people type is read by words that are content."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.knowledge.base import KnowledgeBase

ROOMS = ("conversation", "understanding/parsing", "advice")
CODE = sorted(path for room in ROOMS for path in (Path(__file__).parent.parent / "bot" / room).rglob("*.py"))
PATTERNS = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}
# What a pattern is made of besides words: escapes such as \d and \b, sets such as [a-z], named groups.
SYNTAX = re.compile(r"\\.|\[[^\]]*\]|\(\?P<\w+>")
WORD = re.compile(r"[a-z]{2,}")
# Names in the code that are words as well: of verbs and of parts of a question.
NAMES = {"now", "which", "when", "old", "today"}


def patterns(tree: ast.AST) -> Iterator[str]:
    """The constant parts of every regular expression."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PATTERNS):
            continue
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args:
            yield from (part.value for part in ast.walk(node.args[0]) if is_text(part))


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def texts(tree: ast.AST) -> Iterator[str]:
    """Every string that is no docstring."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    yield from (node.value for node in ast.walk(tree) if is_text(node) and id(node) not in documented)


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_no_pattern_holds_a_word(path: Path) -> None:
    found = [text for text in patterns(ast.parse(path.read_text("utf-8"))) if WORD.search(SYNTAX.sub(" ", text))]
    assert found == []


def test_no_word_of_the_language_stands_in_the_code(base: KnowledgeBase) -> None:
    language = base.language
    words = {name for names in (*language.units.months, *language.calendar.weekdays) for name in names if len(name) > 3}
    words |= {word for word in language.numbers.words if len(word) > 4 and " " not in word}
    words |= {word for word in (*language.asks, *language.calendar.days) if len(word) > 3}
    found = {
        (path.name, text)
        for path in CODE
        for text in texts(ast.parse(path.read_text("utf-8")))
        if text not in NAMES and set(text.lower().split()) & words
    }
    assert found == set()
