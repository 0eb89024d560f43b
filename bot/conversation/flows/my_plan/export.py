"""What leaves the talk: a plan as text, as a calendar, as a picture over time, and a card to pass on."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup, escape

from bot.advice.chart.pictures import CHART, TIMELINE, chart_arguments, timeline_arguments
from bot.advice.chart.timeline import Bar, PlanTimeline, TimelineWords
from bot.advice.export.calendar import MEDIA_TYPE, calendar_of
from bot.advice.export.card import card_of
from bot.advice.export.readable import Readable, goal_name
from bot.advice.profile import Profile
from bot.advice.progress.model import Progress
from bot.advice.progress.schedule import schedule
from bot.conversation.flows.my_plan.view import PlanView
from bot.conversation.messages import Document, Picture, Reply

MAX_BARS = 60  # of a timeline
MAX_CAPTION = 900  # characters; a caption ends at 1,024: https://core.telegram.org/bots/api#sendphoto


class Files:
    """Makes the files of a plan for one knowledge base."""

    def __init__(self, view: PlanView) -> None:
        self.view, self.base, self.replies = view, view.base, view.replies

    def choices(self) -> Reply:
        """What can be had."""
        buttons = [
            self.view.button("button_share", "share"),
            self.view.button("button_text_file", "text"),
            self.view.button("button_calendar", "calendar"),
            self.view.button("button_my_plan", "plan"),
        ]
        return self.view.reply([self.replies.text("keep_export")], buttons)

    def text(self, progress: Progress, today: date) -> Reply:
        """The plan to read, with sources and dates."""
        content = Readable(self.base, progress, today).text()
        return self._file("file_plan", "file_text_note", "text/plain", content)

    def calendar(self, progress: Progress, today: date) -> Reply:
        """The days of the plan for any calendar."""
        return self._file("file_calendar", "file_calendar_note", MEDIA_TYPE, calendar_of(self.base, progress, today))

    def _file(self, name: str, note: str, media_type: str, content: str) -> Reply:
        reply = self.view.reply([self.replies.text(note)], [self.view.button("button_my_plan", "plan")])
        document = Document(name=self.replies.text(name), media_type=media_type, content=content)
        return reply.model_copy(update={"document": document})

    def card(self, progress: Progress) -> list[Reply]:
        """A card that says nothing about who sends it, with the way to the goal as a picture.

        None at all where the goal is not known any more.
        """
        if progress.goal not in self.base.entities:
            return []
        text, cited = card_of(self.base, progress.goal)
        picture = Picture(
            kind=CHART,
            arguments=chart_arguments(Profile(goal=progress.goal)),
            alt=self.replies.text("card_alt").format(goal=self.base.name(progress.goal)),
        )
        card = self.replies.reply([escape(text)], away=(), sources=cited, picture=picture)
        back = self.view.reply([self.replies.text("card_note")], [self.view.button("button_my_plan", "plan")])
        return [card, back]

    def timeline(self, progress: Progress, today: date) -> Reply:
        """The plan over time as a picture; its caption says it in words, as far as a caption goes."""
        drawn = bars(progress, today)
        back = self.view.button("button_my_plan", "plan")
        if not drawn:
            return self.view.reply([self.replies.text("keep_nothing_left")], [back])
        goal = goal_name(self.base, progress)
        words = TimelineWords(self.base.texts.texts, PlanTimeline(goal, drawn, today))
        picture = Picture(kind=TIMELINE, arguments=timeline_arguments(goal, drawn, today=today), alt=words.caption())
        text, lines = Markup(""), words.text().split("\n")
        for line in lines:
            if len(text) + len(line) > MAX_CAPTION:
                text += Markup("\n") + self.view.fill("keep_more", count=len(lines) - text.count("\n") - 1)
                break
            text = text + Markup("\n") + line if text else line
        steps = self.view.button("button_all_steps", "steps", "1")
        return self.view.reply([text], [steps, back]).model_copy(update={"picture": picture})


def bars(progress: Progress, today: date) -> tuple[Bar, ...]:
    """What is done, what runs and what is planned, each with its days."""
    over = [
        Bar(step.title, step.kind, *_days(entry.since, entry.on, step.weeks), "done")
        for entry in progress.journal
        if entry.deed == "done"
        for step in entry.steps
        if step.kind != "upkeep"
    ]
    ahead = [
        Bar(item.step.title, item.step.kind, item.start, item.end, "doing" if item.doing else "planned")
        for item in schedule(progress, today)
        if item.step.kind != "upkeep"
    ]
    return (*over, *ahead)[-MAX_BARS:]


def _days(since: date | None, on: date, weeks: int) -> tuple[date, date]:
    """From when to when a finished step went; what takes no time is a day."""
    return (min(since, on) if since is not None and weeks else on), on
