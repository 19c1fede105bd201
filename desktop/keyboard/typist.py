"""Carries what the keys say into the text field that has the focus.

Letters travel as input method events, exactly as a system keyboard sends them, so any text field
works and a real keyboard can be used at the same time: whatever it does first settles the syllable
that is being composed. The composition ends with its field, whatever way the field goes.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from shiboken6 import isValid

from desktop.keyboard.cheonjiin import Cheonjiin
from desktop.keyboard.composer import Composer, Dubeolsik, Typed

#: Events that move the caret or the focus: the syllable is finished before they happen.
_SETTLING = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.FocusAboutToChange,
)
#: Events after which nobody may be able to write there any more.
_GOING = (
    QEvent.Type.Hide,
    QEvent.Type.EnabledChange,
    QEvent.Type.ReadOnlyChange,
)


class Typist(QObject):
    """Types into one target at a time; `None` is nobody, and keys then do nothing.

    Signal: `target_gone()` when the target was hidden, closed to writing or deleted.
    """

    target_gone = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._composer: Composer = Dubeolsik()
        self._target: QWidget | None = None
        #: What the target shows of what is being composed; less than that where it is full.
        self._shown = ""
        #: Our own event is on its way to the target.
        self._on_its_way = False
        self._leaving = False

    @property
    def target(self) -> QWidget | None:
        return self._target

    @property
    def composing(self) -> str:
        return self._composer.preedit

    def set_target(self, target: QWidget | None) -> None:
        """Write into `target` from now on; the old one keeps what was being composed."""
        if target is self._target:
            return
        self._leave()
        for each in self._watched():
            each.removeEventFilter(self)
        if self._target is not None:
            self._target.destroyed.disconnect(self._forget)
        self._target = target
        for each in self._watched():
            each.installEventFilter(self)
        if target is not None:
            target.destroyed.connect(self._forget)

    def _leave(self) -> None:
        """Settle without calling the focus back."""
        self._leaving = True
        self.settle()
        self._leaving = False

    def _watched(self) -> list[QWidget]:
        if self._target is None:
            return []
        if isinstance(self._target, QAbstractScrollArea):
            return [self._target, self._target.viewport()]
        return [self._target]

    def _forget(self) -> None:
        self._target = None
        self._finish()
        self.target_gone.emit()

    def use(self, composer: Composer) -> None:
        """Write Hangul another way."""
        self.settle()
        self._composer = composer

    def jamo(self, key: str) -> None:
        """A letter key of the composer in use."""
        self._send(self._composer.press(key))

    def write(self, text: str) -> None:
        """Text that needs no composing."""
        done = self._composer.finish()
        self._send(Typed(done.commit + text, ""))

    def next_letter(self) -> None:
        """천지인 only: the next tap on the same key is a new letter."""
        if isinstance(self._composer, Cheonjiin):
            self._send(self._composer.next_letter())

    def backspace(self) -> None:
        """Take back a jamo of the syllable being composed, else the letter before the caret."""
        if self._composer.preedit != self._shown:
            # What is taken back is what can be seen.
            self.settle()
        typed = self._composer.backspace()
        if typed is not None:
            self._send(typed)
        else:
            self._press(Qt.Key.Key_Backspace, "\b")

    def enter(self) -> None:
        """A new line, or the end of a one-line field."""
        self.settle()
        self._press(Qt.Key.Key_Return, "\r")

    def settle(self) -> None:
        """Commit the syllable being composed."""
        if self._composer.preedit:
            self._send(self._composer.finish())

    def _send(self, typed: Typed) -> None:
        if self._target is None:
            self._finish()
            return
        self._take_focus()
        target = self._target
        shown, self._shown = self._shown, typed.preedit
        if self._put(target, typed.commit, typed.preedit):
            return
        # The field is full: it refused the new letter and settled what it showed.
        kept = shown.removeprefix(typed.commit)
        if kept and self._composer.may_join():
            # In 천지인 ㅅ after 안 is on its way to 않, which fits: the next tap may make it.
            self._shown = kept
            self._put(target, "", kept, instead=True)
        else:
            self._finish()

    def _put(self, target: QWidget, commit: str, preedit: str, *, instead: bool = False) -> bool:
        """Whether all of it fits; `instead` of the settled letters before the caret."""
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(
            commit, -len(preedit) if instead else 0, len(preedit) if instead else 0
        )
        self._on_its_way = True
        try:
            QCoreApplication.sendEvent(target, event)
        finally:
            self._on_its_way = False
        return event.isAccepted()

    def _finish(self) -> None:
        self._shown = ""
        self._composer.finish()

    def _take_focus(self) -> None:
        """A key writes where the resident wrote last, even when Tab has led the focus away."""
        if self._target is not None and not self._target.hasFocus() and not self._leaving:
            self._target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self, key: Qt.Key, text: str) -> None:
        """Handed to the field itself: an event would pass the program's own watch over the keys,
        which would take it for a key that the resident pressed."""
        if self._target is not None:
            self._take_focus()
            plain = Qt.KeyboardModifier.NoModifier
            self._target.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, plain, text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod:
            own, self._on_its_way = self._on_its_way, False
            if not own:
                # Somebody else composes, or the text has changed: our syllable is closed.
                self._finish()
        elif kind in _SETTLING:
            self._settle_before(kind)
        elif kind in _GOING and watched is self._target and self._is_going(kind):
            self.set_target(None)
            self.target_gone.emit()
        return False

    def _settle_before(self, kind: QEvent.Type) -> None:
        if self._target is not None and not isValid(self._target):
            # Half of it is destroyed: it loses the focus and can take nothing any more.
            self._finish()
        elif kind == QEvent.Type.FocusAboutToChange:
            self._leave()
        else:
            self.settle()

    def _is_going(self, kind: QEvent.Type) -> bool:
        hidden = kind == QEvent.Type.Hide
        return hidden or self._target is None or not is_text_field(self._target)


def is_text_field(widget: QWidget) -> bool:
    """True for a widget one can type into."""
    enabled = widget.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
    return bool(enabled) and widget.isEnabled()
