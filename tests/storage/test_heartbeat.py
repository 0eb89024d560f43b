from __future__ import annotations

import os
import time
from pathlib import Path

from bot.storage.heartbeat import FILE, age, beat


def test_the_age_of_the_last_sign(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert age(folder) is None
    beat(folder)
    past = time.time() - 1000
    os.utime(folder / FILE, (past, past))
    silent = age(folder)
    assert silent is not None
    assert silent >= 1000
    beat(folder)
    fresh = age(folder)
    assert fresh is not None
    assert fresh < silent
