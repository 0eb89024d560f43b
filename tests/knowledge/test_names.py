"""Names as they are compared, and that understanding agrees about what is one name."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from bot.knowledge.load import load
from bot.knowledge.names import find_entity, keys, names_of, words
from bot.understanding.entities import Lexicon
from bot.understanding.normalise import normalise
from bot.understanding.vocabulary import word_vectors

ROOT = Path(__file__).parent.parent
BASES = [ROOT.parent / "knowledge", ROOT / "fields" / "pastry"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Certified Pastry Cooks", ("certified", "pastry", "cook")),
        ("C.P.K.!", ("c", "p", "k")),
        ("pastry-cook", ("pastry", "cook")),
        ("Pâtissier", ("patissier",)),
        ("master's in R&D", ("master", "in", "r", "and", "d")),
        ("Bodies", ("body",)),
        ("bus glass basis", ("bus", "glass", "basis")),
        ("…", ()),
    ],
)
def test_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


def test_short_names_are_also_known_closed_up() -> None:
    assert keys("c p k") == {("c", "p", "k"), ("cpk",)}
    assert keys("CPK-T", abbreviation=True) == {("cpk", "t"), ("cpkt",)}
    assert keys("pastry cook") == {("pastry", "cook")}


@pytest.mark.parametrize("wanted", ["CPK", "c.p.k", "Certified Pastry Cooks", "see pee kay", "guild pastry diploma"])
def test_an_entity_is_found_by_any_of_its_names(wanted: str) -> None:
    assert find_entity(load(BASES[1]), wanted) == "cpk"


def test_nothing_is_found_for_what_nobody_is_called() -> None:
    assert find_entity(load(BASES[1]), "croissant") is None
    assert find_entity(load(BASES[1]), "") is None


@pytest.mark.parametrize("folder", BASES, ids=lambda folder: str(folder.name))
def test_what_the_check_calls_different_understanding_tells_apart(folder: Path) -> None:
    """No name of an entity is matched as another entity too, so `check` compares as understanding does."""
    base = load(folder)
    lexicon = Lexicon(base, word_vectors())
    shared = {}
    for entity in base.entities.values():
        for name, _ in names_of(entity):
            said = normalise(name)
            for match in lexicon.find(said, said.tokens):
                entities = {named.id for named in match.named if named.id in base.entities}
                if match.whole and match.end - match.start == len(said.tokens) and entities - {entity.id}:
                    shared[name] = entities
    assert shared == {}


def test_ids_and_names_lead_to_one_entity() -> None:
    base = load(BASES[1])
    owners: dict[str, set[str | None]] = defaultdict(set)
    for entity in base.entities.values():
        for name, _ in names_of(entity):
            if name not in base.entities:  # an id comes first, whatever else goes by it
                owners[entity.id].add(find_entity(base, name))

    assert {key: found for key, found in owners.items() if found != {key}} == {}
