"""A bug costs the visit and nothing else; staff see how the kiosk is; a cut visit is told of."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.participation.feedback import NewFeedback, add_feedback
from db.records.feedback import About, Kind
from db.store.store import Store
from desktop.kiosk.upkeep import TOO_MANY, Upkeep
from tests.flows.kiosk_in_hand import KioskInHand

NOTICE = "쓰던 내용은 지워졌습니다"


class Kept(KioskInHand):
    def __init__(self, data_dir: Path, qtbot: QtBot) -> None:
        super().__init__(data_dir, qtbot)
        self.now = 100.0
        self.statuses: list[int] = []
        self.upkeep = Upkeep(self.kiosk, lambda: self.now)
        self.kiosk.leave = self.statuses.append  # type: ignore[method-assign, assignment]
        self.upkeep._on_ready()
        self.settle()

    def bug(self) -> None:
        try:
            raise ZeroDivisionError("주민의 글")
        except ZeroDivisionError:
            sys.excepthook(*sys.exc_info())
        self.settle()

    @property
    def notice(self) -> bool:
        return any(
            w.isVisible() and NOTICE in w.text() for w in self.kiosk.shell.findChildren(QLabel)
        )

    @property
    def status(self) -> dict[str, object]:
        self.settle()
        return dict(json.loads((self.data_dir / "status.json").read_text(encoding="utf-8")))

    def close(self) -> None:
        self.upkeep.close()
        super().close()


@pytest.fixture
def kept(data_dir: Path, qtbot: QtBot) -> Iterator[Kept]:
    kept = Kept(data_dir, qtbot)
    yield kept
    kept.close()


def test_after_a_bug_home_returns_with_one_plain_line(kept: Kept) -> None:
    kept.open("trees")
    kept.bug()
    assert (kept.screen, kept.notice) == ("home", True)
    assert not kept.kiosk.navigator.visiting
    kept.open("trees")
    kept.open("home")
    assert not kept.notice
    assert "주민의 글" not in (kept.data_dir / "logs" / "cheonman.log").read_text(encoding="utf-8")


def test_bugs_one_after_another_start_the_program_anew(kept: Kept) -> None:
    for _ in range(TOO_MANY - 1):
        kept.bug()
    assert not kept.statuses
    kept.bug()
    assert kept.statuses == [1]


def test_rare_bugs_never_end_the_program(kept: Kept) -> None:
    for _ in range(3 * TOO_MANY):
        kept.now += 30
        kept.bug()
    assert not kept.statuses


def test_the_status_file_tells_staff_how_the_kiosk_is_and_nothing_personal(kept: Kept) -> None:
    kept.open("map")
    assert kept.status["visiting"] is True
    kept.upkeep.heartbeat.write_status()
    assert kept.status["screen"] == "map"
    assert set(kept.status) == {
        "version", "name", "site", "at", "started", "visiting", "screen", "disk_free_bytes", "bugs",
    }  # fmt: skip
    kept.kiosk.navigator.end_visit()
    assert kept.status["visiting"] is False


@pytest.mark.parametrize(
    ("text", "told"),
    [('{"visiting": true}', True), ('{"visiting": false}', False), ("[1]", False), ("\x00", False)],
)
def test_a_visit_that_was_cut_off_is_told_at_the_next_start(
    data_dir: Path, qtbot: QtBot, text: str, told: bool
) -> None:
    (data_dir / "status.json").write_text(text, encoding="utf-8")
    kept = Kept(data_dir, qtbot)
    try:
        assert kept.notice is told
    finally:
        kept.open("home")
        kept.close()


def test_an_orderly_stop_leaves_no_visit_behind(data_dir: Path, qtbot: QtBot) -> None:
    kept = Kept(data_dir, qtbot)
    kept.open("map")
    kept.close()
    status = json.loads((data_dir / "status.json").read_text(encoding="utf-8"))
    assert status["visiting"] is False


def test_once_a_day_what_screens_read_is_written_anew_from_the_journal(kept: Kept) -> None:
    new = NewFeedback(about=About.GENERAL, kind=Kind.PRAISE, text="고맙습니다")
    kinds: list[object] = []

    def spoil(store: Store) -> None:
        add_feedback(store, new)
        with store.change() as connection:
            connection.execute("UPDATE feedback SET kind = 'question'")

    kept.kiosk.tasks.query(spoil, lambda nothing: None)
    kept.upkeep.look_after_the_store()
    kept.kiosk.tasks.query(lambda store: store.row("SELECT kind FROM feedback"), kinds.append)
    kept.settle()
    assert kinds == [("praise",)]
