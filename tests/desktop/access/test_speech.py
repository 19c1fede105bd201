"""Speech: one touch reads, the second presses, and private words stay private."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.access.focus import FocusKeys
from desktop.access.input import InputGate
from desktop.access.speech import FAST, SLOW, VOLUMES, Speaker
from desktop.access.speech_strip import SpeechStrip
from desktop.access.spoken import describe, greeting, script
from desktop.access.touch_to_hear import SILENT, TouchToHear
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from desktop.widgets.button import PressButton
from desktop.widgets.card import PressCard
from desktop.widgets.text import Text
from tests.desktop.access.conftest import Window
from tests.desktop.access.recording_voice import RecordingVoice


@pytest.fixture
def speaker(voice: RecordingVoice) -> Speaker:
    speaker = Speaker(voice)
    speaker.set_on(True)
    return speaker


@dataclass
class Room:
    window: Window
    speaker: Speaker
    voice: RecordingVoice
    send: PressButton
    switch: PressButton
    field: QLineEdit
    secret: QLineEdit
    key: PressButton
    presses: list[str]
    hear: TouchToHear


@pytest.fixture
def room(window: Window, look: Look, speaker: Speaker, voice: RecordingVoice) -> Iterator[Room]:
    holder = QWidget(window)
    holder.setGeometry(0, 0, 1000, 600)
    column = QVBoxLayout(holder)
    window.setAccessibleName("의견 보내기")
    send = PressButton(look, "보내기")
    switch = PressButton(look, "정원", checkable=True)
    field, secret = QLineEdit("나무를 더"), QLineEdit("010-1234-5678")
    field.setAccessibleName("글")
    secret.setAccessibleName("연락처")
    secret.setProperty("private", True)
    keyboard = QWidget()
    keyboard.setObjectName("keyboard")
    key = PressButton(look, "ㄱ", parent=keyboard)
    key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    keyboard.setFixedHeight(100)
    for widget in (Text(look, "무엇을 말씀하시겠어요?"), send, switch, field, secret, keyboard):
        column.addWidget(widget)
    presses: list[str] = []
    for button in (send, switch, key):
        button.clicked.connect(lambda _=False, b=button: presses.append(b.text()))
    hear = TouchToHear(speaker, window)
    gate = InputGate([hear, FocusKeys(lambda: [window], window)])
    gate.install()
    window.present()
    if window.focusWidget() is not None:
        window.focusWidget().clearFocus()
    voice.said.clear()
    yield Room(window, speaker, voice, send, switch, field, secret, key, presses, hear)
    gate.remove()


def touch(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_one_touch_reads_and_the_second_presses(room: Room, qtbot: QtBot) -> None:
    touch(qtbot, room.send)
    assert room.voice.texts == ["보내기, 버튼"]
    assert not room.presses
    touch(qtbot, room.send)
    assert room.presses == ["보내기"]


def test_a_touch_on_another_control_reads_again(room: Room, qtbot: QtBot) -> None:
    for button in (room.send, room.switch, room.send):
        touch(qtbot, button)
    assert not room.presses
    assert room.voice.texts == ["보내기, 버튼", "정원, 선택 안 됨", "보내기, 버튼"]


def test_without_speech_the_first_touch_presses(room: Room, qtbot: QtBot) -> None:
    room.speaker.set_on(False)
    touch(qtbot, room.send)
    assert room.presses == ["보내기"]
    assert not room.voice.said


def test_a_touch_on_words_reads_them(room: Room, qtbot: QtBot) -> None:
    touch(qtbot, room.window.findChildren(Text)[0])
    assert room.voice.texts == ["무엇을 말씀하시겠어요?"]


def test_moving_by_key_reads_and_the_confirm_key_presses(room: Room, qtbot: QtBot) -> None:
    room.send.setFocus()
    qtbot.keyClick(room.send, Qt.Key.Key_Down)
    assert room.voice.texts == ["정원, 선택 안 됨"]
    qtbot.keyClick(room.switch, Qt.Key.Key_Return)
    assert room.presses == ["정원"]


def test_what_is_private_is_named_and_never_spoken(room: Room, qtbot: QtBot) -> None:
    # What is wrong with a number may name it.
    room.secret.setAccessibleDescription("010-1234-5678은 한 자리가 모자랍니다")
    touch(qtbot, room.secret)
    room.secret.setFocus()
    assert "1234" not in " ".join(room.voice.texts)
    room.voice.said.clear()
    touch(qtbot, room.key)
    assert room.presses == ["ㄱ"]
    qtbot.keyClicks(room.secret, "9876 hong@example.org")
    heard = " ".join([*room.voice.texts, *script(room.window), greeting(room.window)])
    assert not any(sign in heard for sign in ("010", "1234", "5678", "9876", "hong", "example"))
    assert "연락처" in heard


def test_keys_of_a_pin_act_at_the_first_touch_and_are_named_by_no_way_to_them(
    room: Room, look: Look, qtbot: QtBot
) -> None:
    pad = QWidget(room.window)
    pad.setGeometry(0, 600, 400, 100)
    pad.setProperty(SILENT, True)
    one, two = PressButton(look, "1", parent=pad), PressButton(look, "2", parent=pad)
    two.move(200, 0)
    for key in (one, two):
        key.clicked.connect(lambda _=False, key=key: room.presses.append(key.text()))
    pad.show()
    touch(qtbot, one)
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Right)
    two.setFocus(Qt.FocusReason.TabFocusReason)
    assert (room.presses, room.voice.texts) == (["1"], [])


def test_arrows_over_the_keys_name_them_unless_they_would_spell_a_secret(
    room: Room, qtbot: QtBot
) -> None:
    hear = room.hear
    room.secret.setFocus()
    room.voice.said.clear()
    for key in (room.key, None, room.key):
        hear.point_at(key)
    assert not room.voice.said
    room.field.setFocus()
    room.voice.said.clear()
    hear.point_at(room.key)
    assert room.voice.texts == ["ㄱ, 버튼"]
    room.speaker.set_on(False)
    hear.point_at(room.key)
    assert room.voice.texts == ["ㄱ, 버튼"]


def test_keys_over_an_open_field_are_read_first(room: Room, qtbot: QtBot) -> None:
    room.field.setFocus()
    room.voice.said.clear()
    touch(qtbot, room.key)
    assert not room.presses
    touch(qtbot, room.key)
    assert room.presses == ["ㄱ"]


def test_the_script_of_a_screen_holds_every_word_and_every_control(room: Room) -> None:
    lines = script(room.window)
    assert lines[0] == "의견 보내기"
    assert "무엇을 말씀하시겠어요?" in lines
    assert "보내기, 버튼" in lines
    assert "글, 글 쓰는 칸, 나무를 더" in lines


def test_a_card_is_read_with_all_the_words_on_it(window: Window, look: Look) -> None:
    card = PressCard(look, parent=window)
    card.setAccessibleName("덕진공원")
    card.face.addWidget(Text(look, "덕진공원"))
    card.face.addWidget(Text(look, "2020년 완료"))
    card.setGeometry(0, 0, 600, 300)
    window.present()
    assert script(window) == ["덕진공원, 버튼", "2020년 완료"]


def test_a_screen_greets_with_its_title_and_what_can_be_pressed(room: Room) -> None:
    words = greeting(room.window)
    assert words.startswith("의견 보내기. 누를 수 있는 것은")
    assert words.index("보내기. 정원") < words.index("글. 연락처")


def test_state_is_told_in_the_language_of_the_visit(room: Room) -> None:
    room.switch.setChecked(True)
    assert describe(room.switch) == "정원, 선택됨"
    room.send.setEnabled(False)
    i18n.use_language("en")
    assert describe(room.switch) == "정원, selected"
    assert describe(room.send) == "보내기, button, not available now"


def test_new_words_silence_the_old_and_can_be_heard_again(
    speaker: Speaker, voice: RecordingVoice, qtbot: QtBot
) -> None:
    speaker.say("하나")
    with qtbot.assertNotEmitted(speaker.speaking, wait=10):
        speaker.say("둘")
    speaker.repeat()
    assert voice.texts == ["하나", "둘", "둘"]
    with qtbot.waitSignal(speaker.speaking, check_params_cb=lambda on: not on):
        voice.finish()


def test_speed_loudness_and_language_reach_the_voice(
    speaker: Speaker, voice: RecordingVoice
) -> None:
    speaker.use(language="en", rate=FAST, volume=75)
    speaker.say("trees")
    assert (voice.said[-1].language, voice.said[-1].rate, voice.said[-1].volume) == ("en", FAST, 75)
    speaker.use(language="ko", rate=SLOW, volume=0)
    speaker.say("나무")
    assert voice.texts == ["trees"]


def test_the_end_of_a_visit_leaves_no_words_and_the_starting_volume(
    speaker: Speaker, voice: RecordingVoice
) -> None:
    speaker.use(language="en", rate=FAST, volume=100)
    speaker.say("비밀 이야기")
    speaker.forget()
    assert not speaker.on
    assert speaker.last == ""
    speaker.set_on(True)
    speaker.repeat()
    speaker.say("새 방문")
    assert voice.said[-1].volume == 50
    assert voice.said[-1].language == "ko"


def test_without_a_voice_speech_cannot_be_switched_on(qapp: object) -> None:
    voice = RecordingVoice(there=False)
    speaker = Speaker(voice)
    speaker.set_on(True)
    speaker.say("안녕")
    assert not speaker.available()
    assert not speaker.on
    assert not voice.said


def test_everything_said_has_a_visible_twin(speaker: Speaker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(speaker.said) as heard:
        speaker.say("접수되었습니다")
    assert heard.args == ["접수되었습니다"]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("panel", [(1920, 1080, 24.0), (1080, 1920, 24.0), (1366, 768, 15.6)])
def test_the_speech_row_fits_and_offers_every_choice(
    window: Window, qtbot: QtBot, panel: tuple[int, int, float], large: bool, language: str
) -> None:
    i18n.use_language(language)
    look = Look(Metrics.for_panel(*panel, large=large), LIGHT)
    strip = SpeechStrip(look, rate=1, volume=50)
    strip.setParent(window)
    window.resize(panel[0], 400)
    strip.setGeometry(0, 0, panel[0], strip.sizeHint().height())
    window.present()
    for button in strip.findChildren(PressButton):
        assert not button.overflows(), button.text()
        assert strip.rect().contains(button.geometry())
        assert look.metrics.mm(button.height()) >= 12
    rates: set[int] = set()
    volumes: set[int] = set()
    strip.rate_chosen.connect(rates.add)
    strip.volume_chosen.connect(volumes.add)
    for _ in range(6):
        for button in strip.findChildren(PressButton):
            button.click()
    assert rates == {0, 1, 2}
    assert len(volumes) >= 2
    assert volumes <= set(VOLUMES)
