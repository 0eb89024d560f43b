"""What was typed, as plain words: case, unicode, contractions and chat spelling out of the way.

General English only; what a field adds (its names and abbreviations) comes from the
knowledge base and is found by `entities`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.chat import CHAT, CONTRACTED, COUNTED, DIGITS

MAX_CHARACTERS = 4096  # a Telegram message: https://core.telegram.org/bots/api#sendmessage
MAX_WORDS = 300  # more than anybody asks in one message; what follows is not read
MAX_WORD = 40
KEPT_WORDS = 20_000  # whose plain form is remembered

SENTENCE, CLAUSE = 2, 1

_TOKEN = re.compile(
    r"(?P<word>[^\W_]+(?:'[^\W_]+)*|\$+)"
    r"|(?P<sentence>[.?!;\n]+)"
    r"|(?P<clause>[,:()|/]|(?<=\s)-+|-+(?=\s)|--+|[\u2013\u2014])"
    r"|(?P<join>[+&])"
    r"|(?P<hyphen>[-\u2010\u2011\u2212])"
)
_SLASHED = ((re.compile(r"\bw/o\b", re.I), "without"), (re.compile(r"\bb/w\b", re.I), "between"),
            (re.compile(r"\bw/", re.I), "with "))  # fmt: skip
# Colours and cursor moves of a terminal, pasted with the text: ECMA-48, 5.4.
_TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_SPELT_OUT = frozenset({*CHAT, *CONTRACTED, *DIGITS})
_REPEATS = re.compile(r"(.)\1{2,}")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "`": "'", "\u00b4": "'", "\u02bc": "'"})


@dataclass(frozen=True)
class MessageWords:
    """A message as words.

    `breaks` maps a word's index to the strength of the punctuation before it (`CLAUSE` or
    `SENTENCE`); `glued` holds the indexes of words joined to the one before by a hyphen;
    `capitals` those written in capitals where the message as a whole is not; `literal`
    is each word as typed, in lower case.
    """

    tokens: tuple[str, ...]
    literal: tuple[str, ...]
    breaks: dict[int, int]
    glued: frozenset[int]
    capitals: frozenset[int]

    @property
    def text(self) -> str:
        """The words with single spaces between."""
        return " ".join(self.tokens)


def clean(text: str) -> str:
    """One form of unicode, without lone surrogates and control characters, cut to a message's length."""
    text = text[:MAX_CHARACTERS]
    if "\x1b" in text:
        text = _TERMINAL.sub(" ", text)
    if text.isascii() and text.isprintable():
        return text
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = unicodedata.normalize("NFKC", text)[:MAX_CHARACTERS].translate(_APOSTROPHES)
    return "".join(letter if letter == "\n" or unicodedata.category(letter)[0] != "C" else " " for letter in text)


def foreign_share(words: MessageWords) -> float:
    """How much of a message is written in letters other than Latin ones, 0..1."""
    letters = [letter for word in words.literal for letter in word if letter.isalpha()]
    if not letters:
        return 0.0
    return sum(not unicodedata.name(letter, "").startswith("LATIN") for letter in letters) / len(letters)


def plain(word: str) -> str:
    """Lower case without accents; a letter repeated three times or more ("sooo") is written once."""
    return _plain(word) if len(word) <= MAX_WORD else _plain.__wrapped__(word)


@lru_cache(maxsize=KEPT_WORDS)
def _plain(word: str) -> str:
    word = word.casefold()
    if not word.isascii():
        word = "".join(mark for mark in unicodedata.normalize("NFD", word) if not unicodedata.combining(mark))
    if len(word) > len(set(word)) + 1 and word.isalpha():  # only then can a letter stand there three times
        word = _REPEATS.sub(r"\1", word)
    return word[:MAX_WORD]


def normalise(text: str, most: int = MAX_WORDS) -> MessageWords:
    """Read `text` as words, at `most` so many. Never fails; empty where nothing can be read."""
    text = clean(text)
    if "/" in text:
        for pattern, words in _SLASHED:
            text = pattern.sub(words, text)
    mixed = text != text.upper() if text.isascii() else any(letter.islower() for letter in text)
    tokens: list[str] = []
    literal: list[str] = []
    breaks: dict[int, int] = {}
    glued: set[int] = set()
    capitals: set[int] = set()
    pieces = [(match.group(), match.lastgroup) for match in _TOKEN.finditer(text)]
    for index, (piece, kind) in enumerate(pieces):
        at = len(tokens)
        if at >= most:
            break
        if kind == "word":
            typed = "dollars" if piece[0] == "$" else plain(piece)
            shouted = mixed and len(piece) > 1 and piece.isupper()
            if typed.isalpha() and len(typed) > 1 and typed not in _SPELT_OUT:  # nearly all are
                tokens.append(typed)
                literal.append(typed)
                if shouted:
                    capitals.add(at)
                continue
            following = plain(pieces[index + 1][0]) if typed in DIGITS and index + 1 < len(pieces) else ""
            expanded = _expand(typed, tokens[-1] if tokens else "", following, at in glued)
            if shouted:
                capitals.update(range(at, at + len(expanded)))
            tokens += expanded
            literal += [typed] * len(expanded)
        elif kind == "hyphen" and at:
            glued.add(at)
        elif kind in ("sentence", "clause") and at:
            breaks[at] = max(SENTENCE if kind == "sentence" else CLAUSE, breaks.get(at, 0))
        elif kind == "join":
            tokens.append("and")
            literal.append("and")
    return MessageWords(tuple(tokens), tuple(literal), breaks, frozenset(glued), frozenset(capitals))


def _expand(word: str, before: str, after: str, joined: bool) -> tuple[str, ...]:
    if joined and len(word) == 1:  # the letter of "b-c" is part of a name
        return (word,)
    if word in CONTRACTED:
        return CONTRACTED[word]
    if "'" in word:
        stem, _, ending = word.rpartition("'")
        return (stem.replace("'", ""),) if ending in ("s", "") else (word.replace("'", ""),)
    if word in DIGITS and before and after and not before.isdigit() and after.isalpha() and after not in COUNTED:
        return (DIGITS[word],)
    return CHAT.get(word, (word,))
