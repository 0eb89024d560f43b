"""A question as it was typed, with what the turn knows of it besides."""

from __future__ import annotations

from dataclasses import dataclass

from bot.understanding.question import Question


@dataclass(frozen=True)
class TypedQuestion:
    """A typed question; `again`: the last message was asked back about, so this one is not. `cut`: it was too long.
    `tells`: it asks nothing and says something of the person, `plainly`: down to its last words; `states`: it asks
    nothing. `home`: the country that it says the person is in, to us who spoke of another. `retold`: it is the one
    before, with what was told since; `same`: whether what was decided of it stands, where something was.
    """

    question: Question
    again: bool = False
    cut: bool = False
    tells: bool = False
    plainly: bool = False
    states: bool = False
    home: str | None = None
    retold: bool = False
    same: bool | None = None
