"""Verdicts on decisions that are no choice between things of ours: by rules, and by what the person told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from bot.advice.planner.person import person_of
from bot.advice.profile import Profile
from bot.advice.verdicts.choices import fits
from bot.advice.wording import Said, said
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.dilemmas import Dilemma, Happening, Told
from bot.understanding.finding.support import ANSWER_FROM
from bot.understanding.listening.patterns import Possible, Sentences, as_sentences
from bot.understanding.listening.prepared import prepared
from bot.understanding.normalise import normalise
from bot.understanding.question import Question
from bot.understanding.statements import statements

WEIGHED = 2  # sentences on what the person told that follow a verdict
MOST = 4  # sentences in all
LIKELY = 3  # sentences found, of which one may tell what is to be decided …
LEAST = 0.15  # … and its share of belief, at least
KEPT = 64  # messages whose dilemma is remembered: a turn asks for it several times


class DilemmaJudge:
    """Decides the dilemmas of one knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base

    @cached_property
    def _patterns(self) -> _Patterns:
        return _Patterns(self.base)

    def of(self, question: Question, profile: Profile, *, above_all: bool = False) -> list[Said]:
        """What is to be said, first the verdict; nothing where no dilemma is asked about, or with `above_all` none that
        goes before everything else.
        """
        if not self.base.dilemmas.dilemmas:
            return []
        message = self._patterns.of(question.text, question.story)
        found = message.meant
        if above_all:
            found = found if found is not None and found.above_all else None
        else:
            found = found or self._near(question, message)
        return list(self._decided(found, message, profile)) if found is not None else []

    def befell(self, question: Question, profile: Profile, exam: str | None = None) -> Happening | None:
        """What somebody tells that befell them, in the `exam` that is spoken of; None where nothing of that is told."""
        if not self.base.dilemmas.happenings:
            return None
        message = self._patterns.of(question.story)
        named = any(span.kind in ("role", "certification") for span in question.spans)
        inside = bool(named or profile.role or profile.certifications or profile.years)
        happenings = self.base.dilemmas.happenings
        fitting = (item for item in happenings if (inside or not item.inside) and (exam or not item.asks))
        return next((item for item in fitting if message.says(item.told) and not message.says(item.unless)), None)

    def said_first(self, happening: Happening) -> list[Said]:
        """The sentences that somebody hears first whom it befell."""
        facts = [fact for guide in self.base.guides.values() for row in guide.facts.values() for fact in row]
        found = (next((fact for fact in facts if fact.say.startswith(line)), None) for line in happening.near)
        return [said(fact) for fact in found if fact is not None]

    def is_one(self, question: Question) -> bool:
        """Whether a message that seems to ask several things is one decision, which none of its parts is beside what
        is told.
        """
        if not question.apart or not self.base.dilemmas.dilemmas:
            return False
        whole = self._patterns.of(question.text).meant
        if whole is None:
            return False
        parts = [self._patterns.of(part.text, f"{question.told}. {part.text}").meant for part in question.apart]
        return whole not in parts if whole.above_all else not any(parts)

    def above_all(self, question: Question) -> bool:
        """Whether a message puts what goes before everything else, a feeling told with it too."""
        found = self._patterns.of(question.text).meant if self.base.dilemmas.dilemmas else None
        return found is not None and found.above_all

    def _near(self, question: Question, message: _Message) -> Dilemma | None:
        """The dilemma that a sentence found for the message belongs to, where it asks for a decision."""
        if not message.asks(self.base.dilemmas.decisions):
            return None
        for asking in reversed(question.askings):
            # Where something surely answers, only that counts.
            found = asking.found[: 1 if asking.support >= ANSWER_FROM else LIKELY]
            for item in found:
                owner = self._owners.get(item.statement.text)
                if owner is not None and item.weight >= LEAST and not message.says(owner.unless):
                    return owner
        return None

    @cached_property
    def _owners(self) -> Mapping[str, Dilemma]:
        """The dilemma of each sentence of the knowledge base that speaks of one."""
        known = [item.text for item in statements(self.base)]
        return {
            text: dilemma
            for dilemma in reversed(self.base.dilemmas.dilemmas)
            for text in known
            if text.startswith(dilemma.near)
        }

    def _decided(self, dilemma: Dilemma, message: _Message, profile: Profile) -> Iterator[Said]:
        person = person_of(self.base, profile)

        def fitting(cases: Iterable[Told]) -> Iterator[Said]:
            for case in cases:
                if fits(self.base, case, profile, person) and message.says_each(case.told, case.also):
                    yield said(case.verdict)

        verdict = next(fitting(dilemma.cases), None) or said(dilemma.verdict)
        weighed = [line for line in fitting(dilemma.weighs) if line != verdict][:WEIGHED]
        country = profile.country or self.base.field.default_country
        changes = (
            said(item)
            for item in dilemma.changes
            if not message.says(item.unless) and (not item.countries or country in item.countries)
        )
        yield verdict
        yield from [*weighed, *changes][: MOST - 1]


class _Patterns:
    """The patterns of all dilemmas, made ready."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.dilemmas = base.dilemmas.dilemmas
        self.ready = prepared(base.dilemmas.patterns, base.dilemmas.words)
        self.not_asked = tuple(self.ready[text] for text in base.dilemmas.not_asked)
        self.possible = Possible(self.ready.values())
        self.of = lru_cache(KEPT)(self._read)

    def _read(self, text: str, story: str = "") -> _Message:
        """A message, or one question of it with the `story` around it."""
        asked = self._sentences(text)
        return _Message(self, asked, self._sentences(story) if story not in ("", text) else asked)

    def _sentences(self, text: str) -> Sentences:
        words = normalise(text)
        return Sentences(self.possible.masked(as_sentences(words, words.tokens), self.not_asked), self.possible)


class _Message:
    """A message as patterns read it, all of it and what it asks; `meant` is the first dilemma that it asks about."""

    def __init__(self, patterns: _Patterns, asked: Sentences, whole: Sentences) -> None:
        self._ready, self._asked, self._sentences = patterns.ready, asked, whole
        self.meant = next(filter(self._means, patterns.dilemmas), None)

    def says(self, patterns: Iterable[str]) -> bool:
        """Whether one of some patterns stands in it."""
        return any(self._sentences.find(self._ready[text]) for text in patterns)

    def asks(self, patterns: Iterable[str]) -> bool:
        """Whether one of some patterns stands in what it asks."""
        return any(self._asked.find(self._ready[text]) for text in patterns)

    def says_each(self, *groups: Sequence[str]) -> bool:
        """Whether one pattern of each group stands in it; a group without any asks for nothing."""
        return all(not group or self.says(group) for group in groups)

    def _means(self, dilemma: Dilemma) -> bool:
        if not self.asks(dilemma.asked) or self.says(dilemma.unless):
            return False
        return self.says_each(dilemma.about, dilemma.also)
