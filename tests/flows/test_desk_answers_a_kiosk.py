"""The first road, through the real windows of both programs: what a resident said comes to the desk
on a stick, is answered there, and the answer stands at the kiosk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.records.feedback import ReviewState
from desktop.exchange import bundles
from desktop.exchange.sticks import place_of
from desktop.widgets.text import Text
from tests.db.exchange.machines import Machines
from tests.flows.desk_in_hand import CTRL, DeskInHand
from tests.flows.kiosk_in_hand import KioskInHand

SAID = "비 온 다음 날 나무 데크가 미끄럽습니다."
FIRST, MEANT = "담당 부서에 전합니다.", "미끄럼 방지판을 11월 25일까지 붙이겠습니다."


@pytest.fixture
def machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machines:
    return Machines(tmp_path, capsys)


def answer_at_the_desk(machines: Machines, qtbot: QtBot, stick: Path) -> None:
    desk = DeskInHand(machines.of("desk"), qtbot)
    try:
        desk.make_first()
        assert "아직 받은 의견이 없습니다" in desk.words()
        desk.drop(stick)
        assert "다 읽었습니다" in desk.strip
        assert SAID in desk.words()

        desk.key(Qt.Key.Key_A)
        desk.write("department", "공원 담당")
        desk.key(Qt.Key.Key_Return)
        assert desk.standing() is ReviewState.ASSIGNED

        desk.key(Qt.Key.Key_R)
        desk.write("editor", FIRST)
        desk.key(Qt.Key.Key_Return, CTRL)
        assert (desk.standing(), desk.strip) == (ReviewState.ANSWERED, "답변 1건을 저장했습니다")
        desk.key(Qt.Key.Key_Z, CTRL)
        assert desk.standing() is ReviewState.ASSIGNED

        desk.key(Qt.Key.Key_R)
        desk.write("editor", MEANT)
        desk.press("save")
        assert desk.standing() is ReviewState.ANSWERED

        desk.screens.exchange.find_sticks = lambda: (place_of(stick),)
        desk.key(Qt.Key.Key_E, CTRL)
        desk.press("stick-0")
        assert "쓰고 확인했습니다" in desk.words()
        # What went out is corrected by another reply, and the desk says so.
        desk.key(Qt.Key.Key_Z, CTRL)
        assert "되돌릴 일이 없습니다" in desk.strip
    finally:
        desk.close()


def test_what_a_resident_said_is_answered_at_the_desk_and_read_with_the_receipt_at_the_kiosk(
    machines: Machines, qtbot: QtBot
) -> None:
    machines.enrol("kiosk", "kiosk")
    machines.enrol("desk", "desk")
    # Each learns the other's name from the papers that the first bundle brings.
    machines.carry("desk", "kiosk")
    receipt = machines.say("kiosk", SAID)
    stick = machines.root / "carried"
    stick.mkdir()
    machines.run("bundle", "write", "--data-dir", machines.of("kiosk"), "--to", stick)

    answer_at_the_desk(machines, qtbot, stick)

    kiosk = KioskInHand(machines.of("kiosk"), qtbot)
    try:
        files = tuple(sorted(stick.iterdir()))
        taken = kiosk.kiosk.tasks.lend(
            lambda store: bundles.read(store, files, lambda done, total: None)
        ).result()
        assert taken.problem is None and not taken.refusals and taken.new > 0
        kiosk.open("replies")
        kiosk.touch(named(kiosk, "type"))
        field = named(kiosk, "receipt-number")
        field.setFocus()
        typed = QInputMethodEvent()
        typed.setCommitString(receipt["code"])
        QApplication.sendEvent(field, typed)
        kiosk.settle()
        kiosk.touch(named(kiosk, "find"))
        shown = " ".join(text.text() for text in kiosk.view.findChildren(Text))
        assert MEANT in shown
        assert FIRST not in shown
    finally:
        kiosk.close()


def named(kiosk: KioskInHand, name: str) -> QWidget:
    return next(each for each in kiosk.view.findChildren(QWidget, name) if each.isVisible())
