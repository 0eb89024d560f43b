"""Verdicts by a figure: the cheaper of two, the shortest of all, and the units that several credentials ask in sum."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.advice.planner.ledger import together
from bot.advice.profile import Profile
from bot.advice.verdicts.asked import Measured, asking_text, compares_it, place, says
from bot.advice.verdicts.figures import PAY, against, apart, can_begin, candidates, figure, figures, shown
from bot.advice.verdicts.yes_or_no import wants_yes_or_no
from bot.advice.wording import Said, said, sourced
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Quantity, Standing
from bot.knowledge.verdicts import Measure
from bot.understanding.question import Question

FURTHER = 3  # runners-up that are shown
NAMED = 3  # things that share a place and are named; the others are counted
STANDINGS: tuple[Standing | None, ...] = ("confirmed", "reported", "second-hand", None)
UNITS = "continuing_units"


def of_two(
    base: KnowledgeBase, question: Question, asked: Measured, compared: Sequence[str]
) -> tuple[list[Said], list[Said]]:
    """The sentences that hold some things against each other, the verdict first, and those that only lend a source."""
    measure, words = asked.measure, base.verdicts.words
    known = apart(base, compared, measure.figure) if measure.figure else {}
    caution = _cautions(measure, known.values())
    if measure.figure is None and not _speak_of(base, caution, compared):
        return [line for line in caution if not line.known], []  # what is known of it is about other things
    if not known:
        if measure.figure == PAY:
            return [], []  # a sentence that speaks of them says more
        names = _names(base, compared)
        return [
            *([Said(words["none_known"].format(names=names, name=measure.name))] if measure.figure else []),
            *caution,
        ], []
    ordered = list(known.items())
    if len(ordered) == 1:
        ((only, value),) = ordered
        unknown = _names(base, [item for item in compared if item != only])
        text = words["one_known"].format(
            first=base.entities[only].short, value=shown(base, measure, value), others=unknown, name=measure.name
        )
        return [sourced(text, value), *caution], []
    if asked.most:
        ordered.reverse()
    (first, best), *others_known = ordered
    others = against(base, {item: shown(base, measure, value) for item, value in others_known})
    weakest = max((value for _, value in ordered), key=lambda value: STANDINGS.index(base.standing(value)))
    if all(_alike(best, value) for _, value in others_known):
        text = words["same"].format(value=shown(base, measure, best), name=measure.name, names=_names(base, compared))
        told = _yes_or_no(base, question, None, compared)
    else:
        text = words["two"].format(
            first=base.entities[first].short, is_=asked.end.is_, value=shown(base, measure, best), against=others
        )
        told = _yes_or_no(base, question, first, compared)
    lend = [sourced("", value) for _, value in ordered if value is not weakest]
    return [sourced(told + text, weakest), *caution], lend


def _speak_of(base: KnowledgeBase, lines: Sequence[Said], things: Sequence[str]) -> bool:
    """Whether sentences name none of the kind of some things, or one of these."""
    kind = base.kinds[things[0]]
    names = {item: base.entities[item].short for item in base.entities if base.kinds[item] == kind}
    told = {item for item, name in names.items() if any(says(line.text, (name.lower(),)) for line in lines)}
    return not told or not told.isdisjoint(things)


def _alike(one: Quantity, other: Quantity) -> bool:
    return (one.low, one.high) == (other.low, other.high)


def _yes_or_no(base: KnowledgeBase, question: Question, winner: str | None, compared: Sequence[str]) -> str:
    """How the answer begins to "is this one cheaper than that one"; nothing where it is no such question."""
    leans, verdicts = compares_it(base, question), base.verdicts
    text = question.text if leans else asking_text(question)
    if (place(text, verdicts.than) is None and not leans) or not wants_yes_or_no(verdicts.yes_or_no, text):
        return ""
    return f"{verdicts.words['yes' if winner == compared[0] else 'no']} "


def top(base: KnowledgeBase, asked: Measured, kind: str, profile: Profile) -> tuple[list[Said], list[str]]:
    """The one with the most or the least of all whose figure is known, then those after it; and what was named.

    The least is asked for to be taken up: what somebody may not begin yet is named apart.
    """
    measure, words = asked.measure, base.verdicts.words
    if measure.figure is None:
        return [said(fact) for fact in measure.says], []
    everyone = candidates(base, kind)
    open_now = [item for item in everyone if asked.end is not measure.less or can_begin(base, profile, item)]
    known = list(figures(base, open_now, measure.figure).items())
    caution = _cautions(measure, (value for _, value in known))
    if len(known) <= 1:
        return caution, []
    if asked.most:
        known.reverse()
    places = [list(group) for _, group in groupby(known, key=lambda pair: (pair[1].low, pair[1].high))]
    lines, named = [], []
    for at, group in enumerate(places[: 1 + FURTHER]):
        ids = [item for item, _ in group]
        text = words["next" if at else "top"].format(
            names=_names(base, ids), most=asked.end.most, value=shown(base, measure, group[0][1])
        )
        weakest = max((value for _, value in group), key=lambda value: STANDINGS.index(base.standing(value)))
        lines.append(sourced(text, weakest))
        named += ids[:NAMED]
    counted = Said(words["counted"].format(count=len(known), name=measure.name))
    apart_from = list(figures(base, (item for item in everyone if item not in open_now), measure.figure))
    left_out = [Said(words["left_out"].format(names=_names(base, apart_from)))] if apart_from else []
    return [lines[0], *caution, *lines[1:], *(left_out or [counted])], named


def _cautions(measure: Measure, values: Iterable[Quantity]) -> list[Said]:
    """What is to be known with some figures: a caution from a page is one about figures of that page."""
    pages = {value.source for value in values}
    return [said(fact) for fact in measure.says if measure.figure is None or fact.source in (None, *pages)]


def units(base: KnowledgeBase, question: Question, held: Sequence[str]) -> tuple[list[Said], list[Said]] | None:
    """The continuing units that several credentials ask together, body by body; None where that is not asked."""
    verdicts = base.verdicts
    text = asking_text(question)
    if len(held) <= 1 or not verdicts.words or not says(text, verdicts.upkeep) or not says(text, verdicts.counting):
        return None
    lines, lend = [], []
    by_body = groupby(
        sorted(held, key=lambda item: base.certifications[item].issuer),
        key=lambda item: base.certifications[item].issuer,
    )
    for body, group in by_body:
        ids = sorted(group, key=held.index)
        known = figures(base, ids, UNITS)
        period = figure(base, ids[0], "renewal_years")
        if len(known) < len(ids) or period is None:
            return None
        most = max(known.values(), key=lambda value: value.high)
        planning = base.terms[body].planning
        total = together(planning, math.ceil(most.high), len(ids))
        rule = planning.more_units if len(ids) > 1 and planning.more_units else most
        key = "sum" if len(ids) > 1 else "sum_of"
        text = verdicts.words[key].format(
            total=total, years=f"{period.low:g}", names=_names(base, ids, most=len(ids)), body=base.terms[body].short
        )
        lines.append(sourced(text, rule))
        lend += [sourced("", value) for value in (most, period)]
    return lines, lend


def _names(base: KnowledgeBase, ids: Sequence[str], most: int = NAMED) -> str:
    texts = base.texts.texts
    names = [base.entities[item].short for item in ids]
    if len(names) > most + 1:
        names = [*names[:most], texts["plan_others"].format(count=len(names) - most)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {texts['and']} {names[-1]}"
