"""Copies the wording that is the same in every field from `knowledge/` to the pastry knowledge base of the tests.

    python scripts/pastry_wording.py

Templates and the language are copied as they are. Of `en/texts.yaml` the sentences of `OWN` and the questions of
the topics stay pastry's own, and refusals come along only for the kinds of messages that pastry refuses.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
SOURCE, TARGET = ROOT / "knowledge" / "en", ROOT / "tests" / "fields" / "pastry" / "en"
OWN = {"texts.help_end", "cues.keep_units"}
REFUSAL = "texts.refusal_"
_SECTION, _KEY = re.compile(r"(\w+):\s*$"), re.compile(r"  (\w+):")


def entries(text: str) -> dict[str, str]:
    """`section.key` → its lines, with the comment above it; a section itself is an entry too."""
    found: dict[str, str] = {}
    waiting, section, here = "", "", ""
    for line in text.splitlines(keepends=True):
        if match := _SECTION.match(line):
            here = section = match[1]
        elif match := _KEY.match(line):
            here = f"{section}.{match[1]}"
        elif line.lstrip().startswith("#"):
            waiting += line
            continue
        found[here] = found.get(here, "") + waiting + line
        waiting = ""
    return found


def texts() -> str:
    """What pastry's `texts.yaml` should be."""
    general, own = (entries((folder / "texts.yaml").read_text("utf-8")) for folder in (SOURCE, TARGET))
    refused = {f"{REFUSAL}{kind}" for kind in yaml.safe_load((TARGET / "out_of_scope.yaml").read_text("utf-8"))}
    kept = (key for key in general if not key.startswith(REFUSAL) or key in refused)
    return "".join(
        own[key] if key in own and (key in OWN or key.startswith("topics.")) else general[key] for key in kept
    )


def main() -> None:
    (TARGET / "texts.yaml").write_text(texts(), "utf-8")
    for path in (TARGET / "answers").glob("*.j2"):
        path.unlink()
    for path in (SOURCE / "answers").glob("*.j2"):
        shutil.copyfile(path, TARGET / "answers" / path.name)
    (TARGET / "language").mkdir(exist_ok=True)
    for path in (SOURCE / "language").glob("*.yaml"):
        shutil.copyfile(path, TARGET / "language" / path.name)


if __name__ == "__main__":
    main()
