"""Many people write at once while the bot is killed (-9) again and again: what was lost, repeated, out of order?"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from processes import BotProcess
from stand_in import BotApi, Call

FIRST_PERSON = 100
# A life ends in full swing, so long after its first reply.
LONGEST_LIFE = 0.8
# The bot asks for more, there is none, and no call was made for so long: nothing more is to come. Only a storm that
# lost something waits for it. A first picture takes its time on a busy machine, and no call is made meanwhile.
SILENCE_SECONDS = 30.0
DRAWING_SECONDS = 60.0
# However slow the machine: a bot that does not start at all must not wait for ever.
PATIENCE_SECONDS = 300.0


@dataclass(frozen=True)
class Figures:
    """What came out. `worst_repeats` is the highest count of repeated replies in one chat in one life of the bot,
    that is, after one crash.

    `per_second` counts answered messages between the first reply and the last.
    """

    messages: int
    lost: int
    repeated: int
    worst_repeats: int
    out_of_order: int
    per_second: float


def storm(
    api: BotApi,
    bots: Sequence[BotProcess],
    people: int,
    messages: int,
    kills: int,
    seed: int = 7,
    silence: float = SILENCE_SECONDS,
) -> Figures:
    """Everybody writes `messages` numbered messages; a bot answers each with its number as the last word.

    Of several bots all run side by side, and are killed in turn. Each life of a bot gets its share of
    the messages, and all but the last of each end in a kill.
    """
    chance = random.Random(seed)
    writing = _in_turns(people, messages, chance)
    share = -(-len(writing) // (kills + 1))
    for life in range(kills + 1):
        answered = len(_answered(api))
        for person, number in writing[life * share : (life + 1) * share]:
            api.say(person, f"message {number}")
        bot = bots[life % len(bots)]
        for beside in bots:
            if not beside.runs:
                beside.environment["TELEGRAM_API_URL"] = f"{api.url}/life-{life}-{bots.index(beside)}"
                beside.start()
        if life < kills:
            _wait(api, lambda answered=answered: len(_answered(api)) > answered, silence)
            time.sleep(chance.uniform(0, LONGEST_LIFE))
            bot.kill()
    _wait(api, lambda: len(_answered(api)) >= len(writing), silence)
    return _count(api, people, messages)


def _in_turns(people: int, messages: int, chance: random.Random) -> list[tuple[int, int]]:
    """Who writes which message, one after the other."""
    writing = []
    for number in range(messages):
        order = [FIRST_PERSON + person for person in range(people)]
        chance.shuffle(order)
        writing.extend((person, number) for person in order)
    return writing


def _wait(api: BotApi, condition: Callable[[], bool], silence: float) -> None:
    """Until it holds, or the bot has nothing left to do: whatever it lost will never come."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition() and not api.is_quiet(silence) and time.monotonic() < until:
        time.sleep(0.02)


def said(call: Call) -> str:
    """The words of a message or picture without their tags."""
    return re.sub(r"<[^>]*>", "", call.parameters.get("text") or call.parameters["caption"])


def _replies(api: BotApi) -> dict[int, list[tuple[float, str, int]]]:
    """By chat: when each reply was accepted, which life of the bot sent it, and the number in it."""
    replies: dict[int, list[tuple[float, str, int]]] = {}
    for call in list(api.calls):
        if call.method in ("sendMessage", "sendPhoto") and call.accepted:
            number = int(said(call).split()[-1])
            replies.setdefault(int(call.parameters["chat_id"]), []).append((call.at, call.prefix, number))
    return replies


def _answered(api: BotApi) -> set[tuple[int, int]]:
    return {(chat, number) for chat, replies in _replies(api).items() for *_, number in replies}


def _count(api: BotApi, people: int, messages: int) -> Figures:
    repeats: Counter[tuple[int, str]] = Counter()
    out_of_order = 0
    replies = _replies(api)
    for chat, answers in replies.items():
        seen: set[int] = set()
        highest = -1
        for _, life, number in answers:
            if number in seen:
                repeats[(chat, life)] += 1
                continue
            out_of_order += number < highest
            highest = max(highest, number)
            seen.add(number)
    times = [at for answers in replies.values() for at, *_ in answers]
    answered = len(_answered(api))
    return Figures(
        messages=people * messages,
        lost=people * messages - answered,
        repeated=repeats.total(),
        worst_repeats=max(repeats.values(), default=0),
        out_of_order=out_of_order,
        per_second=answered / max(max(times, default=0) - min(times, default=0), 1e-9),
    )
