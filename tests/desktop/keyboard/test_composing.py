"""One syllable is provisional: who may end it, and nothing is lost or invented when it ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.keyboard.layouts import Act, KeyLayout
from desktop.keyboard.typist import Typist
from desktop.widgets.field import TextField
from desktop.widgets.text_area import TextArea
from tests.desktop.keyboard.conftest import Desk, panel_look


def from_the_system(field: QWidget, preedit: str, commit: str = "", *replaced: int) -> bool:
    """What an input method of the system sends; whether the field took it."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit, *replaced)
    QApplication.sendEvent(field, event)
    return event.isAccepted()


def compose(desk: Desk, field: QWidget, way: str) -> None:
    """한글 with its last syllable open, behind 나무."""
    if way == "system":
        from_the_system(field, "", "한")
        from_the_system(field, "글")
        return
    desk.panel.show_page(KeyLayout.CHEONJIIN if way == "cheonjiin" else KeyLayout.DUBEOLSIK)
    keys = "ㅅㅅㅣㆍㄴㄱㅡㄴㄴ" if way == "cheonjiin" else "ㅎㅏㄴㄱㅡㄹ"
    for key in keys:
        desk.panel.typist.jamo(key)


WAYS = ["dubeolsik", "cheonjiin", "system"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["area", "field"])
@pytest.mark.parametrize("by_the_program", ["", "정원", "나무한", "나무한글글"])
def test_what_the_program_writes_is_no_edit_and_ends_the_composition(
    desk: Desk, qtbot: QtBot, name: str, way: str, by_the_program: str
) -> None:
    field: TextArea | TextField = getattr(desk, name)
    field.set_value("나무")
    field.setFocus()
    qtbot.waitUntil(lambda: desk.panel.typist.target is field)
    compose(desk, field, way)
    assert field.value == "나무한글"
    told: list[str] = []
    field.edited.connect(told.append)
    field.set_value(by_the_program)
    assert (told, field.value, desk.panel.typist.composing) == ([], by_the_program, "")
    field.settle()
    assert (told, field.value) == ([], by_the_program)
    desk.panel.show_page(KeyLayout.DUBEOLSIK)
    desk.write("ㅇㅏ")
    assert told[-1] == field.value == by_the_program + "아"


@pytest.mark.parametrize("name", ["area", "field"])
def test_a_holder_that_answers_an_edit_with_another_text_has_the_last_word(
    desk: Desk, qtbot: QtBot, name: str
) -> None:
    field: TextArea | TextField = getattr(desk, name)
    field.setFocus()
    qtbot.waitUntil(lambda: desk.panel.typist.target is field)
    field.edited.connect(lambda text: field.set_value(text.replace("가", "나")))
    desk.write("ㄱㅏ")
    assert (field.value, desk.panel.typist.composing) == ("나", "")
    desk.write("ㅁㅜ")
    assert field.value == "나무"


