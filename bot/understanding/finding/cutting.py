"""A message cut into its questions, each with what is told before it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

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
    words that are too `small`.
    """

    phrases: tuple[str, ...]
    leads: tuple[str, ...]
    small: Container[str]

    def says(self, text: str) -> bool:
        """Whether a text is nothing else."""
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
    that no other question stands before.
    """

    text: str
    told: tuple[str, ...] = ()
    opens: bool = False


def cut(clauses: Sequence[Clause], hollow: Hollow) -> tuple[Part, ...]:
    """The questions of a message, left to right; where some are asked outright, not those that only might be, where
    some bear a question mark, not those in the midst of a sentence without one ("… and is selling"), and none that is
    `hollow` ("what do you think").
    """
    every = runs(clauses, hollow)
    asked = [at for at, run in enumerate(every) if any(_asks(clause) for clause in run)]
    outright = [at for at in asked if any(_outright(clause) for clause in every[at])]
    if any(clause.marked for clause in clauses):
        outright = [at for at, stands in zip(outright, _standing(every, outright), strict=True) if stands]
    tale = any("tells" in clause.acts for at, run in enumerate(every) if at not in asked for clause in run)
    found = []
    for at in (tale and outright) or asked:
        text = hollow.bare(_text(every[at]))
        if len(text.split()) < LEAST_WORDS or hollow.says(text):
            continue
        before = max((other for other in asked if other < at), default=-1)
        told = tuple(clause.text for run in every[before + 1 : at] for clause in run)
        found.append(Part(" ".join(text.split()[:MOST_WORDS]), told, opens=before < 0))
    return tuple(found[-MAX_PARTS:])


def runs(clauses: Sequence[Clause], hollow: Hollow) -> list[Run]:
    """The clauses of each sentence, cut before a further question ("… and how long is it"), before the first one,
    unless that hangs on what is supposed ("if i fail, what then"), and where a long tale comes to its question.
    """
    found: list[Run] = [[]]
    asks = outright = False
    for at, clause in enumerate(clauses):
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
