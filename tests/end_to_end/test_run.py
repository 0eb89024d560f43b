"""`career-advisor run` itself, with the real knowledge base, over HTTP against the stand-in."""

from __future__ import annotations

import json
import re
import shutil
import signal
from pathlib import Path

import pytest
from processes import ECHO, REAL, ROOT, StartBot, command
from stand_in import BotApi, Fault

from bot.channels.telegram.markup import visible
from bot.channels.telegram.profile import LISTED

ANN, BEN = 7, 8
# Those that set the day, the profile or the knowledge base need an advisor of their own, without Telegram.
SET = re.compile(r"^(?:--|@|P) ", re.MULTILINE)
TRANSCRIPTS = [
    path for path in sorted((ROOT / "tests" / "conversations").glob("*.txt")) if not SET.search(path.read_text("utf-8"))
]


class Talk:
    """One person's side of a conversation, and what came back since they last wrote or pressed."""

    def __init__(self, api: BotApi, person: int) -> None:
        self.api = api
        self.person = person
        self._heard = -1

    def say(self, text: str) -> None:
        self._listen()
        self.api.say(self.person, text)

    def press(self, label: str) -> None:
        self.api.wait(lambda: any(label in message.labels for message in self.api.in_chat(self.person)), f"[{label}]")
        self._listen()
        self.api.press(self.person, label)

    def _listen(self) -> None:
        """Let the answer before come first: a press and a message at once may overtake each other."""
        self.api.wait(lambda: len(self.api.sent(self.person)) > self._heard, "an answer")
        self._heard = len(self.api.sent(self.person))

    def hears(self, words: str) -> None:
        """Wait until the answer holds these words."""
        wanted = _squeezed(words)
        self.api.wait(lambda: wanted in self.answer(), f"{words!r} in {self.answer()!r}")

    def answer(self) -> str:
        """The bubbles of the answer, tags and line breaks away."""
        bubbles = self.api.sent(self.person)[self._heard :]
        return _squeezed(" ".join(visible(bubble) for bubble in bubbles))


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def test_it_introduces_itself_answers_with_sources_and_rewrites_on_a_press(api: BotApi, start_bot: StartBot) -> None:
    start_bot(REAL, forked=False)
    talk = Talk(api, ANN)
    talk.say("/start")
    talk.hears("I'm a bot")
    talk.hears("I sell nothing")
    talk.hears("I show my sources")
    assert api.in_chat(ANN)[-1].labels
    talk.say("how much does the ccs cost")
    talk.hears("Source:")
    message = api.in_chat(ANN)[-1]
    talk.press(message.labels[0])
    api.wait(lambda: api.count("editMessageText") == 1 and api.count("answerCallbackQuery") == 1)
    assert api.in_chat(ANN)[-1].id == message.id


