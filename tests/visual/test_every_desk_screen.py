"""Every screen of the desk can be opened and painted, in every theme and language."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.tour.desk import tour_desk

STATES = {
    *("sign-in", "inbox", "inbox-checked", "inbox-overdue", "inbox-search", "thread", "keys"),
    *("thread-reply", "thread-assign", "thread-state", "thread-note"),
    *("groups", "groups-made", "groups-answer", "exchange", "audit", "audit-verified"),
    *("settings", "locked"),
}


@pytest.mark.parametrize(
    ("size", "language", "mode"),
    [((1280, 800), "en", "contrast+large"), ((1920, 1080), "ko", "dark")],
)
def test_the_tour_of_the_desk_opens_every_state(
    tmp_path: Path, qtbot: QtBot, size: tuple[int, int], language: str, mode: str
) -> None:
    album = tour_desk(
        tmp_path, size=size, language=language, mode=frozenset(mode.split("+")), pictures=True
    )
    assert {picture.state for picture in album} == STATES
    by_state = {picture.state: picture for picture in album}
    assert {each.name for each in by_state["locked"].controls} <= {"enter"}
    assert {"search", "lock", "sort"} <= {each.name for each in by_state["inbox"].controls}
    # No screen asks for more room than the laptop has.
    for picture in album:
        shown = QImage(str(tmp_path / (picture.file or "")))
        assert (picture.state, shown.width(), shown.height()) == (picture.state, *size)
    # Whoever listens hears a name for everything that can be pressed or written in.
    assert not [each for picture in album for each in picture.controls if not each.words]
