"""Three suggestions as a bubble: each with its road and its reasons in words, and what would change the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from bot.advice.planner.words import Words
from bot.advice.profile import Profile
from bot.advice.suggestions import Flip, Preferences, Reason, Suggestion, Suggestions, elsewhere, next_deed
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies, cited, fits
from bot.conversation.rounds import deed_of
from bot.knowledge.base import KnowledgeBase

# The fullest first: reasons for each role, names of other work, and whether to say what would change it.
LAYOUTS = ((2, 3, True), (1, 3, True), (1, 2, True), (1, 1, True), (1, 1, False), (0, 1, False))


class Suggesting:
    """Makes the bubble of suggestions over one knowledge base."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base = base
        self.replies = replies

    def bubble(self, profile: Profile, told: Preferences, found: Suggestions) -> Reply:
        """As many reasons as one screen holds; the figures' sources stand below."""
        lines: list[object] = []
        for count, names, change in LAYOUTS:
            shown = found if change else replace(found, flip=None)
            lines = self._lines(profile, told, shown, count, names)
            if fits(lines):
                break
        roles = [item.role for item in found.items if item.role is not None]
        buttons: list[Button | None] = [self.replies.plan_button(role, at) for at, role in enumerate(roles, 1)]
        if len(roles) > 1:
            buttons.append(self.replies.button("button_beside", "side", "show", "+".join(roles)))
        if next_deed(self.base, profile, told) is not None:
            buttons.append(self.replies.button("button_more_questions", "choose", "more"))
        buttons.append(self.replies.button("button_try_work", "task", "start", self._to_try(roles)))
        sources = cited(step for item in found.items if item.route is not None for step in item.route.steps)
        return self.replies.reply(lines, buttons, sources=sources)

    def _lines(self, profile: Profile, told: Preferences, found: Suggestions, count: int, names: int) -> list[object]:
        lines: list[object] = [self.replies.text("suggest_none" if told.empty else "suggest")]
        lines += [self._line(number, item, count, names) for number, item in enumerate(found.items, 1)]
        if found.flip is not None:
            lines.append(self._change(found.flip))
        if profile.hours_per_week is None:
            lines.append(self.replies.fill("suggest_assumed", hours=f"{profile.pace:g}"))
        return lines

    def _line(self, number: int, item: Suggestion, count: int, most: int) -> Markup:
        if item.role is None:
            names = [entry.name for entry in elsewhere(self.base, [reason.id for reason in item.reasons])[:most]]
            line = Markup("{number}. {text}")
            return line.format(number=number, text=self.replies.fill("suggest_away", names="; ".join(names)))
        said = [self._reason(reason) for reason in item.reasons[:count]]
        why = "; ".join(said) if said else self.base.roles[item.role].summary.rstrip(".") if not item.reasons else ""
        weeks = self._length(item)
        cost = Words(self.base).total(item.route) if item.route is not None else ""
        key = "suggestion" if why else "suggestion_bare"
        slots = {"number": number, "name": self.base.roles[item.role].name, "length": weeks, "cost": cost}
        return self.replies.fill(key, **slots, why=why) if why else self.replies.fill(key, **slots)

    def _length(self, item: Suggestion) -> str:
        """How long the road is, and over which first job it leads."""
        if item.route is None:
            return ""
        length = self.replies.length(item.route.weeks)
        first = next(step.entity for step in item.route.steps if step.kind == "move")
        if first == item.role:
            return length
        return self.replies.text("suggestion_by_way").format(length=length, name=self.base.roles[first].name)

    def _reason(self, reason: Reason) -> str:
        if reason.done is None:
            like = next(item.like for item in self.base.choosing.interests if item.id == reason.id)
            return self.replies.text("reason_like").format(like=like)
        deed = deed_of(self.base, reason.id)
        return self.replies.text(f"reason_{reason.done}").format(done=deed.done if deed else "")

    def _change(self, flip: Flip) -> Markup:
        """The one answer that would put another role first."""
        name = self.base.roles[flip.role].name
        if flip.kind == "deed":
            deed = deed_of(self.base, flip.id)
            return self.replies.fill("flip_deed", done=deed.done if deed else "", name=name)
        label = next(item.label for item in self.base.choosing.interests if item.id == flip.id)
        return self.replies.fill(f"flip_{flip.kind}", like=label, name=name)

    def _to_try(self, roles: Sequence[str]) -> str:
        """The first suggested role that has tasks, else the usual one."""
        with_tasks = {task.role for task in self.base.choosing.tasks}
        return next((role for role in roles if role in with_tasks), self.base.choosing.tasks[0].role)
