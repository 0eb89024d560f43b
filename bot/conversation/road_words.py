"""How plans are put into words and buttons: lengths, costs, labels, the source line, one screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from markupsafe import Markup

from bot.advice.planner import Money, Step
from bot.advice.wording import Cited, month, plain
from bot.conversation.bubbles import Bubbles, rows
from bot.conversation.messages import Button, CitedSource, Reply
from bot.conversation.presses import Press, encode
from bot.knowledge.base import KnowledgeBase

# One screen of a 360-pixel phone (rule 4 of the product): a plan has ten lines, its source line not counted.
MAX_LINES = 10
MAX_CHARACTERS = 600
MAX_CHOICES = 6
MAX_LABEL = 20
MAX_SOURCES = 3
WEEKS_A_YEAR = 52
LONG = 2 * WEEKS_A_YEAR


class RoadWords:
    """Words, buttons and bubbles about plans over one knowledge base."""

    def __init__(self, base: KnowledgeBase, bubbles: Bubbles) -> None:
        self.base = base
        self.bubbles = bubbles

    def text(self, key: str) -> str:
        """A sentence of `texts.yaml`."""
        return self.bubbles.text(key)

    def fill(self, key: str, **slots: object) -> Markup:
        """A sentence with its slots filled; what is filled in is escaped."""
        return Markup(self.text(key)).format(**slots)  # noqa: S704 - our own content; slots are escaped by format

    def length(self, weeks: int) -> str:
        """A time as people say it: weeks up to two years, then years; none at all means now."""
        if not weeks:
            return self.text("length_now")
        if weeks <= LONG:
            return self.text("length_weeks").format(count=weeks)
        return self.text("length_years").format(count=f"{weeks / WEEKS_A_YEAR:.1f}")

    def cost(self, cost: Money | None) -> str:
        """A range of money, or that none is known."""
        if cost is None:
            return self.text("cost_unknown")
        if not cost.high:
            return self.text("cost_free")
        low, high = f"{cost.low:,.0f}", f"{cost.high:,.0f}"
        amount = low if low == high else self.text("from_to").format(low=low, high=high)
        return f"{amount} {self.base.field.currency}"

    def label(self, label: str) -> str:
        """One of the three labels, as it stands inside a line."""
        return self.text(f"label_{label}").format(body=self.text("body")).lower()

    def when(self, step: Step) -> str:
        """The weeks of a step, counted from 1."""
        first, last = step.starts_week + 1, step.ends_week
        key = "road_week" if first == last else "road_weeks"
        return self.text(key).format(first=first, last=last)

    def name(self, item: str) -> str:
        """The name of an entity, of schooling, a licence or a kind of work."""
        try:
            return self.base.name(item)
        except KeyError:
            named = (*self.base.assessment.licences, *self.base.assessment.experience)
            return next((value.name for value in named if value.id == item), item)

    def source_line(self, sources: Sequence[CitedSource]) -> str:
        """Publishers with their dates, each once; the rest stands in the opened steps."""
        shown: dict[str, Markup] = {}
        for source in sources:
            publisher = source.publisher
            key = "source_dated" if source.as_of else "source_undated"
            as_of = month(source.as_of) if source.as_of else ""
            text = self.fill(key, publisher=publisher, as_of=as_of, read=month(source.read))
            shown[publisher] = shown.get(publisher, text)
        return str(self.fill("sources", sources=Markup("; ").join(list(shown.values())[:MAX_SOURCES]))) if shown else ""

    def tap(self, action: str, label: str, *arguments: str) -> Button | None:
        """A button, its label cut to what fits; None where its arguments do not fit."""
        press = encode(Press(action, arguments))
        return Button(label=label, press=press, say=label) if press else None

    def plan_button(self, goal: str, number: int) -> Button | None:
        """The button that plans a goal: by name where that fits a label, else by number."""
        entity = self.base.entities[goal]
        names = (self.text("button_plan").format(name=entity.name), entity.name, entity.short)
        label = next(
            (name for name in names if len(name) <= MAX_LABEL), self.text("button_plan_number").format(number=number)
        )
        return self.tap("road", label, "goal", goal)

    def home(self) -> Button | None:
        """The way back to the first bubble."""
        press = encode(Press("ask", ("greeting", "")))
        return (
            Button(label=self.text("button_home"), press=press, say=self.bubbles.say("greeting", ())) if press else None
        )

    def reply(
        self,
        lines: Iterable[object],
        buttons: Sequence[Button | None] = (),
        *,
        edit: bool,
        back: Button | None = None,
        sources: Sequence[CitedSource] = (),
        topic: str = "plan",
        asks: bool = False,
    ) -> Reply:
        """A bubble with at most six choices and the row that leads away; `asks` marks a question of ours."""
        choices = [button for button in buttons if button][:MAX_CHOICES]
        away = tuple(button for button in (back, self.home()) if button)
        text = "\n".join(part for part in (*map(str, lines), self.source_line(sources)) if part)
        return Reply(
            text=text,
            buttons=(*rows(choices), away),
            edit=edit,
            outcome="clarify" if asks else "answer",
            topics=(topic,),
            sources=tuple(sources),
        )


def fits(lines: Iterable[object]) -> bool:
    """Whether some lines, without the source line, are one screen."""
    shown = [line for part in lines for line in str(part).splitlines() if line]
    return len(shown) <= MAX_LINES and len(plain("\n".join(shown))) <= MAX_CHARACTERS


def as_many_as_fit(head: Sequence[object], lines: Sequence[object], tail: Sequence[object] = ()) -> list[object]:
    """The head, as many of the lines as one screen holds, and the tail."""
    count = len(lines)
    while count and not fits((*head, *lines[:count], *tail)):
        count -= 1
    return [*head, *lines[:count], *tail]


def cited(steps: Iterable[Step]) -> tuple[CitedSource, ...]:
    """The sources behind some steps, each once."""
    return unique(source for step in steps for source in step.sources)


def unique(sources: Iterable[Cited]) -> tuple[CitedSource, ...]:
    """Sources as a reply carries them, each once."""
    found = (CitedSource(**asdict(source)) for source in sources)
    return tuple({(source.url, source.as_of): source for source in found}.values())
