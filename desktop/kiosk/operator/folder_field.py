"""A folder typed by hand, for what is mounted where no list finds it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme.look import Look
from desktop.widgets.button import PressButton
from desktop.widgets.field import TextField
from desktop.widgets.text import Text


class FolderField(QWidget):
    """Signals: `typed(text)`, `confirmed()`."""

    typed = Signal(str)
    confirmed = Signal()

    def __init__(self, look: Look, action: str, icon: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(8), 0, 0)
        column.setSpacing(look.px(15))
        column.addWidget(Text(look, tr("다른 폴더"), bold=True))
        row = QVBoxLayout() if look.compact else QHBoxLayout()
        row.setSpacing(look.px(15))
        self.field = TextField(look, tr("폴더 경로"), placeholder="/media/usb", limit=400)
        self.field.setObjectName("folder")
        self.field.edited.connect(self.typed)
        self.field.entered.connect(self.confirmed)
        self.button = PressButton(look, action, icon=icon, height=88)
        self.button.clicked.connect(self.confirmed)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        column.addLayout(row)

    def show_text(self, text: str) -> None:
        if self.field.value != text:
            self.field.set_value(text)