@pytest.mark.parametrize("name", ["area", "field"])
def test_the_last_words_of_a_system_keyboard_do_not_bring_a_wiped_text_back(
    desk: Desk, qtbot: QtBot, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    field: TextArea | TextField = getattr(desk, name)
    field.setFocus()
    qtbot.waitUntil(lambda: desk.panel.typist.target is field)
    compose(desk, field, "system")
    method = QApplication.inputMethod()
    # Some commit what they hold when they are told to stop.
    monkeypatch.setattr(type(method), "reset", lambda self: from_the_system(field, "", "글"))
    field.set_value("")
    assert field.value == ""


def test_a_change_is_told_once_and_settling_is_none(desk: Desk) -> None:
    told: list[str] = []
    desk.area.edited.connect(told.append)
    desk.write("ㄱㅏㄴ")
    desk.field.setFocus()
    desk.area.setFocus()
    desk.press(Act.DELETE)
    assert told == ["ㄱ", "가", "간", ""]


@pytest.mark.parametrize("name", ["area", "field"])
def test_an_input_method_may_replace_what_stands_before_the_caret(desk: Desk, name: str) -> None:
    field: TextArea | TextField = getattr(desk, name)
    field.set_value("🌳한글")
    from_the_system(field, "", "韓㐎", -2, 2)
    assert field.value == "🌳韓㐎"


# -- a full field ------------------------------------------------------------------------------


def almost_full(desk: Desk, qtbot: QtBot, name: str) -> tuple[TextArea | TextField, str]:
    """A field with room for one more letter, which the typist writes into; what stands in it."""
    field: TextArea | TextField = getattr(desk, name)
    full = "나" * (19 if name == "area" else 9)
    field.set_value(full)
    field.setFocus()
    qtbot.waitUntil(lambda: desk.panel.typist.target is field)
    return field, full


@pytest.mark.parametrize(
    ("way", "written", "then"),
    [
        ("dubeolsik", "ㄱㅏㄱ", "ㅏ"),
        ("dubeolsik", "ㄱㅏㄱ", "ㄴ"),
        ("dubeolsik", "ㄱㅏㅂㅅ", "ㅣ"),
        ("dubeolsik", "ㅋ", "ㅋ"),
        ("cheonjiin", "ㅣ", "ㄱ"),
        ("cheonjiin", "ㄱㅣㆍㅇ", "ㅡ"),
        ("cheonjiin", "ㄱㅣㆍㄴ", "ㅣ"),
        ("cheonjiin", "ㅇㅣㆍㄴ", "ㅂ"),
        ("cheonjiin", "ㄱㅡㄴㄴ", "ㅡ"),
    ],
)
@pytest.mark.parametrize("name", ["area", "field"])
def test_a_full_field_refuses_the_new_letter_and_keeps_the_last(
    desk: Desk, qtbot: QtBot, name: str, way: str, written: str, then: str
) -> None:
    field, full = almost_full(desk, qtbot, name)
    desk.panel.show_page(KeyLayout.CHEONJIIN if way == "cheonjiin" else KeyLayout.DUBEOLSIK)
    for key in written:
        desk.panel.typist.jamo(key)
    before = field.value
    assert len(before) == len(full) + 1
    for _ in range(3):
        desk.panel.typist.jamo(then)
        assert field.value == before
    desk.panel.typist.settle()
    desk.press(Act.SPACE)
    assert field.value == before
    desk.press(Act.DELETE)
    assert field.value == full


@pytest.mark.parametrize(
    ("written", "key", "shown"),
    [
        ("ㅇㅣㆍㄴ", "ㅅ", "안않않않않"),
        ("ㅅㅅㅣㆍㄴㄴ", "ㄷ", "할핥핥"),
        ("ㅅㅣㆍㄴㄴ", "ㅇ", "살삶삶삶"),
    ],
)
@pytest.mark.parametrize("name", ["area", "field"])
def test_a_consonant_that_joins_the_last_letter_by_a_second_tap_does_so_in_a_full_field(
    desk: Desk, qtbot: QtBot, name: str, written: str, key: str, shown: str
) -> None:
    field, full = almost_full(desk, qtbot, name)
    told: list[str] = []
    desk.panel.show_page(KeyLayout.CHEONJIIN)
    for each in written:
        desk.panel.typist.jamo(each)
    field.edited.connect(told.append)
    for after in shown:
        desk.panel.typist.jamo(key)
        assert field.value == full + after
    joined = full + shown[1]
    assert joined in told and all(len(text) == len(joined) for text in told)


@pytest.mark.parametrize("ending", ["settled", "taken back", "another letter", "wiped", "next"])
@pytest.mark.parametrize("name", ["area", "field"])
def test_what_a_full_field_did_not_show_is_not_written_later(
    desk: Desk, qtbot: QtBot, name: str, ending: str
) -> None:
    field: TextArea | TextField = getattr(desk, name)
    full = "나" * (19 if name == "area" else 9)
    field.set_value(full)
    field.setFocus()
    qtbot.waitUntil(lambda: desk.panel.typist.target is field)
    desk.panel.show_page(KeyLayout.CHEONJIIN)
    for key in "ㅇㅣㆍㄴㅅ":
        desk.panel.typist.jamo(key)
    left = full + "안"
    if ending == "settled":
        desk.panel.typist.settle()
    elif ending == "taken back":
        desk.press(Act.DELETE)
        left = full
    elif ending == "another letter":
        desk.panel.typist.jamo("ㄱ")
    elif ending == "next":
        desk.panel.typist.next_letter()
    else:
        field.set_value("")
        left = ""
    assert (field.value, desk.panel.typist.composing) == (left, "")
    field.set_value("")
    desk.panel.typist.jamo("ㅅ")
    assert field.value == "ㅅ"


@pytest.mark.parametrize(
    ("keys", "letter"), [("ㅅㆍㅣ", "서"), ("ㅇㆍㆍㅡ", "요"), ("ㆍㆍㅣ", "ㅕ"), ("ㄱㆍㅡㅣ", "괴")]
)
@pytest.mark.parametrize("name", ["area", "field"])
def test_the_last_letter_of_a_field_can_have_any_vowel_in_cheonjiin(
    desk: Desk, qtbot: QtBot, name: str, keys: str, letter: str
) -> None:
    field: TextArea | TextField = getattr(desk, name)
    full = "나" * (19 if name == "area" else 9)
    field.set_value(full)
    field.setFocus()
    qtbot.waitUntil(lambda: desk.panel.typist.target is field)
    desk.panel.show_page(KeyLayout.CHEONJIIN)
    for key in keys:
        desk.panel.typist.jamo(key)
    assert field.value == full + letter


@pytest.mark.parametrize("name", ["area", "field"])
def test_a_system_keyboard_takes_nothing_away_from_a_full_field(desk: Desk, name: str) -> None:
    field: TextArea | TextField = getattr(desk, name)
    full = "나" * (19 if name == "area" else 9)
    field.set_value(full)
    assert from_the_system(field, "각")
    assert not from_the_system(field, "가", "가")
    assert field.value == full + "각"


# -- a field that goes -------------------------------------------------------------------------


def throw_away(field: QWidget) -> None:
    field.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def screen_of(field: QWidget) -> QWidget:
    screen = field.parentWidget()
    assert screen is not None
    return screen


GOINGS: dict[str, Callable[[QWidget], object]] = {
    "hidden": lambda field: field.hide(),
    "thrown away": throw_away,
    "thrown away with its screen": lambda field: throw_away(screen_of(field)),
    "destroyed": shiboken6.delete,
    "destroyed with its screen": lambda field: shiboken6.delete(screen_of(field)),
    "taken out": lambda field: field.setParent(None),
    "screen taken out": lambda field: screen_of(field).setParent(None),
    "screen hidden": lambda field: screen_of(field).hide(),
    "disabled": lambda field: field.setEnabled(False),
    "disabled with its screen": lambda field: screen_of(field).setEnabled(False),
    "window closed": lambda field: field.window().close(),
    "for reading only": lambda field: field.setReadOnly(True),  # type: ignore[attr-defined]
}


@pytest.mark.parametrize("kind", ["area", "field", "plain"])
@pytest.mark.parametrize("going", GOINGS)
def test_the_composition_ends_with_its_field_whatever_way_the_field_goes(
    qtbot: QtBot, going: str, kind: str
) -> None:
    look = panel_look()
    window, screen = QWidget(), QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(screen)
    makers: dict[str, Callable[[], QWidget]] = {
        "area": lambda: TextArea(look, "글"),
        "field": lambda: TextField(look, "글"),
        "plain": QLineEdit,
    }
    field = makers[kind]()
    QVBoxLayout(screen).addWidget(field)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    typist = Typist(window)
    gone: list[bool] = []
    told: list[str] = []
    typist.target_gone.connect(lambda: gone.append(True))
    typist.set_target(field)
    for key in "ㅎㅏㄴ":
        typist.jamo(key)
    if isinstance(field, TextArea | TextField):
        field.edited.connect(told.append)
    GOINGS[going](field)
    assert (typist.target, typist.composing, len(gone), told) == (None, "", 1, [])
    typist.jamo("ㄱ")
    typist.backspace()
    typist.enter()
    assert typist.composing == ""
    if shiboken6.isValid(field):
        text = field.value if isinstance(field, TextArea | TextField) else None
        assert text in (None, "한")
        field.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_keyboard_that_is_put_away_leaves_the_syllable_whole(desk: Desk) -> None:
    desk.write("ㄱㅏㄱ")
    desk.panel.hide()
    assert (desk.area.toPlainText(), desk.panel.typist.composing) == ("각", "")
    desk.panel.show()
    desk.write("ㅏ")
    assert desk.area.value == "각ㅏ"
