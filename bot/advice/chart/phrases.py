"""The words of a chart, in picture, text and caption the same. Wording comes from `texts.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.advice.chart.content import KINDS, LadderChart
from bot.advice.chart.journey import Journey, Stop
from bot.knowledge.figures import written
from bot.knowledge.model import MoveKind

WEEKS_A_YEAR = 52
LONG = 2 * WEEKS_A_YEAR  # from here on weeks are told as years
MAX_NAMED = 5  # of a list; the rest is counted
MAX_HELD = 10  # of what somebody has: letters are short, and years come after them


@dataclass(frozen=True)
class PanelLine:
    """A line of the person's panel: `number` marks a stop of the way, `detail` stands below."""

    name: str
    detail: str = ""
    number: int | None = None

    @property
    def line(self) -> str:
        """The item in one line."""
        number = f"{self.number}. " if self.number is not None else ""
        return f"{number}{self.name}. {self.detail}" if self.detail else f"{number}{self.name}"


@dataclass(frozen=True)
class Panel:
    """What the picture says to one person: its title, and what stands below the map.

    `held` is what they have, with a check mark.
    """

    title: str
    items: tuple[PanelLine, ...] = ()
    lines: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


def length(texts: Mapping[str, str], weeks: int) -> str:
    """A time as people say it."""
    if weeks <= LONG:
        return texts["length_weeks"].format(count=weeks)
    return texts["length_years"].format(count=written(round(weeks / WEEKS_A_YEAR, 1)))


class Phrases:
    """Words for one ladder and, where given, one person's journey. `texts` are those of `texts.yaml`."""

    def __init__(self, texts: Mapping[str, str], ladder: LadderChart, journey: Journey | None = None) -> None:
        self.texts = texts
        self.ladder = ladder
        self.journey = journey

    @property
    def title(self) -> str:
        """What the picture shows: the field, or the person's own road through it."""
        panel = self.panel()
        return panel.title if panel else self.texts["chart_title"].format(field=self.ladder.field)

    def kind(self, kind: MoveKind) -> str:
        """What a style of line means."""
        return {
            "up": self.texts["chart_kind_up"],
            "across": self.texts["chart_kind_across"],
            "bridge": self.texts["chart_kind_bridge"],
        }[kind]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the legend says besides."""
        left_out = len(self.ladder.arrows) > len(self.ladder.main)
        asked = any(box.certifications for box in self.ladder.boxes)
        main = self.texts["chart_main_moves"].format(count=len(self.ladder.arrows))
        return tuple(note for note, wanted in ((main, left_out), (self.texts["chart_below_names"], asked)) if wanted)

    def badges(self, role: str) -> tuple[str, ...]:
        """What marks a role as the person's own: where they are, a stop, the goal."""
        journey = self.journey
        if journey is None:
            return ()
        found = [self.texts["chart_here"]] if journey.here == role else []
        stop = journey.number(role)
        if stop is not None:
            found.append(self.texts["chart_stop"].format(number=stop))
        if journey.goal == role:
            found.append(self.texts["chart_goal"])
        return tuple(found)

    @property
    def own(self) -> str:
        """What the thick lines mean on a person's chart; empty where there are none."""
        drawn = self.journey is not None and self.journey.arrows(self.ladder)
        return self.texts["chart_own"] if drawn else ""

    def moves(self, role: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Where a role leads: what kind of move, and the names it leads to; kinds without any left out."""
        found = []
        for kind in KINDS:
            arrows = [arrow for arrow in self.ladder.arrows if arrow.start == role and arrow.kind == kind]
            if arrows:
                found.append((self.kind(kind), tuple(self.ladder.box(arrow.to).name for arrow in arrows)))
        return tuple(found)

    def panel(self) -> Panel | None:
        """What the picture says of the person; None where nothing is known."""
        journey = self.journey
        if journey is None or not (journey.here or journey.goal or journey.held):
            return None
        if not journey.goal:
            moves = self.moves(journey.here) if journey.here else ()
            items = tuple(PanelLine(f"{kind}: {', '.join(names)}") for kind, names in moves)
            title = (
                self.texts["chart_from_here"] if items else self.texts["chart_title"].format(field=self.ladder.field)
            )
            return Panel(title, items, held=journey.held)
        if journey.weeks is None:
            return self._no_road(journey)
        stops = tuple(self._stop(stop, at) for at, stop in enumerate(journey.stops, 1))
        rest = (PanelLine(journey.goal_name, self.missing(journey.missing)),) if journey.missing else ()
        title = self.texts["chart_road"].format(goal=journey.goal_name, length=length(self.texts, journey.weeks))
        # Who holds no role of the chart stands before it.
        here = () if journey.here else (self.texts["chart_outside"],)
        asked = (self.texts["chart_asked"].format(names="; ".join(journey.asked)),) if journey.asked else ()
        return Panel(title, (*stops, *rest), (*asked, *here), journey.held)

    def _no_road(self, journey: Journey) -> Panel:
        if journey.reached:
            return Panel(self.texts["chart_reached"].format(goal=journey.goal_name), held=journey.held)
        items = (PanelLine(journey.goal_name, self.missing(journey.missing)),) if journey.missing else ()
        title = self.texts["chart_no_road"].format(goal=journey.goal_name)
        return Panel(title, items, journey.notes, journey.held)

    def _stop(self, stop: Stop, at: int) -> PanelLine:
        detail = self.missing(stop.missing) if stop.missing else self.texts["chart_nothing_missing"]
        return PanelLine(self.ladder.box(stop.role).name, detail, at)

    def missing(self, names: Sequence[str]) -> str:
        """What is missing, the first few by name."""
        return self.texts["chart_missing"].format(names=self.some(names))

    def held(self, names: Sequence[str]) -> str:
        """What counts already."""
        return self.texts["chart_held"].format(names=self.some(names, MAX_HELD))

    def some(self, names: Sequence[str], most: int = MAX_NAMED) -> str:
        """The first few of a list, and how many more."""
        shown = ", ".join(names[:most])
        more = len(names) - most
        return self.texts["chart_and_more"].format(names=shown, count=more) if more > 0 else shown
