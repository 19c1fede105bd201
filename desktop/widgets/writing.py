"""What the text fields have in common: who wrote what, and when others hear of it.

A field and whoever holds its text agree on that text at every moment. `edited` tells of nothing but
a text that differs from the agreed one, so a syllable that settles, a field that hides or one that
loses the focus says nothing; and while the program itself writes, nobody is told at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from desktop.widgets.limit import Limit, readable, split_at

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    _Widget = QWidget
else:
    _Widget = object

CLIPBOARD_OUT = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.SelectAll,
)


class Writing(_Widget):
    """Comes before the Qt class among the bases; that class calls `_begin_writing` once and
    connects its `textChanged` to `_tell`."""

    #: Whether a line end may be written.
    lines: ClassVar[bool]
    if TYPE_CHECKING:
        edited: SignalInstance

    def _begin_writing(self, limit: Limit) -> None:
        self._limit = limit
        self._preedit = self._agreed = ""
        self._quiet = self._by_program = False

    def _around_caret(self) -> tuple[str, str]:
        """The settled text before and after the caret."""
        raise NotImplementedError

    def _around_selection(self) -> tuple[str, str]:
        """The settled text before and after what is selected: what is written takes its place."""
        raise NotImplementedError

    def _put_text(self, text: str) -> None:
        """Make `text` all there is; the caret goes to its end."""
        raise NotImplementedError

    def _text_moved(self) -> None:
        """What is shown has changed, whoever changed it."""

    # -- what it holds -----------------------------------------------------------------------

    @property
    def value(self) -> str:
        """The text, with the syllable being composed."""
        before, after = self._around_caret()
        return before + self._preedit + after

    @property
    def caret(self) -> int:
        """Letters of the value before the caret."""
        return len(self._around_caret()[0]) + len(self._preedit)

    def set_value(self, text: str) -> None:
        """Show `text`, and nothing of what was being composed."""
        if text != self.value:
            self._by_program = True
            try:
                self._drop_preedit()
                self._put_text(self._limit.room_for("", text, "", lines=self.lines))
            finally:
                self._by_program = False
            self._text_moved()
        self._agreed = self.value

    def settle(self) -> None:
        """Keep the syllable being composed as it is."""
        if self._preedit:
            commit = QInputMethodEvent("", [])
            commit.setCommitString(self._preedit)
            QApplication.sendEvent(self, commit)

    def _drop_preedit(self) -> None:
        if not self._preedit:
            return
        if self.hasFocus():
            # An input method of the system must not go on with what is no longer there.
            QGuiApplication.inputMethod().reset()
        # As an event, so that whoever composes sees that it has ended.
        QApplication.sendEvent(self, QInputMethodEvent("", []))

    def _tell(self) -> None:
        """Every change of the text ends here; what nobody knows yet is told once."""
        if self._quiet or self._by_program:
            return
        self._text_moved()
        value = self.value
        if value != self._agreed:
            self._agreed = value
            self.edited.emit(value)

    @contextmanager
    def _as_one_change(self) -> Iterator[None]:
        """Qt tells of the parts of a change; others hear of the whole."""
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False
        self._tell()

    # -- input -------------------------------------------------------------------------------

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self._by_program:
            # Last words about a syllable that has just been taken away.
            self._preedit = ""
            super().inputMethodEvent(QInputMethodEvent("", []))
            return
        fitted, fits = self._fitted(event)
        with self._as_one_change():
            self._preedit = fitted.preeditString()
            super().inputMethodEvent(fitted)
        event.setAccepted(fits)

    def _fitted(self, event: QInputMethodEvent) -> tuple[QInputMethodEvent, bool]:
        """`event` as far as it fits, and whether it fits whole. What stands there already stays:
        a full field refuses the new letter, never the one before it."""
        before, after = self._around_selection()
        start, length = event.replacementStart(), event.replacementLength()
        if start or length:
            text, caret = before + after, len(before.encode("utf-16-le")) // 2
            before = split_at(text, max(0, caret + start))[0]
            after = split_at(text, max(0, caret + start + length))[1]
        wanted, preedit = event.commitString(), event.preeditString()
        commit = self._limit.room_for(before, wanted, after, lines=self.lines)
        whole = commit == readable(wanted, lines=self.lines)
        fits = whole and self._limit.allows(before + commit + preedit + after)
        if not fits:
            preedit = ""
            if not commit.startswith(self._preedit):
                commit, start, length = self._preedit, 0, 0
        fitted = QInputMethodEvent(preedit, [])
        fitted.setCommitString(commit, start, length)
        return fitted, fits

    def _has_room_for(self, typed: str) -> bool:
        before, after = self._around_selection()
        return self._limit.allows(before + self._preedit + typed + after)
