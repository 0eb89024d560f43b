"""Which things of the knowledge base a message names, and where.

A name is a row of words, looked up as it stands (in singular and plural), and, for longer
names, in any order ("manager of the X department"). Slips are mended before (`spelling`).
Abbreviations match only letter by letter; one that is also an English word only in capitals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.names import singular
from bot.understanding.normalise import MessageWords, normalise
from bot.understanding.question import SpanKind
from bot.understanding.vocabulary import WordVectors

MAX_ABBREVIATION = 5  # letters: an alias up to this long is never matched by likeness
MAX_NAME_WORDS = 9
MAX_BAG_WORDS = 5
GUARDED_LETTERS = 3
COMMON_WORDS = 6000  # of the vector table: above this rank a short abbreviation may be meant as a word
COMMON_PLACES = 400  # … a country's short name
KEPT_STEMS = 20_000  # words
CASUAL_COMPANY = 100  # of the vector table: words so frequent that a name beside them still stands alone
OTHERS = frozenset(("my", "your", "our", "his", "her", "their", "its", "this", "that", "another"))
LINKS = frozenset(("or", "versus", "and"))
DIRECTIONS = frozenset(("to", "from", "into"))  # "from a to b" in another order is the way back
FILLERS = frozenset({
    "of", "for", "in", "the", "a", "an", "at", "to's", "on", "and's",
})  # fmt: skip
LETTER_NAMES = {
    "ay": "a", "eh": "a", "bee": "b", "be": "b", "see": "c", "sea": "c", "cee": "c", "si": "c", "dee": "d", "ee": "e",
    "ef": "f", "eff": "f", "gee": "g", "jee": "g", "aitch": "h", "haitch": "h", "eye": "i", "jay": "j", "kay": "k",
    "el": "l", "ell": "l", "em": "m", "en": "n", "oh": "o", "pee": "p", "pea": "p", "queue": "q", "cue": "q",
    "are": "r", "ar": "r", "ess": "s", "es": "s", "tee": "t", "tea": "t", "you": "u", "yu": "u", "vee": "v",
    "ex": "x", "why": "y", "wye": "y", "zee": "z", "zed": "z",
}  # fmt: skip
MIN_SPOKEN = 3  # letters: two could be two words
KIND_ORDER: tuple[SpanKind, ...] = (
    "role", "certification", "degree", "term", "background", "country", "guide", "setting",
)  # fmt: skip
ENTITY_KINDS: tuple[SpanKind, ...] = ("role", "certification", "degree", "term")


@dataclass(frozen=True)
class NameMeaning:
    """One thing a name may stand for; `own` where it is the thing's own name, not an alias."""

    kind: SpanKind
    id: str
    own: bool


@dataclass(frozen=True)
class Match:
    """Words `start`..`end` (exclusive) of a message and all they may stand for, likeliest first.

    `whole` where it is written as one of its names, not only with the same words; `casual` where
    they are ordinary words that mean it only as long as they stand alone.
    """

    start: int
    end: int
    score: float
    named: tuple[NameMeaning, ...]
    whole: bool
    casual: bool = False


def not_meant(
    words: Sequence[str], matches: Sequence[Match], denying: Iterable[str], asked_why: Container[str]
) -> dict[Match, int]:
    """The names that are denied beside another of their kind that is meant ("not the x, the y"), each with the word at
    which its negation begins. A name that also stands undenied is meant, and so is the only one, or one after a word
    of `asked_why` ("why not the x").
    """
    phrases = _longest_first(tuple(denying))
    found: dict[Match, int] = {}
    for match in matches:
        before = tuple(words[: match.start])
        size = next((len(phrase) for phrase in phrases if before[-len(phrase) :] == tuple(phrase)), 0)
        told = before[-size - 1] if len(before) > size else ""
        if size and match.named[0].kind in ENTITY_KINDS and told not in asked_why:
            found[match] = match.start - size
    meant = [match.named[0] for match in matches if match not in found]
    ids, kinds = {item.id for item in meant}, {item.kind for item in meant}
    return {
        match: start for match, start in found.items() if match.named[0].id not in ids and match.named[0].kind in kinds
    }


@lru_cache
def _longest_first(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((normalise(phrase).tokens for phrase in phrases), key=len, reverse=True))


