"""A visit that nobody is at ends, after asking; nothing of it is left anywhere."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.access.bar import BarKey
from desktop.access.idle_dialog import IdleDialog
from desktop.kiosk.feedback.presenter import FeedbackPresenter
from desktop.kiosk.feedback.state import FeedbackStep
from desktop.kiosk.map.presenter import MapPresenter
from desktop.kiosk.operator.intents import TypeFolder
from desktop.kiosk.operator.presenter import OperatorPresenter
from desktop.kiosk.replies.intents import Find, TypeNumber, UseKeyboard
from desktop.kiosk.replies.presenter import RepliesPresenter
from desktop.kiosk.shell.accessibility import OPERATOR_SECONDS
from desktop.kiosk.shell.intents import TypeQuery
from desktop.kiosk.shell.routes import ToFeedback
from tests.desktop.access.conftest import HandClock
from tests.flows.kiosk_in_hand import KioskInHand

#: A rare syllable that stands in no source text and no catalogue.
SIGN = chr(0xAFC9)
PROJECT = "baekje-wind-path-forest"


def marker(name: str) -> str:
    """Words nobody else writes, for one field."""
    return f"{name} 긴 의자 옆 은행나무 {SIGN}"


class Visit(KioskInHand):
    """A kiosk whose idle clock the test moves."""

    def __init__(self, data_dir: Path, qtbot: QtBot) -> None:
        self.clock = HandClock()
        super().__init__(data_dir, qtbot, seconds=self.clock)
        self.idle = self.kiosk.accessibility.idle
        self.open("home")
        self.touch(self.shell)

    def wait_seconds(self, seconds: float) -> None:
        self.clock.forward(seconds)
        self.idle.tick()
        QApplication.processEvents()

    @property
    def dialog(self) -> IdleDialog | None:
        found = [o for o in self.kiosk.shell.overlays if isinstance(o, IdleDialog)]
        return found[0] if found else None

    def child(self, name: str) -> QWidget:
        return next(w for w in self.shell.findChildren(QWidget, name) if w.isVisible())

    def write(self, name: str, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        self.child(name).setFocus()
        QApplication.sendEvent(self.child(name), event)
        self.settle()

    def to_the_text(self) -> None:
        self.open(ToFeedback(project=PROJECT))
        for name in ("kind-suggestion", "next", "next"):
            self.touch(self.child(name))


@pytest.fixture
def visit(data_dir: Path, qtbot: QtBot) -> Iterator[Visit]:
    visit = Visit(data_dir, qtbot)
    yield visit
    visit.close()


def test_a_quiet_visit_is_asked_and_then_ends_at_home(visit: Visit) -> None:
    visit.open("trees")
    visit.wait_seconds(59)
    assert visit.dialog is None
    visit.wait_seconds(1)
    assert (visit.dialog is not None, visit.screen) == (True, "trees")
    visit.wait_seconds(30)
    visit.settle()
    assert visit.dialog is None
    assert visit.screen == "home"
    assert not visit.kiosk.navigator.visiting


def test_one_touch_anywhere_continues_ten_times_and_keeps_what_was_typed(visit: Visit) -> None:
    visit.to_the_text()
    words = marker("일")
    visit.write("feedback-text", words)
    for _ in range(12):
        visit.wait_seconds(visit.idle.limit - 5)
        assert visit.dialog is not None
        visit.touch(visit.view)
        assert visit.dialog is None
    field = visit.child("feedback-text")
    assert field.toPlainText() == words  # type: ignore[attr-defined]
    assert visit.screen == "feedback"


def test_typing_and_large_letters_give_more_time(visit: Visit) -> None:
    assert visit.idle.limit == 90
    visit.to_the_text()
    visit.child("feedback-text").setFocus()
    visit.settle()
    assert visit.idle.limit == 180
    visit.touch(visit.bar("large"))
    assert visit.idle.limit >= 180


def test_the_bar_stays_lit_and_unmoved_under_the_question(visit: Visit) -> None:
    bar = visit.access_bar.geometry()
    visit.wait_seconds(61)
    assert visit.dialog is not None
    assert not visit.dialog.geometry().intersects(bar)
    assert visit.access_bar.geometry() == bar


def test_the_question_can_be_answered_with_an_end(visit: Visit) -> None:
    visit.open("trees")
    visit.wait_seconds(61)
    assert visit.dialog is not None
    visit.touch(visit.dialog.stop)
    assert visit.screen == "home"
    assert not visit.kiosk.navigator.visiting


def test_the_question_is_spoken_when_speech_is_on(visit: Visit) -> None:
    visit.touch(visit.bar("speech"))
    visit.voice.finish()
    visit.wait_seconds(visit.idle.limit - 30)
    assert visit.dialog is not None
    assert "30초" in visit.voice.texts[-1]
    visit.wait_seconds(10)
    assert "20초" in visit.voice.texts[-1]


def test_while_speech_reads_nobody_is_asked(visit: Visit) -> None:
    visit.touch(visit.bar("speech"))
    visit.wait_seconds(1000)
    assert visit.dialog is None
    visit.voice.finish()
    visit.wait_seconds(visit.idle.limit - 31)
    assert visit.dialog is None


def test_a_changed_look_keeps_the_question_open(visit: Visit) -> None:
    visit.wait_seconds(61)
    visit.kiosk.navigator.on_bar_pressed(BarKey.CONTRAST)
    visit.settle()
    assert visit.dialog is not None
    assert visit.dialog.look.contrast


def test_the_operators_screen_closes_by_itself_after_two_minutes(visit: Visit) -> None:
    visit.open("operator")
    assert visit.idle.limit == OPERATOR_SECONDS
    visit.wait_seconds(OPERATOR_SECONDS + 1)
    visit.settle()
    assert visit.screen == "home"
    visit.kiosk.navigator.begin_visit()
    assert visit.idle.limit == 90


def test_a_visit_returns_every_setting_to_its_start(visit: Visit) -> None:
    for key in (k for k in BarKey if k not in (BarKey.HOME, BarKey.HELP)):
        visit.kiosk.navigator.on_bar_pressed(key)
        visit.settle()
    visit.kiosk.accessibility.listening._on_volume(100)
    visit.kiosk.accessibility.listening._on_rate(2)
    visit.voice.finish()
    visit.wait_seconds(visit.idle.limit + 1)
    visit.settle()
    v = visit.kiosk.visit
    assert (v.large, v.contrast, v.low, v.speech, v.language) == (False, False, False, False, "ko")
    assert (v.volume, v.speech_rate) == (50, 1)
    assert not visit.kiosk.accessibility.speaker.on
    assert visit.kiosk.accessibility.speaker.last == ""
    assert not visit.kiosk.navigator.look.large


def test_nothing_typed_is_left_in_memory_files_logs_or_clipboard(
    visit: Visit, data_dir: Path
) -> None:
    visit.to_the_text()
    visit.write("feedback-text", marker("글"))
    visit.write("feedback-text", marker(" 또"))
    feedback = visit.kiosk.navigator.presenter(FeedbackPresenter)
    feedback._show(replace(feedback.state, step=FeedbackStep.REVIEW))
    visit.settle()
    visit.view.grab()
    QGuiApplication.clipboard().setText(marker("판"))
    visit.open("map")
    for query in (marker("찾"), f"ㄱ{SIGN}", f"공{SIGN}", SIGN):
        visit.kiosk.navigator.presenter(MapPresenter).do(TypeQuery(query))
        visit.settle()
    visit.open("replies")
    for intent in (UseKeyboard(), TypeNumber(marker("수")), Find()):
        visit.kiosk.navigator.presenter(RepliesPresenter).do(intent)
    visit.settle()
    visit.open("operator")
    visit.kiosk.navigator.presenter(OperatorPresenter).do(TypeFolder(marker("곳")))
    assert holders(SIGN), "the search must find what is still there"
    visit.open("feedback")
    visit.wait_seconds(visit.idle.limit + 1)
    visit.settle()
    assert visit.screen == "home"
    assert QGuiApplication.clipboard().text() == ""
    gc.collect()
    assert not holders(SIGN)
    for file in data_dir.rglob("*"):
        if file.is_file():
            assert SIGN.encode() not in file.read_bytes(), file


def holders(sign: str) -> list[str]:
    """What still holds words with `sign`: widgets, and every object and container of ours."""
    found = [
        type(w).__name__
        for w in QApplication.allWidgets()
        if (isinstance(w, QLineEdit) and sign in w.text())
        or (isinstance(w, QTextEdit) and sign in w.toPlainText())
    ]
    for thing in gc.get_objects():
        for held in gc.get_referents(thing):
            found += [f"{type(thing).__name__}: {w[:40]!r}" for w in words_in(held) if sign in w]
    return found


def words_in(held: object) -> Iterator[str]:
    """The words an object is or holds; what the collector knows is looked at by itself."""
    if type(held) is str:
        if held != SIGN and len(held) < 500:
            yield held
    elif isinstance(held, re.Pattern):
        yield from words_in(held.pattern)
    elif type(held) in (tuple, list, dict, set, frozenset) and not gc.is_tracked(held):
        for each in gc.get_referents(held):
            yield from words_in(each)


def test_a_touch_after_the_reset_begins_a_new_visit_and_rest_brings_the_attract_screen(
    visit: Visit,
) -> None:
    visit.wait_seconds(91)
    visit.settle()
    assert (visit.kiosk.navigator.visiting, visit.idle.running) == (False, False)
    visit.touch(visit.shell)
    assert (visit.kiosk.navigator.visiting, visit.idle.running) == (True, True)
    visit.wait_seconds(91)
    visit.settle()
    visit.kiosk.accessibility._rest.timeout.emit()
    visit.settle()
    assert visit.screen == "attract"
    visit.open("home")


def test_the_back_key_answers_a_dialog_before_it_leaves_a_screen(visit: Visit) -> None:
    visit.open("trees")
    visit.wait_seconds(61)
    visit.key(Qt.Key.Key_Escape)
    assert visit.dialog is None
    assert visit.screen == "trees"
