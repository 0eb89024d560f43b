"""A message as tokens: words with their short forms spelt out, numbers with their value, what stands between them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.understanding.normalise import clean, plain

MAX_TOKENS = 400  # what follows is not read
LARGEST = 1e12  # a longer number counts nothing that anybody has
SENTENCE, CLAUSE, NONE = 2, 1, 0
SLASH = "/"

_PIECE = re.compile(
    r"(?P<number>\d+(?:,\d{2,3})*(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:['/][^\W\d_]+)*/?)"
    r"|(?P<glue>(?<=\b[^\W\d_])\.(?=[^\W\d_]))"  # of "b.sc."
    r"|(?P<sentence>[.?!;\n]+)"
    r"|(?P<clause>[,:()\[\]|]|(?<=\s)/(?=\s[A-Z0-9])|(?<=\s)-+(?=\s)|--+|[\u2013\u2014])"
    r"|(?P<sign>[$€£₹₱₦%&+½/])"
)
_APOSTROPHE = "'"
_CLOSED = ("", "-")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign. `gap` is the strength of the punctuation before it, `glued` whether no space is,
    `asked` whether its sentence ends with a question mark, `mended` whether it was written otherwise."""

    word: str
    value: float | None
    gap: int
    glued: bool
    capitals: bool
    asked: bool = False
    mended: bool = False


class Tokenizer:
    """Texts → tokens; `shortened` says what short forms stand for."""

    def __init__(self, shortened: Mapping[str, str]) -> None:
        self._shortened = {short: tuple(long.split()) for short, long in shortened.items()}

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, at most `MAX_TOKENS`. Never fails."""
        text = clean(text)
        mixed = text != text.upper() if text.isascii() else any(letter.islower() for letter in text)
        found: list[Token] = []
        gap, end, sentence = SENTENCE, -1, 0
        for match in _PIECE.finditer(text):
            piece, kind = match.group(), match.lastgroup
            if kind == "sentence":
                if "?" in piece:
                    found[sentence:] = [replace(token, asked=True) for token in found[sentence:]]
                gap, sentence = SENTENCE, len(found)
                continue
            if kind == "clause":
                gap = max(gap, CLAUSE)
                continue
            if kind == "glue":
                end = match.end()
                continue
            glued = end >= 0 and text[end : match.start()] in _CLOSED
            end = match.end()
            if kind == "number":
                found.append(Token(piece, min(float(piece.replace(",", "")), LARGEST), gap, glued, False))
                gap = NONE
            else:
                capitals = mixed and len(piece) > 1 and piece.isupper()
                for word in (piece.casefold(),) if glued and len(piece) == 1 else self._words(piece):
                    found.append(Token(word, None, gap, glued, capitals))
                    gap, glued = NONE, False
            if len(found) >= MAX_TOKENS:
                break
        return found

    def words(self, phrase: str) -> tuple[str, ...]:
        """The words of a name or a cue, as they stand in tokens."""
        if phrase.isascii() and phrase.replace(" ", "").isalpha():  # nearly all are: the same, sooner
            return tuple(word for piece in phrase.split()[:MAX_TOKENS] for word in self._words(piece))
        return tuple(token.word for token in self.tokens(phrase))

    def _words(self, piece: str) -> tuple[str, ...]:
        word = plain(piece)
        if word == SLASH:
            return (word,)
        if word in self._shortened:
            return self._shortened[word]
        if SLASH in word:
            return tuple(long for part in word.split(SLASH) if part for long in self._words(part))
        if _APOSTROPHE in word:
            word = plain(word.replace(_APOSTROPHE, ""))
            return self._shortened.get(word, (word,))
        return (word,)
