"""Whole dialogs as an expert reads them: one `.txt` file each.

Each line of a transcript starts with a mark:
    U   what a person types            T   the label of a button the person taps
    B   words the answer to it holds, in this order, over all its bubbles
    !   words the answer must not hold
    []  labels of buttons it shows
    =   its outcome: answer, clarify, unknown or chat
    @   from here on it is this day
    P   a profile as JSON, as if the questions were answered
    --  the id of a question that the knowledge base loses from here on
    #   a comment; `## kept` stores and restores the session, as a restart does
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.advice.profile import parse_profile
from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session, restore

TODAY = date(2026, 11, 23)
TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))


def squeeze(text: str) -> str:
    return " ".join(text.split())


class Player:
    def __init__(self, advisor: Advisor) -> None:
        self.advisor = advisor
        self.session = Session()
        self.replies: list[Reply] = []
        self.read_to = 0
        self.today = TODAY

    def play(self, mark: str, words: str) -> None:
        if mark == "U":
            incoming = (
                Incoming(kind="command", text=words[1:]) if words.startswith("/") else Incoming(kind="text", text=words)
            )
            self.turn(incoming)
        elif mark == "T":
            presses = [
                button.press
                for reply in self.replies
                for row in reply.buttons
                for button in row
                if button.label == words
            ]
            assert presses, f"no button {words!r}; there are {self.labels()}"
            self.turn(Incoming(kind="press", text=presses[-1]))
        elif mark == "B":
            shown = self.shown()
            at = shown.find(squeeze(words), self.read_to)
            assert at >= 0, f"{words!r} is not in (from {self.read_to}):\n{shown}"
            self.read_to = at + len(squeeze(words))
        elif mark == "!":
            assert squeeze(words) not in self.shown()
        elif mark == "[]":
            missing = [label.strip() for label in words.split("|") if label.strip() not in self.labels()]
            assert not missing, f"{missing} not among {self.labels()}"
        elif mark == "=":
            assert self.replies[0].outcome == words, self.shown()
        elif mark == "@":
            self.today = date.fromisoformat(words)
        elif mark == "P":
            profile = parse_profile(json.loads(words), self.advisor.base)
            self.session = self.session.model_copy(update={"profile": profile})
        elif mark == "--":
            self.advisor = without_question(self.advisor, words)
        elif mark == "##":
            self.session = restore(self.session.model_dump(mode="json"))
        else:
            assert mark == "#", f"unknown mark {mark!r}"

    def turn(self, incoming: Incoming) -> None:
        self.session, self.replies = self.advisor.turn(self.session, incoming, self.today)
        self.read_to = 0
        assert self.replies, "every message gets an answer"

    def shown(self) -> str:
        return squeeze(" ".join(plain(reply.text) for reply in self.replies))

    def labels(self) -> list[str]:
        return [button.label for reply in self.replies for row in reply.buttons for button in row]


def without_question(advisor: Advisor, question_id: str) -> Advisor:
    """The same advisor after an editor deleted a question of the assessment."""
    assessment = advisor.base.assessment
    left = tuple(question for question in assessment.questions if question.id != question_id)
    assert len(left) < len(assessment.questions), f"there is no question {question_id!r}"
    return Advisor(replace(advisor.base, assessment=assessment.model_copy(update={"questions": left})))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(path: Path, advisor: Advisor) -> None:
    player = Player(advisor)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        mark, _, words = line.partition(" ")
        try:
            player.play(mark, words.strip())
        except AssertionError as error:
            pytest.fail(f"{path.name}:{number}: {error}")


def test_there_are_transcripts() -> None:
    assert TRANSCRIPTS
