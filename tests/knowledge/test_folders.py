"""Files that are missing, unreadable, misnamed or in a place where nothing reads them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.check import examine, load_checked
from bot.knowledge.load import KnowledgeError
from bot.knowledge.yaml_file import MAX_BYTES


def _move(old: str, new: str) -> Callable[[Path], object]:
    return lambda folder: (folder / old).rename(folder / new)


def _write(path: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / path).write_bytes(content)


def _in_place_of(path: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda folder: ((folder / path).unlink(), make(folder / path))


CASES = [
    (
        "a certification among the roles",
        _move("certifications/cpk-t.yaml", "roles/cpk-t.yaml"),
        "roles/cpk-t.yaml:1: has the keys of certifications/, not of roles/; move the file to certifications/",
    ),
    (
        "another ending",
        _move("terms/mise-en-place.yaml", "terms/mise-en-place.yml"),
        "terms/mise-en-place.yml:1: ends in .yml, which nothing reads; rename it to mise-en-place.yaml",
    ),
    (
        "a folder in a folder",
        lambda folder: ((folder / "terms/more").mkdir(), _write("terms/more/x.yaml", b"name: x")(folder)),
        "terms/more/x.yaml:1: is in a place where nothing reads it",
    ),
    (
        "a file name that is no id",
        _move("terms/mise-en-place.yaml", "terms/Mise en place.yaml"),
        "terms/Mise en place.yaml:1: the file name `Mise en place` cannot be an id; rename it to lower case",
    ),
    (
        "an id inside the file",
        lambda folder: _write("terms/ksb.yaml", b"id: ksb\n" + (folder / "terms/ksb.yaml").read_bytes())(folder),
        "terms/ksb.yaml:1: gives an id, but the file name is the id; delete the `id` line",
    ),
    (
        "bytes that are no text",
        _write("terms/mise-en-place.yaml", b"name: x\nsummary: \xff\xfe"),
        "terms/mise-en-place.yaml:2: is not UTF-8 text; save it as UTF-8",
    ),
    (
        "a template that is no text",
        _write("en/answers/more.j2", b"\xff"),
        "en/answers/more.j2:1: cannot be read as UTF-8 text; save it as UTF-8",
    ),
    (
        "a file without end",
        _write("terms/mise-en-place.yaml", b"# " + b"x" * MAX_BYTES),
        "terms/mise-en-place.yaml:1: is larger than 4 MB; split it",
    ),
    (
        "a missing file",
        lambda folder: (folder / "en/texts.yaml").unlink(),
        "en/texts.yaml:1: cannot be read (No such file or directory); check that it exists",
    ),
    (
        "a list that is a mapping",
        _write("myths.yaml", b"degree-needed: {claim: x}"),
        "myths.yaml:1: is not a list; start each entry with `- id: ",
    ),
    (
        "a mapping that is a list",
        _write("sources.yaml", b"- gpc-cpk"),
        "sources.yaml:1: is not a mapping; write `<id>:` and its keys below",
    ),
    (
        "a topic without phrasings",
        lambda folder: (folder / "en/phrasings/ai.yaml").unlink(),
        "topics.yaml:163: the topic `ai` has no phrasings; add en/phrasings/ai.yaml",
    ),
    (
        "phrasings of no topic",
        _move("en/phrasings/ai.yaml", "en/phrasings/aii.yaml"),
        "en/phrasings/aii.yaml:1: `aii` is not a topic; did you mean `ai`? rename the file",
    ),
    (
        "one id for two kinds",
        _write("terms/pastry-chef.yaml", b"name: The chef\nsummary: A word for the head."),
        "terms/pastry-chef.yaml:1: the id `pastry-chef` is also used in roles/; rename one of the two",
    ),
    (
        "a pipe, which would wait for ever",
        _in_place_of("terms/mise-en-place.yaml", os.mkfifo),
        "terms/mise-en-place.yaml:1: is no plain file (a folder, a pipe or a device); put a text file in its place",
    ),
    (
        "a template that is a pipe",
        _in_place_of("en/answers/more.j2", os.mkfifo),
        "en/answers/more.j2:1: is no plain file of this folder; put a text file in its place",
    ),
    (
        "a link out of the folder",
        _in_place_of("terms/mise-en-place.yaml", lambda path: path.symlink_to("/etc/hosts")),
        "terms/mise-en-place.yaml:1: is a link to a place outside this folder; put a copy of the file in its place",
    ),
    (
        "a template that is a link out of the folder",
        _in_place_of("en/answers/more.j2", lambda path: path.symlink_to("/etc/hosts")),
        "en/answers/more.j2:1: is no plain file of this folder",
    ),
    (
        "a missing template",
        lambda folder: (folder / "en/answers/myth.j2").unlink(),
        "en/answers/myth.j2:1: is missing; add it",
    ),
]


@pytest.mark.parametrize(("break_it", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_it_is_told_where_and_how_to_mend_it(pastry: Path, break_it: Callable[[Path], object], expected: str) -> None:
    break_it(pastry)

    problems = [str(problem) for problem in examine(pastry).problems]

    assert [problem for problem in problems if problem.startswith(f"{pastry}/{expected}")], problems


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="is not a folder; pass --knowledge DIR or set ADVISOR_KNOWLEDGE"):
        load_checked(tmp_path / "nowhere")


def test_paths_are_short_inside_the_current_folder(pastry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pastry / "terms/ksb.yaml").write_text("nam: x\n", "utf-8")
    monkeypatch.chdir(pastry.parent)

    paths = {problem.path for problem in examine(pastry).problems}

    assert "pastry/terms/ksb.yaml" in paths


def test_one_unreadable_file_does_not_hide_the_errors_of_others(pastry: Path) -> None:
    (pastry / "en/texts.yaml").unlink()
    (pastry / "field.yaml").write_text("name: 3\n", "utf-8")
    chef = pastry / "roles/pastry-chef.yaml"
    chef.write_text(chef.read_text("utf-8").replace("market: [kitchens]", "market: [cellars]"), "utf-8")

    problems = "\n".join(map(str, examine(pastry).problems))

    assert "`cellars` is not a known market" in problems
    assert "field.yaml:1: `name` is 3, which is not text" in problems


def test_an_id_counts_as_known_while_its_file_is_broken(pastry: Path) -> None:
    (pastry / "certifications/ksc.yaml").write_text("name: [\n", "utf-8")

    problems = examine(pastry).problems

    assert {Path(problem.path).name for problem in problems} == {"ksc.yaml"}


@pytest.mark.parametrize(
    "name", ["topics", "sources", "publishers", "assessment", "field", "en/texts", "roles/pastry-cook", "terms/gpc"]
)
def test_a_slip_in_an_ending_is_one_problem(pastry: Path, name: str) -> None:
    (pastry / f"{name}.yaml").rename(pastry / f"{name}.yml")

    problems = [str(problem) for problem in examine(pastry).problems]

    assert problems == [
        f"{pastry}/{name}.yml:1: ends in .yml, which nothing reads; rename it to {Path(name).name}.yaml"
    ]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda path: path.write_bytes(path.read_bytes() + b"\xff"),
        lambda path: path.write_text("x: [\n", "utf-8"),
        lambda path: path.write_text(path.read_text("utf-8").replace("issuer:", "issuers:"), "utf-8"),
        lambda path: (path.unlink(), os.mkfifo(path)),
        lambda path: (path.unlink(), path.symlink_to("/etc/hosts")),
        lambda path: path.rename(path.parent.parent / "roles" / "x" / path.name),
        lambda path: path.rename(path.with_suffix(".txt")),
    ],
)
def test_nobody_is_told_to_delete_what_an_unreadable_file_may_use(
    pastry: Path, break_it: Callable[[Path], object]
) -> None:
    (pastry / "roles" / "x").mkdir()
    for certification in (pastry / "certifications").iterdir():
        break_it(certification)

    problems = [str(problem) for problem in examine(pastry).problems]

    assert problems
    assert not [problem for problem in problems if "nothing refers to" in problem or "nothing names" in problem]
