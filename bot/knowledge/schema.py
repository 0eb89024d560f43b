"""JSON Schema of every file type, for editors that complete and check while typing.

Generated from the models; a test fails when the files in `knowledge/schema/` differ from them.
Write them anew with `python -m bot.knowledge.schema`, or for another knowledge base with its
folder after it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bot.knowledge.choosing import Choosing
from bot.knowledge.content import Assessment, Dialog, FieldOfWork, Figures, Phrasings, Refused, Texts, Topic
from bot.knowledge.dilemmas import Dilemmas
from bot.knowledge.language import Language
from bot.knowledge.listening import Helplines, ListeningWords, Need
from bot.knowledge.model import Certification, Degree, Guide, Market, Myth, Publisher, Record, Role, Source, Term
from bot.knowledge.verdicts import Verdicts

FOLDER = "schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class FileType:
    """One kind of file: `holds` says whether it is one record, a list of them, or records by id.

    The `id` of an entity is its file name, so it is no key of the file.
    """

    name: str
    where: str
    model: type[Record]
    holds: Literal["one", "list", "mapping"] = "one"
    named_by_file: bool = False


FILE_TYPES: tuple[FileType, ...] = (
    FileType("role", "roles/*.yaml", Role, named_by_file=True),
    FileType("certification", "certifications/*.yaml", Certification, named_by_file=True),
    FileType("education", "education/*.yaml", Degree, named_by_file=True),
    FileType("term", "terms/*.yaml", Term, named_by_file=True),
    FileType("market", "market/*.yaml", Market, named_by_file=True),
    FileType("guide", "guides/*.yaml", Guide, named_by_file=True),
    FileType("publishers", "publishers.yaml", Publisher, "mapping"),
    FileType("sources", "sources.yaml", Source, "mapping"),
    FileType("myths", "myths.yaml", Myth, "list"),
    FileType("topics", "topics.yaml", Topic, "list"),
    FileType("field", "field.yaml", FieldOfWork),
    FileType("assessment", "assessment.yaml", Assessment),
    FileType("choosing", "choosing.yaml", Choosing),
    FileType("phrasings", "en/phrasings/*.yaml", Phrasings),
    FileType("out_of_scope", "en/out_of_scope.yaml", Refused, "mapping"),
    FileType("figures", "en/figures.yaml", Figures),
    FileType("verdicts", "en/verdicts.yaml", Verdicts),
    FileType("dilemmas", "en/dilemmas.yaml", Dilemmas),
    FileType("texts", "en/texts.yaml", Texts),
    FileType("dialog", "en/dialogs/*.yaml", Dialog),
    FileType("need", "en/listening/*.yaml", Need),
    FileType("listening_words", "en/listening_words.yaml", ListeningWords),
    FileType("helplines", "en/helplines.yaml", Helplines),
    FileType("language", "en/language/*.yaml", Language),
)


def schema_of(kind: FileType) -> dict[str, Any]:
    """The schema of one kind of file."""
    schema = kind.model.model_json_schema()
    definitions = schema.pop("$defs", {})
    if kind.named_by_file:
        del schema["properties"]["id"]
        schema["required"] = [key for key in schema["required"] if key != "id"]
    if kind.holds != "one":
        definitions[kind.model.__name__] = schema
        reference = {"$ref": f"#/$defs/{kind.model.__name__}"}
        schema = (
            {"type": "array", "items": reference}
            if kind.holds == "list"
            else {"type": "object", "additionalProperties": reference}
        )
    schema["title"] = kind.where
    return {"$schema": DIALECT, **schema, **({"$defs": definitions} if definitions else {})}


def schemas() -> dict[str, str]:
    """File name → content of every schema."""
    return {f"{kind.name}.json": json.dumps(schema_of(kind), indent=1) + "\n" for kind in FILE_TYPES}


def write(folder: Path) -> None:
    """Write every schema into the `schema/` of a knowledge base."""
    home = folder / FOLDER
    home.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (home / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("knowledge"))
