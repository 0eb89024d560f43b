"""The questions of "help me choose" as bubbles: likes to tick, and deeds with how they were done."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import escape

from bot.advice.suggestions import Done
from bot.conversation import tastes as course
from bot.conversation.bubbles import rows
from bot.conversation.messages import Button, Reply
from bot.conversation.reading import is_cue
from bot.conversation.road_words import MAX_CHOICES, RoadWords
from bot.conversation.tastes import INTERESTS, Tastes
from bot.knowledge.base import KnowledgeBase

ACTION = "choose"
# One of the six choices turns the page.
A_PAGE = MAX_CHOICES - 1
LEVELS: Mapping[str, Done] = {"never": "never", "help": "help", "alone": "alone", "teach": "teach", "_skip": "skip"}


class Questions:
    """Makes the question bubbles of one knowledge base."""

    def __init__(self, base: KnowledgeBase, words: RoadWords) -> None:
        self.base = base
        self.words = words

    def show(self, tastes: Tastes, *before: str, edit: bool) -> Reply:
        """The question that the tastes are at: its number, its words, its choices and the way out."""
        number, count = course.progress(tastes)
        head = self.words.text("assessment_count").format(number=number, count=count)
        deed = course.deed_of(self.base, str(tastes.at))
        ask = deed.ask if deed is not None else self.words.text("choose_interests")
        hint = self.words.text("choose_deed_hint" if deed is not None else "choose_interests_hint")
        choices = self._levels(deed.id) if deed is not None else self._likes(tastes)
        lines = [
            *before,
            f"<b>{escape(head)}</b> {escape(ask)}",
            f"<i>{escape(hint)}</i>" if number - tastes.before == 1 else "",
        ]
        return Reply(
            text="\n".join(str(line) for line in lines if line),
            buttons=(*rows(choices), self._away(tastes)),
            edit=edit,
            outcome="clarify",
            topics=("assessment",),
        )

    def _levels(self, deed: str) -> list[Button]:
        keys = (("never", "level_never"), ("help", "level_help"), ("alone", "level_alone"), ("teach", "level_teach"))
        buttons = [self.words.tap(ACTION, self.words.text(key), "deed", deed, level) for level, key in keys]
        return [button for button in buttons if button]

    def _likes(self, tastes: Tastes) -> list[Button]:
        """One page of likes, those picked marked, and the way to the next page."""
        interests = self.base.choosing.interests
        start = tastes.page * A_PAGE if len(interests) > MAX_CHOICES else 0
        shown = interests[start : start + A_PAGE] if len(interests) > MAX_CHOICES else interests
        buttons = [
            self.words.tap(
                ACTION,
                self.words.text("mark_chosen").format(label=item.label) if item.id in tastes.picked else item.label,
                "like",
                item.id,
            )
            for item in shown
        ]
        if len(interests) > MAX_CHOICES:
            buttons.append(self.words.tap(ACTION, self.words.text("button_other_likes"), "like", "_page"))
        return [button for button in buttons if button]

    def turned(self, tastes: Tastes) -> Tastes:
        """On the next page of likes, after the last one on the first."""
        pages = -(-len(self.base.choosing.interests) // A_PAGE)
        return tastes.model_copy(update={"page": (tastes.page + 1) % pages})

    def _away(self, tastes: Tastes) -> tuple[Button, ...]:
        """Back, done or skip, and stop."""
        likes = tastes.at == INTERESTS
        where = ("like",) if likes else ("deed", str(tastes.at))
        middle = ("_done", "button_done") if tastes.picked and likes else ("_skip", "button_skip")
        found = [self.words.tap(ACTION, self.words.text("button_back"), *where, "_back")]
        found.append(self.words.tap(ACTION, self.words.text(middle[1]), *where, middle[0]))
        found.append(self.words.tap(ACTION, self.words.text("button_stop"), where[0], "_stop"))
        return tuple(button for button in found if button)

    def read_level(self, text: str) -> Done | None:
        """How something was done, in words; None where they say nothing to it."""
        cues = self.base.texts.cues
        levels: dict[Done, tuple[str, ...]] = {
            "never": cues["never"],
            "help": cues["with_help"],
            "teach": cues["teach"],
            "alone": cues["alone"],
        }
        labels = {level: self.words.text(f"level_{level}") for level in levels}
        return next((level for level, said in levels.items() if is_cue(text, (labels[level], *said))), None)
