"""The schemas for editors are those of the types, and name every key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.knowledge.load import FOLDERS
from bot.knowledge.schema import FILE_TYPES, FileType, schema_of, schemas, write

SCHEMAS = Path(__file__).parent.parent.parent / "knowledge" / "schema"


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_schema_is_current(name: str) -> None:
    written = (SCHEMAS / name).read_text("utf-8")

    assert written == schemas()[name], "run `python -m bot.knowledge.schema`"


def test_no_schema_is_left_over() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == set(schemas())


def test_every_folder_of_entities_has_one() -> None:
    assert {kind.where for kind in FILE_TYPES if kind.named_by_file} == {f"{folder}/*.yaml" for folder in FOLDERS}


@pytest.mark.parametrize("kind", FILE_TYPES, ids=lambda kind: str(kind.name))
def test_a_schema_offers_every_key_and_refuses_others(kind: FileType) -> None:
    schema = schema_of(kind)
    record = schema if kind.holds == "one" else schema["$defs"][kind.model.__name__]

    expected = {key.alias or name for name, key in kind.model.model_fields.items()} - (
        {"id"} if kind.named_by_file else set()
    )
    assert set(record["properties"]) == expected
    assert record["additionalProperties"] is False
    assert "id" not in record.get("required", []) or not kind.named_by_file


def test_an_id_says_what_it_points_to() -> None:
    written = json.loads(schemas()["certification.json"])

    assert written["properties"]["issuer"]["description"] == "the id of a body"


def test_they_can_be_written_for_another_knowledge_base(tmp_path: Path) -> None:
    write(tmp_path)

    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "schema").iterdir()} == schemas()
