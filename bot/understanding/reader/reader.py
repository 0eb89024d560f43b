"""Text → `Heard`: names, numbers and cues are found, then each kind of fact is read clause by clause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader import means
from bot.understanding.reader.ages import under_age
from bot.understanding.reader.aims import CORRECTED, goals, planned
from bot.understanding.reader.changes import changed
from bot.understanding.reader.clauses import Part, parts
from bot.understanding.reader.credentials import Credentials
from bot.understanding.reader.cues import Cues, TokenMarks
from bot.understanding.reader.exam_days import Exams
from bot.understanding.reader.heard import Amount, Clause, Heard, ToldFact
from bot.understanding.reader.jobs import Jobs
from bot.understanding.reader.limits import Limits
from bot.understanding.reader.merge import Known
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name, Names
from bot.understanding.reader.places import Places
from bot.understanding.reader.quantities import Quantities
from bot.understanding.reader.retractions import taken_back
from bot.understanding.reader.telling import Telling, Tellings
from bot.understanding.reader.tokens import NONE, Token, Tokenizer
from bot.understanding.reader.work_kinds import WorkKinds
from bot.understanding.reader.workplaces import settings
from bot.understanding.reader.years import Years
from bot.understanding.vocabulary import word_vectors

NOTHING_KNOWN = Known()
KEPT = 16  # messages whose parts are remembered: within a turn each is asked for more than once
Mend = Callable[[tuple[str, ...]], tuple[str, ...]]


class Reader:
    """Reads what people tell of themselves, in the words of one knowledge base. Safe to share.

    `mend` mends slips of the fingers, one word for one word.
    """

    def __init__(self, base: KnowledgeBase, mend: Mend | None = None) -> None:
        language = base.language
        self._base = base
        self._mend = mend
        self._tokenizer = Tokenizer(language.shortened)
        before = (frozenset(language.cues.get(cue, ())) for cue in ("det", "inside"))
        self._names = Names(base, self._tokenizer, word_vectors(), *before)
        self._cues = Cues(language.cues, self._tokenizer)
        self._quantities = Quantities(language, self._tokenizer)
        self._tellings = Tellings(base.assessment.told, self._tokenizer)
        self._hours = means.Hours(language.units, self._tokenizer)
        self._words = self._names.words() | self._cues.words() | self._tellings.words() | self._hours.words()
        self._credentials = Credentials(base, self._tokenizer)
        self._places = Places(base, self._tokenizer)
        kinds = WorkKinds(base)
        self._years, self._jobs = Years(base, kinds), Jobs(base, kinds.at)
        self._limits = Limits(language.constraints, self._tokenizer)
        self._exams = Exams(language.units.months)
        self._parted = lru_cache(KEPT)(self._parts)

    def read(self, text: str, today: date, known: Known = NOTHING_KNOWN) -> Heard:
        """What `text` tells; `today` is the day it was written, `known` what was heard of the person before.

        Never fails; nothing is heard where nothing is clear.
        """
        if not self._base.language.cues:
            return Heard()
        message, found = self._parted(text)
        facts = self._facts(message, found, today, known)
        return Heard(
            clauses=tuple(_shown(message, part) for part in found),
            facts=tuple(facts),
            under_age=under_age(message, found),
            amounts=tuple(
                Amount(
                    value=item.value, kind=item.kind, currency=item.currency, apart=means.apart(message, found, item)
                )
                for item in message.quantities
            ),
        )

    def clauses(self, text: str) -> tuple[Clause, ...]:
        """What each part of `text` does, without what it tells; none where the language has no cues."""
        if not self._base.language.cues:
            return ()
        message, found = self._parted(text)
        return tuple(_shown(message, part) for part in found)

    def places(self, text: str) -> tuple[str | None, frozenset[str]]:
        """The country that somebody tells they are in, and those that they name and do not mean."""
        if not self._base.language.cues:
            return None, frozenset()
        message, found = self._parted(text)
        held = [fact for fact in self._places.countries(message, found) if fact.standing == "held"]
        return str(held[-1].value) if held else None, self._places.apart(message, found)

    def _parts(self, text: str) -> tuple[ReadMessage, list[Part]]:
        message = self._message(text)
        return message, parts(message)

    def _message(self, text: str) -> ReadMessage:
        tokens = self._mended(self._tokenizer.tokens(text))
        marks = [
            {} if "i" in mark and token.glued else mark  # the letter of "<credential>-i"
            for token, mark in zip(tokens, self._cues.find(tokens), strict=True)
        ]
        names = self._names.find(tokens, [("det" in mark) for mark in marks])
        names = [name for name in names if not _of_another_trade(tokens, name, names, marks)][:MOST_NAMES]
        named = frozenset(at for name in names for at in range(name.start, name.end))
        tellings = [
            item
            for item in self._tellings.find(tokens)
            if not (any(one.start < item.end < one.end for one in names) or _elsewhere(marks, item.end))
        ]  # "doing <word>" is none where "<word> <job>" is a name
        tellings = [item for item in tellings if not any(_holds(other, item) for other in tellings)]
        return ReadMessage(tokens, names, self._quantities.find(tokens, named), marks, tellings)

    def _mended(self, tokens: list[Token]) -> list[Token]:
        if self._mend is None:
            return tokens
        strange = [at for at, token in enumerate(tokens) if token.value is None and token.word not in self._words]
        words = self._mend(tuple(tokens[at].word for at in strange))
        mended = list(tokens)
        for at, word in zip(strange, words, strict=True):
            if word != tokens[at].word:
                mended[at] = replace(tokens[at], word=word, mended=True)
        return mended

    def _facts(self, message: ReadMessage, found: list[Part], today: date, known: Known) -> list[ToldFact]:
        credentials = self._credentials.read(message, found, frozenset([known.goal] if known.goal else []))
        facts = [*credentials, *self._jobs.roles(message, found)]
        facts += self._jobs.at_work(message, found, facts, known)
        facts += self._years.read(message, found, list(facts), today, known)
        facts += self._jobs.certified(message, found, facts, known)
        facts += self._places.countries(message, found)
        facts = self._credentials.valid_here(message, found, facts)
        facts += settings(message, found)
        held = {
            str(fact.value) for fact in facts if fact.standing == "held" and fact.field in ("role", "certification")
        }
        aims = goals(message, found, held, self._base.field.default_entity, known.goal)
        sure = known.goal is not None and "goal" not in known.asked  # what is put right is as sure as it was
        facts += [
            fact.model_copy(update={"standing": "planned"}) if sure and fact.why == CORRECTED else fact for fact in aims
        ]
        facts += planned(message, found, facts)
        facts += self._hours.read(message, found)
        country = next((str(fact.value) for fact in reversed(facts) if fact.field == "country"), known.country)
        currency = means.currency_of(self._base.language, country, self._base.field.currency)
        facts += means.budget(message, found, currency)
        facts += self._limits.read(message, found)
        facts += self._exams.read(message, found, today)
        facts = [fact for fact in facts if not (fact.field == "certification" and fact.standing == "asked")]
        facts = self._credentials.put_down(facts, known)
        return changed(message, found, taken_back(message, found, facts, known), known, self._base.certifications)


MOST_NAMES = 100  # of one message: each is looked at beside every other
MAX_TRADE = 3  # words before a job's name that may make it one of another trade


def _of_another_trade(tokens: list[Token], name: Name, names: list[Name], marks: TokenMarks) -> bool:
    """Whether words before a job's name make it another one ("office <name>").

    A name that any trade has does so after every other noun.
    """
    before = name.start - 1
    if name.ids("role", "experience") and not name.ids("certification") and _elsewhere(marks, name.end):
        return True
    if (
        before >= 0
        and tokens[name.start].gap == NONE
        and name.end - name.start == 1
        and "any_trade" in marks[name.start]
    ):
        named = any(other.start <= before < other.end and other.ids("term", "background") for other in names)
        if named or (not marks[before] and not any(other.start <= before < other.end for other in names)):
            return True
    return any(
        marks[at].get("other_trade", 0) > name.start - at for at in range(max(0, name.start - MAX_TRADE), name.start)
    )


def _elsewhere(marks: TokenMarks, at: int) -> bool:
    """Whether what follows makes a word of ours work of another trade ("<work> in <tool of that trade>")."""
    return at < len(marks) and "other_work" in marks[at]


def _holds(longer: Telling, item: Telling) -> bool:
    """Whether what is said is a part of something longer that is no goal ("<work>" of "<work> group")."""
    inside = longer.start <= item.start and item.end <= longer.end
    return inside and longer.end - longer.start > item.end - item.start and not (longer.told.goal or item.told.goal)


NOT_PLAIN = ("neg", "fail", "lapse", "plan_sure", "wish", "former", "anymore")


def _shown(message: ReadMessage, part: Part) -> Clause:
    said = message.says(part.start, part.end, *NOT_PLAIN)
    return Clause(
        text=message.text(part.start, part.end),
        acts=part.acts,
        subject=part.subject,
        supposed=part.supposed,
        opens=part.opens,
        outright=part.outright,
        further=part.further,
        own=part.subject == "self" and part.explicit,
        piece=part.fragment,
        marked=message.tokens[part.end - 1].asked,
        plain=not (said or part.supposed or part.demands or part.subject == "other"),
    )
