"""A whole conversation on the real kiosk: written on its keyboard, sent, received, answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.participation.feedback import list_feedback
from db.records.feedback import About
from desktop.access.bar import BarKey
from desktop.keyboard.layouts import Act
from desktop.keyboard.panel import KeyboardPanel
from desktop.kiosk.feedback.intents import ChooseAbout
from desktop.kiosk.feedback.presenter import FeedbackPresenter
from desktop.kiosk.feedback.state import FeedbackStep, StepPart
from desktop.kiosk.shell.intents import Next
from desktop.kiosk.shell.routes import ToFeedback
from tests.flows.kiosk_in_hand import KioskInHand

PROJECT = "baekje-wind-path-forest"


class Visit(KioskInHand):
    def child(self, name: str) -> QWidget:
        return next(w for w in self.shell.findChildren(QWidget, name) if w.isVisible())

    def tap(self, *names: str) -> None:
        for name in names:
            self.touch(self.child(name))

    @property
    def keyboard(self) -> KeyboardPanel | None:
        found = self.kiosk.shell.keyboard
        return found if isinstance(found, KeyboardPanel) else None

    def write(self, letters: str) -> None:
        """Tap the keys of the keyboard on the screen; it must be there."""
        self.wait(lambda: self.keyboard is not None)
        for letter in letters:
            assert self.keyboard is not None
            act = {" ": Act.SPACE}.get(letter)
            key = next(k for k in self.keyboard.keys if k.text() == letter or k.key.act is act)
            key.click()

    @property
    def feedback(self) -> Any:
        return self.kiosk.navigator.presenter(FeedbackPresenter)

    def to_the_text(self) -> None:
        self.open("home")
        self.open(ToFeedback(project=PROJECT))
        self.tap("kind-suggestion", "next", "next")

    def to_the_contact(self) -> None:
        self.to_the_text()
        self.tap("next", "contact-yes", "older", "consent", "next")


@pytest.fixture
def visit(data_dir: Path, qtbot: QtBot) -> Iterator[Visit]:
    visit = Visit(data_dir, qtbot)
    yield visit
    visit.close()


def test_what_is_written_on_the_screens_keyboard_reaches_the_store(visit: Visit) -> None:
    visit.to_the_text()
    visit.write("ㄱㅡㄴㅡㄹㅇㅣ ㅈㅗㅎㅇㅏㅇㅛ")
    visit.tap("next", "contact-no", "send")
    visit.wait(lambda: visit.screen == "receipt")
    rows: list[Any] = []
    visit.kiosk.tasks.query(list_feedback, rows.append)
    visit.wait(lambda: bool(rows))
    assert [row.text for row in rows[0][0]] == ["그늘이 좋아요"]
    assert not visit.feedback.state.draft.begun


def test_the_keyboard_comes_with_the_field_and_goes_with_it(visit: Visit) -> None:
    visit.to_the_text()
    visit.wait(lambda: visit.keyboard is not None)
    visit.tap("next")
    visit.wait(lambda: visit.keyboard is None)
    visit.tap("contact-yes", "older", "consent", "next")
    visit.wait(lambda: visit.keyboard is not None)


def test_a_larger_size_in_the_middle_of_a_syllable_loses_nothing(visit: Visit) -> None:
    visit.to_the_text()
    visit.write("ㄴㅏㅁㅜㄱ")
    visit.kiosk.navigator.on_bar_pressed(BarKey.LARGE)
    visit.wait(lambda: visit.child("feedback-text").hasFocus())
    visit.write("ㅏ")
    assert visit.child("feedback-text").value == "나묵ㅏ"  # type: ignore[attr-defined]


def test_each_step_is_announced_when_speech_is_on(visit: Visit) -> None:
    visit.open("home")
    visit.open("feedback")
    visit.kiosk.navigator.on_bar_pressed(BarKey.SPEECH)
    visit.settle()
    visit.voice.said.clear()
    visit.feedback.do(ChooseAbout(About.TREES))
    visit.settle()
    assert any(text.startswith("어떤 의견인가요?") for text in visit.voice.texts)


def test_a_contact_written_with_speech_on_is_never_spoken(visit: Visit) -> None:
    visit.to_the_contact()
    visit.kiosk.navigator.on_bar_pressed(BarKey.SPEECH)
    visit.wait(lambda: visit.keyboard is not None)
    visit.voice.said.clear()
    for letter in "01098765432":
        assert visit.keyboard is not None
        key = next(k for k in visit.keyboard.keys if k.text() == letter)
        visit.touch(key)
    assert visit.child("contact-field").value == "01098765432"  # type: ignore[attr-defined]
    visit.feedback.do(Next())
    visit.settle()
    assert visit.feedback.state.screen == (FeedbackStep.REVIEW, StepPart.WHOLE)
    spoken = " ".join(visit.voice.texts)
    assert "9876" not in spoken and not any(f" {digit} " in f" {spoken} " for digit in "9876")


def test_the_end_of_a_visit_takes_the_text_the_contact_and_the_keyboard_away(
    visit: Visit,
) -> None:
    visit.to_the_contact()
    visit.write("0109876")
    visit.kiosk.navigator.end_visit()
    visit.settle()
    assert visit.keyboard is None and visit.screen == "home"
    assert visit.feedback.state.draft.contact == ""
    left = [w for w in QApplication.allWidgets() if getattr(w, "value", "") == "0109876"]
    assert left == []
