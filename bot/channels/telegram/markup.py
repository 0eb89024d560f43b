"""Telegram's HTML cut into pieces that fit into a message.

The limit counts UTF-16 units after parsing: tags are free, an entity is what it stands for.
https://core.telegram.org/bots/api#html-style
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

MAX_UNITS = 4096  # https://core.telegram.org/bots/api#sendmessage
_TOKEN = re.compile(r"<[^<>]*>|&#?\w+;|[^<&]+|[<&]")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)[^>]*>\Z", re.IGNORECASE)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\S*\s+|\S+")


def units(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts."""
    return len(text) + sum(char > "\uffff" for char in text)


def visible(markup: str) -> str:
    """The text without its tags; what only looks like one, as in broken markup, stays."""
    return html.unescape("".join(token for token in _TOKEN.findall(markup) if not _TAG.match(token)))


def split(markup: str, limit: int = MAX_UNITS) -> list[str]:
    """Pieces of at most `limit` units each, cut at line ends where possible, else between words.

    Tags open at a cut are closed before and opened again after it. A text that is blank gives no piece.
    """
    pieces = _Pieces(limit)
    for line in _lines(markup):
        pieces.add(line)
    return pieces.finished()


MarkupToken = tuple[str, int]  # markup and the units it shows


def _tokens(markup: str) -> Iterator[str]:
    for match in _TOKEN.finditer(markup):
        token = match.group()
        if token[0] in "<&" and len(token) > 1:
            yield token
        else:
            yield from _LINE.findall(token)


def _lines(markup: str) -> Iterator[list[MarkupToken]]:
    """Lines as tokens; the line break ends its line."""
    line: list[MarkupToken] = []
    for token in _tokens(markup):
        line.append((token, 0 if _TAG.match(token) else units(html.unescape(token))))
        if token.endswith("\n"):
            yield line
            line = []
    if line:
        yield line


class _Pieces:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pieces: list[str] = []
        self._current: list[str] = []
        self._shown = 0
        self._open: list[str] = []

    def add(self, line: list[MarkupToken]) -> None:
        """A line goes whole into a piece if it fits into any, else in parts."""
        length = sum(shown for _, shown in line)
        if self._shown + length > self._limit and self._shown:
            self._cut()
        for token, shown in line:
            if length <= self._limit or shown <= 1:
                self._put(token, shown)
            else:
                for part in _fitting(token, self._limit):
                    self._put(part, units(html.unescape(part)))

    def finished(self) -> list[str]:
        self._cut()
        return self._pieces

    def _put(self, token: str, shown: int) -> None:
        if self._shown + shown > self._limit:
            self._cut()
        self._current.append(token)
        self._shown += shown
        tag = _TAG.match(token)
        if tag and not tag[1]:
            self._open.append(token)
        elif tag and self._open:
            self._open.pop()

    def _cut(self) -> None:
        closing = [f"</{_name(tag)}>" for tag in reversed(self._open)]
        piece = "".join(self._current).strip("\n")
        if self._shown and visible(piece).strip():
            self._pieces.append(piece + "".join(closing))
        self._current = list(self._open)
        self._shown = 0


def _name(tag: str) -> str:
    match = _TAG.match(tag)
    return match[2] if match else ""


def _fitting(text: str, limit: int) -> Iterator[str]:
    """A text without tags as words, an endless word as parts of at most `limit` units."""
    if text.startswith("&"):
        yield text
        return
    for word in _WORD.findall(text):
        start, shown = 0, 0
        for position, char in enumerate(word):
            width = units(char)
            if shown + width > limit:
                yield word[start:position]
                start, shown = position, 0
            shown += width
        yield word[start:]
