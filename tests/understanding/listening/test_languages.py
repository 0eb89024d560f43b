"""Languages of a message by their commonest words: one, several where they are mixed, none where nothing tells."""

from __future__ import annotations

import pytest

from bot.understanding.listening.languages import languages

COMMON = {"en": {"i", "want", "to", "the", "when", "and", "my"}, "es": {"quiero", "que", "ya", "mi", "esposo"}}


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("ya no quiero nada", None, ("es",)),
        ("i want to sleep", None, ("en",)),
        ("ya no quiero nada when i sleep", None, ("en", "es")),
        ("i want to live in la esposo and the town when my mom", None, ("en",)),
        ("zzz", None, ()),
        ("me mato", "es", ("es",)),
        ("me mato when i want to sleep and the door", "es", ("en", "es")),
        ("gusto ko mawala", "tl", ("tl",)),
    ],
)
def test_the_languages_of_a_message(text: str, found: str | None, expected: tuple[str, ...]) -> None:
    assert languages(text.split(), COMMON, found) == expected
