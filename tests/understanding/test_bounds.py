"""Messages of any length and script, in bounded time."""

from __future__ import annotations

import random
import statistics
import time

import pytest

from bot.understanding.interpreter import Interpreter
from bot.understanding.question import Context

SLOW = 0.020  # seconds
AGAIN = 5
GLUE = ["how", "what", "is", "it", "and", "or", "vs", "from", "to", "?", ",", "-", ".", ";", "(", ")"]
LONG = ["a " * 2000, "x" * 5000, "cpc " * 1100, "coder vs " * 500, "qwrtpsd fghjklmn " * 260, "are you see pee " * 300,
        "\U0001f600" * 4096, "\u0939\u093f " * 1500, "how, and, " * 500, "\u202e\ufdfa" * 2048, "-" * 4096]  # fmt: skip


def seconds(interpreter: Interpreter, text: str) -> float:
    """The median of a few runs: a busy machine is no slow case."""
    taken = []
    for _ in range(AGAIN):
        start = time.process_time()
        interpreter.interpret(text)
        taken.append(time.process_time() - start)
    return statistics.median(taken)


@pytest.mark.parametrize("text", LONG, ids=lambda text: ascii(text[:12]))
def test_long_messages_are_read(interpreter: Interpreter, text: str) -> None:
    interpreter.interpret(text)
    interpreter.interpret(text, Context(topics=("cost",), entities=("cpc",), listed=("ccs", "cpc")))


@pytest.mark.long
@pytest.mark.parametrize("text", LONG, ids=lambda text: ascii(text[:12]))
def test_long_messages_take_no_longer(interpreter: Interpreter, text: str) -> None:
    assert seconds(interpreter, text) < SLOW


@pytest.mark.long
def test_a_hundred_thousand_random_messages(interpreter: Interpreter) -> None:
    rng = random.Random(0)
    known = [*sorted(interpreter._resources.learnt.lexicon.words), *GLUE]
    context = Context(topics=("cost",), entities=("cpc",), listed=("ccs", "cpc"))

    def message() -> str:
        kind = rng.randrange(4)
        length = int(rng.paretovariate(0.8)) + 1
        if kind == 0:
            return "".join(chr(rng.randrange(0x110000)) for _ in range(min(length, 400)))
        if kind == 1:
            return "".join(rng.choice("abcdefghijklmnopqrstuvwxyz  .,?'-") for _ in range(min(length * 3, 600)))
        chosen = [rng.choice(known) for _ in range(min(length * 2, 200))]
        if kind == 3:
            chosen = ["".join(rng.sample(word, len(word))) for word in chosen]
        return " ".join(chosen)

    slow = []
    for at in range(100_000):
        text = message()
        start = time.process_time()
        interpreter.interpret(text, context if at % 2 else Context())
        if time.process_time() - start > SLOW and seconds(interpreter, text) > SLOW:
            slow.append(text)
    assert slow == []
