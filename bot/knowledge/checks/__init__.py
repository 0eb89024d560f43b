"""Every check of a knowledge base, each a function `Subject → problems`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.knowledge.checks import (
    aliases,
    assessment,
    choosing,
    figures,
    ladder,
    listening,
    origins,
    owners,
    phrasings,
    plain,
    references,
    sentences,
    sources,
    templates,
    topics,
    wording,
)
from bot.knowledge.checks.subject import Subject
from bot.knowledge.yaml_file import Problem

Check = Callable[[Subject], Iterator[Problem]]

# Together they take a third of the time of reading the files, so that every start runs them all.
CHECKS: tuple[Check, ...] = (
    references.dangling,
    references.twice,
    references.over,
    references.renamed,
    references.paired,
    references.itself,
    ladder.unreachable,
    ladder.repeated,
    ladder.cycles,
    ladder.circular_education,
    topics.missing,
    topics.contract,
    topics.unspoken,
    assessment.ids,
    assessment.questions,
    choosing.ids,
    choosing.empty,
    listening.patterns,
    listening.strayed,
    listening.unanswered,
    wording.missing,
    wording.slots,
    templates.missing,
    templates.broken,
    phrasings.unknown_slots,
    aliases.colliding,
    sources.banned,
    sources.malformed,
    sources.dates,
    sources.unused,
    origins.elsewhere,
    origins.hearsay,
    origins.copies,
    origins.overheard,
    origins.owners,
    owners.ownerless,
    origins.hosts,
    origins.idle,
    sources.twice,
    sources.no_such_month,
    sentences.unsourced,
    sentences.too_long,
    figures.out_of_proportion,
    figures.downward,
    plain.tags,
    plain.replies,
    plain.slots,
    plain.cut,
    plain.too_much,
    plain.unknowns,
    plain.refusals,
    sentences.promises,
    sentences.foreign_market,
    aliases.ordinary,
    topics.unasked,
    phrasings.repeated,
)

# These read one record by what others say. Where a file could not be read in full they would blame the others.
TOGETHER: tuple[Check, ...] = (
    owners.nameless,
    owners.quoted,
    origins.further,
    figures.stated,
    figures.repeated,
    figures.apart,
)
