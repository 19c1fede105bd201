"""What a thing on the screen is called aloud: its name, what it is, and the state it is in.

Everything visible can be heard. A widget with the property `private`, and everything in it, is
named but its content is never spoken: a loudspeaker has other listeners.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
from desktop.widgets.pressable import Pressable

PRIVATE = "private"
#: A label with this property is spoken as it says: its own words hold what others must not hear.
SPOKEN = "spoken"
#: Changes with every key that is typed: told on asking only.
QUIET = "quiet"
_WORD = re.compile(r"\w+")


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
    if not widget.isEnabled():
        parts.append(tr("지금은 쓸 수 없음"))
    if widget.accessibleDescription() and not private(widget):
        parts.append(widget.accessibleDescription())
    return ", ".join(part for part in parts if part)


def _state(button: QAbstractButton) -> str:
    if not button.isCheckable():
        return tr("버튼")
    if isinstance(button, Pressable) and button.switch:
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
    """Everything visible below `root` as it would be read aloud, in reading order, each once."""
    return [line.text for line in _lines(root)]


def texts(root: QWidget) -> list[str]:
    """Of the script what is no control: sentences, notices, faults. What changes with every key
    (`quiet`) is left to whoever asks for it."""
    return [line.text for line in _lines(root) if not (line.control or line.quiet)]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    control: bool = False
    quiet: bool = False


def _lines(root: QWidget) -> list[_Line]:
    if isinstance(root, QAbstractButton) or is_field(root):
        said = describe(root)
        inner = [text for text in _inner_texts(root) if not _said_in(text, said)]
        return [_Line(text, control=True) for text in (said, *inner) if text]
    quiet = bool(root.property(QUIET))
    if isinstance(root, QLabel):
        words = _words_of(root)
        return [_Line(words, quiet=quiet)] if words else []
    own = name_of(root)
    if root.property(PRIVATE):
        return [_Line(own, quiet=quiet)] if own else []
    below = [line for child in ordered_children(root) for line in _lines(child)]
    if not own or any(_said_in(own, line.text) for line in below[:1]):
        return below
    # A part that is named as a whole says its words; its labels would say them again.
    rest = [line for line in below if line.control or not _said_in(line.text, own)]
    return [_Line(own, quiet=quiet), *rest]


def _words_of(label: QLabel) -> str:
    instead = label.property(SPOKEN)
    if isinstance(instead, str):
        return instead
    return "" if private(label) else name_of(label)


def _inner_texts(control: QWidget) -> list[str]:
    if is_field(control):
        return []
    return [_words_of(c) for c in control.findChildren(QLabel) if c.isVisible() and _words_of(c)]


def _said_in(words: str, sentence: str) -> bool:
    """Whether a listener has heard `words` in `sentence`, whatever signs stand between them."""
    part, whole = _WORD.findall(words), _WORD.findall(sentence)
    starts = range(len(whole) - len(part) + 1)
    return any(whole[at : at + len(part)] == part for at in starts)


def greeting(screen: QWidget) -> str:
    """What is said when a screen opens: its title, what can be done there, and what it says."""
    names = [name for widget in _controls(screen) if (name := name_of(widget))]
    title = name_of(screen)
    said = [title] if title else []
    if names:
        said += [tr("누를 수 있는 것은 {n}가지입니다", n=len(names)), *names]
    said += [words for words in texts(screen) if not _said_in(words, title)]
    said += _missing(screen)
    return " ".join(words if words[-1] in ".?!" else f"{words}." for words in said)


def _missing(screen: QWidget) -> list[str]:
    """What is still to be done before one can go on, where a way on says so."""
    ways_on = [w for w in screen.findChildren(Pressable) if w.showing_why and w.isVisible()]
    return [tr("{name}: {why}", name=name_of(w), why=w.why) for w in ways_on]


def _controls(root: QWidget) -> list[QWidget]:
    found: list[QWidget] = []
    for child in ordered_children(root):
        if isinstance(child, QAbstractButton) or is_field(child):
            if child.isEnabled():
                found.append(child)
        else:
            found += _controls(child)
    return found
