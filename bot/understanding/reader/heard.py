"""What was heard: clauses with what each does, and facts about the person with how each of them stands."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

IN_PASSING = "told in passing"  # why a piece without a verb is held
RETRACTED, PUT_RIGHT = "taken back", "put right"  # why something is denied, or stands otherwise than before
# Why a country is where somebody is, or wants to work.
HERE_IN, LIVES_IN, MOVED_TO, OUTRIGHT, PLAN_THERE = "here in", "lives in", "moved to", "named outright", "a plan there"

Act = Literal["asks", "tells", "feels", "corrects", "commands", "greets"]
Whose = Literal["self", "other", "nobody"]
Field = Literal[
    "role", "certification", "licence", "education", "years", "country", "setting", "hours_per_week", "budget", "goal",
    "constraint", "exam",
]  # fmt: skip
# "asked": only a question lets think so; "possible": in the air, never kept as held.
FactStanding = Literal["held", "left", "failed", "expired", "denied", "planned", "asked"]


class Clause(BaseModel):
    """A part of a message: its words, what it does, and who is spoken of.

    `plain` where it neither denies nor wishes, and speaks of nothing failed, lost or of somebody else; `opens` is true
    of a sentence's first. `outright` says that it asks as a question does ("do i", "how many") and not only by a word
    that might, `further` that it is one more question of its sentence ("and how long"), `marked` that a question mark
    ends its sentence. `own` is true where its writer is spoken of in so many words, `piece` where it has no verb.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    acts: tuple[Act, ...]
    subject: Whose
    supposed: bool = False
    plain: bool = True
    opens: bool = True
    outright: bool = False
    further: bool = False
    marked: bool = False
    own: bool = False
    piece: bool = False


class ToldFact(BaseModel):
    """One thing told: `value` is an id, a text, a date in ISO form or a number; `kind` that of years, or a currency.

    `clause` is the index of the clause it stands in, `why` the words or the rule that decided.
    """

    model_config = ConfigDict(frozen=True)

    field: Field
    value: str | float
    standing: FactStanding = "held"
    kind: str | None = None
    clause: int = 0
    why: str = ""


class Amount(BaseModel):
    """A number as it stands in a message: what it counts, and of money its currency where that is named.

    `apart` where it is somebody else's, or for something else than study ("i work 40 hours", "i owe 2000").
    """

    model_config = ConfigDict(frozen=True)

    value: float
    kind: Literal["years", "hours", "money", "number"]
    currency: str | None = None
    apart: bool = False


class Heard(BaseModel):
    """All that one message tells. `under_age` is None where its writer says nothing of it."""

    model_config = ConfigDict(frozen=True)

    amounts: tuple[Amount, ...] = ()

    clauses: tuple[Clause, ...] = ()
    facts: tuple[ToldFact, ...] = ()
    under_age: bool | None = None

    @property
    def wants(self) -> bool:
        """Whether it asks for something, or tells us to do something."""
        return any("asks" in clause.acts or "commands" in clause.acts for clause in self.clauses)
