"""A plan that was started, as bubbles: how it stands, all its steps, one step, what can be changed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

from bot.advice.chart.timeline import day
from bot.advice.export.readable import goal_name
from bot.advice.origins import Cited
from bot.advice.planner import Step, make_plan
from bot.advice.planner.plan import ROUTE_NAMES
from bot.advice.planner.words import Words
from bot.advice.progress.model import Progress, waiting_for
from bot.advice.progress.replanning import Difference
from bot.advice.progress.schedule import Dated, schedule
from bot.conversation.flows.my_plan.counters import Counts
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies, fits
from bot.knowledge.base import KnowledgeBase

ACTION = "keep"
MAX_SHOWN = 4  # open steps on the first bubble: a plan has ten lines
STEPS_A_PAGE = 6  # each has a button, and a bubble has six choices
MAX_TITLES = 3
MAX_AWAY = 3  # buttons in the row that leads away
HOURS = (3, 5, 8, 10, 15, 20)
SLIPS = (1, 2, 4)
# Weeks after this week's Monday (0: today) on which a plan can start by a press.
STARTS = {0: "button_start_today", 1: "button_start_monday", 2: "button_start_two", 4: "button_start_four"}


class PlanView:
    """The bubbles about one plan. Nothing here changes it."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base, self.replies = base, replies
        self.counts = Counts(base, replies)
        ways = (self.button("button_my_plan", "plan"), self.button("button_back", "change"))
        self._ways_back = {button.press for button in ways if button}

    def fill(self, key: str, **slots: object) -> Markup:
        """A sentence with its slots escaped."""
        return self.replies.fill(key, **slots)

    def button(self, key: str, *arguments: str, **slots: object) -> Button | None:
        """A button of this flow; None where its ids do not fit."""
        return self.replies.button(key, ACTION, *arguments, **slots)

    def reply(
        self,
        lines: Sequence[object],
        buttons: Sequence[Button | None] = (),
        cited: Sequence[Cited] = (),
        away: Sequence[Button | None] = (),
    ) -> Reply:
        """A bubble about the plan and the row that leads `away`: else where its last button leads back to, and home."""
        choices = [button for button in buttons if button]
        if not away and choices and choices[-1].press in self._ways_back:
            away = (choices.pop(),)
        leads = [button for button in away if button]
        home = [self.replies.home()] if len(leads) < MAX_AWAY else []
        return self.replies.reply(lines, choices, away=(*leads, *home), sources=cited)

    def plan(self, progress: Progress, today: date, *notes: object, cited: Sequence[Cited] = ()) -> Reply:
        """How the plan stands, on one screen; `cited` is what the notes stand on."""
        dated = schedule(progress, today)
        for shown in range(MAX_SHOWN, 0, -1):
            lines = [*notes, *self._standing(progress, dated, shown, today)]
            if fits(lines):
                break
        sources = [*cited, *self.counts.cited(progress, today)]
        return self.reply(lines, self._buttons(progress, dated), sources, (self._map(), self.undo(progress)))

    def _standing(self, progress: Progress, dated: Sequence[Dated], shown: int, today: date) -> list[object]:
        doing = sum(item.doing for item in dated)
        heading = self.fill(
            "keep_heading",
            goal=goal_name(self.base, progress),
            route=self.replies.text(f"route_{progress.route}"),
            hours=f"{progress.profile.pace:g}",
        )
        counts = self.fill(
            "keep_counts",
            done=len(progress.done),
            doing=doing,
            skipped=len(progress.skipped),
            left=len(dated) - doing,
        )
        lines: list[object] = [heading, counts]
        if dated and progress.started > today:
            lines.append(self.fill("keep_starts", day=day(progress.started)))
        last = [entry for entry in progress.journal if entry.deed == "done"][-1:]
        lines += [
            self.fill(
                "keep_begins" if entry.on > today else "keep_done", title=entry.steps[-1].title, day=day(entry.on)
            )
            for entry in last
        ]
        lines += [self.line(number, item) for number, item in enumerate(dated[:shown], 1)]
        if len(dated) > shown:
            lines.append(self.fill("keep_more", count=len(dated) - shown))
        if not [item for item in dated if item.step.kind != "upkeep"]:
            lines.append(self.fill("keep_nothing_left"))
        if any(item.late for item in dated):
            lines.append(self.fill("keep_late_note"))
        return [*lines, *self._exams(progress, dated, today), *self.counts.short(progress, today)]

    def line(self, number: int, item: Dated) -> Markup:
        """One step with its mark and its days."""
        key = "keep_doing" if item.doing else "keep_span" if item.step.weeks else "keep_day"
        if item.step.kind == "upkeep":
            key = "keep_upkeep"
        return self.fill(key, number=number, title=item.step.title, start=day(item.start), end=day(item.end))

    def _exams(self, progress: Progress, dated: Sequence[Dated], today: date) -> list[object]:
        """How many days to the next booked exam, and whether the plan fits it."""
        booked = sorted((on, exam) for exam, on in progress.exams.items() if on >= today)
        if not booked:
            # A booked day that went by without a word: only the person knows how it went.
            return [self.replies.text("keep_exam_over")] if progress.exams else []
        on, exam = booked[0]
        days = (on - today).days
        name = self.base.entities[exam].short if exam in self.base.entities else exam
        key = "keep_countdown" if days > 1 else "keep_countdown_near"
        lines: list[object] = [self.fill(key, days=days, name=name, day=day(on))]
        study = next((item for item in dated if item.step.entity == exam and item.cramped), None)
        sitting = next((item for item in dated if item.step.entity == exam and item.step.kind == "exam"), None)
        if study is not None and days:  # on its day it is too late for that
            left = max((study.end - max(today, study.start)).days, 1)
            pace = progress.profile.pace
            needed = math.ceil(pace * (left + study.cramped) / left)
            lines.append(self.fill("keep_cramped", hours=f"{pace:g}", days=study.cramped, needed=needed))
        elif sitting is not None and sitting.start > on:
            lines.append(self.fill("keep_too_early", day=day(sitting.start)))
        return lines

    def _buttons(self, progress: Progress, dated: Sequence[Dated]) -> list[Button | None]:
        """[Done] for the current step, what can be seen, changed and taken along."""
        current = next((item for item in dated if item.doing and item.step.schooling), None)
        current = current or next((item for item in dated if not waiting_for(progress, item.step)), None)
        number = dated.index(current) + 1 if current is not None else 0
        return [
            self.button("button_step_done", "done", current.step.id, number=number) if current is not None else None,
            self.button("button_all_steps", "steps", "1"),
            self.button("button_timeline", "time") if dated else None,
            self.button("button_change", "change"),
            self.button("button_export", "export"),
            self.button("button_counters", "count") if self.counts.any(progress) else None,
        ]

    def _map(self) -> Button | None:
        """The career chart, on which the person stands."""
        chart = self.replies.ask_button("chart", ())
        return chart.model_copy(update={"label": self.replies.text("button_map")}) if chart else None

    def undo(self, progress: Progress) -> Button | None:
        """Takes back the last entry, and only that one."""
        can = bool(progress.journal) and progress.journal[-1].before is not None
        return self.button("button_undo", "undo", str(len(progress.journal))) if can else None

    def steps(self, progress: Progress, page: int, today: date) -> Reply | None:
        """All steps, a page at a time: what is over first, then what is open with its numbers."""
        dated = schedule(progress, today)
        over: list[Markup] = [
            self.fill(f"keep_{entry.deed}", title=step.title, day=day(entry.on))
            for entry in progress.journal
            if entry.deed in ("done", "skipped")
            for step in entry.steps
        ]
        lines = [*((None, line) for line in over), *enumerate(map(self.line, range(1, len(dated) + 1), dated), 1)]
        pages = max(math.ceil(len(lines) / STEPS_A_PAGE), 1)
        if not 1 <= page <= pages:
            return None
        shown = lines[(page - 1) * STEPS_A_PAGE : page * STEPS_A_PAGE]
        buttons = [
            self.button("button_step", "step", dated[number - 1].step.id, number=number)
            for number, _ in shown
            if number is not None
        ]
        away = (
            self.button("button_back", "steps", str(page - 1)) if page > 1 else None,
            self.button("button_more", "steps", str(page + 1)) if page < pages else None,
            self.button("button_my_plan", "plan"),
        )
        heading = self.fill("keep_all", page=page, pages=pages)
        return self.reply([heading, *(line for _, line in shown)], buttons, away=away)

    def step(self, progress: Progress, step_id: str, today: date) -> Reply | None:
        """One open step, with what can be said of it."""
        dated = schedule(progress, today)
        item = next((item for item in dated if item.step.id == step_id), None)
        if item is None:
            return None
        before = waiting_for(progress, item.step)
        lines: list[object] = [self.line(dated.index(item) + 1, item)]
        planned = self._planned(progress, step_id)
        if planned is not None:
            cost = planned.cost
            paid = self.replies.cost(cost, assumed=planned.assumed) if cost is None or cost.high else ""
            lines += [escape(planned.why), *([Markup("• {cost}").format(cost=paid)] if paid else [])]
        if before:
            lines.append(self.fill("keep_first", titles=", ".join(step.title for step in before[:MAX_TITLES])))
        can_begin = not item.doing and not before and item.step.weeks
        buttons = [
            self.button("button_done", "done", step_id),
            self.button("button_skip", "skip", step_id),
            self.button("button_begin", "begin", step_id) if can_begin else None,
            self.button("button_exam_day", "ask", "exam") if item.step.kind == "exam" else None,
            self.button("button_my_plan", "plan"),
        ]
        return self.reply(lines, buttons, planned.sources if planned is not None else ())

    def _planned(self, progress: Progress, step_id: str) -> Step | None:
        """The planner's own step, with its reason and its price, which are not kept; None for what it has not now."""
        plan = make_plan(self.base, progress.profile.model_copy(update={"goal": progress.goal}))
        route = plan.route(progress.route)
        return next((step for step in route.steps if step.id == step_id), None) if route is not None else None

    def change(self) -> Reply:
        """What can be changed."""
        asked = ("route", "hours", "day", "exam", "late")
        buttons = [self.button(f"button_change_{what}", "ask", what) for what in asked]
        return self.reply([self.replies.text("keep_change")], [*buttons, self.button("button_my_plan", "plan")])

    def ask(self, progress: Progress, what: str) -> Reply | None:
        """The choices for one change; typed forms stand in the text."""
        length = Words(self.base).length
        buttons: dict[str, list[Button | None]] = {
            "route": [self.button(f"route_{name}", "route", name) for name in ROUTE_NAMES if name != progress.route],
            "hours": [self.button("button_hours", "hours", str(hours), hours=hours) for hours in HOURS],
            "day": [self.button(key, "day", str(weeks)) for weeks, key in STARTS.items()],
            "late": [
                self.button("button_late", "late", str(weeks), str(len(progress.journal)), length=length(weeks))
                for weeks in SLIPS
            ],
            "exam": [],
        }
        if what not in buttons:
            return None
        back = self.button("button_back", "change")
        return self.reply([self.replies.text(f"keep_ask_{what}")], [*buttons[what], back])

    def changed(self, difference: Difference) -> Reply:
        """What new knowledge makes of the plan; nothing changes until it is accepted."""
        nothing = self.replies.text("keep_no_steps")
        lines = [
            self.fill("keep_knowledge_changed"),
            self.fill("keep_was", titles=", ".join(difference.gone[:MAX_TITLES]) or nothing),
            self.fill("keep_now", titles=", ".join(difference.new[:MAX_TITLES]) or nothing),
        ]
        buttons = [self.button("button_accept", "accept"), self.button("button_keep_old", "old")]
        return self.reply(lines, buttons)
