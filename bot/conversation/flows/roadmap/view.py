"""The bubbles of a plan: the road, a step opened, the routes beside each other, what counts, costs, changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from markupsafe import Markup, escape

from bot.advice.planner import Plan, PlanChange, Route, Step
from bot.advice.planner.plan import PREPARATIONS, SEARCH, StepKind
from bot.advice.planner.words import Words
from bot.advice.profile import Profile
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies, as_many_as_fit, cited, fits, unique
from bot.knowledge.base import KnowledgeBase

ACTION = "road"
MAX_STEPS = 7
POST, HEAVY = 3, 4  # the weight of a post, and of exams, degrees and years


class RoadmapView:
    """Makes the bubbles of plans; which one is shown is decided by `flow`."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base, self.replies = base, replies

    def road(
        self,
        profile: Profile,
        plan: Plan,
        route: Route,
        steps: Sequence[Step],
        own: Collection[str],
        *,
        before: str = "",
    ) -> Reply:
        """The whole road on one screen: what to mind first, then the steps, then what is least sure.

        The steps whose ids are `own` are what the person lacks by their own word.
        """
        unsure = [text for text in plan.warnings if text != plan.stop][:1]
        stop = self.replies.fill("road_stop", text=plan.stop) if plan.stop else ""
        head = [before, stop, self._heading(profile, route)]
        tail = [self.replies.fill("road_unsure", text=text) for text in unsure]
        shown = list(steps)
        reached = next((step for step in reversed(steps) if step.kind in ("move", "exam")), None)
        while True:
            lines = [*head, *self._step_lines(steps, shown), *tail]
            if len(shown) == 1 or (len(shown) <= MAX_STEPS and fits(lines)):
                break
            # What is small makes room first, so that what comes now, exams, years and the goal stay in sight.
            free = [step for step in shown if step.id not in own and step not in (steps[0], reached)]
            least = min((self._weight(step) for step in free), default=HEAVY)
            if least >= POST and tail and len(shown) <= MAX_STEPS:
                tail = []  # what is least sure stands among what counts too, a post or an exam nowhere else at a glance
                continue
            shown.remove([step for step in free or shown if self._weight(step) == least or not free][-1])
        return self.replies.reply(lines, self._buttons(route, plan.goal), sources=cited(shown))

    def _step_lines(self, steps: Sequence[Step], shown: Sequence[Step]) -> list[Markup]:
        """A line for each step that is shown, and one for those between them: no number is missing."""
        lines: list[Markup] = []
        left: dict[int, Step] = {}
        for number, step in enumerate(steps, 1):
            if step not in shown:
                left[number] = step
                continue
            lines += self._between(left)
            left = {}
            lines.append(self._step_line(number, step))
        return [*lines, *([self.replies.fill("road_more_steps", count=len(left))] if left else [])]

    def _between(self, steps: Mapping[int, Step]) -> list[Markup]:
        """One line for steps that are not shown: their numbers, and by name what is more than small."""
        if not steps:
            return []
        first, last = min(steps), max(steps)
        if first == last and self._weight(steps[first]):
            return [Markup("{number}. {title}").format(number=first, title=steps[first].title)]
        numbers = f"{first}" if first == last else f"{first}\N{EN DASH}{last}"
        heavy = dict.fromkeys(step.entity for step in steps.values() if self._weight(step) >= POST)
        names = [self.base.entities[item].short if item in self.base.entities else item for item in heavy]
        if not names:
            return [self.replies.fill("road_between", numbers=numbers)]
        return [self.replies.fill("road_between_named", numbers=numbers, names=", ".join(names))]

    def _weight(self, step: Step) -> int:
        """How much a step says of a road: least what is done on the side or comes after it, then the search for a post
        and the study for an exam that is a step itself.
        """
        if step.kind == "upkeep" or (
            step.kind == "deed" and not step.weeks and step.entity not in self.base.certifications
        ):
            return 0
        if step.id.startswith(SEARCH):
            return 1
        return {"study": 2, "move": POST}.get(step.kind, HEAVY)

    def _buttons(self, route: Route, goal: str) -> list[Button | None]:
        names = (
            ("button_steps", "step", "1"),
            ("button_routes", "routes"),
            ("button_costs", "costs"),
            ("button_counts", "counts"),
            ("button_changes", "changes"),
        )
        buttons = [self.replies.button(key, ACTION, action, route.name, *rest) for key, action, *rest in names]
        # Keeps this road as a plan; the flow that keeps plans takes the press.
        start = self.replies.button("button_start_plan", "keep", "start", route.name, goal)
        return [buttons[0], start, *buttons[1:]]

    def _heading(self, profile: Profile, route: Route) -> Markup:
        pace = "road_pace" if profile.hours_per_week is not None else "road_pace_assumed"
        return self.replies.fill(
            "road_heading",
            goal=self.replies.name(str(profile.goal)),
            pace=self.replies.fill(pace, hours=f"{profile.pace:g}"),
            length=self.replies.length(route.weeks),
            cost=Words(self.base).total(route),
            route=self.replies.text(f"route_{route.name}"),
        )

    def _step_line(self, number: int, step: Step) -> Markup:
        hiring = self.base.choosing.hiring.weeks
        parts = [self.replies.when(step)] if step.weeks else []
        if parts and hiring is not None and step.id.startswith(SEARCH):
            # What is counted is the low end: nobody can name the week of a post.
            parts = [self.replies.fill("road_search", when=parts[0], most=f"{hiring.high:g}")]
        if step.cost is None or step.cost.high:
            parts.append(self.replies.cost(step.cost, assumed=step.assumed))
        if is_practice(step):
            parts.append(self.replies.text("step_practice"))
        label = f" [{self.replies.label(step.label)}]" if step.label else ""
        detail = f" ({', '.join(parts)})" if parts else ""
        line = Markup("{number}. {title}{detail}{label}")
        return line.format(number=number, title=step.title, detail=detail, label=label)

    def no_road(self, profile: Profile, plan: Plan, *, before: str) -> Reply:
        """Reached already, or out of reach: the reason, and the nearest possible goal."""
        lines = as_many_as_fit([before], [escape(warning) for warning in plan.warnings])
        buttons: list[Button | None] = []
        if plan.nearest:
            lines.append(self.replies.fill("road_nearest", name=self.replies.name(plan.nearest)))
            buttons.append(self.replies.button("button_nearest", ACTION, "goal", plan.nearest))
        else:
            buttons.append(self.replies.ask_button("unlocks", (str(profile.goal),)))
        return self.replies.reply(lines, buttons)

    def step(self, route: Route, steps: Sequence[Step], number: int) -> Reply:
        """One step opened: why, when, what it costs, under which label, its sources."""
        step = steps[number - 1]
        sources = cited([step])
        lines = [
            Markup("<b>{number}. {title}</b>").format(number=number, title=step.title),
            escape(step.why),
            Markup("• {when}").format(when=self.replies.when(step)) if step.weeks else "",
            Markup("• {cost}").format(cost=self.replies.cost(step.cost, assumed=step.assumed))
            if step.cost is None or step.cost.high
            else "",
            Markup("• {label}").format(label=self.replies.label(step.label)) if step.label else "",
            self.replies.text("step_practice_why" if is_practice(step) else "road_assumed") if not sources else "",
        ]
        buttons = [
            self.replies.button(key, ACTION, "step", route.name, str(other))
            for other, key in ((number - 1, "button_step_back"), (number + 1, "button_step_on"))
            if 1 <= other <= len(steps)
        ]
        return self.replies.reply(lines, buttons, back=self._back(route), sources=sources)

    def routes(self, plan: Plan, route: Route) -> Reply:
        """The three routes beside each other: how long, how dear, over which exams and schools."""
        lines: list[object] = [self.replies.fill("routes_beside", goal=self.replies.name(plan.goal))]
        seen: dict[tuple[str, ...], str] = {}
        for item in plan.routes:
            name = self.replies.text(f"route_{item.name}")
            same = seen.setdefault(tuple(step.id for step in item.steps), name)
            if same != name:
                lines.append(self.replies.fill("routes_same", name=name, other=same))
                continue
            over = [self.base.entities[step.entity].short for step in item.steps if step.kind in ("exam", "degree")]
            length, cost = self.replies.length(item.weeks), Words(self.base).total(item)
            lines.append(self.replies.fill("routes_line", name=name, length=length, cost=cost, count=len(item.steps)))
            if over:
                lines.append(self.replies.fill("routes_over", names=", ".join(dict.fromkeys(over))))
        lines.append(self.replies.text("routes_strongest"))
        shown = [item for item in plan.routes if self.replies.text(f"route_{item.name}") in seen.values()]
        buttons = [
            self.replies.tap(ACTION, self.replies.text(f"route_{item.name}"), "show", item.name) for item in shown
        ]
        sources = cited(step for item in plan.routes for step in item.steps)
        return self.replies.reply(lines, buttons, back=self._back(route), sources=sources)

    def counts(self, plan: Plan, route: Route, near: Button | None) -> Reply:
        """What counts already, what is missing, and every assumption."""
        names = [self.replies.name(item) for item in plan.have]
        head = [self.replies.fill("road_have", names=", ".join(names) or self.replies.text("nothing_yet"))]
        lines = [
            self.replies.fill("road_gap", title=gap.title, label=self.replies.label(gap.label)) for gap in plan.gaps
        ]
        lines += [Markup("• {text}").format(text=warning) for warning in plan.warnings]
        return self.replies.reply(as_many_as_fit(head, lines), [near], back=self._back(route))

    def reasons(self, plan: Plan, route: Route, entities: Collection[str] = ()) -> Reply:
        """Why each of the steps that matter is on the road, or those about some `entities`."""
        about = [step for step in route.steps if step.entity in entities]
        steps = about or [step for step in route.steps if step.kind in REASONED and not is_preparation(step)]
        route_name, goal = self.replies.text(f"route_{route.name}"), self.replies.name(plan.goal)
        head = [self.replies.fill("road_reasons", goal=goal, route=route_name)]
        lines = [self.replies.fill("road_reason", title=step.title, why=step.why) for step in steps]
        return self.replies.reply(as_many_as_fit(head, lines), (), back=self._back(route), sources=cited(steps))

    def costs(self, plan: Plan, route: Route) -> Reply:
        """The ledger until three years after the goal; a retake stands apart, as a risk."""
        lines = []
        for line in route.ledger:
            key = "ledger_risk" if line.risk else "ledger_line"
            free = line.units is not None and line.cost is None
            if line.kind == "steps":
                cost = f": {Words(self.base).total(route)}"
            else:
                cost = "" if free else f": {self.replies.cost(line.cost, assumed=line.assumed)}"
            lines.append(self.replies.fill(key, title=line.title, cost=cost))
        if not lines:  # the goal is reached: what is left is to keep it
            kept = (step for step in route.steps if step.cost is not None and step.cost.high)
            lines = [
                self.replies.fill("ledger_line", title=s.title, cost=f": {self.replies.cost(s.cost)}") for s in kept
            ]
        head = [self.replies.fill("ledger_heading", goal=self.replies.name(plan.goal))]
        shown = as_many_as_fit(head, lines) if lines else [*head, self.replies.text("cost_free")]
        sources = unique(source for line in route.ledger for source in line.sources) or cited(route.steps)
        return self.replies.reply(shown, (), back=self._back(route), sources=sources)

    def changes(self, plan: Plan, route: Route) -> Reply:
        """The one or two answers that would change the road, found by trying them."""
        lines = [self.replies.fill("road_change", text=change.effect) for change in plan.would_change]
        buttons = [
            self.replies.tap(ACTION, self.replies.text("button_try").format(number=number), "keep", *as_press(change))
            for number, change in enumerate(plan.would_change, 1)
        ]
        shown: Sequence[object] = lines or [self.replies.text("road_no_change")]
        return self.replies.reply(shown, buttons, back=self._back(route))

    def _back(self, route: Route) -> Button | None:
        return self.replies.button("button_road", ACTION, "show", route.name)


def as_press(change: PlanChange) -> tuple[str, str]:
    """The key and the value of a change as callback data carries them: `years`, `KIND+3`."""
    value = change.value
    if isinstance(value, dict):
        return change.key, "+".join(f"{part:g}" if isinstance(part, float) else part for part in (*value.items(),)[0])
    return change.key, f"{value:g}" if isinstance(value, float) else str(value)


PRACTICE = "practice-"
REASONED: Collection[StepKind] = ("exam", "degree", "years", "move")  # kinds of steps of which "why" is asked


def is_preparation(step: Step) -> bool:
    """Whether a step only leads up to a post."""
    return step.id.startswith(PREPARATIONS)


def is_practice(step: Step) -> bool:
    """Whether a step is our own advice to practise, and not the planner's."""
    return step.id.startswith(PRACTICE)
