"""The lists of cues are those the reader asks for: one that is not there is never found, and says nothing of it."""

from __future__ import annotations

import ast
from pathlib import Path

from bot.knowledge.base import KnowledgeBase

ROOT = Path(__file__).parent.parent.parent.parent
UNDERSTANDING = ROOT / "bot/understanding"
READER = sorted((UNDERSTANDING / "reader").glob("*.py"))
ASKING = {"has", "says", "first", "ends", "length"}  # how a message is asked for cues


def asked() -> set[str]:
    """The cues that the code names where it asks a message for them, or in a tuple that it hands on."""
    found = set()
    for path in READER:
        tree = ast.parse(path.read_text("utf-8"))
        named = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ASKING:
                given = [named.get(arg.value.id) if _handed_on(arg) else arg for arg in call.args]
                inside = [part for arg in given if arg is not None for part in ast.walk(arg)]
                found |= {
                    part.value for part in inside if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    return found


def _handed_on(arg: ast.expr) -> bool:
    return isinstance(arg, ast.Starred) and isinstance(arg.value, ast.Name)


def test_every_cue_that_is_asked_for_is_written(base: KnowledgeBase) -> None:
    assert "neg" in asked()
    missing = sorted(asked() - base.language.cues.keys())
    assert not missing


def test_every_cue_that_is_written_is_asked_for(base: KnowledgeBase) -> None:
    literals = {
        node.value
        for path in UNDERSTANDING.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unread = sorted(base.language.cues.keys() - literals)
    assert not unread
