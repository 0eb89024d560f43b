"""What of an answer fits one bubble, and what would say again what was said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rapidfuzz import fuzz, utils

from bot.advice.topic_answers import Section
from bot.advice.wording import Said

BUBBLE_LINES = 8
MAX_LINES = 4
MAX_A_LABEL = 2
SAME = 88  # of 100 shared words: one sentence says the other's again …
ALIKE = 73  # … as do, from here, sentences found one by one, which nobody has put side by side
SIBLING = 75  # … and from here letter by letter, one of a list that says the same of many things one by one
COMPARE = "compare"
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")


def behind(sections: list[Section]) -> list[Section]:
    """The whole of each section for [More]; what is only about the field as a whole is left out."""
    return [
        replace(item, lead=None, lines=tuple(sentences_of(item)), labels=()) for item in sections if not item.general
    ]


def sentences_of(section: Section) -> list[Said]:
    """All that a section says, in the order shown."""
    grouped = [sentence for _, group in section.labels for sentence in group]
    return [sentence for sentence in (section.lead, *section.lines, *grouped) if sentence is not None]


def distinct(section: Section) -> Section:
    """Without the sentences that say again what an earlier one said."""
    if section.topic == "compare" and not section.direct:  # the same words under another label are another line
        return section
    kept: list[str] = []

    def new(sentence: Said) -> bool:
        again = any(_says_again(sentence.text, earlier, ALIKE if section.direct else SAME) for earlier in kept)
        again = again or (bool(section.direct) and any(_is_sibling(sentence.text, earlier) for earlier in kept))
        if not again:
            kept.append(sentence.text)
        return not again

    lead = section.lead if section.lead is None or new(section.lead) else None
    labels = tuple((label, tuple(filter(new, group))) for label, group in section.labels)
    # A label that lost every sentence to the lead is answered, so it is not shown as "not known".
    before = {label: bool(group) for label, group in section.labels}
    labels = tuple((label, group) for label, group in labels if group or not before[label])
    return replace(section, lead=lead, labels=labels, lines=tuple(filter(new, section.lines)))


def once(sections: list[Section]) -> list[Section]:
    """Without the sections whose first sentence an earlier one led with, and the lines that an earlier one has; that
    something is of another country is said once.
    """
    shown: set[str] = set()
    foreign: set[str | None] = set()
    kept = []
    for section in sections:
        lead = section.lead
        if lead is not None and lead.text in shown and section.topic != COMPARE:
            continue
        lines = tuple(line for line in section.lines if line.text not in shown or section.topic == COMPARE)
        again = section.foreign in foreign
        foreign.add(section.foreign)
        kept.append(replace(section, lines=lines, foreign=None if again else section.foreign))
        shown |= {sentence.text for sentence in sentences_of(kept[-1])}
    return kept


def _says_again(text: str, earlier: str, same: int) -> bool:
    """Whether a sentence repeats an earlier one: nearly the same words, and no figure of its own."""
    if set(_FIGURE.findall(text)) - set(_FIGURE.findall(earlier)):
        return False
    return fuzz.token_set_ratio(text, earlier, processor=utils.default_process) > same


def _is_sibling(text: str, earlier: str) -> bool:
    """Whether a sentence says of another thing what an earlier one said, in the same words with other figures."""
    plainly = [_FIGURE.sub("", item) for item in (text, earlier)]
    return text != earlier and plainly[0] != plainly[1] and fuzz.ratio(*plainly) > SIBLING


def _even(sections: list[Section], budget: int, most: int, length: Callable[[Said | None], int]) -> int:
    """How many lines every side of a comparison can show, so that none is cut for another."""
    for rank in range(most):
        budget -= sum(length(section.lines[rank]) for section in sections if rank < len(section.lines))
        if budget < 0:
            return rank
    return most


def fit(
    sections: list[Section], budget: int, length: Callable[[Said | None], int]
) -> tuple[list[Section], list[Section]]:
    """What fits `budget` letters, and the rest for [More]: leads always, then labels, then lines."""
    budget -= sum(length(section.lead) for section in sections)
    lines_left = BUBBLE_LINES - len(sections)
    per_section = max(1, MAX_LINES // max(1, len(sections)))
    if all(section.topic == "compare" and not section.direct for section in sections):
        per_section = _even(sections, budget, per_section, length)
    shown, rest = [], []
    for section in sections:
        labels, lines, left = [], [], []
        for label, group in section.labels:
            kept = []
            for index, sentence in enumerate(group):
                if index < MAX_A_LABEL and lines_left > 0 and budget >= length(sentence):
                    kept.append(sentence)
                    budget -= length(sentence)
                else:
                    left.append(sentence)
            if kept or not group:
                labels.append((label, tuple(kept)))
                lines_left -= 1
        for index, sentence in enumerate(section.lines):
            if index < per_section and lines_left > 0 and budget >= length(sentence):
                lines.append(sentence)
                budget -= length(sentence)
                lines_left -= 1
            else:
                left.append(sentence)
        shown.append(replace(section, lines=tuple(lines), labels=tuple(labels)))
        notes = [Said(s.note, source=s.source, whose=s.whose, as_of=s.as_of) for s in sentences_of(shown[-1]) if s.note]
        hidden = dict.fromkeys((*notes, *left))
        rest.append(replace(section, lead=None, lines=tuple(hidden), labels=()))
    return shown, rest
