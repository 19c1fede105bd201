"""What assistive technology is told of our own widgets: what they are, do and hold.

Qt knows a widget by its class and calls everything it does not know a filler. This factory is asked
only while such a technology listens; on a kiosk without one it costs nothing.
"""

from __future__ import annotations

from functools import cache
from typing import cast

import shiboken6
from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleObject,
    QWindow,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop.access.accessible_text import Editing, FieldText, place_of, there
from desktop.access.targets import ordered_children
from desktop.theme.type import Role
from desktop.widgets.dialog import Scrim
from desktop.widgets.field import TextField
from desktop.widgets.pressable import Pressable
from desktop.widgets.screen import Screen
from desktop.widgets.text import Text
from desktop.widgets.text_area import TextArea

#: A widget with this property holds rows.
LIST = "list"
_HEADINGS = (Role.TITLE, Role.QUESTION)
_PRESS, _TOGGLE, _FOCUS = "Press", "Toggle", "SetFocus"  #: as Qt calls them


@cache
def install() -> None:
    """Once in a process."""
    QAccessible.installFactory(_make)


def _make(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    made = _for(thing) if isinstance(thing, QWidget) else None
    if made is not None:
        # Qt deletes it with its widget; until then nothing else holds what is written in Python.
        key = id(made)
        _alive[key] = made
        thing.destroyed.connect(lambda: _alive.pop(key, None))
    return made


_alive: dict[int, QAccessibleInterface] = {}
#: Qt's own way to say that there is none.
_NOBODY = cast(QAccessibleInterface, None)
_NO_WINDOW = cast(QWindow, None)


def _for(widget: QWidget) -> QAccessibleInterface | None:
    if isinstance(widget, Pressable):
        return _Button(widget)
    if isinstance(widget, TextField | TextArea):
        return _Field(widget)
    if isinstance(widget, Text):
        heading = widget.role in _HEADINGS and not _on_a_button(widget)
        return _Part(widget, QAccessible.Role.Heading) if heading else None
    if isinstance(widget, Scrim):
        return _Part(widget, QAccessible.Role.Dialog)
    if isinstance(widget, Screen):
        return _Part(widget, QAccessible.Role.Pane)
    return _Part(widget, QAccessible.Role.List) if widget.property(LIST) else None


def _on_a_button(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, Pressable):
        above = above.parentWidget()
    return above is not None


class _Part(QAccessibleObject):
    """A widget by another role: its words, its place, and what is in it in reading order."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget)
        self._widget, self._role, self._actions = widget, role, _Actions(widget)

    def isValid(self) -> bool:
        return there(self._widget)

    def role(self) -> QAccessible.Role:
        return self._role

    def interface_cast(self, kind: QAccessible.InterfaceType) -> int:
        acts = kind == QAccessible.InterfaceType.ActionInterface and self._actions.actionNames()
        return _address(self._actions if acts else None)

    def _inside(self) -> list[QWidget]:
        return ordered_children(self._widget) if there(self._widget) else []

    def child(self, index: int) -> QAccessibleInterface:
        inside = self._inside()
        if not 0 <= index < len(inside):
            return _NOBODY
        return QAccessible.queryAccessibleInterface(inside[index])

    def childCount(self) -> int:
        return len(self._inside())

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        inside: list[QObject] = [*self._inside()]
        thing = child.object()
        return inside.index(thing) if thing in inside else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        for each in self._inside():
            if place_of(each).contains(x, y):
                return QAccessible.queryAccessibleInterface(each)
        return _NOBODY

    def parent(self) -> QAccessibleInterface:
        if not there(self._widget):
            return _NOBODY
        above = self._widget.parentWidget() or QApplication.instance()
        return _NOBODY if above is None else QAccessible.queryAccessibleInterface(above)

    def rect(self) -> QRect:
        return place_of(self._widget)

    def window(self) -> QWindow:
        return self._widget.window().windowHandle() if there(self._widget) else _NO_WINDOW

    def state(self) -> QAccessible.State:
        state, widget = QAccessible.State(), self._widget
        if not there(widget):
            state.invalid = True
            return state
        state.invisible = not widget.isVisible()
        state.disabled = not widget.isEnabled()
        state.active = widget.isWindow() and widget.isActiveWindow()
        state.modal = self._role == QAccessible.Role.Dialog
        state.focused = widget.hasFocus()
        return state

    def text(self, kind: QAccessible.Text) -> str:
        if not there(self._widget):
            return ""
        if kind == QAccessible.Text.Name:
            return self._widget.accessibleName() or self._widget.windowTitle()
        if kind == QAccessible.Text.Description:
            return self._widget.accessibleDescription()
        return ""


class _Button(_Part):
    """What it is follows from what it was made to be, which is known later than it is asked."""

    def __init__(self, button: Pressable) -> None:
        super().__init__(button, QAccessible.Role.Button)
        self._button = button

    def role(self) -> QAccessible.Role:
        if not there(self._button) or not self._button.isCheckable():
            return QAccessible.Role.Button
        return QAccessible.Role.RadioButton if self._button.one_of else QAccessible.Role.CheckBox

    def state(self) -> QAccessible.State:
        state = super().state()
        if state.invalid:
            return state
        state.focusable = self._button.focusPolicy() != Qt.FocusPolicy.NoFocus
        state.pressed = self._button.isDown()
        state.checkable = self._button.isCheckable()
        state.checked = self._button.isChecked()
        return state


class _Actions(QAccessibleActionInterface):
    """The first is the default: for whatever can be pressed it is a press."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._widget = widget

    def actionNames(self) -> list[str]:
        widget = self._widget
        names: list[str] = []
        if not there(widget) or not widget.isEnabled():
            return names
        if isinstance(widget, Pressable):
            names.append(_TOGGLE if widget.isCheckable() else _PRESS)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            names.append(_FOCUS)
        return names

    def doAction(self, name: str) -> None:
        if name == _FOCUS:
            self._widget.setFocus()
        elif isinstance(self._widget, Pressable):
            self._widget.click()

    def keyBindingsForAction(self, name: str) -> list[str]:
        return []


class _Field(_Part):
    """A text field, with the syllable being composed: it is on the screen and in the opinion."""

    def __init__(self, field: TextField | TextArea) -> None:
        super().__init__(field, QAccessible.Role.EditableText)
        self._field = field
        self._text, self._editing = FieldText(field), Editing(field)

    def _inside(self) -> list[QWidget]:
        return []

    def state(self) -> QAccessible.State:
        state = super().state()
        state.focusable = state.editable = True
        state.multiLine = isinstance(self._field, TextArea)
        return state

    def text(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Value and there(self._field):
            return self._field.value
        return super().text(kind)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> int:
        if kind == QAccessible.InterfaceType.TextInterface:
            return _address(self._text)
        if kind == QAccessible.InterfaceType.EditableTextInterface:
            return _address(self._editing)
        return super().interface_cast(kind)


def _address(interface: shiboken6.Object | None) -> int:
    # Qt asks for an address; None would be taken for one.
    at = 0 if interface is None else shiboken6.getCppPointer(interface)[0]
    return cast(int, shiboken6.VoidPtr(at))
