"""A name that is only like one of ours is not answered as if it were that one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.interpreter import Interpreter


@pytest.mark.parametrize(
    "text",
    [
        "how much is the CXPC-9",
        "what does the CPC-Q9 cost",
        "what is the CPC-Z",
        "how hard is the ROCC exam",
        "is the CPCX open book",
        "is the CCS-X harder than the CCS",
        "is the RHIT-2 worth it",
        "how long is the CDIP-A valid",
        "who issues the ZCPC",
        "how do i renew the CRCX",
        "what is the QPMA",
        "do i need the ABCD certification",
    ],
)
def test_what_is_made_up_is_not_known(interpreter: Interpreter, text: str) -> None:
    question = interpreter.interpret(text)
    assert (question.decision, question.entities) == ("unknown", ())


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("how much is the cpc-a", "cpc-a"),
        ("what is the CCS-P", "ccs-p"),
        ("how much is the CPC exam", "cpc"),
        ("how long is the CPC-5 years valid", "cpc"),
        ("how much is the CPC/CCS", "cpc"),
        ("how much is the cpcc", "cpc"),
        ("what is the ccss", "ccs"),
        ("i have the CPC-Z, how do i become an auditor", "coding-auditor"),
        ("im at UPMC, how do i become a coder", "medical-coder"),
        ("whats the difference between CPC and CCS", "cpc"),
    ],
)
def test_what_is_known_stays_known(interpreter: Interpreter, text: str, entity: str) -> None:
    assert entity in interpreter.interpret(text).entities


def test_nobody_holds_what_is_made_up(interpreter: Interpreter) -> None:
    read = interpreter.reader.read

    def held(text: str) -> list[str]:
        return [str(fact.value) for fact in read(text, date(2026, 11, 28)).facts if fact.field == "certification"]

    assert held("i have the CPC-Z and the CCS-9") == []
    assert held("passed the CCS-9") == []
    assert held("CPC-7 and RN") == []
    assert held("i have the CPC-A") == ["cpc-a"]
    assert held("CPC-5 years as a coder") == ["cpc"]
