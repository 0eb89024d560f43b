"""What speaks for a statement as the answer to a question, as numbers: no word of any field or language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bot.knowledge.base import KnowledgeBase
from bot.understanding.finding.index import Index
from bot.understanding.finding.lexical import Lexical, words
from bot.understanding.linear import Matrix
from bot.understanding.statements import Statement
from bot.understanding.vocabulary import Vector, likeness

WANTED = 40  # candidates that are looked at closely
BY_WORDS = 0.15  # how much the lexical scores count beside a cosine when candidates are drawn

VIEWS = ("own", "story", "carried", "before")  # ways to read a question; one that it lacks is its own
_LIKENESSES = ("placed", "asked", "near")
NAMES = (
    *(f"{kind}_{view}{behind}" for view in VIEWS for kind in _LIKENESSES for behind in ("", "_behind")),
    *(f"by_{kind}_{view}{end}" for view in ("own", "long") for kind in ("text", "asked") for end in ("", "_behind")),
    "covered", "central", "verbatim",
    "named", "named_by_guide", "aside", "of_its_body", "other_of_kind", "other", "subject", "usual", "unnamed_usual",
    "unnamed_special", "guide_named", "guide_general", "guide_other", "country", "abroad", "not_abroad",
    "background", "other_background",
    "topic", "best_topic", "unknown", "first", "label", "myth", "summary", "has_askings", "length",
)  # fmt: skip
NEAR, COVERED = NAMES.index("near_own"), NAMES.index("covered")
CENTRE = 6  # the likeliest candidates: what most of them say is likelier
VERBATIM = 0.95  # likeness from which a question is a known one, word for word or nearly
LONG = 40  # words of a long statement


@dataclass(frozen=True)
class Asked:
    """One question: its text as it is read, and what is known of it.

    `named` are the entities it names, `aside` those named beside it in the same message, `subjects` those it is about
    (from the conversation, perhaps, or by default); `topics` maps topics to how likely each is asked; `guides` are
    those whose words it uses. `story` is the whole message that it is a part of; `carried` names what the conversation
    is about and the question leaves out, `before` is the question before, where this one leans on it; `said` is the
    id of a sentence that was just given, and is no answer to it, `file` that of the guide that is talked of. `matters`
    are what it names that has a price of its own: the price of something else is no answer. With `paid` it asks who
    pays: how much is none.
    """

    text: str
    named: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    topics: Mapping[str, float] = field(default_factory=dict)
    guides: tuple[str, ...] = ()
    country: str | None = None
    backgrounds: tuple[str, ...] = ()
    story: str = ""
    carried: tuple[str, ...] = ()
    before: str = ""
    said: str = ""
    file: str = ""
    matters: tuple[str, ...] = ()
    paid: bool = False

    def views(self) -> tuple[str, ...]:
        """The texts it is read as, in the order of `VIEWS`."""
        return (
            self.text,
            self.story or self.text,
            f"{', '.join(self.carried)}: {self.text}" if self.carried else self.text,
            f"{self.before} {self.text}" if self.before else self.text,
        )

    @property
    def long(self) -> str:
        """All its words, with those of the story or of the question before."""
        return " ".join(dict.fromkeys((self.story or self.text, *self.carried, self.before)))


class Features:
    """Compares questions with the statements of an index."""

    def __init__(self, base: KnowledgeBase, index: Index) -> None:
        self.base = base
        self.index = index
        self._said = Lexical([" ".join((item.text, *item.asked)) for item in index.statements])

    def candidates(self, asked: Asked, directions: Vector) -> tuple[npt.NDArray[np.intp], Matrix]:
        """The statements that may answer, shape (n,), and what speaks for each, shape (n, len(NAMES)).

        `directions` are those of the question's views.
        """
        texts = asked.views()
        unique = list(dict.fromkeys(texts))
        placed, nearest = self.index.likenesses(directions[[texts.index(text) for text in unique]])
        near = np.maximum(placed, nearest)
        views = [unique.index(text) for text in texts]
        words_own, words_long = words(asked.text), words(asked.long)
        own = self._worded(words_own)
        worded = [*own, *(own if words_long == words_own else self._worded(words_long))]
        likely = near.mean(axis=0) + BY_WORDS * np.sum(worded, axis=0)
        chosen = np.argsort(-likely)[:WANTED]
        rows = []
        for one in [row for at in views for row in (placed[at], nearest[at], near[at])] + worded:
            rows += [one[chosen], one[chosen] - one.max()]
        centre = self.index.placed[chosen[:CENTRE]].mean(axis=0)
        rows += [self._covered(words_own, chosen), likeness(self.index.placed[chosen], centre)]
        rows.append((near[views[0]][chosen] >= VERBATIM).astype(np.float32))
        further = self._further(asked, [self.index.statements[at] for at in chosen])
        found: Matrix = np.concatenate([np.array(rows, np.float32).T, np.array(further, np.float32)], axis=1)
        return chosen, found

    def _worded(self, telling: Sequence[str]) -> list[Vector]:
        """The lexical scores of every statement, and of its askings, as shares of what the words tell."""
        most = np.float32(sum(self.index.by_text.rarity(word) for word in set(telling)) or 1.0)
        return [scores.scores(telling) / most for scores in (self.index.by_text, self.index.by_asked)]

    def _covered(self, telling: Sequence[str], chosen: npt.NDArray[np.intp]) -> Vector:
        """How much of what the question's words tell stands in each statement or its askings, 0..1."""
        rarity = {word: self.index.by_text.rarity(word) for word in set(telling)}
        total = sum(rarity.values()) or 1.0
        found = np.zeros(len(chosen))
        for word, rare in rarity.items():
            found += self._said.has(word, chosen) * rare
        return (found / total).astype(np.float32)

    def _further(self, asked: Asked, items: Sequence[Statement]) -> list[list[float]]:
        """What is named, where, and of which topic, beside what is asked: a row for each statement."""
        base, kinds = self.base, self.base.kinds
        named, backgrounds, usual = set(asked.named), set(asked.backgrounds), base.field.default_entity
        bodies = {base.certifications[thing].issuer for thing in named if thing in base.certifications}
        named_kinds = {kinds[thing] for thing in named if thing in kinds}
        here = asked.country if asked.country != base.field.default_country else None
        best_topic = max(asked.topics, key=lambda name: asked.topics[name], default="")

        def row(item: Statement) -> tuple[float, ...]:
            owner = item.entities[0] if item.entities and item.guide is None and item.myth is None else None
            same_kind = owner is not None and kinds[owner] in named_kinds
            guide = base.guides[item.guide] if item.guide else None
            return (
                owner in named or (item.myth is not None and not named.isdisjoint(item.entities)),
                guide is not None and not named.isdisjoint(item.entities),
                owner in asked.aside,
                owner in bodies,
                same_kind and owner not in named,
                owner is not None and bool(named) and not same_kind and owner not in named and owner not in bodies,
                owner in asked.subjects,
                owner == usual,
                not named and owner == usual,
                not named and owner is not None and owner != usual and owner not in asked.subjects,
                guide is not None and guide.id in asked.guides,
                guide is not None and guide.general,
                guide is not None and not guide.general and guide.id not in asked.guides,
                here is not None and here in item.countries,
                bool(item.countries) and item.countries != (base.field.default_country,) and here not in item.countries,
                here is not None and here not in item.countries,
                not backgrounds.isdisjoint(item.backgrounds),
                bool(item.backgrounds) and backgrounds.isdisjoint(item.backgrounds),
                asked.topics.get(item.topic, 0.0),
                item.topic == best_topic,
                not item.known,
                item.place == 0,
                item.label is not None,
                item.myth is not None,
                item.record is None,
                bool(item.asked),
                min(len(item.text.split()) / LONG, 1.0),
            )  # fmt: skip

        return [list(map(float, row(item))) for item in items]
