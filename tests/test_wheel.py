"""The wheel carries all it needs: installed apart from the checkout, it answers from its own knowledge base."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIMIT_SECONDS = 600
"""For one command, on a machine however loaded."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout in an empty folder; its dependencies come from this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=120)
    wheel = next(folder.glob("*.whl"))
    target = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", str(target), str(wheel)], check=True)
    return target


def run(installed: Path, *arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ADVISOR_")}
    own = {"PYTHONPATH": str(installed), "ADVISOR_DATA_DIR": str(cwd), "XDG_CONFIG_HOME": str(cwd)}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
        cwd=cwd,
        env={**environment, **own},
    )


def test_it_is_the_wheel_that_is_tested(installed: Path, tmp_path: Path) -> None:
    code = "import bot; print(bot.__path__[0])"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path, env=environment
    )
    assert found.stdout.strip() == str(installed / "bot")
    assert (installed / "bot" / "_knowledge" / "topics.yaml").is_file()


def test_it_carries_the_whole_knowledge_base(installed: Path) -> None:
    """Byte by byte; that it is sound is checked of the checkout's."""
    carried, own = installed / "bot" / "_knowledge", ROOT / "knowledge"
    assert files(carried) == files(own)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.long
def test_its_knowledge_base_is_sound(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "check", "--json", cwd=tmp_path)
    assert done.returncode in (0, 3), done.stdout + done.stderr


def test_it_answers_from_the_knowledge_base_it_carries_and_makes_its_database(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "chat", "--resume", cwd=tmp_path, stdin="what cert do i need for auditor\n")
    assert done.returncode == 0, done.stderr
    assert "CPMA" in done.stdout
    assert (tmp_path / "advisor.db").is_file()
