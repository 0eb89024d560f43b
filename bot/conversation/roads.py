"""Plans in the conversation: the road as a bubble, each step opened, "what if", suggestions.

The planner's own words (titles, reasons, warnings) are shown as they are; figures carry the
sources the planner gives. Nothing here is stored but the profile.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from bot.advice.planner import make_plan
from bot.advice.profile import Profile
from bot.advice.wording import month
from bot.conversation.bubbles import Bubbles, rows
from bot.conversation.flow import Turn
from bot.conversation.messages import Button, CitedSource, Reply
from bot.conversation.numbers import read_number
from bot.conversation.presses import Press, encode
from bot.conversation.reading import read_level
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase

ACTION = "road"
ROUTES = ("fastest", "cheapest", "strongest")
MAX_STEPS = 7  # a plan's bubble has ten lines: heading, seven steps, what is unsure, one more
MAX_SOURCES = 3
WEEKS_A_YEAR = 52
LONG = 2 * WEEKS_A_YEAR
MAX_SUGGESTIONS = 3
MAX_LABEL = 20  # characters of a label that a phone shows two in a row

Json = dict[str, Any]


class Roads:
    """Shows and varies plans over one knowledge base."""

    def __init__(self, base: KnowledgeBase, bubbles: Bubbles) -> None:
        self.base = base
        self.bubbles = bubbles

    def show(self, profile: Profile, name: str = ROUTES[0], *, edit: bool = False, before: str = "") -> list[Reply]:
        """The road to the profile's goal; without a goal, the way to one."""
        if profile.goal is None:
            button = self.bubbles.ask_button("assessment", (), whole=True)
            text = self.bubbles.text("plan_none")
            return [self._reply(text, (button,) if button else (), edit)]
        plan = make_plan(self.base, profile).as_json()
        route = _route(plan, name)
        if route is None:
            return [self._no_road(profile, plan, edit=edit, before=before)]
        lines = [before, self._heading(profile, route)]
        steps = route["steps"]
        lines += [self._step_line(number, step) for number, step in enumerate(steps[:MAX_STEPS], 1)]
        if len(steps) > MAX_STEPS:
            lines.append(self._fill("road_more_steps", count=len(steps) - MAX_STEPS))
        if plan["warnings"]:
            lines.append(self._fill("road_unsure", text=plan["warnings"][0]))
        sources = _sources(steps[:MAX_STEPS])
        lines.append(self._source_line(sources))
        return [
            self._reply("\n".join(filter(None, lines)), self._buttons(plan, route, str(profile.goal)), edit, sources)
        ]

    def _heading(self, profile: Profile, route: Json) -> Markup:
        return self._fill(
            "road_heading",
            goal=self.base.name(str(profile.goal)),
            hours=f"{profile.pace:g}",
            length=self._length(route["weeks"]),
            cost=self._cost(route["cost"]),
            route=self.bubbles.text(f"route_{route['name']}"),
        )

    def _no_road(self, profile: Profile, plan: Json, *, edit: bool, before: str) -> Reply:
        """Reached already, or out of reach: the reason, and the nearest possible goal."""
        lines = [before, *(str(escape(warning)) for warning in plan["warnings"][:MAX_STEPS])]
        buttons = []
        if plan["nearest"]:
            name = self.base.name(plan["nearest"])
            lines.append(str(self._fill("road_nearest", name=name)))
            buttons.append(self._button(self.bubbles.text("button_nearest"), "goal", plan["nearest"]))
        elif (button := self.bubbles.ask_button("unlocks", (str(profile.goal),))) is not None:
            buttons.append(button)
        return self._reply("\n".join(filter(None, lines)), buttons, edit)

    def _step_line(self, number: int, step: Json) -> Markup:
        parts = [self._when(step)] if step["weeks"] else []
        if step["cost"] is None or step["cost"]["high"]:
            parts.append(self._cost(step["cost"]))
        label = f" [{self._label(step['label'])}]" if step["label"] else ""
        detail = f" ({', '.join(parts)})" if parts else ""
        return Markup("{number}. {title}{detail}{label}").format(
            number=number, title=step["title"], detail=detail, label=label
        )

    def _label(self, label: str) -> str:
        return self.bubbles.text(f"label_{label}").format(body=self.bubbles.text("body")).lower()

    def _when(self, step: Json) -> str:
        first = step["starts_week"] + 1
        last = step["starts_week"] + step["weeks"]
        key = "road_week" if first == last else "road_weeks"
        return self.bubbles.text(key).format(first=first, last=last)

    def _length(self, weeks: int) -> str:
        if weeks <= LONG:
            return self.bubbles.text("length_weeks").format(count=weeks)
        return self.bubbles.text("length_years").format(count=f"{weeks / WEEKS_A_YEAR:.1f}")

    def _cost(self, cost: Json | None) -> str:
        if cost is None:
            return self.bubbles.text("cost_unknown")
        if not cost["high"]:
            return self.bubbles.text("cost_free")
        low, high = f"{cost['low']:,.0f}", f"{cost['high']:,.0f}"
        amount = low if low == high else self.bubbles.text("from_to").format(low=low, high=high)
        return f"{amount} {cost['currency']}"

    def _source_line(self, sources: Sequence[CitedSource]) -> Markup | str:
        """Publishers with their dates, each once; the rest stands in the opened steps."""
        shown: dict[str, Markup] = {}
        for source in sources:
            publisher = source.title.partition(":")[0]
            key = "source_dated" if source.as_of else "source_undated"
            as_of = month(source.as_of) if source.as_of else ""
            text = self._fill(key, publisher=publisher, as_of=as_of, read=month(source.read))
            shown[publisher] = shown.get(publisher, text)
        return self._fill("sources", sources=Markup("; ").join(list(shown.values())[:MAX_SOURCES])) if shown else ""

    def _buttons(self, plan: Json, route: Json, goal: str) -> list[Button | None]:
        buttons = [self._button(self.bubbles.text("button_steps"), "step", route["name"], "1")]
        totals = {
            (item["weeks"], item["cost"]["low"], item["cost"]["high"], len(item["steps"])) for item in plan["routes"]
        }
        if len(totals) > 1:
            buttons += [
                self._button(self.bubbles.text(f"route_{item['name']}"), "show", item["name"])
                for item in plan["routes"]
                if item["name"] != route["name"]
            ]
        buttons.append(self._start_button(route, goal))
        buttons.append(self._button(self.bubbles.text("button_counts"), "counts", route["name"]))
        buttons.append(self._button(self.bubbles.text("button_changes"), "changes", route["name"]))
        return buttons

    def _start_button(self, route: Json, goal: str) -> Button | None:
        """Keeps this road as a plan; the flow that keeps plans takes the press."""
        label, press = self.bubbles.text("button_start_plan"), encode(Press("keep", ("start", route["name"], goal)))
        return Button(label=label, press=press, say=label) if press else None

    def _button(self, label: str, *arguments: str) -> Button | None:
        press = encode(Press(ACTION, arguments))
        return Button(label=label, press=press, say=label) if press else None

    def press(self, session: Session, arguments: Sequence[str], today: date, *, edit: bool) -> Turn | None:
        """What a button of a plan does; None for one that fits no plan."""
        pressed = self._pressed(session.profile, arguments, edit=edit)
        if pressed is None:
            return None
        profile, replies = pressed
        return session.model_copy(update={"profile": profile, "asking": False}), replies

    def _pressed(self, profile: Profile, arguments: Sequence[str], *, edit: bool) -> tuple[Profile, list[Reply]] | None:
        action, *rest = arguments or ("",)
        if action == "goal" and len(rest) == 1 and rest[0] in self.base.roles.keys() | self.base.certifications.keys():
            profile = profile.model_copy(update={"goal": rest[0]})
            return profile, self.show(profile, edit=edit)
        if action == "keep" and len(rest) == 2:  # noqa: PLR2004 - key, value
            changed = self._changed(profile, rest[0], rest[1])
            return (changed, self.show(changed, edit=edit)) if changed else None
        if profile.goal is None or not rest or rest[0] not in ROUTES:
            return None
        plan = make_plan(self.base, profile).as_json()
        route = _route(plan, rest[0])
        if route is None:
            return profile, self.show(profile, edit=edit)
        if action == "show":
            return profile, self.show(profile, rest[0], edit=edit)
        if action == "step" and len(rest) == 2 and rest[1].isdecimal() and 1 <= int(rest[1]) <= len(route["steps"]):  # noqa: PLR2004
            return profile, [self._step(route, int(rest[1]), edit)]
        if action == "counts":
            return profile, [self._counts(plan, route, edit)]
        if action == "changes":
            return profile, [self._changes(plan, route, edit)]
        return None

    def _step(self, route: Json, number: int, edit: bool) -> Reply:
        """One step opened: why, when, what it costs, under which label, its sources."""
        step = route["steps"][number - 1]
        sources = _sources([step])
        lines = [
            Markup("<b>{number}. {title}</b>").format(number=number, title=step["title"]),
            escape(step["why"]),
            Markup("• {when}").format(when=self._when(step)) if step["weeks"] else "",
            Markup("• {cost}").format(cost=self._cost(step["cost"]))
            if step["cost"] is None or step["cost"]["high"]
            else "",
            Markup("• {label}").format(label=self._label(step["label"])) if step["label"] else "",
            self._source_line(sources) or self.bubbles.text("road_assumed"),
        ]
        buttons = []
        for other, key in ((number - 1, "button_step_back"), (number + 1, "button_step_on")):
            if 1 <= other <= len(route["steps"]):
                buttons.append(self._button(self.bubbles.text(key), "step", route["name"], str(other)))
        buttons.append(self._button(self.bubbles.text("button_road"), "show", route["name"]))
        return self._reply("\n".join(str(line) for line in lines if line), buttons, edit, sources)

    def _counts(self, plan: Json, route: Json, edit: bool) -> Reply:
        """What counts already, what is missing, and every assumption."""
        names = [self._name(item) for item in plan["have"]]
        lines = [self._fill("road_have", names=", ".join(names) or self.bubbles.text("nothing_yet"))]
        lines += [self._fill("road_gap", title=gap["title"], label=self._label(gap["label"])) for gap in plan["gaps"]]
        lines += [Markup("• {text}").format(text=warning) for warning in plan["warnings"]]
        return self._reply("\n".join(map(str, lines[: MAX_STEPS + 3])), [self._road_button(route)], edit)

    def _changes(self, plan: Json, route: Json, edit: bool) -> Reply:
        """The one or two answers that would change the road, found by trying them."""
        lines = [self._fill("road_change", text=change["effect"]) for change in plan["would_change"]]
        buttons = [
            self._button(
                self.bubbles.text("button_try").format(number=number), "keep", change["key"], _value(change["value"])
            )
            for number, change in enumerate(plan["would_change"], 1)
        ]
        text = "\n".join(map(str, lines)) or self.bubbles.text("road_no_change")
        return self._reply(text, [*buttons, self._road_button(route)], edit)

    def _road_button(self, route: Json) -> Button | None:
        return self._button(self.bubbles.text("button_road"), "show", route["name"])

    def _name(self, item: str) -> str:
        try:
            return self.base.name(item)
        except KeyError:
            named = (*self.base.assessment.licences, *self.base.assessment.experience)
            return next((value.name for value in named if value.id == item), item)

    def typed(self, session: Session, text: str, today: date) -> Turn | None:
        """ "What if I had 10 hours": the road as it would be; None for any other message."""
        profile, words = session.profile, text.lower()
        cue = next((cue for cue in self.base.texts.cues["what_if"] if words.startswith(cue)), None)
        if profile.goal is None or cue is None:
            return None
        rest = words[len(cue) :]
        key, value = self._supposed(rest)
        changed = self._changed(profile, key, value) if key else None
        if changed is None:
            return None
        replies = self.show(changed, before=str(self._fill("road_if", text=text.strip(" ?"))))
        keep = self._button(self.bubbles.text("button_keep"), "keep", key, value)
        first = replies[0]
        return session, [first.model_copy(update={"buttons": (*rows([keep] if keep else []), *first.buttons)})]

    def command(self, session: Session, word: str, today: date, *, edit: bool = False) -> Turn | None:
        """Plans have `/plan`."""
        return (session, self.show(session.profile, edit=edit)) if word == "plan" else None

    def _supposed(self, words: str) -> tuple[str, str]:
        """What a "what if" changes: (key of the profile, value as text); empty where nothing fits."""
        if re.search(r"\bhours?\b|\bhrs?\b", words):
            hours = read_number(words, "hours")
            return ("hours_per_week", f"{hours:g}") if hours else ("", "")
        level = read_level(self.base, words)
        return ("education", level) if level else ("", "")

    def _changed(self, profile: Profile, key: str, value: str) -> Profile | None:
        """The profile with one thing changed, or None where key or value is not known."""
        try:
            if key == "hours_per_week":
                return Profile.model_validate({**profile.model_dump(), key: float(value)})
            if key == "years":
                kind, _, count = value.partition("+")
                kinds = {item.id for item in self.base.assessment.experience}
                return _with(profile, "years", {**profile.years, kind: float(count)}) if kind in kinds else None
        except ValueError:
            return None
        known = {
            "education": self.base.education.keys() | {level.id for level in self.base.assessment.education},
            "certifications": self.base.certifications.keys(),
            "licences": {item.id for item in self.base.assessment.licences},
        }
        if key in known and value in known[key]:
            return _with(profile, key, tuple(dict.fromkeys((*getattr(profile, key), value))))
        return (
            _with(profile, key, value)
            if key in ("setting", "role", "country") and value in self._singles(key)
            else None
        )

    def _singles(self, key: str) -> set[str]:
        return {
            "setting": {item.id for item in self.base.assessment.settings},
            "role": set(self.base.roles),
            "country": {item.id for item in self.base.assessment.countries},
        }[key]

    def suggest(self, profile: Profile) -> list[Reply]:
        """Up to three goals that are near, each with its road's length and why it fits."""
        found = []
        for role in self.base.roles.values():
            if role.id == profile.role:
                continue
            plan = make_plan(self.base, profile.model_copy(update={"goal": role.id})).as_json()
            route = _route(plan, ROUTES[0])
            if route and route["steps"]:
                found.append((route["weeks"], route["cost"]["high"], role.id))
        lines, buttons = [self.bubbles.text("suggest")], []
        for number, (weeks, _, role_id) in enumerate(sorted(found)[:MAX_SUGGESTIONS], 1):
            role = self.base.roles[role_id]
            line = self._fill("suggestion", number=number, name=role.name, length=self._length(weeks), why=role.summary)
            lines.append(str(line))
            buttons.append(self._button(role.name, "goal", role_id))
        return [self._reply("\n".join(lines), buttons, edit=False)]

    def beside(self, profile: Profile, goals: Sequence[str]) -> tuple[str, tuple[Button, ...]]:
        """Two goals side by side: how far each is from where this person stands, and a button for each road."""
        parts, buttons = [], []
        for goal in goals:
            plan = make_plan(self.base, profile.model_copy(update={"goal": goal})).as_json()
            route = _route(plan, ROUTES[0])
            if route is not None and route["steps"]:
                name = self.base.name(goal)
                parts.append(f"{name}: {self._length(route['weeks'])}, {self._cost(route['cost'])}")
                buttons.append(
                    self._button(self.bubbles.text("button_plan").format(name=name)[:MAX_LABEL], "goal", goal)
                )
        if not parts:
            return "", ()
        return str(self._fill("roads_beside", roads="; ".join(parts))), tuple(button for button in buttons if button)

    def _fill(self, key: str, **slots: object) -> Markup:
        return Markup(self.bubbles.text(key)).format(**slots)  # noqa: S704 - our own content; slots are escaped by format

    def _reply(
        self, text: str, buttons: Sequence[Button | None], edit: bool, sources: Sequence[CitedSource] = ()
    ) -> Reply:
        return Reply(
            text=text,
            buttons=rows(button for button in buttons if button),
            edit=edit,
            outcome="answer",
            topics=("plan",),
            sources=tuple(sources),
        )


def _route(plan: Json, name: str) -> Json | None:
    found: list[Json] = [route for route in plan["routes"] if route["name"] == name]
    return found[0] if found else None


def _sources(steps: Sequence[Json]) -> tuple[CitedSource, ...]:
    cited = [CitedSource.model_validate(source) for step in steps for source in step["sources"]]
    return tuple({(source.url, source.as_of): source for source in cited}.values())


def _value(value: object) -> str:
    """A changed value as callback data carries it."""
    if isinstance(value, dict):
        return "+".join(str(part) for pair in value.items() for part in pair)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _with(profile: Profile, key: str, value: object) -> Profile:
    return profile.model_copy(update={key: value})
