"""How long it takes to load and check a knowledge base, and how that grows with its size.

Run with `python benchmarks/loading.py`. The knowledge base that comes with the bot is copied once,
twice, five and ten times into one folder: copies have ids, names and words of their own, and the
figures are the best of some runs. Prints seconds of processor time, and the growth: 1.0 is
linear, below is better.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.check import examine, load_checked
from bot.knowledge.load import FOLDERS
from bot.knowledge.yaml_file import read_yaml

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
SIZES = (1, 2, 5, 10)
RUNS = 3
# What belongs to one entity alone gets a word of the copy's, and what names an entity or a source the copy's id.
OWN_WORDS = {"name", "abbreviation", "aliases", "phrasings", "held_out", "title"}
POINTING = frozenset(
    {
        "source",
        "certification",
        "education",
        "role",
        "to",
        "issuer",
        "provisional",
        "full",
        "accreditation",
        "accredited",
        "counts_as",
        "market",
        "see_also",
        "entities",
    }
)
# Files that there is one of, with an entry for each copy; all other single files stay as they are.
MERGED = {"sources.yaml", "myths.yaml", "out_of_scope.yaml"}


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # a build may lack the C dumper
    """Dumps as fast as the loader loads, and writes every value out."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def copies(count: int, target: Path) -> None:
    """Write the knowledge base `count` times over into one folder, as one sound knowledge base."""
    files = {path.relative_to(KNOWLEDGE): path for path in KNOWLEDGE.rglob("*.yaml")}
    data = {path: read_yaml(file, str(file)).data for path, file in files.items()}
    own = {path.stem for path in data if path.parts[0] in FOLDERS} | set(data[Path("sources.yaml")])
    copied = [content for path, content in data.items() if path.parts[0] in FOLDERS or path.name in MERGED]
    named = {source for content in copied for source in _sources(content)}
    data[Path("sources.yaml")], spare = _parted(data[Path("sources.yaml")], named)
    for path in KNOWLEDGE.rglob("*.j2"):
        _write(target / path.relative_to(KNOWLEDGE), path.read_text("utf-8"))
    for path, content in data.items():
        if path.parts[0] in FOLDERS:
            for number in range(count):
                name = _id(path.stem, number)
                _write(target / path.with_stem(name), _dump(_copy(content, number, own)))
        elif path.parent.name == "phrasings" or path.name in MERGED:
            merged = _merged(path, content, count, own)
            _write(target / path, _dump({**merged, **spare} if path.name == "sources.yaml" else merged))
        else:
            _write(target / path, _dump(content))


def _sources(value: Any) -> Iterable[str]:
    """Every source that a value names."""
    if isinstance(value, dict):
        if isinstance(value.get("source"), str):
            yield value["source"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _sources(item)


def _parted(sources: dict[str, Any], named: set[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Those sources that the copied files name, and those that only files name of which there is one."""
    used = {key: item for key, item in sources.items() if key in named}
    return used, {key: item for key, item in sources.items() if key not in named}


def _merged(path: Path, content: Any, count: int, own: set[str]) -> Any:
    """All copies of a file that there is only one of."""
    made = [_copy(content, number, own) for number in range(count)]
    if isinstance(content, list):
        return [{**item, "id": _id(item["id"], number)} for number, items in enumerate(made) for item in items]
    if path.name == "sources.yaml":
        return {_id(key, number): item for number, items in enumerate(made) for key, item in items.items()}
    if path.name == "out_of_scope.yaml":
        return {key: _joined(item[key] for item in made) for key in content}
    return _joined(made)


def _joined(parts: Iterable[dict[str, list[str]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in parts:
        for key, texts in part.items():
            found.setdefault(key, []).extend(texts)
    return {key: list(dict.fromkeys(texts)) for key, texts in found.items()}


def _copy(value: Any, number: int, own: set[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _copy(item, number, own, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_copy(item, number, own, key) for item in value]
    if not isinstance(value, str) or number == 0:
        return value
    if key in OWN_WORDS:
        return f"{value} copy{number}" if any(map(str.isalnum, value)) else value
    if key in POINTING and value in own:
        return _id(value, number)
    return value


def _id(name: str, number: int) -> str:
    return f"{name}-copy{number}" if number else name


def _dump(content: Any) -> str:
    return str(yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def best(work: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest of some runs."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    seconds = {}
    print(f"{'copies':>6} {'files':>6} {'bytes':>10} {'in all':>9} {'a file':>9}")
    with tempfile.TemporaryDirectory() as temporary:
        for size in SIZES:
            folder = Path(temporary) / str(size)
            copies(size, folder)
            problems = examine(folder).problems
            assert not problems, "\n".join(map(str, problems[:20]))
            seconds[size] = best(lambda folder=folder: load_checked(folder))
            sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
            each = seconds[size] / len(sizes) * 1000
            print(f"{size:>6} {len(sizes):>6} {sum(sizes):>10,} {seconds[size]:>8.3f}s {each:>7.2f}ms")
    first, last = SIZES[0], SIZES[-1]
    growth = math.log(seconds[last] / seconds[first]) / math.log(last / first)
    print(
        f"growth: {seconds[last] / seconds[first]:.1f} times as long for {last} times as much (exponent {growth:.2f})"
    )


if __name__ == "__main__":
    main()
