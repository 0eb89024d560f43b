"""Everything that is kept of a person, as JSON: profile, progress, and the plan of the `plan` contract."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.advice.planner import PlanError, make_plan
from bot.advice.profile import Profile
from bot.advice.progress.circumstances import worked
from bot.advice.progress.model import Progress
from bot.knowledge.base import KnowledgeBase

VERSION = 1  # counts up when a key changes its meaning


def data_of(
    base: KnowledgeBase, profile: Profile, progress: Progress | None, talk: Mapping[str, Any], today: date
) -> str:
    """The profile as told, what was started, and the plan from here; parts that are not there are null.

    `talk` is what else is kept: answers to questions, and what the last messages were about.
    """
    if progress is not None:
        progress = worked(base, progress, today)
        profile = progress.profile
    content: dict[str, Any] = {
        "version": VERSION,
        "exported": today.isoformat(),
        "profile": profile.model_dump(mode="json", exclude_defaults=True),
        "progress": _progress(progress) if progress is not None else None,
        "plan": _plan(base, progress.profile if progress is not None else profile),
        "talk": dict(talk),
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _progress(progress: Progress) -> dict[str, Any]:
    """Without what only undo needs."""
    content = progress.model_dump(mode="json", exclude={"profile", "digest"})
    content["journal"] = [{key: entry[key] for key in ("deed", "on", "since", "steps")} for entry in content["journal"]]
    return content


def _plan(base: KnowledgeBase, profile: Profile) -> dict[str, Any] | None:
    try:
        return make_plan(base, profile).as_json()
    except (PlanError, KeyError):
        return None
