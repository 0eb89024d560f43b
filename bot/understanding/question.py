"""What understanding hands over: a message as topics, entities and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict

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
class Question:
    """A message understood.

    `topics` are in the order asked; `entities` in the order named, or taken from the
    conversation (`from_context`). `alternatives` are the next best readings, likeliest
    first. With `decision` "unknown", `refusal` names the kind of message it seems to be
    (a key of the out-of-scope phrasings, or None). `myth` is a false claim it repeats. `part` is the
    state or city of `country` that it names, as the knowledge base writes it; `telling` are the words
    that say what is asked, beside the names.
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
    telling: tuple[str, ...] = ()
    backgrounds: tuple[str, ...] = ()
    setting: str | None = None
    guides: tuple[str, ...] = ()
    myth: str | None = None
    refusal: str | None = None
    from_context: bool = False
    trace: tuple[str, ...] = field(default=(), repr=False)


class Context(BaseModel):
    """What the conversation is about: the part of a session that understanding reads.

    `entities` are those of the last answer, the first the main one; `listed` are those it
    offered, in order ("the second one"). `age` counts messages since then: context decays.
    """

    model_config = ConfigDict(frozen=True)

    topics: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    country: str | None = None
    age: int = 0
    clarified: bool = False
