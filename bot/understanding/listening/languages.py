"""In which languages a message is written, as far as their commonest words tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

LEAST_SHARE = 0.25  # of the words that tell a language: one with fewer is only borrowed from


def languages(words: Iterable[str], common: Mapping[str, Collection[str]], found: str | None = None) -> tuple[str, ...]:
    """The languages of a message by the share of their `common` words, the most spoken first; more than one where
    they are mixed, none where nothing tells. `found` is the language of a phrase in it, which speaks for at least one
    word of that.
    """
    said = list(words)
    counts = {language: sum(word in known for word in said) for language, known in common.items()}
    if found is not None:
        counts[found] = max(counts.get(found, 0), 1)
    total = sum(counts.values())
    spoken = [language for language, count in counts.items() if count and (count >= LEAST_SHARE * total)]
    if found is not None and found not in spoken:
        spoken.append(found)
    return tuple(sorted(spoken, key=lambda language: -counts[language]))