@lru_cache(maxsize=KEPT_STEMS)
def stem(word: str) -> str:
    """What a doing, a doer and a deed share, roughly."""
    word = singular(word)
    for ending in ("ing", "or", "er", "ed", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004
            return word[: -len(ending)]
    return word


class Lexicon:
    """All names of a knowledge base, ready to be found in `MessageWords`."""

    def __init__(self, base: KnowledgeBase, english: WordVectors) -> None:
        self._english = english
        self._exact: dict[tuple[str, ...], list[NameMeaning]] = defaultdict(list)
        self._plural: dict[tuple[str, ...], list[NameMeaning]] = defaultdict(list)
        self._singular: dict[tuple[str, ...], list[NameMeaning]] = defaultdict(list)
        self._bags: dict[frozenset[str], list[NameMeaning]] = defaultdict(list)
        self.abbreviations: set[str] = set()
        plain: set[str] = set()  # words of full names: a short alias among them is a word, not an abbreviation
        self.words: dict[str, int] = defaultdict(int)
        for kind, thing, name, own, short in _names(base):
            words = normalise(name)
            self._add(NameMeaning(kind, thing, own), words, short)
            if own and not short:
                plain.update(word for at, word in enumerate(words.tokens) if at not in words.capitals)
        for found in (*self._exact.values(), *self._plural.values(), *self._singular.values(), *self._bags.values()):
            found.sort(key=lambda named: (KIND_ORDER.index(named.kind), not named.own))
        self.frozen = frozenset(self.abbreviations - plain)
        self._casual = {
            word: NameMeaning("role", role.id, False) for role in base.roles.values() for word in role.short_names
        }
        self._parts = {normalise(name).tokens: name for country in base.assessment.countries for name in country.parts}
        self._longest_spoken = max(map(len, self.abbreviations), default=0)
        self._longest: dict[str, int] = {}  # row that begins with a word
        for key in (*self._exact, *self._plural, *self._singular):
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))
        self._bag_words = frozenset().union(*self._bags) if self._bags else frozenset()

    def _add(self, named: NameMeaning, words: MessageWords, short: bool) -> None:
        key = words.tokens[:MAX_NAME_WORDS]
        if not key:
            return
        joined = "".join(key)
        is_abbreviation = short or len(joined) <= MAX_ABBREVIATION
        _append(self._exact[key], named)
        if is_abbreviation and joined.isalnum():
            if len(joined) > 1 and (short or not self._english.common(joined, COMMON_WORDS)):
                self.abbreviations.add(joined)
            _append(self._exact[(joined,)], named)
            for plural in ((*key[:-1], f"{key[-1]}s"), (f"{joined}s",)):
                _append(self._plural[plural], named)
            return
        for word in key:
            self.words[word] += 1
        _append(self._singular[tuple(map(singular, key))], named)
        bag = frozenset(stem(word) for word in key if word not in FILLERS)
        # In another order a lone letter is a word of its own ("worker i", "i work"), and a way leads back.
        alone = any(len(word) == 1 or word in DIRECTIONS for word in key)
        if 2 <= len(bag) <= MAX_BAG_WORDS and len(key) == len(set(key)) and not alone:  # noqa: PLR2004
            _append(self._bags[bag], named)

    def find(self, words: MessageWords, mended: tuple[str, ...]) -> list[Match]:
        """The names in a message, left to right, without overlaps: longer and better ones win.

        `mended` are the words of the message after `Speller.mend`. Guides are not among them.
        """
        return self.find_all(words, mended)[0]

    def find_all(self, words: MessageWords, mended: tuple[str, ...]) -> tuple[list[Match], list[Match]]:
        """The names in a message, and the guides whose words it uses, whether or not these name something else."""
        rows = [*self._rows(words, mended), *self._any_order(words, mended)]
        found = _best([*self._spoken(words), *self._shared_head(words, mended, rows), *_only(rows, guides=False)])
        named = sorted([*found, *self._casually(words, mended, found)], key=lambda match: match.start)
        return named, _best(_only(rows, guides=True))

    def named(self, abbreviation: str) -> Sequence[NameMeaning]:
        """What an abbreviation stands for, likeliest first."""
        return self._exact.get((abbreviation,), ())

    def part(self, words: Sequence[str]) -> str | None:
        """How the knowledge base writes the part of a country that some words name."""
        return self._parts.get(tuple(words))

    def _casually(self, words: MessageWords, mended: tuple[str, ...], found: Sequence[Match]) -> Iterator[Match]:
        """Ordinary words that name a role where nothing beside them makes them another ("sales …", "… of sales")."""
        taken = {at for match in found for at in range(match.start, match.end)}
        for at, word in enumerate(mended):
            named = self._casual.get(word) or self._casual.get(singular(word))
            if named is None or at in taken:
                continue
            before = mended[at - 1] if at and at not in words.breaks else None
            alone = before is None or (self._english.common(before, CASUAL_COMPANY) and before not in OTHERS)
            if (alone or at - 1 in taken) and mended[at + 1 : at + 2] != ("of",):
                yield Match(at, at + 1, 80.0, (named,), whole=False, casual=True)

    def _shared_head(self, words: MessageWords, mended: tuple[str, ...], rows: Sequence[Match]) -> Iterator[Match]:
        """ "A or B thing" names "A thing" as well: the first part of each row stands in for the other."""
        for right in rows:
            if right.start == 0:
                continue
            linked = mended[right.start - 1] in LINKS
            if not (linked or right.start in words.breaks):
                continue
            end = right.start - linked
            for own in range(1, min(right.end - right.start, end + 1)):
                row = (*mended[end - own : end], *mended[right.start + own : right.end])
                named = self._exact.get(row) or self._singular.get(tuple(map(singular, row)))
                if named and named[0].kind != "guide":
                    # What stands there by itself is rather meant where it is one word only.
                    yield Match(end - own, end, 90.0 if own == 1 else 100.0, tuple(named), True)

    def _rows(self, words: MessageWords, mended: tuple[str, ...]) -> Iterator[Match]:
        singulars = tuple(map(singular, mended))
        for start in range(len(mended)):
            longest = max(self._longest.get(mended[start], 0), self._longest.get(singulars[start], 0))
            for end in range(start + 1, min(len(mended), start + longest) + 1):
                if words.breaks.get(end - 1) == 2 and end - 1 > start:  # noqa: PLR2004  a new sentence
                    break
                row = mended[start:end]
                named = self._exact.get(row) or self._plural.get(row) or self._singular.get(singulars[start:end])
                if named and self._meant(words, start, end, named[0].kind):
                    score = fuzz.ratio(" ".join(words.tokens[start:end]), " ".join(row))
                    yield Match(start, end, score, tuple(named), True)

    def _meant(self, words: MessageWords, start: int, end: int, kind: SpanKind) -> bool:
        """Not an English word that happens to be spelt like a short name."""
        last = words.tokens[end - 1]
        if end - start == 1:
            among = COMMON_PLACES if kind == "country" else COMMON_WORDS
            guarded = len(last) <= GUARDED_LETTERS and self._english.common(last, among)
            return not guarded or start in words.capitals
        if len(last) == 1 and self._english.common(last, 100) and (end - 1) not in words.glued:
            # "b-c-a" is a name, "is b c a good start" is not: the lone letter must stand at an end
            return end == len(words.tokens) or start == 0 or all(len(word) == 1 for word in words.tokens[start:end])
        return True

    def _any_order(self, words: MessageWords, mended: tuple[str, ...]) -> Iterator[Match]:
        stems = [stem(word) for word in mended]
        for start, first in enumerate(stems):
            if first not in self._bag_words or mended[start] in FILLERS:
                continue
            bag = {first}
            for end in range(start + 1, min(len(stems), start + 2 * MAX_BAG_WORDS)):
                if end in words.breaks:
                    break
                if mended[end] in FILLERS:
                    continue
                if stems[end] not in self._bag_words or stems[end] in bag:
                    break
                bag.add(stems[end])
                named = self._bags.get(frozenset(bag))
                if named:
                    yield Match(start, end + 1, 90.0, tuple(named), False)

    def _spoken(self, words: MessageWords) -> Iterator[Match]:
        letters = [word if len(word) == 1 else LETTER_NAMES.get(word, "") for word in words.literal]
        start = 0
        while start < len(letters):
            end = start
            while end < len(letters) and letters[end] and letters[end].isalpha():
                end += 1
            for first in range(start, end):
                for last in range(min(end, first + self._longest_spoken), first + MIN_SPOKEN - 1, -1):
                    named = self._exact.get(("".join(letters[first:last]),))
                    if named and "".join(letters[first:last]) in self.abbreviations:
                        yield Match(first, last, 95.0, tuple(named), True)
                        break
            start = end + 1


