"""Everything the founding document names is answered in the first line, however newcomers ask for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming
from bot.conversation.session import Session

GROUPS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("founding_document.yaml").read_text("utf-8"))
QUESTIONS = [(question, tuple(group["says"])) for group in GROUPS for question in group["asked"]]
TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(("question", "says"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_the_first_line_answers(advisor: Advisor, question: str, says: tuple[str, ...]) -> None:
    _, replies = advisor.turn(Session(met=True), Incoming(kind="text", text=question), TODAY)

    first = plain(replies[0].text).partition("\n")[0]
    assert replies[0].outcome == "answer", first
    assert any(words in first for words in says), first
