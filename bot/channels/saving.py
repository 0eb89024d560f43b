"""Pictures and documents as files in the current folder, for who talks in a terminal."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from bot.advice.chart.pictures import PictureError, svg_of
from bot.channels.rendering import render
from bot.conversation.messages import Reply
from bot.knowledge.base import KnowledgeBase


def files_of(base: KnowledgeBase, reply: Reply) -> list[tuple[str, bytes]]:
    """Names and contents of what comes with a reply. A picture that cannot be drawn here is left out."""
    files = []
    if reply.document is not None:
        files.append((reply.document.name, reply.document.content.encode()))
    if reply.picture is not None:
        try:
            svg = svg_of(base, reply.picture.kind, reply.picture.arguments)
            files.append((f"{reply.picture.kind}.png", render(svg)))
        except (PictureError, ModuleNotFoundError):
            pass
    return files


def save(folder: Path, name: str, content: bytes) -> Path:
    """Write a file, never over another: the second is `NAME-2`. What is there already is not written again.

    Only the last part of `name` counts. Raises `OSError`.
    """
    wanted = Path(Path(name).name)
    for number in count(1):
        path = folder / (wanted if number == 1 else f"{wanted.stem}-{number}{wanted.suffix}")
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            if not path.is_file() or path.read_bytes() != content:
                continue
        return path
    raise AssertionError("there is always a next number")
