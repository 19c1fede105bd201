"""Everything works with arrows, Tab, confirm, back, home and help keys.

Keys a widget needs for itself stay with it: a text field keeps its arrows until the caret can go no
further, and a widget with the property `own_keys` keeps everything it accepts.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop.access.input import is_window_event
from desktop.access.key_walk import KeyWalk
from desktop.access.targets import nearest, reachable, targets
from desktop.widgets.pager import pager_of

ARROWS = frozenset((Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down))
CONFIRM = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Select))
BACK = frozenset((Qt.Key.Key_Escape, Qt.Key.Key_Back))
HOME = frozenset((Qt.Key.Key_Home, Qt.Key.Key_HomePage))
HELP = frozenset((Qt.Key.Key_F1, Qt.Key.Key_Help))


class FocusKeys(QObject):
    """`scopes` answers the widgets whose targets can be reached now, in order: the screen and the
    bar, or only the dialog that is open."""

    back = Signal()
    home = Signal()
    help = Signal()
    #: A key was used: the focus ring may show.
    by_key = Signal()
    #: A finger or mouse was used: the ring goes.
    by_touch = Signal()

    def __init__(
        self,
        scopes: Callable[[], list[QWidget]],
        parent: QObject | None = None,
        *,
        keyboard: Callable[[], QWidget | None] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self.walk = KeyWalk(keyboard, self)
        self._scopes = scopes
        self._place: tuple[str, int] | None = None

    def order(self) -> list[QWidget]:
        """All targets in reading order."""
        return [w for scope in self._scopes() for w in targets(scope)]

    def handle(self, target: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
            self.walk.leave()
            self.by_touch.emit()
            return False
        if kind != QEvent.Type.KeyPress or is_window_event(target):
            return False
        assert isinstance(event, QKeyEvent)
        return self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        key, focused = Qt.Key(event.key()), QApplication.focusWidget()
        if event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            return False
        if self.walk.key is not None and self._walked(key):
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.by_key.emit()
            back = key == Qt.Key.Key_Backtab or bool(
                event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            )
            self._step(focused, -1 if back else 1)
            return True
        if key in CONFIRM:
            # What follows may build the view anew: keep the place before it happens.
            self.by_key.emit()
            self.remember()
            return False
        if key in ARROWS:
            if focused is not None and _keeps_arrow(focused, key):
                return False
            self.by_key.emit()
            below = key == Qt.Key.Key_Down and is_text_field(focused)
            if not (below and focused is not None and self.walk.enter(focused)):
                self._go(focused, key)
            return True
        return self._named(key, focused)

    def _walked(self, key: Qt.Key) -> bool:
        """A key while the pointer is on the keyboard; letters typed meanwhile end the walk."""
        if key in CONFIRM:
            # The key may put the keyboard away: then one goes on behind the field.
            self.by_key.emit()
            self.remember(steps_on=1)
            self.walk.press()
            return True
        if key not in ARROWS:
            self.walk.leave()
            return key in BACK
        at = self.walk.key
        if self.walk.go(key) or key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return True
        self.walk.leave()
        if key == Qt.Key.Key_Down and at is not None:
            found = nearest(at, self.order(), key)
            if found is not None:
                self.focus(found)
        return True

    def _named(self, key: Qt.Key, focused: QWidget | None) -> bool:
        if key in HOME and not (key == Qt.Key.Key_Home and is_text_field(focused)):
            self.by_key.emit()
            self.home.emit()
            return True
        if key in HELP:
            self.by_key.emit()
            self.help.emit()
            return True
        if key in BACK:
            self.by_key.emit()
            self.back.emit()
            return True
        return False

    def _step(self, focused: QWidget | None, by: int) -> None:
        order = self.order()
        if not order:
            return
        if focused in order:
            self.focus(order[(order.index(focused) + by) % len(order)])
        else:
            self.focus(order[0 if by > 0 else -1])

    def _go(self, focused: QWidget | None, key: Qt.Key) -> None:
        order = self.order()
        if focused is None or focused not in order:
            self._step(focused, 1)
            return
        found = nearest(focused, order, key)
        if found is not None:
            self.focus(found)

    def focus(self, widget: QWidget) -> None:
        """Give `widget` the focus and bring it into view."""
        pager = pager_of(widget)
        if pager is not None:
            pager.show_whole(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)

    def remember(self, *, steps_on: int = 0) -> None:
        """Something is about to happen that may build the view anew: keep the place, or the one so
        many steps on."""
        focused, order = QApplication.focusWidget(), self.order()
        if focused is not None and focused in order:
            at = min(order.index(focused) + steps_on, len(order) - 1)
            self._place = (order[at].objectName(), at)
        else:
            self._place = None

    def resume(self) -> None:
        """The new view stands: the focus goes where it was, by object name or by position."""
        place, self._place = self._place, None
        order = self.order()
        if place is None or not order:
            return
        name, index = place
        same = [w for w in order if name and w.objectName() == name]
        self.focus(same[0] if same else order[min(index, len(order) - 1)])

    def first(self, skip: Callable[[QWidget], bool] = lambda w: False) -> QWidget | None:
        """The first target in order that is not skipped."""
        return next((w for w in self.order() if reachable(w) and not skip(w)), None)


def is_text_field(widget: QObject | None) -> bool:
    return isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit)


def _keeps_arrow(widget: QWidget, key: Qt.Key) -> bool:
    if widget.property("own_keys"):
        return True
    if isinstance(widget, QLineEdit):
        return key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return True
        up = key == Qt.Key.Key_Up
        cursor = QTextCursor(widget.textCursor())
        move = QTextCursor.MoveOperation.Up if up else QTextCursor.MoveOperation.Down
        return cursor.movePosition(move)
    return False
