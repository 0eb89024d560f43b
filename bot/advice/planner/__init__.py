"""The planner: the shortest honest way from here to there."""
from typing import Any


def make_plan(base: Any, profile: Any) -> Any:
    raise NotImplementedError
