"""Temporary: replaced by the planner's own front door."""
from typing import Any
def make_plan(base: Any, profile: Any) -> Any:
    raise NotImplementedError
