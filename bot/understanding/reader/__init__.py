"""Hearing people: what a message tells of the person who wrote it, and what each of its clauses does.

`Reader.read` makes `Heard` of a text; nothing is kept, nothing is guessed: what is doubtful is not heard.
"""
