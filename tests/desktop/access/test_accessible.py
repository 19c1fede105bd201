"""What assistive technology is told in this process; another process reads it in the flows."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.access import accessible
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import PressCard
from desktop.widgets.dialog import Dialog
from desktop.widgets.field import TextField
from desktop.widgets.screen import Screen
from desktop.widgets.text import Text
from desktop.widgets.text_area import TextArea
from tests.desktop.access.conftest import Window


@pytest.fixture(autouse=True)
def told(qapp: object) -> None:
    accessible.install()


def put(window: Window, *widgets: QWidget) -> None:
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    window.present()


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def test_each_part_is_called_what_it_is(window: Window, look: Look) -> None:
    one, several, press = (
        PressButton(look, words, checkable=words != "다음") for words in ("정원", "글자", "다음")
    )
    one.one_of = True
    listed = QWidget()
    listed.setProperty(accessible.LIST, True)
    title, label = Text(look, "제목", Role.TITLE), Text(look, "글")
    parts = (
        one,
        several,
        press,
        listed,
        title,
        label,
        Screen[None, None](look, "화면"),
        TextField(look, "이름"),
    )
    put(window, *parts)
    roles = QAccessible.Role
    assert [role(part) for part in parts] == [
        roles.RadioButton,
        roles.CheckBox,
        roles.Button,
        roles.List,
        roles.Heading,
        roles.StaticText,
        roles.Pane,
        roles.EditableText,
    ]


def test_a_title_on_a_card_is_no_heading_and_the_card_holds_it(window: Window, look: Look) -> None:
    card = PressCard(look)
    title = Text(look, "덕진공원", Role.TITLE)
    card.face.addWidget(title)
    put(window, card)
    assert role(title) == QAccessible.Role.StaticText
    told = QAccessible.queryAccessibleInterface(card)
    assert told.childCount() == 1
    assert told.indexOfChild(told.child(0)) == 0
    assert told.child(1) is None


def test_a_question_is_a_dialog(window: Window, look: Look) -> None:
    answers, answered = [("stay", "계속", "main")], list[str]()
    put(window, dialog := Dialog(look, "그만둘까요?", "", answers, answered.append))
    told = QAccessible.queryAccessibleInterface(dialog)
    assert (told.role(), told.text(QAccessible.Text.Name)) == (
        QAccessible.Role.Dialog,
        "그만둘까요?",
    )
    assert told.state().modal


@pytest.mark.parametrize("checkable", [False, True])
@pytest.mark.parametrize("one_of", [False, True])
def test_the_default_action_is_a_press(
    window: Window, look: Look, checkable: bool, one_of: bool
) -> None:
    button = PressButton(look, "정원", checkable=checkable)
    button.one_of = one_of
    presses: list[bool] = []
    button.clicked.connect(lambda: presses.append(button.isChecked()))
    put(window, button)
    actions = QAccessible.queryAccessibleInterface(button).actionInterface()
    actions.doAction(actions.actionNames()[0])
    assert len(presses) == 1
    assert button.isChecked() is checkable
    button.setEnabled(False)
    assert QAccessible.queryAccessibleInterface(button).actionInterface() is None


def test_what_turns_a_button_from_outside_is_a_press_and_the_program_is_not(
    window: Window, look: Look
) -> None:
    button = PressButton(look, "글자 크기", checkable=True)
    presses: list[bool] = []
    button.clicked.connect(lambda: presses.append(button.isChecked()))
    put(window, button)
    button.setChecked(True)
    button.setChecked(False)
    assert presses == []
    button.toggle()  # as Qt's own action does
    assert presses == [True]
    button.click()
    assert presses == [True, False]


@pytest.mark.parametrize("kind", [TextField, TextArea])
def test_the_text_holds_what_is_being_composed_and_takes_what_is_written(
    window: Window, look: Look, kind: type[TextField] | type[TextArea]
) -> None:
    field = kind(look, "글")
    edits: list[str] = []
    field.edited.connect(edits.append)
    put(window, field)
    field.set_value("나무")
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("하", []))
    told = QAccessible.queryAccessibleInterface(field)
    text = told.textInterface()
    assert (text.text(0, 99), text.characterCount(), text.cursorPosition()) == ("나무하", 3, 3)
    assert text.text(1, -1) == "무하"
    assert told.text(QAccessible.Text.Value) == "나무하"
    told.editableTextInterface().replaceText(0, 2, "꽃")
    assert field.value == "꽃하"
    told.editableTextInterface().insertText(2, "늘")
    told.editableTextInterface().deleteText(0, 1)
    assert field.value == edits[-1] == "하늘"


@pytest.mark.parametrize("kind", ["heading", "button", "field"])
def test_what_is_going_away_answers_nothing_and_troubles_nobody(
    window: Window, look: Look, kind: str
) -> None:
    # A reader that listens to all is told of every part while it is being destroyed.
    made: dict[str, QWidget] = {
        "heading": Text(look, "제목", Role.TITLE),
        "button": PressButton(look, "다음"),
        "field": TextArea(look, "글"),
    }
    widget = made[kind]
    put(window, widget)
    told = accessible._for(widget)
    assert told is not None and told.isValid() and told.text(QAccessible.Text.Name)
    shiboken6.delete(widget)
    assert not told.isValid() and told.state().invalid
    nobody: list[object] = [told.parent(), told.window(), told.childCount()]
    assert nobody == [None, None, 0]
    assert told.rect().isEmpty() and not told.text(QAccessible.Text.Name)
    assert told.role() != QAccessible.Role.NoRole
