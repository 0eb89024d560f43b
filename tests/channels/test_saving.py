"""Files in the current folder: never over another, never outside."""

from __future__ import annotations

from pathlib import Path

from bot.advice.chart.pictures import CHART, chart_arguments
from bot.channels.saving import files_of, save
from bot.conversation.messages import Document, Picture, Reply
from bot.knowledge.base import KnowledgeBase


def test_a_file_is_never_written_over_another(tmp_path: Path) -> None:
    assert save(tmp_path, "plan.ics", b"one") == tmp_path / "plan.ics"
    assert save(tmp_path, "plan.ics", b"two") == tmp_path / "plan-2.ics"
    assert save(tmp_path, "plan.ics", b"three") == tmp_path / "plan-3.ics"
    assert (tmp_path / "plan.ics").read_bytes() == b"one"


def test_the_same_again_is_the_same_file(tmp_path: Path) -> None:
    save(tmp_path, "plan.ics", b"one")
    save(tmp_path, "plan.ics", b"two")
    assert save(tmp_path, "plan.ics", b"two") == tmp_path / "plan-2.ics"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_name_leads_nowhere_else(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    assert save(inner, "../plan.ics", b"one") == inner / "plan.ics"


def test_a_reply_has_its_document_and_its_picture(base: KnowledgeBase) -> None:
    document = Document(name="plan.txt", media_type="text/plain", content="ü")
    picture = Picture(kind=CHART, arguments=chart_arguments(), alt="")
    files = files_of(base, Reply(text="", document=document, picture=picture))
    assert files[0] == ("plan.txt", "ü".encode())
    assert files[1][0] == "chart.png"
    assert files[1][1].startswith(b"\x89PNG")
    unknown = picture.model_copy(update={"kind": "portrait"})
    assert files_of(base, Reply(text="", picture=unknown)) == []
