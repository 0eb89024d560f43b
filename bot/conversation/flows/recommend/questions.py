"""The likes to tick, a page at a time."""

from __future__ import annotations

from bot.conversation.deeds import ACTION, Deeds
from bot.conversation.frames import Round
from bot.conversation.messages import Reply
from bot.conversation.replies import MAX_CHOICES, Replies
from bot.knowledge.base import KnowledgeBase

DONE, PAGE = "_done", "_page"
# One of the six choices turns the page.
A_PAGE = MAX_CHOICES - 1


class Likes:
    """Asks what somebody likes, in the words of one knowledge base."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base, self.replies, self.deeds = base, replies, Deeds(base, replies)

    def show(self, here: Round, *before: str) -> Reply:
        """One page of likes, those picked marked, and the way to the next page."""
        interests = self.base.choosing.interests
        start = here.page * A_PAGE if len(interests) > MAX_CHOICES else 0
        shown = interests[start : start + A_PAGE] if len(interests) > MAX_CHOICES else interests
        marked = self.replies.text("mark_chosen")
        buttons = [
            self.replies.tap(
                ACTION, marked.format(label=item.label) if item.id in here.picked else item.label, "like", item.id
            )
            for item in shown
        ]
        if len(interests) > MAX_CHOICES:
            buttons.append(self.replies.button("button_other_likes", ACTION, "like", PAGE))
        ask, done = self.replies.text("choose_interests"), DONE if here.picked else None
        return self.deeds.question(here, ask, "choose_interests_hint", buttons, before, "like", done=done)

    def turned(self, here: Round) -> Round:
        """On the next page of likes, after the last one on the first."""
        pages = -(-len(self.base.choosing.interests) // A_PAGE)
        return here.model_copy(update={"page": (here.page + 1) % pages})
