"""The one builder of replies: words, buttons, the source line, and what fits one screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from markupsafe import Markup

from bot.advice.origins import Cited, Origins
from bot.advice.planner import Money, Step
from bot.advice.planner.words import Words
from bot.advice.wording import plain
from bot.conversation.callback_data import Press, encode
from bot.conversation.messages import Button, CitedSource, Picture, Reply
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import Named
from bot.knowledge.listening import HelpFor
from bot.understanding.parsing.speech import Speech

# One screen of a 360-pixel phone (rule 4 of the product): a plan has ten lines, its source line not counted.
MAX_LINES = 10
MAX_CHARACTERS = 600
MAX_CHOICES = 6
MAX_LABEL = 20
MAX_SOURCES = 3
BUTTONS_A_ROW = 2
WEEKS_A_YEAR = 52
LONG = 2 * WEEKS_A_YEAR


class Replies:
    """Makes replies in the words of one knowledge base; `speech` reads its language."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base, self.speech, self.origins = base, Speech(base.language), Origins(base)

    def text(self, key: str) -> str:
        """A sentence of `texts.yaml`, the field's name filled in."""
        return self.base.texts.texts[key].replace("{field}", self.base.field.name)

    def fill(self, key: str, **slots: object) -> Markup:
        """A sentence with its slots filled; what is filled in is escaped."""
        return Markup(self.text(key)).format(**slots)  # noqa: S704 - our own content; slots are escaped by format

    def say(self, topic: str, entities: Sequence[str]) -> str:
        """A topic about some entities as a full question, as a person could type it."""
        words = self.base.texts.topics[topic]
        named = [self.base.entities[item] for item in entities if item in self.base.entities]
        if not named or [item.id for item in named] == [self.base.field.default_entity]:
            return words.question_general or words.question.format(name=self.base.field.name)
        return words.question.format(name=f" {self.text('and')} ".join(item.short for item in named))

    def length(self, weeks: int) -> str:
        """A time as people say it: weeks up to two years, then years; none at all means now."""
        if not weeks:
            return self.text("length_now")
        if weeks <= LONG:
            return self.text("length_weeks").format(count=weeks)
        return self.text("length_years").format(count=f"{weeks / WEEKS_A_YEAR:.1f}")

    def cost(self, cost: Money | None, *, assumed: bool = False) -> str:
        """A range of money, or that none is known; `assumed` where an amount of ours is in it."""
        if cost is None:
            return self.text("cost_unknown")
        if not cost.high:
            return self.text("cost_free")
        money = Words(self.base).money(cost)
        return self.text("cost_assumed").format(cost=money) if assumed else money

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

    def source_line(self, sources: Iterable[Cited | CitedSource], most: int = MAX_SOURCES) -> Markup:
        """The line that names at `most` so many publishers and says what is second-hand; empty without any."""
        named = (source if isinstance(source, Cited) else Cited(**source.model_dump()) for source in sources)
        return self.origins.line(named, most=most, doubted=True)

    def tap(self, flow: str, label: str, *arguments: str, say: str = "") -> Button | None:
        """A button with the label and the words `say`; None where its arguments do not fit into callback data."""
        press = encode(Press(flow, arguments))
        return Button(label=label, press=press, say=say or label) if press else None

    def button(self, key: str, flow: str, *arguments: str, **slots: object) -> Button | None:
        """A button whose label is a text, its slots filled."""
        return self.tap(flow, self.text(key).format(**slots), *arguments)

    def ask_button(self, topic: str, entities: Sequence[str] = (), *, whole: bool = False) -> Button | None:
        """A button that asks `topic`, labelled by the `whole` question or in short."""
        say = self.say(topic, entities)
        label = say if whole else self.base.texts.topics[topic].label
        return self.tap("ask", label, topic, ".".join(entities), say=say)

    def plan_button(self, goal: str, number: int) -> Button | None:
        """The button that plans a goal: by name where that fits a label, else by number."""
        entity = self.base.entities[goal]
        names = (self.text("button_plan").format(name=entity.name), entity.name, entity.short)
        label = next(
            (name for name in names if len(name) <= MAX_LABEL), self.text("button_plan_number").format(number=number)
        )
        return self.tap("road", label, "goal", goal)

    def helpline(self, wanted: Sequence[HelpFor], country: str | None, language: str, *, short: bool = False) -> str:
        """The first of the lines that are wanted that a country has, else that of where its lines are found; `short`,
        as it stands inside a sentence.
        """
        helplines = self.base.listening.helplines
        other = helplines.elsewhere if country and helplines.elsewhere else helplines.anywhere
        sources = helplines.countries.get(country or "", {}), other
        line = next((lines[kind] for lines in sources for kind in wanted if kind in lines), None)
        if line is None:
            return ""
        if short and line.short is not None:
            return line.short_in.get(language, line.short)
        return line.say_in.get(language, line.say)

    def home(self) -> Button | None:
        """The way back to the first bubble."""
        return self.tap("ask", self.text("button_home"), "greeting", "", say=self.say("greeting", ()))

    def reply(
        self,
        lines: Iterable[object],
        buttons: Iterable[Button | None] = (),
        *,
        away: Sequence[Button | None] | None = None,
        back: Button | None = None,
        sources: Iterable[Cited | CitedSource] = (),
        topic: str = "plan",
        asks: bool = False,
        picture: Picture | None = None,
    ) -> Reply:
        """A bubble with its source line, at most six choices and the row that leads `away` (else back and home).

        `asks` marks a question of ours.
        """
        cited = unique(sources)
        origins = self.source_line(cited)
        choices = [button for button in buttons if button]
        leads = tuple(button for button in ((back, self.home()) if away is None else away) if button)
        return Reply(
            text="\n".join(str(part) for part in (*lines, origins) if part),
            closing=int(bool(origins)),
            buttons=(*rows(choices[:MAX_CHOICES] if away is None else choices), *((leads,) if leads else ())),
            outcome="clarify" if asks else "answer",
            topics=(topic,),
            sources=cited,
            picture=picture,
        )


