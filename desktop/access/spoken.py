"""What a thing on the screen is called aloud: its name, what it is, and the state it is in.

Everything visible can be heard. A widget with the property `private`, and everything in it, is
named but its content is never spoken: a loudspeaker has other listeners.
"""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop.access.targets import ordered_children, reachable
from desktop.i18n import tr

PRIVATE = "private"
#: A switch of the accessibility bar or of a form says on and off instead of chosen.
SWITCH = "switch"


def private(widget: QWidget | None) -> bool:
    """Whether the widget or anything round it holds personal data."""
    while widget is not None:
        if widget.property(PRIVATE):
            return True
        widget = widget.parentWidget()
    return False


def is_field(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit)


def is_control(widget: QWidget) -> bool:
    """Whether touching it does something."""
    return isinstance(widget, QAbstractButton) or is_field(widget) or reachable(widget)


def name_of(widget: QWidget) -> str:
    """The name in the visit's language; for labels their words."""
    name = widget.accessibleName()
    if not name and isinstance(widget, QAbstractButton | QLabel):
        name = widget.text()
    return " ".join(name.replace("&", "").split())


def describe(widget: QWidget) -> str:
    """Name, role, value and state of a control in one phrase."""
    parts = [name_of(widget)]
    if is_field(widget):
        parts.append(_content(widget))
    elif isinstance(widget, QAbstractButton):
        parts.append(_state(widget))
    if widget.accessibleDescription() and not private(widget):
        parts.append(widget.accessibleDescription())
    if not widget.isEnabled():
        parts.append(tr("지금은 쓸 수 없음"))
    return ", ".join(part for part in parts if part)


def _state(button: QAbstractButton) -> str:
    if not button.isCheckable():
        return tr("버튼")
    if button.property("bar_key") or button.property(SWITCH):
        return tr("켜짐") if button.isChecked() else tr("꺼짐")
    return tr("선택됨") if button.isChecked() else tr("선택 안 됨")


def _content(field: QWidget) -> str:
    if private(field):
        return tr("글 쓰는 칸, 내용은 읽지 않습니다")
    if isinstance(field, QLineEdit):
        text = "" if field.echoMode() != QLineEdit.EchoMode.Normal else field.text()
    else:
        assert isinstance(field, QTextEdit | QPlainTextEdit)
        text = field.toPlainText()
    return tr("글 쓰는 칸, {text}", text=text) if text else tr("글 쓰는 칸, 비어 있음")


def script(root: QWidget) -> list[str]:
    """Everything visible below `root` as it would be read aloud, in reading order."""
    if private(root) and not is_control(root):
        return [name_of(root)] if name_of(root) else []
    if is_control(root) and (isinstance(root, QAbstractButton) or is_field(root)):
        said = describe(root)
        inner = [text for text in _inner_texts(root) if text not in said]
        return [said, *inner] if said else inner
    if isinstance(root, QLabel):
        return [name_of(root)] if name_of(root) else []
    children = ordered_children(root)
    below = [line for child in children for line in script(child)]
    own = name_of(root)
    if own and own not in below and not any(own in line for line in below[:1]):
        return [own, *below]
    return below


def _inner_texts(control: QWidget) -> list[str]:
    if is_field(control):
        return []
    return [name_of(c) for c in control.findChildren(QLabel) if c.isVisible() and name_of(c)]


def greeting(screen: QWidget) -> str:
    """What is said when a screen opens: its title and what can be done there."""
    names: list[str] = []
    for widget in _controls(screen):
        name = name_of(widget)
        if name and name not in names:
            names.append(name)
    title = name_of(screen)
    if not names:
        return title
    choices = ". ".join(names)
    return tr(
        "{title}. 누를 수 있는 것은 {n}가지입니다. {choices}.",
        title=title,
        n=len(names),
        choices=choices,
    )


def _controls(root: QWidget) -> list[QWidget]:
    found: list[QWidget] = []
    for child in ordered_children(root):
        if isinstance(child, QAbstractButton) or is_field(child):
            if child.isEnabled():
                found.append(child)
        else:
            found += _controls(child)
    return found
