"""From a message to what it needs of us: whole, however long, and with what is not meant put aside first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.listening import NeedGroup
from bot.understanding.listening.apart import Elsewhere, listed
from bot.understanding.listening.classifier import NeedEvidence
from bot.understanding.listening.cues import Hit, folded, hits, kind_of, phrase_of, words_of
from bot.understanding.listening.languages import languages
from bot.understanding.listening.learning import learnt
from bot.understanding.listening.parts import Phrase, parts
from bot.understanding.listening.patterns import Possible, Sentences, as_sentences
from bot.understanding.listening.prepared import prepared
from bot.understanding.listening.slips import Slips, undisguised
from bot.understanding.listening.weighing import SURE, weighings
from bot.understanding.normalise import MAX_CHARACTERS, clean, normalise
from bot.understanding.normalise import MessageWords as Tokens
from bot.understanding.vocabulary import word_vectors

# What was heard in short messages is remembered: many people send the same. Long ones are everybody's own.
SHORT, KEPT = 100, 1024
AT_HAND = 16  # messages whose evidence is kept: a turn asks for the same one several times
CRISIS: NeedGroup = "crisis"
AtRisk = Literal["at_risk"]
AT_RISK: AtRisk = "at_risk"  # danger that is likely enough to be spoken of, and too unlikely to speak of nothing else
BLIND = 0.9  # share of words that the models do not know: a phrase of another language is believed without them
CUED = 0.33  # of the chance that is asked of danger: so much is enough beside a pattern that was found
SHORTEST = 3  # fewer words that a pattern found say too little to be read by themselves
AT_ONCE = 0.2  # of that again where every minute counts: such a pattern says what there is
HINT, PLAIN_DANGER = 0.5, 2.0  # … and so much is a hint after a danger was told, or overrides that it is denied
ABROAD = 0.65  # chance that is asked of likeness in a language of which the models know little
_SENTENCE_END = re.compile(r"[.?!;,\n]+")
MINOR: NeedGroup = "under_age"
ABOUT_BOT: NeedGroup = "about_bot"
PLAIN: NeedGroup = "plain"
CERTAIN: tuple[NeedGroup, ...] = (
    MINOR,
    "feeling",
)  # told by a pattern they are certain; what is only like one adds to it


@dataclass(frozen=True)
class Heeded:
    """One need that was found: its kind (a file of `en/listening/`), the languages it was told in, and why.

    `sure` is false where only a middling likeness to examples speaks for it: then an answer to the message goes first;
    `chance` is how likely it is.
    A pattern that was found `counts`, a phrase of another language twice: the models know little of those, and nothing
    where the message is written in that language (`native`).
    """

    kind: str
    need: NeedGroup | AtRisk
    languages: tuple[str, ...] = ()
    why: str = ""
    sure: bool = True
    chance: float = 1.0
    counts: int = 0
    native: bool = False


@dataclass(frozen=True)
class _Weighed:
    """A need that a message may have: how `likely` danger must be to be spoken of at all, and from which chance, the
    `least`, the need is taken to be there."""

    chance: float
    least: float
    likely: float
    heeded: Heeded


class Listener:
    """Listens for the needs of one knowledge base. Never changes after construction: safe to share."""

    def __init__(self, base: KnowledgeBase) -> None:
        listening = base.listening
        self._common = {name: frozenset(words) for name, words in listening.words.languages.items()}
        needs = listening.needs.values()
        said = listening.words
        texts = [
            *said.not_meant,
            *said.idioms,
            *listed(said.apart),
            *(text for need in needs for text in (*need.cues, *need.unless)),
        ]
        ready = prepared(texts, said.sets)
        self._not_meant, self._idioms = (tuple(ready[text] for text in row) for row in (said.not_meant, said.idioms))
        self._elsewhere = Elsewhere(said.apart, ready)
        self._foreign = tuple(phrase_of(phrase) for phrases in said.not_meant_in.values() for phrase in phrases)
        self._kinds = tuple(kind_of(name, need, ready) for name, need in listening.needs.items())
        patterns = (*self._not_meant, *self._idioms, *(cue for kind in self._kinds for cue in kind.cues))
        self._at_once = frozenset(name for name, need in listening.needs.items() if need.line == "emergency")
        self._tongues = frozenset(language for need in listening.needs.values() for language in need.foreign)
        self._needs = {name: need.need for name, need in listening.needs.items()}
        self._dangers = frozenset([CRISIS, *(name for name, need in listening.needs.items() if need.need == CRISIS)])
        self._denying = frozenset(name for name, need in listening.needs.items() if need.denies)
        self._possible = Possible(ready.values())
        self._slips = Slips({word for pattern in patterns for word in pattern.words}, word_vectors().rank)
        self._classifier = learnt(base, self.meant)
        self._weighings = weighings()
        self._heard = lru_cache(KEPT)(self._listened)
        self.evidence = lru_cache(AT_HAND)(self._gathered)

    def listen(self, text: str) -> tuple[Heeded, ...]:
        """The needs of a message, those in danger first, then the surest. Never fails."""
        return self._heard(text) if len(text) <= SHORT else self._listened(text)

    def hints(self, text: str) -> bool:
        """Whether something in a message speaks for danger, though less than is believed by itself."""
        return self._danger(text) >= HINT

    def denies(self, text: str) -> bool:
        """Whether somebody says that there is no danger, and nothing plainly speaks against that."""
        _, cued = self.evidence(text)
        if any(hit.need == CRISIS for hit in cued.values()) or self._danger(text) >= PLAIN_DANGER:
            return False
        return not self._denying.isdisjoint(cued) or any(
            found.kind in self._denying and found.sure for found in self.listen(text)
        )

    def _danger(self, text: str) -> float:
        """How likely a message tells of danger, as a share of what is asked of it."""
        found = (one.chance / (one.least or 1) for one in self._weighed(text) if one.heeded.need == CRISIS)
        return max(found, default=0.0)

    def spoken(self, text: str) -> tuple[str, ...]:
        """The languages of a message, as far as they are told apart here."""
        return languages(folded(text).split(), self._common)

    def _listened(self, text: str) -> tuple[Heeded, ...]:
        weighed = self._weighed(text)
        found = [one.heeded for one in weighed if one.chance >= one.least]
        found += [
            replace(one.heeded, need=AT_RISK)
            for one in weighed
            if one.heeded.need == CRISIS and one.likely <= one.chance < one.least
        ]
        return tuple(sorted(found, key=lambda item: item.need != CRISIS))

    def _weighed(self, text: str) -> list[_Weighed]:
        """Every need that a message may have, of each group one, the likeliest first."""
        evidence, cued = self.evidence(text)
        words = len(text.split())
        spoken = self.spoken(text)
        found: list[_Weighed] = []
        for group in sorted({kind.need for kind in self._kinds} - self._ours(cued)):
            hit = self._likeliest(group, evidence, cued)
            weighing = self._weighings.of(group, words)
            blind = group not in evidence or (evidence[group].unknown > BLIND and hit is not None and hit.counts > 1)
            if blind or weighing is None or (hit is not None and (group in CERTAIN or hit.native)):
                found += [_Weighed(1.0, 0.0, 0.0, hit)] if hit is not None and hit.counts else []
                continue
            counts = hit.counts if hit is not None else 0
            chance = weighing.chance(evidence[group], cued=counts)
            asked = CUED if counts and group == CRISIS else 1.0
            asked *= AT_ONCE if counts and hit is not None and hit.kind in self._at_once else 1.0
            least, likely = weighing.least * asked, weighing.likely * asked
            if not counts and group == CRISIS and not self._tongues.isdisjoint(spoken[:1]):
                least, likely = max(least, ABROAD), max(likely, least)
            if hit is None or not counts:
                kind = hit.kind if hit is not None else self._nearest(group, evidence)
                sure = chance >= SURE or group == MINOR
                hit = Heeded(kind, group, spoken, f"like examples of it ({chance:.2f})", sure, chance)
            found.append(_Weighed(chance, least, likely, hit))
        return sorted(found, key=lambda one: (-one.chance, one.heeded.kind))

    def _nearest(self, group: NeedGroup, evidence: Mapping[str, NeedEvidence]) -> str:
        """The kind of a group that examples speak for most."""
        kinds = [kind.name for kind in self._kinds if kind.need == group and kind.name in evidence]
        return max(kinds, key=lambda name: _total(evidence[name]))

    def _ours(self, cued: Mapping[str, Heeded]) -> set[NeedGroup]:
        """Groups that are not weighed: the plain one, and what is asked about us where a pattern of that is found."""
        plain = any(kind.need == PLAIN and kind.name in cued for kind in self._kinds)
        return {PLAIN, ABOUT_BOT} if plain else {PLAIN}

    def _likeliest(
        self, group: NeedGroup, evidence: Mapping[str, NeedEvidence], cued: Mapping[str, Heeded]
    ) -> Heeded | None:
        """Of what patterns found of a group: what bears no delay, else what examples speak for most."""
        found = [kind.name for kind in self._kinds if kind.need == group and kind.name in cued]
        found.sort(
            key=lambda name: (
                not cued[name].counts,
                name not in self._at_once,
                -_total(evidence[name]) if name in evidence else 0,
            )
        )
        return cued[found[0]] if found else None

    def _gathered(self, text: str) -> tuple[Mapping[str, NeedEvidence], Mapping[str, Heeded]]:
        """What speaks for each group and kind of need in a message: what was learnt, and the patterns found."""
        shown = clean(text).strip()
        plain = said = f" {folded(shown)} "
        for phrase in self._foreign:
            plain = plain.replace(phrase, " ")
        shown = shown if plain == said else plain
        words = normalise(undisguised(shown), MAX_CHARACTERS)
        sentences, idiomatic = self._meant(words)
        kept = Sentences(sentences, self._possible)
        # "Not in danger" is not meant as danger, but it is what denies.
        whole = Sentences(as_sentences(words, words.tokens), self._possible)
        found = self._hits(whole, kept, plain)
        spoken = languages(plain.split(), self._common)
        cued = {
            name: Heeded(
                name,
                self._needs[name],
                languages(plain.split(), self._common, hit.spoken),
                hit.why,
                counts=0 if hit.hinted else 2 if hit.spoken else 1,
                native=self._tells_all(hit, shown, spoken),
            )
            for name, hit in found.items()
        }
        if self._classifier is None:
            return {}, cued
        # What a pattern found is read by itself too: a question in the same breath must not drown it.
        alone = [hit.words for name, hit in found.items() if name in self._dangers and len(hit.words) >= SHORTEST]
        read = tuple(dict.fromkeys((*parts(sentences, words.breaks), *alone)))
        meant = words_of(sentences)
        told = self._classifier.evidence(shown, meant, read)
        if not idiomatic and plain == said:
            return told, cued
        # Of danger an idiom says nothing, neither to the encoder; of weariness it may.
        calm = self._classifier.evidence(" ".join(meant), meant, read) if len(meant) > SHORTEST else {}
        return {name: one for name, one in told.items() if name not in self._dangers} | {
            name: one for name, one in calm.items() if name in self._dangers
        }, cued

    def _hits(self, whole: Sentences, meant: Sentences, plain: str) -> dict[str, Hit]:
        """What patterns found, by kind: all of a text where a kind denies, else what is meant of it."""
        found: dict[str, Hit] = {}
        for kind in self._kinds:
            read = whole if kind.name in self._denying else meant
            for name, hit in hits(kind, read, plain, self._elsewhere).items():
                if name not in found or found[name].hinted:
                    found[name] = hit
        return found

    def _tells_all(self, hit: Hit, shown: str, spoken: tuple[str, ...]) -> bool:
        """Whether a phrase of another language is believed whatever the models say of the words around it: in a message
        or a sentence of its language, and a whole phrase of one that the models know nothing of, or of one that nothing
        else in the message is of: nobody changes the language for a figure of speech.
        """
        if hit.spoken is None:
            return False
        whole = not hit.why.isascii() or " " in hit.why.strip()
        sentences = (f" {folded(sentence)} " for sentence in _SENTENCE_END.split(shown))
        said = (languages(sentence.split(), self._common) for sentence in sentences if hit.why in sentence)
        own = any((hit.spoken,) == found[:1] for found in (spoken, *said))
        beside = folded(shown).replace(hit.why.strip(), " ").split()
        return own or (whole and hit.spoken not in languages(beside, self._common))

    def kinds(self) -> tuple[tuple[str, NeedGroup], ...]:
        """All kinds of need with their groups."""
        return tuple((kind.name, kind.need) for kind in self._kinds)

    def _meant(self, words: Tokens, *, learning: bool = False) -> tuple[str, bool]:
        """The words as patterns read them, what is not meant masked, and whether idioms were among that, or what is
        told of another time or of nobody; from that one may be learning.
        """
        tokens = self._slips.mend(words.tokens)
        given = as_sentences(words, tokens)
        literal = self._possible.masked(given, self._idioms)
        literal = literal if learning else self._elsewhere.hushed(literal)
        return self._possible.masked(literal, self._not_meant), literal != given

    def meant(self, text: str) -> tuple[Phrase, ...]:
        """The words of a text that are meant, then those of each of its parts."""
        words = normalise(undisguised(clean(text)), MAX_CHARACTERS)
        sentences, _ = self._meant(words, learning=True)
        return words_of(sentences), *parts(sentences, words.breaks)


def _total(evidence: NeedEvidence) -> float:
    return evidence.close + evidence.light + evidence.close_part + evidence.light_part
