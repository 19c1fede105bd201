"""그만둘까요?: asked before anything a resident has answered is forgotten."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import tr
from desktop.kiosk.shell.screen import Leaving
from desktop.theme.look import Look
from desktop.widgets.dialog import Dialog


class QuitQuestion(QObject):
    """The question over a whole view, while it is asked. Signal: `answered(Leaving)`."""

    answered = Signal(object)

    def __init__(self, look: Look, view: QWidget) -> None:
        super().__init__(view)
        self._look = look
        #: What keys reach instead of the screen; None while nothing is asked.
        self.dialog: Dialog | None = None

    def ask(self, asking: bool) -> None:
        """Put the question, or take it away."""
        if asking and self.dialog is None:
            self.dialog = _dialog(self._look, self._answer)
            self.dialog.dismissed.connect(self._stay)
            self.dialog.setParent(self._view)
            self.fit()
            self.dialog.show()
            self.dialog.raise_()
        elif not asking and self.dialog is not None:
            self.dialog.hide()
            self.dialog.setParent(None)
            self.dialog.deleteLater()
            self.dialog = None

    @property
    def _view(self) -> QWidget:
        view = self.parent()
        assert isinstance(view, QWidget)
        return view

    def fit(self) -> None:
        """The view has another size."""
        if self.dialog is not None:
            self.dialog.setGeometry(self._view.rect())

    def _answer(self, answer: Leaving) -> None:
        self.answered.emit(answer)

    def _stay(self) -> None:
        self.answered.emit(Leaving.STAY)


def _dialog(look: Look, answered: Callable[[Leaving], None]) -> Dialog:
    """The main answer keeps everything: who presses without reading loses nothing."""
    return Dialog(
        look,
        tr("그만둘까요?"),
        tr("지금까지 쓴 내용은 모두 지워집니다."),
        [
            (Leaving.QUIT, tr("그만두기"), "grave"),
            (Leaving.STAY, tr("계속하기"), "main"),
        ],
        answered,
    )
