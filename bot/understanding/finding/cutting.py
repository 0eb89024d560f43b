"""A message cut into its questions, each with what is told before it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.understanding.context import points_at
from bot.understanding.reader.heard import Clause
from bot.understanding.segments import SPLITTERS

MAX_PARTS = 3  # the last ones: what is asked stands at the end of a story
LEAST_WORDS = 3  # of a question that stands beside another one
MOST_WORDS = 40  # of one question: where no full stop is set, a story follows
FEW_WORDS = 4  # told in its sentence before a question that bears no mark where another one does
TALE = 14  # words told before a question in its own sentence, from which they are no part of it

Run = list[Clause]


@dataclass(frozen=True)
class Hollow:
    """What asks nothing by itself: `phrases` ("what do you think"), what `leads` to a question ("anyone know"), and
    words that are too `small`; `choosing` are the shortest questions that do ("which one"), `whether` leads to one that
    is told.
    """

    phrases: tuple[str, ...]
    leads: tuple[str, ...]
    small: Container[str]
    choosing: Container[str] = ()
    whether: Container[str] = ()

    def says(self, text: str) -> bool:
        """Whether a text is nothing else."""
        if text in self.choosing:
            return False
        words = f" {text} "
        for phrase in (*self.phrases, *self.leads):
            words = words.replace(f" {phrase} ", " ")
        return all(word in self.small for word in words.split())

    def bare(self, text: str) -> str:
        """A question without what leads up to it."""
        first, _, rest = text.partition(" ")
        text = rest if first in SPLITTERS else text
        lead = next((phrase for phrase in self.leads if text.startswith(f"{phrase} ")), "")
        rest = text[len(lead) :].lstrip()
        return self.bare(rest) if lead and len(rest.split()) >= LEAST_WORDS else text


@dataclass(frozen=True)
class Part:
    """One question of a message in its own words; `told` are the clauses that are told right before it, `opens` says
    that no other question stands before, `tale` is what is told beside all questions, with this one in its place.
    """

    text: str
    told: tuple[str, ...] = ()
    opens: bool = False
    tale: str = ""


@dataclass(frozen=True)
class Cuts:
    """The questions of a message, left to right, and all that it tells beside them."""

    parts: tuple[Part, ...] = ()
    told: str = ""


def cut(clauses: Sequence[Clause], hollow: Hollow) -> Cuts:
    """The questions of a message; where some are asked outright, not those that only might be, where some bear a
    question mark, not those in the midst of a sentence without one ("… and is selling"), and none that is `hollow`
    ("what do you think").
    """
    every = runs(clauses, hollow)
    asked = [at for at, run in enumerate(every) if any(_asks(clause) for clause in run) and not _leads_up(every, at)]
    wondered = {at for at in asked if _wonders(every[at], hollow)}
    outright = [at for at in asked if at in wondered or any(_outright(clause) for clause in every[at])]
    if any(clause.marked for clause in clauses):
        standing = zip(outright, _standing(every, outright), strict=True)
        outright = [at for at, stands in standing if stands or at in wondered]
    tale = any("tells" in clause.acts for at, run in enumerate(every) if at not in asked for clause in run)
    found = []
    chosen = (tale and outright) or asked
    for at in chosen:
        text = hollow.bare(_text(every[at]))
        if hollow.says(text) or (len(text.split()) < LEAST_WORDS and text not in hollow.choosing):
            continue
        before = max((other for other in asked if other < at), default=-1)
        told = tuple(clause.text for run in every[before + 1 : at] for clause in run)
        text = " ".join(text.split()[:MOST_WORDS])
        found.append(Part(text, told, opens=before < 0, tale=_tale(every, chosen, at)))
    return Cuts(tuple(found[-MAX_PARTS:]), _tale(every, chosen))


def _tale(every: Sequence[Run], asked: Sequence[int], one: int = -1) -> str:
    """What is told in a message beside its questions, with one of these in its place."""
    return ". ".join(_text(run) for at, run in enumerate(every) if at == one or at not in asked)


def runs(clauses: Sequence[Clause], hollow: Hollow) -> list[Run]:
    """The clauses of each sentence, cut before a further question ("… and how long is it"), before the first one,
    unless that hangs on what is supposed ("if i fail, what then"), and where a long tale comes to its question.
    """
    found: list[Run] = [[]]
    asks = outright = False
    numbers = _numbered(clauses)
    for at, clause in enumerate(clauses):
        if at in numbers:
            found.append([])
            asks = outright = False
            continue
        now = _asks(clause)
        first = at > 0 and now and not asks and not clauses[at - 1].supposed
        told = sum(len(item.text.split()) for item in found[-1])
        late = clause.outright and not outright and told > TALE and not any(item.supposed for item in found[-1])
        if clause.opens or first or clause.further or late:
            asks, outright = asks and not clause.opens, False
            if clause.further:
                _drop_lead(found[-1], hollow)
            found.append([])
        asks, outright = asks or now, outright or clause.outright
        found[-1].append(clause)
    return [run for run in found if run]


def _numbered(clauses: Sequence[Clause]) -> frozenset[int]:
    """Where the numbers of a list of questions stand ("1) … 2) …"); nowhere where there is no second one."""
    found: list[int] = []
    for at, clause in enumerate(clauses):
        if clause.piece and clause.text == str(len(found) + 1):
            found.append(at)
    return frozenset(found if len(found) > 1 else ())


def _wonders(run: Run, hollow: Hollow) -> bool:
    """Whether a question is put as one that somebody has ("i was wondering whether i should …")."""
    first, *rest = (_text([clause]) for clause in run)
    leads = any(first == lead or first.endswith(f" {lead}") for lead in hollow.leads)
    return leads and any(text.split()[0] in hollow.whether for text in rest[:1])


def _leads_up(every: Sequence[Run], at: int) -> bool:
    """Whether a sentence only tells, for all its question mark, what the next one asks about ("i saw one for …? is that
    real?").
    """
    run, after = every[at], every[at + 1] if at + 1 < len(every) else []
    tells = run[0].own and run[0].opens and not any(clause.outright or clause.further for clause in run)
    return tells and any(clause.outright for clause in after) and points_at(_text(after).split())


def _drop_lead(run: Run, hollow: Hollow) -> None:
    """Take away the single word that leads on to a further question ("and")."""
    if run and " " not in run[-1].text and hollow.says(run[-1].text):
        run.pop()


def _asks(clause: Clause) -> bool:
    return clause.further or "asks" in clause.acts or (clause.opens and "commands" in clause.acts)


def _outright(clause: Clause) -> bool:
    return clause.outright or clause.further or (_asks(clause) and (clause.marked or "commands" in clause.acts))


def _standing(every: Sequence[Run], asked: Sequence[int]) -> Iterator[bool]:
    """Whether each of some questions bears a mark, or begins its sentence but for a few words."""
    for at in asked:
        first = max((start for start in range(at + 1) if every[start][0].opens), default=0)
        before = [clause for run in every[first:at] for clause in run]
        before += takewhile(lambda clause: not _asks(clause), every[at])
        told = sum(len(clause.text.split()) for clause in before if not _asks(clause))
        yield any(clause.marked for clause in every[at]) or told <= FEW_WORDS


def _text(run: Sequence[Clause]) -> str:
    return " ".join(clause.text for clause in run)
