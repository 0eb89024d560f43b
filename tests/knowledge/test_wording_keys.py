"""The list of what the code asks of `texts.yaml` is what the code really asks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.knowledge.wording_keys import CUES, FREE_PREFIXES, TEXTS, TOPICS

ROOT = Path(__file__).parent.parent.parent
CODE = [path for path in sorted((ROOT / "bot").rglob("*.py")) if path.name != "wording_keys.py"]
TEMPLATES = sorted((ROOT / "knowledge/en/answers").glob("*.j2"))
ASKING = {"text", "_text", "_fill", "fill", "button"}
KEY = re.compile(r"[a-z]+(_[a-z]+)*")


@cache
def _nodes() -> list[ast.Call | ast.Subscript | ast.Constant]:
    return [
        node
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call | ast.Subscript | ast.Constant)
    ]


def _name(node: ast.expr) -> str:
    return str(getattr(node, "attr", getattr(node, "id", "")))


def _asked() -> Iterator[ast.expr]:
    """What stands for the key where the code asks for a text: `x.text(…)`, `texts.texts[…]`, `texts[…]`."""
    for node in _nodes():
        if isinstance(node, ast.Call) and node.args:
            if _name(node.func) in ASKING:
                yield node.args[0]
        elif isinstance(node, ast.Subscript) and _name(node.value) == "texts":
            yield node.slice


def _choices(node: ast.expr) -> Iterator[ast.expr]:
    """Both branches of `a if … else b`, and of what is looked up or joined."""
    if isinstance(node, ast.IfExp):
        yield from _choices(node.body)
        yield from _choices(node.orelse)
    else:
        yield node


def asked_keys() -> set[str]:
    keys = {
        part.value
        for node in _asked()
        for part in _choices(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and KEY.fullmatch(part.value)
    }
    for path in TEMPLATES:
        keys |= set(re.findall(r'text\("([a-z_]+)"(?! ~)', path.read_text("utf-8")))
    return keys


def asked_prefixes() -> set[str]:
    prefixes = {
        str(node.values[0].value)
        for node in _asked()
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant)
    }
    for path in TEMPLATES:
        prefixes |= set(re.findall(r'text\("([a-z_]+)" ~', path.read_text("utf-8")))
    return prefixes


def literals() -> set[str]:
    """Every string that stands in the code or in a template."""
    found = {node.value for node in _nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return found | asked_keys()


def test_every_text_the_code_asks_for_is_listed() -> None:
    written = set(yaml.safe_load((ROOT / "knowledge/en/texts.yaml").read_text("utf-8"))["texts"])
    missing = (asked_keys() | literals() & written) - TEXTS.keys()

    assert not missing, f"add to bot/knowledge/wording_keys.txt, with their slots: {sorted(missing)}"


def test_every_family_of_texts_is_listed() -> None:
    prefixes = asked_prefixes()
    missing = {prefix for prefix in prefixes - set(FREE_PREFIXES) if not any(key.startswith(prefix) for key in TEXTS)}

    assert prefixes
    assert not missing


def test_every_listed_text_is_asked_for() -> None:
    families = tuple(asked_prefixes())
    unused = {key for key in TEXTS.keys() - literals() if not key.startswith(families)}

    assert not unused, f"delete from bot/knowledge/wording_keys.txt: {sorted(unused)}"


@pytest.mark.parametrize("base", ["knowledge", "tests/fields/pastry"])
def test_no_text_is_left_that_no_code_asks_for(base: str) -> None:
    texts = yaml.safe_load((ROOT / base / "en/texts.yaml").read_text("utf-8"))["texts"]
    unused = {key for key in texts.keys() - TEXTS.keys() if not key.startswith(FREE_PREFIXES)}

    assert not unused, f"delete from {base}/en/texts.yaml, or ask for them: {sorted(unused)}"


def test_cues_and_topics_are_those_the_code_names() -> None:
    cues = {
        node.slice.value
        for node in _nodes()
        if isinstance(node, ast.Subscript) and _name(node.value) == "cues" and isinstance(node.slice, ast.Constant)
    }

    assert cues <= set(CUES) <= literals()
    assert set(TOPICS) <= literals()


def _topics_named() -> set[str]:
    """Topics that the code names: in a button that asks for one, or as a key of the topics."""
    found = set()
    for node in _nodes():
        named = None
        if isinstance(node, ast.Call) and _name(node.func) == "ask_button" and node.args:
            named = node.args[0]
        if isinstance(node, ast.Subscript) and _name(node.value) == "topics":
            named = node.slice
        if isinstance(named, ast.Constant) and isinstance(named.value, str):
            found.add(named.value)
    return found


def test_every_topic_the_code_leads_to_must_be_declared() -> None:
    named = _topics_named()

    assert {"fit", "salary"} <= named
    assert named <= set(TOPICS), f"add to TOPICS in bot/knowledge/wording_keys.py: {sorted(named - set(TOPICS))}"
