"""What comes on the screen is heard once, when it comes: screens, dialogs, faults, notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.access.input import InputGate
from desktop.access.narrator import MOST_TELLINGS, Narrator
from desktop.access.speech import Speaker
from desktop.access.spoken import PRIVATE, QUIET, SPOKEN, describe, script, texts
from desktop.theme.look import Look
from desktop.widgets.button import PressButton
from desktop.widgets.card import PressCard
from desktop.widgets.dialog import Dialog
from desktop.widgets.text import Text
from desktop.widgets.text_area import TextArea
from tests.desktop.access.conftest import Window
from tests.desktop.access.recording_voice import RecordingVoice


@dataclass
class Stage:
    """A window with a screen in it; `dialog` is what asks, if anything does."""

    look: Look
    window: Window
    voice: RecordingVoice
    speaker: Speaker
    narrator: Narrator = field(init=False)
    screen: QWidget = field(init=False)
    column: QVBoxLayout = field(init=False)
    dialog: QWidget | None = None

    def __post_init__(self) -> None:
        self.narrator = Narrator(
            self.speaker, self.window, lambda: self.dialog or self.screen, self.window
        )

    def open(self, name: str) -> None:
        self.screen = QWidget(self.window)
        self.screen.setGeometry(self.window.rect())
        self.screen.setAccessibleName(name)
        self.column = QVBoxLayout(self.screen)
        self.screen.show()
        self.narrator.open()

    def add(self, widget: QWidget) -> None:
        self.column.addWidget(widget)

    def settle(self) -> None:
        """Until nothing is left to be done, and so to be said."""
        while QApplication.eventDispatcher().processEvents(QEventLoop.ProcessEventsFlag.AllEvents):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def heard(self, *, to_the_end: bool = True) -> list[str]:
        """What was said since the last question."""
        self.settle()
        said = self.voice.texts
        if to_the_end:
            self.voice.finish()
        self.voice.said.clear()
        return said


@pytest.fixture
def stage(window: Window, look: Look, voice: RecordingVoice) -> Iterator[Stage]:
    speaker = Speaker(voice)
    speaker.set_on(True)
    stage = Stage(look, window, voice, speaker)
    gate = InputGate([stage.narrator], window)
    gate.install()
    stage.open("의견")
    window.present()
    stage.settle()
    voice.finish()
    voice.said.clear()
    yield stage
    gate.remove()


def test_a_screen_is_read_once_when_all_its_parts_have_their_place(stage: Stage) -> None:
    stage.open("나무")
    for i in range(8):
        # Into a layout that is shown already: Qt shows them later.
        stage.add(PressButton(stage.look, f"나무 {chr(0xAC00 + i)}"))
    stage.add(Text(stage.look, "무엇을 심으셨나요?"))
    (said,) = stage.heard()
    assert said.startswith("나무. 누를 수 있는 것은 여덟 가지입니다. 나무 가.")
    assert said.endswith("무엇을 심으셨나요?")


def test_what_appears_is_said_once_and_again_when_it_comes_back(stage: Stage) -> None:
    fault = Text(stage.look, "전화번호가 짧습니다", colour="danger")
    fault.hide()
    stage.add(fault)
    assert not stage.heard()
    for _ in range(2):
        fault.show()
        assert stage.heard() == ["전화번호가 짧습니다."]
        stage.screen.update()
        assert not stage.heard()
        fault.hide()
        assert not stage.heard()


def test_words_that_change_are_said(stage: Stage) -> None:
    notice = Text(stage.look, "하나")
    stage.add(notice)
    stage.heard()
    notice.set_text("둘")
    assert stage.heard() == ["둘."]


def test_a_line_that_comes_while_the_screen_is_read_is_read_with_it(stage: Stage) -> None:
    stage.open("나무")
    stage.heard(to_the_end=False)
    stage.add(Text(stage.look, "답변이 왔습니다"))
    assert stage.heard(to_the_end=False) == ["나무. 답변이 왔습니다."]
    QTest.mouseClick(stage.window, Qt.MouseButton.LeftButton)
    stage.add(Text(stage.look, "번호가 짧습니다"))
    assert stage.heard() == ["번호가 짧습니다."]


def test_a_question_is_read_and_its_end_names_the_screen(stage: Stage) -> None:
    stage.add(Text(stage.look, "쓰던 말"))
    stage.heard()
    answered: list[str] = []
    answers = [("quit", "그만두기", "plain"), ("stay", "계속 쓰기", "main")]
    stage.dialog = Dialog(
        stage.look, "그만둘까요?", "쓴 내용이 지워집니다.", answers, answered.append
    )
    stage.dialog.setParent(stage.screen)
    stage.dialog.setGeometry(stage.screen.rect())
    stage.dialog.show()
    (said,) = stage.heard()
    assert said.startswith("그만둘까요? 누를 수 있는 것은 두 가지입니다.")
    assert "쓴 내용이 지워집니다." in said
    stage.dialog.hide()
    stage.dialog = None
    assert stage.heard() == ["의견"]


def test_another_look_of_the_same_screen_says_only_what_changed(stage: Stage) -> None:
    stage.open("의견")
    stage.narrator.dress("글자 크기, 켜짐")
    assert stage.heard() == ["글자 크기, 켜짐"]
    stage.open("의견")
    stage.narrator.dress()
    assert not stage.heard()


def test_content_that_changes_by_itself_is_not_told_for_ever(stage: Stage) -> None:
    clock = Text(stage.look, "처음")
    stage.add(clock)
    stage.heard()
    QTest.mouseClick(stage.window, Qt.MouseButton.LeftButton)
    told = []
    for i in range(MOST_TELLINGS + 4):
        clock.set_text(f"소식 {i}")
        told += stage.heard()
    assert len(told) == MOST_TELLINGS
    QTest.mouseClick(stage.window, Qt.MouseButton.LeftButton)
    clock.set_text("마지막 소식")
    assert stage.heard() == ["마지막 소식."]


def test_nothing_is_said_while_speech_is_off(stage: Stage) -> None:
    stage.speaker.set_on(False)
    stage.open("나무")
    stage.add(Text(stage.look, "말"))
    assert not stage.heard()


def test_what_is_quiet_is_read_on_asking_only(stage: Stage) -> None:
    counter = Text(stage.look, "1 / 300자")
    counter.setProperty(QUIET, True)
    stage.add(counter)
    stage.settle()
    counter.set_text("2 / 300자")
    assert not stage.heard()
    assert "2 / 300자" in script(stage.screen)


def test_a_part_named_as_a_whole_is_not_read_twice(stage: Stage) -> None:
    row = QWidget()
    row.setAccessibleName("2026년. 1,200 그루. 보도로 확인")
    inside = QVBoxLayout(row)
    for words in ("2026년", "1,200", "그루", "보도로 확인", "더 있는 말"):
        inside.addWidget(Text(stage.look, words))
    stage.add(row)
    card = PressCard(stage.look)
    card.setAccessibleName("덕진공원. 2020년 완료")
    card.face.addWidget(Text(stage.look, "덕진공원"))
    card.face.addWidget(Text(stage.look, "**2020년** 완료"))
    stage.add(card)
    stage.settle()
    assert script(stage.screen) == [
        "의견",
        "2026년. 1,200 그루. 보도로 확인",
        "더 있는 말",
        "덕진공원. 2020년 완료, 버튼",
    ]


def test_hidden_words_have_others_for_the_loudspeaker(stage: Stage) -> None:
    found = Text(stage.look, "제 번호는 **〔010-1234-5678〕**")
    found.setProperty(SPOKEN, "제 번호는 읽지 않는 글자")
    masked = Text(stage.look, "010-****-5678")
    masked.setProperty(PRIVATE, True)
    for widget in (found, masked):
        stage.add(widget)
    stage.settle()
    assert texts(stage.screen) == ["의견", "제 번호는 읽지 않는 글자"]


def test_a_text_area_tells_its_warning_and_how_much_is_written(stage: Stage) -> None:
    area = TextArea(stage.look, "하고 싶은 말", privacy="이름은 적지 마세요", limit=10)
    assert describe(area).endswith("글 쓰는 칸, 비어 있음, 이름은 적지 마세요. 0 / 10")
    area.set_value("나무를")
    assert describe(area).endswith("나무를, 이름은 적지 마세요. 3 / 10")
    area.deleteLater()


def test_the_description_of_a_private_field_is_not_spoken(stage: Stage) -> None:
    area = TextArea(stage.look, "연락처")
    area.setAccessibleDescription("010-1234-5678은 없는 번호입니다")
    assert "010" in describe(area)
    area.setProperty(PRIVATE, True)
    assert describe(area) == "연락처, 글 쓰는 칸, 내용은 읽지 않습니다"
    area.deleteLater()
