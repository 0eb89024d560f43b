"""The guide for editors names every key and file type, and its worked example works."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.advice.answers import Answers
from bot.advice.coverage import question_about
from bot.knowledge import choosing, content, dilemmas, facts, listening, model, verdicts
from bot.knowledge.check import examine
from bot.knowledge.load import FOLDERS, read
from bot.knowledge.names import find_entity
from bot.knowledge.schema import FILE_TYPES

KNOWLEDGE = Path(__file__).parent.parent.parent / "knowledge"
README = (KNOWLEDGE / "README.md").read_text("utf-8")
WORDS = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", README))))
BLOCK = re.compile(r"```yaml\n# (\S+)\n(.*?)```", re.DOTALL)
MODELS = [
    item
    for module in (facts, model, content, choosing, dilemmas, listening, verdicts)
    for item in vars(module).values()
    if isinstance(item, type) and issubclass(item, BaseModel) and item.__module__ == module.__name__
]


@pytest.mark.parametrize("record", MODELS, ids=lambda record: str(record.__name__))
def test_every_key_is_explained(record: type[BaseModel]) -> None:
    assert {key.alias or name for name, key in record.model_fields.items()} - WORDS == set()


@pytest.mark.parametrize("kind", FILE_TYPES, ids=lambda kind: str(kind.name))
def test_every_file_type_stands_in_the_table(kind: object) -> None:
    where, name = kind.where, kind.name  # type: ignore[attr-defined]

    assert re.search(rf"^\| `{re.escape(where)}` \|.*\| `schema/{name}\.json` \|$", README, re.MULTILINE)


def test_every_folder_and_file_that_is_there_is_told_of() -> None:
    told = set(re.findall(r"^\| `([^`]+)` \|", README, re.MULTILINE))
    loaded = read(KNOWLEDGE)
    there = {
        re.sub(r"[^/]+\.yaml$", "*.yaml", path)
        if path.startswith((*FOLDERS, "en/phrasings", "en/listening/", "en/language/", "en/dialogs/"))
        else path
        for path in loaded.files
    }

    assert there <= told
    assert "en/answers/*.j2" in told


def test_the_worked_example_works(tmp_path: Path) -> None:
    copy = tmp_path / "knowledge"
    shutil.copytree(KNOWLEDGE, copy)
    for path, text in BLOCK.findall(README):
        with (copy / path).open("a", encoding="utf-8") as file:
            file.write(text)

    loaded = examine(copy)

    assert loaded.problems == []
    assert loaded.base is not None
    assert find_entity(loaded.base, "see tee en ar") == "ctnr"
    answer = Answers(loaded.base).answer(question_about("exam", "ctnr"), date(2026, 11, 23))
    assert "The exam has 60 questions in 2 hours; 70% passes." in answer.text
