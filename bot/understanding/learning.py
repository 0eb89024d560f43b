"""From a knowledge base to everything that understanding learns: names, spelling, topics, confidence."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bot.knowledge.base import KnowledgeBase
from bot.understanding import cache
from bot.understanding.context import left_out
from bot.understanding.decision import Calibration, Evidence, summit
from bot.understanding.entities import Lexicon
from bot.understanding.features import HINT, MARKS
from bot.understanding.spelling import Speller
from bot.understanding.template import Templates, essence, slotted
from bot.understanding.topics import OUTSIDE, Example, TopicRecogniser, is_named
from bot.understanding.trained import recalled, trained
from bot.understanding.vocabulary import Vector, WordVectors, likeness, word_vectors

USED_OFTEN = 2  # phrasings
SELDOM = 0.03
NEAR = -0.93  # score that a tenth of a topic's messages reach for another topic, if the two are near
NEAR_SHARE = 0.9
ORDINARY_WORDS = 400  # of the vector table: so frequent that they say nothing of what a message is about


class OutOfVocabulary:
    """Tells words that have nothing to do with what is asked here.

    `used` are the words of more than one phrasing of ours: a word of a single one is as good as
    unseen, so that confidence can be learnt from the same phrasings.
    """

    def __init__(self, used: Sequence[str], vectors: WordVectors) -> None:
        self.used = tuple(used)
        self._used = frozenset(used)
        self._vectors = vectors
        near = [vectors.direction(word) for word in used if not vectors.common(word, ORDINARY_WORDS)]
        self._directions = np.array([row for row in near if row is not None], np.float32).reshape(-1, vectors.size)

    def strangeness(self, word: str) -> float:
        """0 for a word that is used, up to 1 for one far in meaning from all that are."""
        if word in self._used or word.isdigit():
            return 0.0
        known = self._vectors.direction(word)
        if known is None or not len(self._directions):
            return 1.0
        return 1.0 - max(0.0, float(likeness(self._directions, known).max()))


@dataclass(frozen=True)
class Learnt:
    """All that was learnt.

    `owed` is the share of a topic's phrasings that name something; `near` are the pairs of topics
    of which the messages for one look like messages for the other: shape (classes, classes).
    `phrased` maps the `essence` of every phrasing to its class, where it has only one.
    """

    vectors: WordVectors
    lexicon: Lexicon
    templates: Templates
    speller: Speller
    recogniser: TopicRecogniser
    calibration: Calibration
    out_of_vocabulary: OutOfVocabulary
    owed: Mapping[str, float]
    near: npt.NDArray[np.bool_]
    phrased: Mapping[tuple[str, ...], str]

    def evidence(
        self, scores: Vector, template: Sequence[str], named: bool, guided: bool, without: str = ""
    ) -> tuple[str, str, Evidence]:
        """The best topic, the next, and what speaks for the best; the topic `without` is not considered.

        With something `named`, topics that never name anything ("hello") are out of the question.
        """
        recogniser = self.recogniser
        topical = recogniser.topical & self.naming if named else recogniser.topical
        if without in recogniser.classes:
            topical = topical & (np.arange(len(topical)) != recogniser.classes.index(without))
        best, second, first, ahead, above, inside = summit(scores, topical, recogniser.outside)
        topic = recogniser.classes[best]
        telling = [word for word in template if self.tells(word)]
        strangeness = [self.out_of_vocabulary.strangeness(word) for word in telling]
        total = sum(strangeness)
        mean = total / len(telling) if telling else 0.0
        ours = recogniser.belongs(scores, named)
        return (
            topic,
            recogniser.classes[second],
            Evidence(first, ahead, above, inside, ours, named, guided, mean, total, self.owed.get(topic, 0.0)),
        )

    def are_near(self, topic: str, other: str) -> bool:
        """Whether who asks for one topic may well have meant the other."""
        classes = self.recogniser.classes
        return bool(self.near[classes.index(topic), classes.index(other)])

    @cached_property
    def naming(self) -> npt.NDArray[np.bool_]:
        """The classes whose phrasings name something at least now and then."""
        return np.array([self.owed.get(name, 0.0) >= SELDOM for name in self.recogniser.classes], bool)

    def tells(self, word: str) -> bool:
        """Whether a word of a template is about something."""
        return word[0] not in MARKS and not self.vectors.common(word, ORDINARY_WORDS)


def learn(base: KnowledgeBase) -> Learnt:
    """Learn from `base`, or take from the cache what was learnt from the same before."""
    vectors = word_vectors()
    lexicon = Lexicon(base, vectors)
    templates = Templates(base, lexicon)
    key = _key(base)
    arrays = cache.load(key)
    if arrays is not None:
        try:
            counts = _unpack(arrays["counts"])
            kept = recalled(str(arrays["trained"]), vectors)
            if kept is None:
                raise KeyError("trained")
            recogniser = kept.recogniser
            speller = Speller(counts, vectors.rank, lexicon.frozen, str(arrays["slips"]).split())
            return Learnt(
                vectors, lexicon, templates, speller, recogniser,
                Calibration(*(tuple(arrays[name].tolist()) for name in ("belonging", "fitting", "either"))),
                OutOfVocabulary(str(arrays["used"]).split("\n"), vectors),
                dict(zip(recogniser.classes, arrays["owed"].tolist(), strict=True)),
                arrays["near"].astype(np.bool_),
                dict(_phrasing(line) for line in str(arrays["phrased"]).split("\n") if line),
            )  # fmt: skip
        except (KeyError, ValueError, IndexError):
            pass  # written by something else: learn anew
    learnt, counts, trained_as = _learn(base, vectors, lexicon, templates)
    arrays = {
        "trained": np.array(trained_as),
        "counts": _pack(counts),
        "slips": np.array(" ".join(learnt.speller.slips)),
        "used": np.array("\n".join(learnt.out_of_vocabulary.used)),
        "belonging": np.array(learnt.calibration.belonging),
        "fitting": np.array(learnt.calibration.fitting),
        "either": np.array(learnt.calibration.either),
        "owed": np.array([learnt.owed.get(name, 0.0) for name in learnt.recogniser.classes]),
        "near": learnt.near,
        "phrased": np.array("\n".join(f"{label} {' '.join(words)}" for words, label in learnt.phrased.items())),
    }
    cache.store(key, arrays)
    return learnt


def labelled(base: KnowledgeBase, *, held_out: bool = False) -> Iterator[tuple[str, str]]:
    """Every phrasing with its class; messages that are none of our business have classes of their own.

    The example of a topic is learnt from too.
    """
    if not held_out:
        yield from ((topic.example, topic.id) for topic in base.topics.values())
    for prefix, group in (("", base.phrasings), (OUTSIDE, base.out_of_scope)):
        for name, record in group.items():
            if prefix or name in base.topics:
                for text in record.held_out if held_out else record.phrasings:
                    yield text, f"{prefix}{name}"


def _learn(
    base: KnowledgeBase, vectors: WordVectors, lexicon: Lexicon, templates: Templates
) -> tuple[Learnt, Counter[str], str]:
    counts: Counter[str] = Counter(lexicon.words)
    uses: Counter[str] = Counter()
    examples: list[Example] = []
    messages = [(slotted(text), label) for text, label in labelled(base)]
    for words, label in messages:
        if not label.startswith(OUTSIDE):
            counts.update(words.tokens)
    speller = Speller(counts, vectors.rank, lexicon.frozen)
    for words, label in messages:
        mended = speller.mend(words.tokens)
        matches, guides = lexicon.find_all(words, mended)
        template = templates.of(mended, matches)
        steers = label in base.topics and base.topics[label].meta
        examples.append(Example(template, label, bool(guides), steers))
        if not label.startswith(OUTSIDE):
            uses.update(set(template))
    # What is named only in messages that are none of our business must not speak against us.
    examples = [
        replace(example, words=tuple(word for word in example.words if word[0] != HINT or uses[word] >= USED_OFTEN))
        for example in examples
    ]
    named = [example.words for example in examples if not (example.steers or example.label.startswith(OUTSIDE))]
    found = trained(examples, [words for template in named[::2] for words in left_out(template)], vectors)
    out_of_vocabulary = OutOfVocabulary([word for word, count in uses.items() if count >= USED_OFTEN], vectors)
    unseen, scores = [examples[index] for index in found.at], found.scores
    learnt = Learnt(
        vectors, lexicon, templates, speller, found.recogniser, Calibration((), (), ()), out_of_vocabulary,
        _owed(examples), _near(found.recogniser.classes, unseen, scores), _phrased(examples),
    )  # fmt: skip
    return replace(learnt, calibration=_calibrate(learnt, unseen, scores)), counts, found.key


def _phrased(examples: Sequence[Example]) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], set[str]] = {}
    for example in examples:
        found.setdefault(essence(example.words), set()).add(example.label)
    return {words: min(labels) for words, labels in found.items() if words and len(labels) == 1}


def _phrasing(line: str) -> tuple[tuple[str, ...], str]:
    label, *words = line.split(" ")
    return tuple(words), label


def _owed(examples: Sequence[Example]) -> dict[str, float]:
    total = Counter(example.label for example in examples)
    named = Counter(example.label for example in examples if is_named(example.words))
    return {label: named[label] / count for label, count in total.items()}


def _near(classes: Sequence[str], unseen: Sequence[Example], scores: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """Which topics' messages look alike to models that did not learn from them."""
    labels = np.array([example.label for example in unseen])
    near = np.zeros((len(classes), len(classes)), np.bool_)
    for at, name in enumerate(classes):
        rows = scores[labels == name]
        if len(rows):
            near[at] = np.quantile(rows, NEAR_SHARE, axis=0) >= NEAR
    found: npt.NDArray[np.bool_] = near | near.T
    return found