def short_label(thing: Named) -> str:
    """The first of a thing's names that fits a button, else as much of its name as does."""
    fitting = (name for name in (thing.name, *thing.aliases) if len(name) <= MAX_LABEL)
    return next(fitting, thing.name[:MAX_LABEL])


def rows(buttons: Iterable[Button]) -> tuple[tuple[Button, ...], ...]:
    """Buttons two a row: on a phone, three labels of 20 characters do not fit side by side."""
    flat = list(buttons)
    return tuple(tuple(flat[start : start + BUTTONS_A_ROW]) for start in range(0, len(flat), BUTTONS_A_ROW))


def fits(lines: Iterable[object], most: int = MAX_CHARACTERS) -> bool:
    """Whether some lines, without the source line, are one screen of at most so many characters."""
    shown = [line for part in lines for line in str(part).splitlines() if line]
    return len(shown) <= MAX_LINES and len(plain("\n".join(shown))) <= most


def as_many_as_fit(head: Sequence[object], lines: Sequence[object], tail: Sequence[object] = ()) -> list[object]:
    """The head, as many of the lines as one screen holds, and the tail."""
    count = len(lines)
    while count and not fits((*head, *lines[:count], *tail)):
        count -= 1
    return [*head, *lines[:count], *tail]


def cited(steps: Iterable[Step]) -> tuple[CitedSource, ...]:
    """The sources behind some steps, each once."""
    return unique(source for step in steps for source in step.sources)


def unique(sources: Iterable[Cited | CitedSource]) -> tuple[CitedSource, ...]:
    """Sources as a reply carries them, each page with each date once."""
    found = (source if isinstance(source, CitedSource) else CitedSource(**asdict(source)) for source in sources)
    return tuple({(source.url, source.whose, source.as_of): source for source in found}.values())
