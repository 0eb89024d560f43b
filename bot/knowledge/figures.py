"""Sentences made from the figures of plans, so that each figure stands in one place.

`The exam costs {exam_fee}.` in a file becomes `The exam costs 425 to 499 USD.` with the figure under `planning` there,
or else of the body that issues it. `{exam_fee.low}` and `{exam_fee.high}` are its ends, and `{abc.exam_fee}` is the
figure of another entity. A sentence that gives no origin of its own has that of its figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any

from bot.knowledge.ids import ID
from bot.knowledge.yaml_file import Trail

MONEY = frozenset({"exam_fee", "retake_fee", "membership", "renewal_fee", "more_renewal_fee", "materials", "cost"})
OTHER = frozenset(
    {
        "renewal_years",
        "continuing_units",
        "more_units",
        "most_units",
        "study_hours",
        "exam_hours",
        "exam_questions",
        "hours",
        "weeks_at_least",
    }
)
KEYS = sorted(MONEY | OTHER)
_ID = ID.strip("^$")
SLOT = re.compile(rf"\{{(?:(?P<entity>{_ID})\.)?(?P<key>{'|'.join(KEYS)})(?:\.(?P<end>low|high))?\}}")
SENTENCES = ("say", "note", "truth", "summary")
ORIGIN = ("source", "whose", "as_of", "assumption")

Plannings = Mapping[str, Mapping[str, Any]]
OnFigure = Callable[[Trail, str, str], None]


class Filler:
    """Fills the slots of raw data, before its types are checked.

    `plannings` maps the id of an entity to its raw `planning`, `issuers` a credential to its body; `sources` are the
    ids of all pages.
    """

    def __init__(
        self, plannings: Plannings, issuers: Mapping[str, str], sources: Set[str], currency: str, from_to: str
    ) -> None:
        self.plannings = plannings
        self.issuers = issuers
        self.sources = sources
        self.currency = currency
        self.from_to = from_to

    def fill(self, data: Any, entity: str, tell: OnFigure) -> Any:
        """`data` with its slots filled; `tell` hears of slots that cannot be: place, what is wrong, how to mend it."""
        return self._filled(data, entity, (), tell)

    def _filled(self, data: Any, entity: str, trail: Trail, tell: OnFigure) -> Any:
        if isinstance(data, list):
            return [self._filled(item, entity, (*trail, index), tell) for index, item in enumerate(data)]
        if not isinstance(data, dict):
            return data
        result = {key: self._filled(value, entity, (*trail, key), tell) for key, value in data.items()}
        for key in SENTENCES:
            text = result.get(key)
            if isinstance(text, str) and "{" in text:
                figures = list(self._figures(text, entity))
                result[key] = self._sentence(text, figures, (*trail, key), tell)
                if key == "say":
                    known = [figure for _, figure in figures if figure is not None]
                    _origin(result, known, self.sources, (*trail, key), tell)
        return result

    def _figures(self, text: str, entity: str) -> Iterator[tuple[re.Match[str], Mapping[str, Any] | None]]:
        for slot in SLOT.finditer(text):
            owner = slot["entity"] or entity
            places = (owner,) if slot["entity"] else (owner, self.issuers.get(owner, ""))
            found = (self.plannings.get(place, {}).get(slot["key"]) for place in places)
            yield slot, next((figure for figure in found if isinstance(figure, dict)), None)

    def _sentence(
        self, text: str, figures: list[tuple[re.Match[str], Mapping[str, Any] | None]], trail: Trail, tell: OnFigure
    ) -> str:
        for slot, figure in reversed(figures):
            words = self._words(slot, figure) if figure is not None else None
            if words is None and figure is not None:
                continue  # what is wrong with the figure is told where it stands
            if words is None:
                owner = f"`{slot['entity']}`" if slot["entity"] else "this entity"
                mend = f"add `{slot['key']}:` to its `planning`, or write the sentence without it"
                tell(trail, f"nothing fills {slot.group()}: {owner} has no such figure", mend)
                continue
            text = text[: slot.start()] + words + text[slot.end() :]
        return text

    def _words(self, slot: re.Match[str], figure: Mapping[str, Any]) -> str | None:
        ends = [figure.get(key) for key in ((slot["end"],) if slot["end"] else ("low", "high"))]
        if not all(isinstance(end, int | float) and not isinstance(end, bool) for end in ends):
            return None
        shown = [written(float(end)) for end in ends if end is not None]
        words = shown[0] if len(set(shown)) == 1 else self.from_to.format(low=shown[0], high=shown[-1])
        return f"{words} {self.currency}" if slot["key"] in MONEY else words


def _origin(
    record: dict[str, Any], figures: list[Mapping[str, Any]], sources: Set[str], trail: Trail, tell: OnFigure
) -> None:
    """Give a sentence the origin of its figure, or compare the two. A page that is not there is told of elsewhere."""
    if not figures:
        return
    first = figures[0]
    if len({(figure.get("source"), figure.get("whose")) for figure in figures}) > 1:
        what = "the figures in this sentence have different origins, and only one of them would be told"
        tell(trail, what, "write a sentence for each")
        record.setdefault("source", first.get("source"))
        return
    if not record.get("source") and not record.get("assumption"):
        record.update({key: first[key] for key in ORIGIN if key in first and key not in record})
        return
    for figure in figures:
        if figure.get("source") != record.get("source") and {figure.get("source"), record.get("source")} <= sources:
            mend = "delete `source` here, so that the sentence has that of its figure, or correct one of the two"
            tell(
                trail, f"the figure is from `{figure.get('source')}`, the sentence from `{record.get('source')}`", mend
            )
            return


def written(value: float) -> str:
    """A number as people write it: 2, 1.5, 4,990,000."""
    return f"{int(value):,}" if value == int(value) else f"{value:,g}"