def _only(matches: Iterable[Match], *, guides: bool) -> Iterator[Match]:
    for match in matches:
        named = tuple(named for named in match.named if (named.kind == "guide") == guides)
        if named:
            yield Match(match.start, match.end, match.score, named, match.whole)


def _best(found: Iterable[Match]) -> list[Match]:
    taken: set[int] = set()
    chosen = []
    for match in sorted(found, key=_worst):
        if taken.isdisjoint(range(match.start, match.end)):
            taken.update(range(match.start, match.end))
            chosen.append(match)
    return sorted(chosen, key=lambda match: match.start)


def _worst(match: Match) -> tuple[int, bool, bool, float, int]:
    """The order of matches, best first: longer, written as a name, of a thing rather than of a setting."""
    return (match.start - match.end, not match.whole, match.named[0].kind == "setting", -match.score, match.start)


def _append(found: list[NameMeaning], named: NameMeaning) -> None:
    for at, other in enumerate(found):
        if (other.kind, other.id) == (named.kind, named.id):
            found[at] = NameMeaning(named.kind, named.id, named.own or other.own)
            return
    found.append(named)


def _names(base: KnowledgeBase) -> Iterable[tuple[SpanKind, str, str, bool, bool]]:
    """Kind, id, name, whether it is the thing's own, whether it is an abbreviation."""
    for entity in base.entities.values():
        kind = base.kinds[entity.id]
        yield kind, entity.id, entity.name, True, False
        if entity.abbreviation:
            yield kind, entity.id, entity.abbreviation, True, True
        for name in (*entity.aliases, *(former.name for former in entity.former_names)):
            yield kind, entity.id, name, False, False
    for country in base.assessment.countries:
        for name in (country.name, *country.aliases, *country.parts):
            yield "country", country.id, name, True, False
    for background in base.assessment.backgrounds:
        for name in (background.name, *background.aliases):
            yield "background", background.id, name, True, False
    for setting in base.assessment.settings:
        for name in (setting.name, *setting.aliases):
            yield "setting", setting.id, name, True, False
    for guide in base.guides.values():
        for name in guide.aliases:
            yield "guide", guide.id, name, False, False
