""" "What if": which single answer a message supposes to be another, and the profile with it changed."""

from __future__ import annotations

import re

from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.names import all_names
from bot.understanding.parsing.cues import mentioned, words_of
from bot.understanding.parsing.speech import Speech

MOST_YEARS = 60


def supposed(base: KnowledgeBase, speech: Speech, profile: Profile, text: str, kind: str) -> tuple[str, str] | None:
    """What a "what if" changes: (key of the profile, value as callback data has it); None where nothing fits.

    `kind` is the kind of work meant by years of none: the work that the road is about.
    """
    words = words_of(text).replace("'", "")
    named_years = speech.numbers.named["years"].search(words)
    if speech.numbers.named["hours"].search(words) and not named_years:
        hours = speech.numbers.read(words, "hours")
        return ("hours_per_week", f"{hours:g}") if hours else None
    years = speech.numbers.read(words, "years") if named_years else None
    if years is not None:
        named = _first(words, all_names(base.assessment.experience))
        kind = named or kind
        more = base.texts.cues["more"]
        before = (
            profile.years.get(kind, 0) if set(words.split()) & {word for cue in more for word in cue.split()} else 0
        )
        return "years", f"{kind}+{min(MOST_YEARS, before + years):g}"
    return _named(base, words)


def _named(base: KnowledgeBase, words: str) -> tuple[str, str] | None:
    """A country, a workplace, a licence, schooling, a credential or a job that the words name."""
    vocabulary = base.assessment
    licences = all_names(vocabulary.licences)
    licences += [(item.licence, (item.name, *item.aliases)) for item in vocabulary.backgrounds if item.licence]
    groups: tuple[tuple[str, list[tuple[str, tuple[str, ...]]]], ...] = (
        ("certifications", [(item.id, (item.short, item.name)) for item in base.certifications.values()]),
        ("country", [(item.id, (item.name, *item.aliases, *item.parts)) for item in vocabulary.countries]),
        ("education", all_names(base.education.values())),
        ("role", [(item.id, (item.name,)) for item in base.roles.values()]),
        ("setting", all_names(vocabulary.settings)),
        ("licences", licences),
        ("education", all_names(vocabulary.education)),
    )
    for key, named in groups:
        found = _first(words, named)
        if found is not None:
            return key, found
    return None


def _first(words: str, named: list[tuple[str, tuple[str, ...]]]) -> str | None:
    """The id whose name stands in the words: apostrophes and what is in brackets are left out of names."""
    plain = [(key, tuple(re.sub(r"\([^)]*\)|'", "", name) for name in names)) for key, names in named]
    found = mentioned(words, plain)
    return found[0] if found else None


def changed(base: KnowledgeBase, profile: Profile, key: str, value: str) -> Profile | None:
    """The profile with one thing changed, or None where key or value is not known."""
    try:
        if key == "hours_per_week":
            return Profile.model_validate({**profile.model_dump(), key: float(value)})
        if key == "years":
            kind, _, count = value.partition("+")
            if kind not in {item.id for item in base.assessment.experience}:
                return None
            return Profile.model_validate({**profile.model_dump(), key: {**profile.years, kind: float(count)}})
    except ValueError:
        return None
    if value not in _known(base).get(key, ()):
        return None
    if key in ("education", "certifications", "licences"):
        return profile.model_copy(update={key: tuple(dict.fromkeys((*getattr(profile, key), value)))})
    return profile.model_copy(update={key: value})


def _known(base: KnowledgeBase) -> dict[str, set[str]]:
    vocabulary = base.assessment
    return {
        "education": {*base.education, *(level.id for level in vocabulary.education)},
        "certifications": set(base.certifications),
        "licences": {item.id for item in vocabulary.licences},
        "setting": {item.id for item in vocabulary.settings},
        "role": set(base.roles),
        "country": {item.id for item in vocabulary.countries},
    }
