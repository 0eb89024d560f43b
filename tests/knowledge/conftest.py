"""A copy of the small knowledge base of another field, to break things in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

PASTRY = Path(__file__).parent.parent / "fields" / "pastry"


@pytest.fixture
def pastry(tmp_path: Path) -> Path:
    copy = tmp_path / "pastry"
    shutil.copytree(PASTRY, copy)
    return copy
