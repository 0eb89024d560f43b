"""Numbers as people type them: "about 2 and a half years", "18 months", "ten hours", "$1.5k"."""

from __future__ import annotations

import re
from typing import Literal

Unit = Literal["years", "hours", "money"]

MONTHS_A_YEAR = 12
WEEKS_A_YEAR = 52
DAYS_A_WEEK = 7
MAX_LENGTH = 200
MOST_DIGITS = 4
_ONE_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_WORDS = {word: value for value, word in enumerate(_ONE_TO_TWENTY.split())} | {
    "a": 1,
    "an": 1,
    "couple": 2,
    "few": 3,
    "several": 4,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "dozen": 12,
}
_SCALES = {"k": 1_000, "thousand": 1_000, "grand": 1_000, "hundred": 100}
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(k\b|thousand|grand|hundred)?")
_HALF = re.compile(r"\b(?:and )?(?:a )?half\b|½")
_HALF_OF_ONE = re.compile(r"\bhalf (?:a|an) ")
# How old somebody is answers nothing here, and must not be taken for what does.
_AGE = re.compile(
    r"\b\d{1,3}[\s-]*(?:years?|yrs?|y)[\s/-]*(?:old|o)\b"
    r"|\b(?:age|aged)\s+\d{1,3}\b"
    r"|\b(?:i'?m|i am)\s+(?:now\s+|only\s+|just\s+)?\d{2}\b(?!\s*(?:years?|yrs?|months?|mos?|hours?|hrs?|h|k)\b)"
)
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|–|to|or)\s*(\d+(?:\.\d+)?)")


def read_number(text: str, unit: Unit) -> float | None:
    """The number in `text` in years, hours a week or money; None where there is none.

    Months and days are converted; a range gives its lower end, so that nobody is promised
    more than they have.
    """
    words = _AGE.sub(" ", text[:MAX_LENGTH].lower().replace("’", "'")).replace("$", " ").replace("usd", " ")
    value = _value(words)
    if value is None:
        return None
    if unit == "years" and re.search(r"\bmonths?\b|\bmos?\b", words):
        return round(value / MONTHS_A_YEAR, 2)
    if unit == "years" and re.search(r"\bweeks?\b|\bwks?\b", words):
        return round(value / WEEKS_A_YEAR, 2)
    if unit == "hours" and re.search(r"\b(a|per|each|every)\s*(day|night|evening)\b|\bdaily\b", words):
        return value * DAYS_A_WEEK
    if unit == "hours" and re.search(r"\bminutes?\b|\bmins?\b", words):
        return round(value / 60, 2)
    return value


def _value(words: str) -> float | None:
    if _HALF_OF_ONE.search(words):
        return 0.5
    half = 0.5 if _HALF.search(words) else 0.0
    found_range = _RANGE.search(words)
    if found_range:
        return float(found_range[1])
    found = _NUMBER.search(words)
    if found:
        return float(found[1].replace(",", "")) * _SCALES.get(found[2] or "", 1) + half
    tokens = re.findall(r"[a-z]+", _HALF.sub(" ", words))
    for index, token in enumerate(tokens):
        if token not in _WORDS or (token in ("a", "an") and index + 1 < len(tokens) and tokens[index + 1] in _WORDS):
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        unit_follows = (
            re.match(r"(years?|yrs?|months?|hours?|hrs?|of|hundred|thousand|grand|k)$", following) is not None
        )
        if token in ("a", "an") and not unit_follows:
            continue
        return _WORDS[token] * _SCALES.get(following, 1) + half
    return half or None


def digits(text: str) -> int:
    """A whole number as a button carries it, of four digits at most; -1 for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else -1
