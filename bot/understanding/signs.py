"""Words by which a message that is none of our business is known (`signs` and `hints` of `out_of_scope.yaml`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.knowledge.base import KnowledgeBase
from bot.understanding.normalise import normalise


class Signs:
    """The signs and hints of each kind, each slot of them filled with all that may stand in it."""

    def __init__(self, base: KnowledgeBase) -> None:
        names = slot_names(base)
        self._always = {kind: record.always for kind, record in base.out_of_scope.items()}
        self._signs = {kind: tuple(_filled(names, record.signs)) for kind, record in base.out_of_scope.items()}
        self._hints = {kind: tuple(_filled(names, record.hints)) for kind, record in base.out_of_scope.items()}

    def of(self, whole: str, asking: str) -> dict[str, bool]:
        """The kinds whose signs stand in a `whole` message, or whose hints stand in what it asks, and whether these
        refuse whatever is found; both texts as `as_words` gives them.
        """
        hinted = {kind: False for kind, hints in self._hints.items() if any(hint in asking for hint in hints)}
        signed = {
            kind: self._always[kind] for kind, signs in self._signs.items() if any(sign in whole for sign in signs)
        }
        return {**hinted, **signed}


def as_words(text: str) -> str:
    """A text as phrases are looked for in it: its words in their plain form, set apart by single spaces."""
    return f" {' '.join(normalise(text).tokens)} "


def slot_names(base: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    """What may stand in a slot of a phrasing, by the kind that the slot names."""
    return {
        **{kind: tuple(item.short for item in group.values()) for kind, group in (
            ("role", base.roles), ("certification", base.certifications), ("degree", base.education),
            ("term", base.terms),
        )},
        "country": tuple(item.name for item in base.assessment.countries),
    }  # fmt: skip


def _filled(names: Mapping[str, Sequence[str]], phrases: Sequence[str]) -> Iterator[str]:
    """Phrases as they stand in a message, one with a slot once with each name."""
    for phrase in phrases:
        before, opened, rest = phrase.partition("{")
        slot, _, after = rest.partition("}")
        for name in names[slot] if opened else ("",):
            yield as_words(f"{before}{name}{after}")
