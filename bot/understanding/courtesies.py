"""What stands around a message and asks nothing: greetings, excuses and leads before it, thanks and pleas behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.language import Courtesies
from bot.understanding.listening.patterns import STOP, compiled
from bot.understanding.normalise import MAX_CHARACTERS, clean, normalise
from bot.understanding.parsing.patterns import NEVER

LEAST = 3  # words that must be left: "thanks" and "hello" alone are messages of their own
TAIL = 16  # words of what may stand behind a message
ROUNDS = 6  # of what stands in a row ("hi there! sorry to bother you, quick question")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.?!;,:\n\u2013\u2014]+|(?<=\s)-+(?=\s)")
_EDGE = re.compile(r"^[^\w$(\"'“‘+#]+|[^\w)\"'”’?.!%+*]+$")


@dataclass(frozen=True)
class _Word:
    """A word of a message as patterns read it, or a stop; where it begins and ends in the text."""

    said: str
    start: int
    end: int


@dataclass(frozen=True)
class CourtesyReader:
    """Takes away what a language says beside what is meant. Never changes: safe to share."""

    content: Courtesies
    asks: tuple[str, ...] = ()

    @cached_property
    def _before(self) -> re.Pattern[str]:
        """What may open a message, with a pause and a word that leads on; some of it only before a question."""
        links = _words_of(self.content.links)
        on = rf"(?= (?:\{STOP}|{links}|{_words_of(self.asks)}) )"
        sources = [f"{source}{on}" for source in self._sources(self.content.before_question)]
        found = _either([*self._sources(self.content.before), *sources])
        return re.compile(rf"(?: \{STOP})*{found}(?: \{STOP})*(?: {links}(?= )(?: \{STOP})?)?")

    @cached_property
    def _after(self) -> re.Pattern[str]:
        """What may end a message."""
        return re.compile(rf"(?: \{STOP})*{_either(self._sources(self.content.after))}(?: \{STOP})* $")

    @cached_property
    def _passed_on(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Whose question is passed on, and what may then end it."""
        on = rf"(?: \{STOP})?(?= {_words_of((*self.asks, *self.content.whether))} )"
        told, after = (self._sources(row) for row in (self.content.passed_on, self.content.passed_on_after))
        return re.compile(rf"{_either(told)}{on}"), re.compile(rf"(?: \{STOP})*{_either(after)}(?: \{STOP})* $")

    def _sources(self, patterns: Iterable[str]) -> list[str]:
        return [compiled(pattern, self.content.words).source for pattern in patterns]

    def bare(self, text: str) -> str:
        """The message without them; as it is where too little would be left. Never fails."""
        text = clean(text[:MAX_CHARACTERS])
        words = _words(text)
        first, last = 0, len(words)
        for _ in range(ROUNDS):
            first, last, before = *self._cut(words, first, last, self._before, self._after), (first, last)
            if (first, last) == before:
                break
        told, after = self._passed_on
        at, _ = self._cut(words, first, last, told, None)
        if at != first:
            first, last = self._cut(words, at, last, None, after)
        if (first, last) == (0, len(words)) or self._says_nothing(words[first:last]):
            return text
        end = words[last].start if last < len(words) else len(text)
        return _EDGE.sub("", text[words[first].start : end].strip())

    def _says_nothing(self, words: list[_Word]) -> bool:
        """Whether some words are another courtesy: then the message is nothing else, and that is what it says."""
        text, _ = _joined([*(word for word in words if word.said != STOP), _Word(STOP, 0, 0)])
        return self._before.fullmatch(text.rstrip()) is not None

    @staticmethod
    def _cut(
        words: list[_Word], first: int, last: int, before: re.Pattern[str] | None, after: re.Pattern[str] | None
    ) -> tuple[int, int]:
        """The words left when what stands at the beginning, else at the end, is taken away once."""
        text, starts = _joined(words[first:last])
        opened = before.match(text) if before is not None else None
        if opened is not None and opened.end() in starts:
            at = first + starts.index(opened.end())
            if _left(words[at:last]):
                return at, last
        ended = after.search(text, starts[max(0, len(starts) - 1 - TAIL)]) if after is not None else None
        if ended is not None and ended.start() in starts:
            at = first + starts.index(ended.start())
            if _left(words[first:at]):
                return first, _with_stop(words, at, last)
        return first, last


def _with_stop(words: list[_Word], at: int, last: int) -> int:
    """Where a message ends of which the words from `at` are taken away: its own mark stays with it."""
    return at + 1 if at < last and words[at].said == STOP else at


def _left(words: Iterable[_Word]) -> bool:
    return sum(word.said != STOP for word in words) >= LEAST


def _words(text: str) -> list[_Word]:
    """The words and stops of a text; a short form may be several words."""
    found = []
    for match in _WORD.finditer(text):
        tokens = normalise(match.group()).tokens if match.group()[0].isalnum() else (STOP,)
        found.append(_Word(" ".join(tokens), match.start(), match.end()))
    return found


def _joined(words: Iterable[_Word]) -> tuple[str, list[int]]:
    """Words as patterns read them, each after a space, and where each begins; some say nothing."""
    text, starts = "", []
    for word in words:
        starts.append(len(text))
        text += f" {word.said}" if word.said else ""
    starts.append(len(text))
    return f"{text} ", starts


def _either(sources: Sequence[str]) -> str:
    """Any of some expressions; nothing where there are none."""
    return f"(?:{'|'.join(sources)})" if sources else NEVER


def _words_of(words: Iterable[str]) -> str:
    """Any of some words."""
    return _either([re.escape(word) for word in words])