def test_a_conversation_goes_on_after_kill_9(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot(REAL)
    talk = Talk(api, ANN)
    talk.say("what is the ccs")
    talk.hears("CCS")
    bot.kill()
    talk.say("how much does it cost")
    bot.start()
    talk.hears("CCS")
    talk.hears("USD")


@pytest.mark.long
@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_each_transcript_is_held_on_telegram_too(path: Path, api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot(REAL)
    talk = Talk(api, ANN)
    for line in path.read_text("utf-8").splitlines():
        mark, _, words = line.partition(" ")
        if mark == "U":
            talk.say(words)
        elif mark == "T":
            talk.press(words.strip())
        elif mark == "B":
            talk.hears(words)
        elif mark == "!":
            assert _squeezed(words) not in talk.answer()
        elif mark == "##":
            bot.kill()
            bot.start()
    assert "error" not in bot.log


def test_the_profile_is_written_once(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot(REAL)
    api.wait(lambda: api.count("setMyShortDescription") == 1)
    assert [command["command"] for command in api.profile["commands"]] == list(LISTED)
    assert bot.stop() == 0
    bot.start()
    api.wait(lambda: api.count("getMyShortDescription") == 2)
    assert bot.stop() == 0
    assert [api.count(f"setMy{what}") for what in ("Commands", "Description", "ShortDescription")] == [1, 1, 1]


def test_without_a_token_it_says_how_to_get_one(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot(REAL, TELEGRAM_BOT_TOKEN="")
    assert bot.ended() == 2
    assert "https://t.me/BotFather" in bot.log
    assert "career-advisor chat" in bot.log


@pytest.mark.parametrize(
    ("token", "why"),
    [
        ("987654321:AAwrong-token-wrong-token-wrong-tok", "Telegram does not know this token"),
        ("no token at all", "must be as BotFather gave it, without spaces or slashes"),
    ],
)
def test_a_token_that_is_refused_is_not_shown(token: str, why: str, api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot(REAL, TELEGRAM_BOT_TOKEN=token)
    assert bot.ended() == 2
    assert "TELEGRAM_BOT_TOKEN: " in bot.log
    assert why in bot.log
    assert "Traceback" not in bot.log
    assert token not in bot.log
    assert token.rpartition(":")[2] not in bot.log


@pytest.mark.parametrize("level", ["DEBUG", pytest.param("INFO", marks=pytest.mark.long)])
def test_neither_the_token_nor_what_people_write_is_logged(level: str, api: BotApi, start_bot: StartBot) -> None:
    faults = [Fault.error(500, f"https://api.telegram.org/bot{api.token}/x"), Fault.reset(), Fault.garbage()]
    for method in ("getMe", "getUpdates", "sendMessage", "setMyCommands"):
        # A reply that is in doubt twice waits for two minutes.
        quick = method == "sendMessage" and level == "DEBUG"
        api.fail(method, *(faults[:2] if quick else faults))
    bot = start_bot(ECHO, LOG_LEVEL=level)
    api.say(ANN, "crash unspeakable")
    api.say(ANN, "unspeakable")
    api.wait(lambda: len(api.sent(ANN)) == 2)
    assert bot.stop() == 0
    assert "turn_failed" in bot.log
    assert "send_failed" in bot.log
    assert api.token.split(":")[1] not in bot.log
    assert "unspeakable" not in bot.log


def test_an_address_that_nobody_listens_at_does_not_end_it(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot(ECHO, TELEGRAM_API_URL="http://127.0.0.1:1")
    api.wait(lambda: "start_failed" in bot.log)
    assert bot.stop() == 0
    assert api.token.split(":")[1] not in bot.log


def test_sighup_reads_the_knowledge_again_and_refuses_a_broken_one(
    api: BotApi, start_bot: StartBot, tmp_path: Path
) -> None:
    knowledge = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", knowledge)
    bot = start_bot(REAL, ADVISOR_KNOWLEDGE=str(knowledge))
    talk = Talk(api, ANN)
    talk.say("/start")
    talk.hears("I'm a bot")
    texts = knowledge / "en" / "texts.yaml"
    whole = texts.read_text("utf-8")

    texts.write_text(whole.replace("I'm a bot", "I am a robot"), "utf-8")
    bot.signal(signal.SIGHUP)
    api.wait(lambda: "reloaded" in bot.log)
    talk.say("/start")
    talk.hears("I am a robot")
    api.wait(lambda: "I am a robot" in api.profile["description"])

    texts.write_text("texts: [", "utf-8")
    bot.signal(signal.SIGHUP)
    api.wait(lambda: "reload_refused" in bot.log)
    talk.say("/start")
    talk.hears("I am a robot")


def test_dead_letters_are_listed_and_cleared_while_it_runs(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot(ECHO)
    api.say(ANN, "crash on my secret")
    api.wait(lambda: api.sent(ANN) == ["sorry"])
    listed = command(bot, "deadletters")
    assert listed.returncode == 0
    assert "ValueError" in listed.stdout
    assert "  text  " in listed.stdout
    assert "secret" not in listed.stdout
    letters = json.loads(command(bot, "deadletters", "--json", "--clear").stdout)
    assert [(letter["kind"], letter["update_id"]) for letter in letters] == [("text", 1000)]
    assert command(bot, "deadletters").stdout == ""