def _calibrate(learnt: Learnt, unseen: Sequence[Example], scores: npt.NDArray[np.float32]) -> Calibration:
    """The confidence that fits what a model says about examples it did not learn from."""
    seen: list[Evidence] = []
    ours: list[bool] = []
    places: list[int] = []
    for example, row in zip(unseen, scores, strict=True):
        first, second, found = learnt.evidence(row, example.words, is_named(example.words), example.guided)
        seen.append(found)
        ours.append(not example.label.startswith(OUTSIDE))
        places.append((first, second, example.label).index(example.label))
    return Calibration.learn(seen, ours, places)


def _key(base: KnowledgeBase) -> str:
    digest = hashlib.sha256(cache.code_digest().encode())
    for text, label in labelled(base):
        digest.update(f"{label}\0{text}\0".encode())
    for entity in base.entities.values():
        names = (entity.id, entity.name, entity.abbreviation or "", *entity.aliases, *map(str, entity.former_names))
        digest.update("\0".join(names).encode())
    for role in base.roles.values():
        digest.update("\0".join((role.id, *role.short_names)).encode())
    for guide in base.guides.values():
        digest.update("\0".join((guide.id, *guide.aliases)).encode())
    digest.update(base.assessment.model_dump_json().encode())
    return digest.hexdigest()


def _pack(counts: Counter[str]) -> npt.NDArray[np.generic]:
    return np.array("\n".join(f"{word} {count}" for word, count in counts.items()))


def _unpack(packed: npt.NDArray[np.generic]) -> Counter[str]:
    pairs = (line.rsplit(" ", 1) for line in str(packed).split("\n") if line)
    return Counter({word: int(count) for word, count in pairs})
