"""What understanding hands over: a message as topics, entities and how sure we are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.understanding.statements import Statement

LIKE, COVERED = 0.5, 0.35  # a cosine, and a share of the question's words, from which a statement speaks of it …
SAID_LIKE, SAID_COVERED = 0.65, 0.45  # … and from which it says what is asked
Decision = Literal["answer", "clarify", "unknown"]
SpanKind = Literal["role", "certification", "degree", "term", "guide", "country", "background", "setting"]


@dataclass(frozen=True)
class Span:
    """Words of the normalised message that name something.

    `start` and `end` count tokens, `end` exclusive; `score` is 0..100 by rapidfuzz, 100 exact.
    """

    start: int
    end: int
    text: str
    kind: SpanKind
    id: str
    score: float


@dataclass(frozen=True)
class Reading:
    """One way to read the message; `confidence` is the calibrated chance that it is right, 0..1."""

    topics: tuple[str, ...]
    entities: tuple[str, ...]
    confidence: float


@dataclass(frozen=True)
class FoundStatement:
    """A statement that may answer a question; `weight` is its share of belief among all that may, 0..1.

    `asking` is the one of its askings that is nearest to the question, `near` how near that is (a cosine); `like` how
    near it is itself, or such an asking; `covered` how much of what the question's words tell it says, 0..1.
    """

    statement: Statement
    weight: float
    asking: str = ""
    near: float = 0.0
    like: float = 0.0
    covered: float = 0.0

    @property
    def speaks_of_it(self) -> bool:
        """Whether it is near to the question, or says much of what its words tell, though it may not answer."""
        return self.like >= LIKE or self.covered >= COVERED

    @property
    def says_it(self) -> bool:
        """Whether it says most likely just what is asked."""
        return self.like >= SAID_LIKE or self.covered >= SAID_COVERED


@dataclass(frozen=True)
class Asking:
    """One question of a message: its text, the statements found, best first, and the chance that they answer it.

    `refusal` is the kind of messages that are none of our business that it is nearest to; `evidence` is what tells
    how well the statements answer. With `again` the sentence that was just given would have been the first of them.
    """

    text: str
    found: tuple[FoundStatement, ...]
    refusal: str | None = None
    evidence: Mapping[str, float] = field(default_factory=dict, repr=False)
    support: float = 0.0
    again: bool = False


@dataclass(frozen=True)
class Apart:
    """One of several questions of a message: its `text`, and how it may be worded, likeliest first."""

    text: str
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A message understood.

    `topics` are in the order asked; `entities` in the order named, or taken from the conversation (`from_context`).
    `alternatives` are the next best readings, likeliest first. With `decision` "unknown", `refusal` names the kind of
    message it seems to be (a key of the out-of-scope phrasings, or None), `signed` that one of its signs is in it.
    `myth` is a false claim it repeats. `part` is the state or city of `country` that it names, as the knowledge base
    writes it, `parts` are all that it asks about, `part_told` says that it stands in what is told and not in what is
    asked; `telling` are the words that say what is asked, beside the names. `askings` are its questions with the
    statements found for each; none where the topic as a whole is asked; then `likely` are the likeliest of what it
    says. With `nearest` they are not sure to answer it. `apart` are the questions of a message that asks more than
    one thing, each as it may be worded: in its own words, with what is told before it, with a name that it leaves out;
    `told` is what it tells beside them; `brief` is true of one of them, which shares a bubble. `full` is the text of
    one that leans on the conversation with what it leaves out, empty where it leaves out nothing.
    """

    text: str
    decision: Decision
    topics: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    confidence: float = 0.0
    alternatives: tuple[Reading, ...] = ()
    spans: tuple[Span, ...] = ()
    country: str | None = None
    part: str | None = None
    parts: tuple[str, ...] = ()
    part_told: bool = False
    telling: tuple[str, ...] = ()
    backgrounds: tuple[str, ...] = ()
    setting: str | None = None
    guides: tuple[str, ...] = ()
    myth: str | None = None
    refusal: str | None = None
    signed: bool = False
    from_context: bool = False
    askings: tuple[Asking, ...] = ()
    likely: tuple[FoundStatement, ...] = ()
    nearest: bool = False
    apart: tuple[Apart, ...] = ()
    told: str = ""
    brief: bool = False
    full: str = ""
    trace: tuple[str, ...] = field(default=(), repr=False)

    @property
    def story(self) -> str:
        """The text with what is told beside it, where it is one of several."""
        return f"{self.told}. {self.text}" if self.brief and self.told else self.text


class Context(BaseModel):
    """What the conversation is about: the part of a session that understanding reads.

    `entities` are those of the last answer, the first the main one; `listed` are those it
    offered, in order ("the second one"), `chosen` the one of them that it decided for, `weighed` that it was a verdict;
    `asked` is what was asked
    then, `read` are the addresses of the pages that the answer stood on, `shown` is the first statement of it.
    `told` is what was told since and nothing answered.
    `country` is the one that was asked about, `home` where the person is, `foreign` the one of which it was said
    that facts of another follow. `age` counts
    messages since then: context decays.
    """

    model_config = ConfigDict(frozen=True)

    topics: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    chosen: str = ""
    weighed: bool = False
    country: str | None = None
    home: str | None = None
    foreign: str | None = None
    asked: str = ""
    told: str = ""
    read: tuple[str, ...] = ()
    shown: str = ""
    age: int = 0
    clarified: bool = False
