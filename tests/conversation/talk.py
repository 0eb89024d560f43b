"""One person's talk in a test: what was said last is in `replies`; the session is stored after every turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.advice.profile import Profile
from bot.advice.progress.model import Progress
from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Button, Incoming, Reply
from bot.conversation.session import Session, restore

TODAY = date(2026, 11, 23)
NOBODY = Profile()
FirstReplies = Callable[..., list[Reply]]  # texts → the first bubble to each, in one talk
# A coder who wants to audit, as a profile is written.
CODER = {
    "country": "US",
    "goal": "coding-auditor",
    "role": "medical-coder",
    "certifications": ["cpc"],
    "years": {"coding": 3},
    "setting": "office",
}


class Talk:
    """Says, taps and presses; each gives the text of the first bubble."""

    def __init__(self, advisor: Advisor, profile: Profile = NOBODY, today: date = TODAY) -> None:
        self.advisor, self.today = advisor, today
        self.session = Session(profile=profile, met=True)
        self.replies: list[Reply] = []

    def say(self, *texts: str) -> str:
        for text in texts:
            kind = "command" if text.startswith("/") else "text"
            self.turn(Incoming.model_validate({"kind": kind, "text": text.removeprefix("/")}))
        return plain(self.replies[0].text)

    def tap(self, *labels: str) -> str:
        for label in labels:
            press = {button.label: button.press for row in self.rows for button in row}[label]
            self.turn(Incoming(kind="press", text=press))
        return plain(self.replies[0].text)

    def press(self, data: str) -> str:
        self.turn(Incoming(kind="press", text=data))
        return plain(self.replies[0].text)

    def turn(self, incoming: Incoming) -> None:
        self.session, self.replies = self.advisor.turn(self.session, incoming, self.today)
        self.session = restore(self.session.model_dump(mode="json"))

    @property
    def shown(self) -> str:
        """All bubbles of the last turn."""
        return "\n".join(plain(reply.text) for reply in self.replies)

    @property
    def rows(self) -> list[tuple[Button, ...]]:
        return [row for reply in self.replies for row in reply.buttons]

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.rows for button in row]

    @property
    def erased(self) -> bool:
        return any(reply.erase for reply in self.replies)

    @property
    def progress(self) -> Progress:
        assert self.session.progress is not None
        return self.session.progress
