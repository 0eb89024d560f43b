"""The code knows no word of the field: another field's knowledge base runs on the same code.

Exceptions, each with its reason, are in `allowed_words.txt`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from bot.knowledge.load import load
from bot.knowledge.names import NameKey, names_of, words
from bot.understanding.vocabulary import word_vectors

ROOT = Path(__file__).parent.parent
ALLOWED = Path(__file__).with_name("allowed_words.txt")
# Tables of general English: they hold words of every field.
TABLES = {"bot/understanding/vectors/words.txt", "bot/knowledge/checks/common_words.txt"}
READ = {".py", ".txt", ".md", ".mako", ".ini"}
COMMON = 6000  # of the word table: words that any field may use
FIELDS = ("knowledge", "tests/fields/pastry")


@dataclass(frozen=True)
class Words:
    """What only one field says: rows of words, in the singular, and what counts in capitals only ("HIM")."""

    rows: frozenset[NameKey]
    capitals: frozenset[str]

    def named_in(self, text: str) -> set[str]:
        """Those of them that stand in a text."""
        tokens = words(text.replace("_", " "))
        longest = max(map(len, self.rows))
        spans = {tokens[at : at + n] for at in range(len(tokens)) for n in range(1, longest + 1)}
        return {" ".join(row) for row in self.rows & spans} | self.capitals & set(re.findall(r"\w+(?:-\w+)*", text))


@cache
def of_the_field(folder: str) -> Words:
    """Every name of an entity, and the uncommon words that names are made of."""
    base = load(ROOT / folder)
    english = word_vectors()
    rows: set[NameKey] = set()
    capitals: set[str] = set()
    parts: Counter[str] = Counter()
    for entity in base.entities.values():
        for name, abbreviation in names_of(entity):
            row = words(name)
            parts.update(set(row))
            if (abbreviation or name.isupper()) and english.common(name.lower(), COMMON):
                capitals.add(name)
            elif abbreviation or not all(english.common(word, COMMON) for word in row):
                rows.add(row)
    lists = (base.assessment.licences, base.assessment.experience, base.assessment.settings)
    parts.update(word for group in lists for item in group for word in words(item.name))
    rows |= {
        (word,) for word, count in parts.items() if count > 1 and len(word) > 2 and not english.common(word, COMMON)
    }
    return Words(frozenset(rows | {(word,) for word in words(base.field.name)}), frozenset(capitals))


@cache
def said_in(folder: str) -> frozenset[str]:
    """Every word that a field uses in its names and wording."""
    base = load(ROOT / folder)
    names = (name for entity in base.entities.values() for name, _ in names_of(entity))
    return frozenset(word for text in (*names, *base.texts.texts.values()) for word in words(text))


def only_of(folder: str) -> Words:
    """The words of a field that the other field does not use: those of both are general."""
    own = of_the_field(folder)
    (other,) = set(FIELDS) - {folder}
    rows = frozenset(row for row in own.rows if not set(row) <= said_in(other))
    return Words(rows, own.capitals)


@cache
def found() -> frozenset[tuple[str, str]]:
    """Pairs of a word of a field and the file of the code it stands in."""
    paths = (
        path for path in sorted((ROOT / "bot").rglob("*")) if path.suffix in READ and "_knowledge" not in path.parts
    )
    texts = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths}
    fields = [only_of(folder) for folder in FIELDS]
    return frozenset(
        (word.lower(), path)
        for path, text in texts.items()
        if path not in TABLES
        for field in fields
        for word in field.named_in(text)
    )


@cache
def allowed() -> frozenset[tuple[str, str]]:
    """Pairs of a word and the file it may stand in, `*` for any."""
    rows = (line.split(None, 2) for line in ALLOWED.read_text("utf-8").splitlines() if line and line[0] != "#")
    return frozenset((word.replace("_", " "), path) for word, path, _reason in rows)


def test_no_word_of_the_field_is_named_in_the_code() -> None:
    named = {(word, path) for word, path in found() if not {(word, path), (word, "*")} & allowed()}

    assert sorted(named) == []


def test_every_exception_is_still_needed() -> None:
    needed = found() | {(word, "*") for word, _ in found()}

    assert sorted(allowed() - needed) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def cpc(): two Coders", {"cpc", "coder"}),
        ("ask him, not HIM", {"HIM"}),
        ("MEDICAL_CODING = 1", {"medical", "coding", "medical coding"}),
        ("a Registered Professional Coder", {"coder", "professional coder"}),
        ("a role, a certification, a degree", set()),
    ],
)
def test_what_counts_as_a_word_of_the_field(text: str, expected: set[str]) -> None:
    assert only_of("knowledge").named_in(text) == expected
