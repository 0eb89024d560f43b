"""What is promised to whoever runs the bot: files that fit each other, and docs whose references exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.meters import Meters
from bot.settings import variables

ROOT = Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
SECURITY = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = [line for line in SECURITY.splitlines() if line.startswith("| ") and "---" not in line][1:]
# Of compose and the proxy, not of the bot.
NOT_OURS = {"SITE_ADDRESS", "WEBHOOK_PATH"}


def test_the_example_names_every_setting_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) - NOT_OURS == set(variables())


@pytest.mark.parametrize("name", [name for name in COMPOSE["services"] if name != "database"])
def test_containers_run_without_rights(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert re.search(r"^USER [1-9]\d*$", DOCKERFILE, re.MULTILINE)


def test_images_are_pinned() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    images = [service["image"] for service in COMPOSE["services"].values() if "image" in service]
    assert bases
    assert [image for image in (*bases, *images) if not re.search(r":\d+\.\d+.*@sha256:[0-9a-f]{64}$", image)] == []
    assert "--constraint constraints.txt" in DOCKERFILE


@pytest.mark.parametrize("file", [".gitignore", ".dockerignore"])
def test_secrets_and_copies_made_in_the_clone_stay_out_of_commits_and_images(file: str) -> None:
    left_out = {line.rstrip("/") for line in (ROOT / file).read_text("utf-8").splitlines()}
    folders = {Path(secret["file"]).parent.name for secret in COMPOSE["secrets"].values()}
    kinds = {f"*{kind}" for kind in re.findall(r"advisor-\$\(date \+%F\)(\.\w+)", OPERATIONS)}
    assert kinds == {"*.db", "*.dump"}
    assert {".env", *folders, *kinds} - left_out == set()


def test_the_key_is_kept_apart_from_the_data() -> None:
    assert "ADVISOR_DATA_DIR=/data" in DOCKERFILE
    assert "XDG_CONFIG_HOME=/config" in DOCKERFILE
    mounts = {mount.split(":")[1]: mount.split(":")[0] for mount in COMPOSE["services"]["advisor"]["volumes"]}
    assert mounts["/data"] != mounts["/config"]


def test_the_service_has_a_place_for_each_thing_it_writes() -> None:
    unit = (ROOT / "deploy" / "career-advisor.service").read_text("utf-8")
    folders = {f"/var/lib/{name}" for name in re.findall(r"^StateDirectory=(.+)$", unit, re.MULTILINE)[0].split()}
    folders |= {f"/var/cache/{name}" for name in re.findall(r"^CacheDirectory=(.+)$", unit, re.MULTILINE)[0].split()}
    written = dict(re.findall(r"^Environment=(ADVISOR_DATA_DIR|XDG_\w+)=(.+)$", unit, re.MULTILINE))
    assert written.keys() == {"ADVISOR_DATA_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"}
    assert set(written.values()) == folders


def test_no_secret_is_sent_to_whoever_builds_the_image() -> None:
    kept_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".env", "secrets", "*.db", "*.dump"} <= set(kept_out)


def test_plain_up_starts_one_bot_and_the_profile_the_others() -> None:
    services = COMPOSE["services"]
    assert [name for name, service in services.items() if "profiles" not in service] == ["advisor"]
    assert services["replica-1"] == services["replica-2"]
    assert set(services["proxy"]["depends_on"]) == {"replica-1", "replica-2"}
    named = {name for service in services.values() for name in service.get("secrets", ())}
    assert named == set(COMPOSE["secrets"])
    assert all(f"secrets/{name}" in OPERATIONS for name in named)


def test_the_proxy_passes_on_the_webhook_alone() -> None:
    caddy = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    assert re.findall(r"\{\$([A-Z_]+)\}", caddy) == ["SITE_ADDRESS", "WEBHOOK_PATH"]
    assert set(COMPOSE["services"]["proxy"]["environment"]) == NOT_OURS
    assert "respond 404" in caddy


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_each_threat_has_its_test(row: str) -> None:
    named = re.findall(r"`(tests/[^`:]+)(?:::(\w+))?`", row)
    assert named
    for file, name in named:
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        found = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
        assert not name or name in found


def test_each_figure_in_the_alarms_exists() -> None:
    page = Meters().page().decode() + "".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    for name in re.findall(r"advisor_(\w+)", OPERATIONS):
        assert name in page or name.removesuffix("_total") in page or re.sub(r"^(in|out)box", "{name}", name) in page


def test_each_command_in_the_docs_exists() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = set(re.findall(r"`career-advisor (\w+)", readme))
    named = set(re.findall(r"career-advisor ([a-z]+)", OPERATIONS))
    assert {"rekey", "backup", "health"} <= named <= commands


def test_each_defence_names_a_test_and_a_line_that_exist() -> None:
    """What `scripts/defences.py` would find out at length."""
    for one in yaml.safe_load((ROOT / "scripts" / "defences.yaml").read_text("utf-8")):
        file, _, name = one["test"].partition("::")
        assert name.partition("[")[0] in (ROOT / "tests" / file).read_text("utf-8"), one["defence"]
        assert (ROOT / one["file"]).read_text("utf-8").count(one["old"]) == 1, one["defence"]
