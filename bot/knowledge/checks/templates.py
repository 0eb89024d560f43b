"""The templates of answers: their syntax, what they import, the names and texts they use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates

from bot.knowledge.checks.subject import Subject
from bot.knowledge.checks.wording import TAG, TAGS
from bot.knowledge.content import Texts
from bot.knowledge.explain import did_you_mean
from bot.knowledge.load import LANGUAGE
from bot.knowledge.wording_keys import TEMPLATE_FILTERS, TEMPLATES
from bot.knowledge.yaml_file import Problem

_OWN = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


def missing(subject: Subject) -> Iterator[Problem]:
    """Templates that the code renders whatever the topics say."""
    for name in TEMPLATES:
        if name not in subject.loaded.answers:
            mend = "add it; the knowledge base that comes with the bot has one to copy"
            yield _problem(subject, name, 1, "is missing", mend)


def broken(subject: Subject) -> Iterator[Problem]:
    """What can be seen without rendering: `career-advisor check` renders every template as well."""
    environment = Environment(autoescape=True)
    environment.filters.update(dict.fromkeys(TEMPLATE_FILTERS, str))
    for name, source in subject.loaded.answers.items():
        try:
            tree = environment.parse(source)
            environment.compile(tree)
        except TemplateSyntaxError as error:
            mend = "mend the tag on this line"
            yield _problem(subject, name, error.lineno, f"is no valid template ({error.message})", mend)
            continue
        yield from _tags(subject, name, source)
        yield from _imports(subject, name, tree)
        yield from _texts(subject, name, tree)


def _tags(subject: Subject, name: str, source: str) -> Iterator[Problem]:
    """Tags that Telegram would refuse; what stands in the template's own tags is not looked at."""
    blank = _OWN.sub(lambda own: "\n" * own.group().count("\n"), source)
    for line, text in enumerate(blank.splitlines(), 1):
        for _, tag in TAG.findall(text):
            if tag.lower() not in TAGS:
                mend = f"use only {', '.join(sorted(TAGS))}; write &lt; for a plain <"
                yield _problem(subject, name, line, f"has the tag <{tag}>, which Telegram does not know", mend)


def _imports(subject: Subject, name: str, tree: nodes.Template) -> Iterator[Problem]:
    for other in find_referenced_templates(tree):
        if other not in subject.loaded.answers:
            line = next(
                node.lineno for node in tree.find_all((nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends))
            )
            mend = f"{did_you_mean(str(other), set(subject.loaded.answers))}correct it, or add {other}.j2"
            yield _problem(subject, name, line, f"imports `{other}`, which does not exist", mend)


def _texts(subject: Subject, name: str, tree: nodes.Template) -> Iterator[Problem]:
    known = {key for _, texts in subject.of(Texts) for key in texts.texts}
    for call in tree.find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Name) and call.node.name == "text" and call.args and known):
            continue
        key = call.args[0]
        if isinstance(key, nodes.Const) and key.value not in known:
            mend = f"{did_you_mean(str(key.value), known)}correct it, or add the text"
            yield _problem(subject, name, call.lineno, f"uses the text `{key.value}`, which is not in texts.yaml", mend)


def _problem(subject: Subject, name: str, line: int, what: str, mend: str) -> Problem:
    return Problem(subject.loaded.shown(f"{LANGUAGE}/answers/{name}.j2"), line, what, mend)
