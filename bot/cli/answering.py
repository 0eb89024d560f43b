"""`ask`: one question, or a stream of them as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import JsonOption, KnowledgeOption, TodayOption, clock, fail, load_advisor

if TYPE_CHECKING:
    from bot.conversation.advisor import Advisor
    from bot.conversation.session import Session
    from bot.understanding.reader.merge import Known


class BadLineError(ValueError):
    """A line of `--jsonl` input that is no question; the message says why."""


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="The question, in quotes.", show_default=False)] = None,
    as_json: JsonOption = False,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help='Read one JSON object a line from standard input: {"text": …} or {"turns": […]}.'),
    ] = False,
    today: TodayOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Answer one question and leave."""
    if (question is None) == (not jsonl):
        fail("career-advisor: give either a question or --jsonl; see `career-advisor ask --help`")
    advisor = load_advisor(context, knowledge)
    if jsonl:
        _answer_lines(advisor, clock(today))
        return
    text = str(question)
    day = clock(today)()
    _, result, shown = turn(advisor, None, text, day)
    result["heard"] = hear(advisor, None, None, text, day)[1]
    print(json.dumps(result) if as_json else shown)


def turn(advisor: Advisor, session: Session | None, text: str, today: date) -> tuple[Session, dict[str, Any], str]:
    """One turn as the object of the contract, and as plain text with its choices."""
    from bot.advice.wording import plain
    from bot.channels.plain import as_plain_text, printable
    from bot.conversation.messages import Incoming
    from bot.conversation.session import Session

    session, replies = advisor.turn(session or Session(met=True), Incoming(kind="text", text=text), today)
    first = replies[0]
    result = {
        "text": text,
        "outcome": first.outcome,
        "topics": list(first.topics),
        "entities": list(first.entities),
        "confidence": first.confidence,
        "answer": printable(plain(first.text)),
        "options": [{"label": item.label, "say": item.say} for row in first.buttons for item in row],
        "sources": [source.model_dump(exclude={"copied_at"}) for source in first.sources],
        "statements": [{"id": name, "weight": weight} for name, weight in first.statements],
    }
    return session, result, "\n\n".join(as_plain_text(reply) for reply in replies)


def hear(
    advisor: Advisor, session: Session | None, known: Known | None, text: str, today: date
) -> tuple[Known, dict[str, Any]]:
    """What is known of the person after one more message of a session, whole and as the contract has it.

    Of who is in danger nothing is kept.
    """
    from bot.conversation.session import Session
    from bot.understanding.reader.merge import Known, merged, summary

    known = known or Known()
    if advisor.in_danger(session or Session(), text):
        return known, summary(known)
    known = merged(known, advisor.reader.read(text, today, known))
    return known, summary(known)


def _answer_lines(advisor: Advisor, today: Callable[[], date]) -> None:
    # Bytes that are no UTF-8 become lone surrogates: the line still gets its answer or its error.
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", "surrogateescape")
        if not line.strip():
            continue
        try:
            result = _answer_line(advisor, line, today())
        except BadLineError as error:
            result = {"error": str(error)}
        print(json.dumps(result), flush=True)


def _answer_line(advisor: Advisor, line: str, today: date) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError as error:  # a number of thousands of digits is one too
        raise BadLineError(f"not JSON: {error}") from None
    except RecursionError:
        raise BadLineError("not JSON that can be read: nested too deeply") from None
    if not isinstance(data, dict):
        raise BadLineError("not a JSON object")
    if "turns" not in data:
        text = _text_of(data)
        return {**turn(advisor, None, text, today)[1], "heard": hear(advisor, None, None, text, today)[1]}
    if not isinstance(data["turns"], list):
        raise BadLineError("`turns` is not a list")
    from bot.conversation.memory import known_of
    from bot.understanding.reader.merge import filled, summary

    session, known, results = None, None, []
    for item in data["turns"]:
        text = item if isinstance(item, str) else _text_of(item)
        before: Session | None = session
        session, result, _ = turn(advisor, session, text, today)
        known, _ = hear(advisor, before, known, text, today)
        known = filled(known, known_of(advisor.base, session.profile))  # an answer to what was asked
        result["heard"] = summary(known)
        results.append(result)
    return {"turns": results}


def _text_of(data: object) -> str:
    text = data.get("text") if isinstance(data, dict) else None
    if not isinstance(text, str):
        raise BadLineError("no `text` that is a string")
    return text
