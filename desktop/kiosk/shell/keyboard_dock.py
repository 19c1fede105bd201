"""Docks the on-screen keyboard whenever a text field has the focus."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.access.focus import is_text_field
from desktop.keyboard.layouts import KeyLayout
from desktop.keyboard.panel import KeyboardPanel
from desktop.kiosk.shell.navigator import Navigator


class KeyboardDock(QObject):
    """The keyboard stays while the same field is written in and leaves with the screen. How the
    resident writes Hangul (두벌식 or 천지인) is remembered for the visit only."""

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self._navigator, self._shell = navigator, navigator.shell
        self._way = KeyLayout.DUBEOLSIK.value
        navigator.visit_ended.connect(self._forget)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _forget(self) -> None:
        self._way = KeyLayout.DUBEOLSIK.value

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        view = self._shell.view
        if new is None or not is_text_field(new) or not self._shell.isAncestorOf(new):
            return
        in_view = view is not None and view.isAncestorOf(new)
        in_overlay = any(overlay.isAncestorOf(new) for overlay in self._shell.overlays)
        if (in_view or in_overlay) and self._shell.keyboard is None:
            # Changing the layout inside a focus event would move the field under the finger.
            QTimer.singleShot(0, self, self._dock)

    def _dock(self) -> None:
        field = QApplication.focusWidget()
        if self._shell.keyboard is not None or field is None or not is_text_field(field):
            return
        panel = KeyboardPanel(self._navigator.look, way=self._way)
        panel.put_away.connect(self._on_put_away)
        panel.way_chosen.connect(self._on_way_chosen)
        self._shell.show_keyboard(panel)

    def _on_put_away(self) -> None:
        field = QApplication.focusWidget()
        if field is not None and is_text_field(field):
            field.clearFocus()
        self._shell.show_keyboard(None)

    def _on_way_chosen(self, way: str) -> None:
        self._way = way
