"""A question over the screen: a card on a scrim. The accessibility bar below stays lit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text

#: What an answer is known by.
K = TypeVar("K")


class Scrim(QWidget):
    """Dims what lies beneath and takes its touches; `card` is centred on it."""

    dismissed = Signal()

    def __init__(self, look: Look, *, width: float = 1400, min_height: float = 0) -> None:
        super().__init__()
        self.look = look
        outer = QVBoxLayout(self)
        margin = look.px(32)
        outer.setContentsMargins(margin, margin, margin, margin)
        self.card = Card(look, outline="ink", width=4, radius=36)
        self.card.setMaximumWidth(look.px(width))
        self.card.setMinimumHeight(look.px(min_height))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.card, 1000)
        row.addStretch(1)
        outer.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(1)

    def fill(self) -> None:
        """Give the card all the height there is."""
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.setStretch(1, 1)
        for end in (0, 2):
            outer.setStretch(end, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.look.palette.scrim)

    def mousePressEvent(self, event: object) -> None:
        """Touches beside the card end here; only the card's own targets act."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)


class Dialog(Scrim):
    """A title, sentences, and two or three answers; `answered` takes the key of one."""

    def __init__(
        self,
        look: Look,
        title: str,
        words: str,
        answers: list[tuple[K, str, str]],
        answered: Callable[[K], None],
        *,
        width: float = 1300,
    ) -> None:
        """`answers`: (key, words, variant) from left to right; the last one is the main action."""
        super().__init__(look, width=width)
        self.setAccessibleName(title)
        inside = (28, 14, 28, 18) if look.tight else (64, 56, 64, 48)
        column = self.card.column(*inside, gap=8 if look.tight else 28)
        said = QWidget()
        above = QVBoxLayout(said)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(column.spacing())
        above.addWidget(Text(look, title, Role.QUESTION, bold=True))
        if words:
            above.addWidget(Text(look, words, Role.LEAD))
        above.addStretch(1)
        # Where there is little room the words turn pages; the answers stay.
        column.addWidget(Pager(look, said) if look.compact else said, 1)
        # A lying panel has the width for two answers in large letters, but not the height.
        stacked = look.compact and look.portrait
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        row.setSpacing(look.px(20))
        for key, label, variant in answers:
            button = PressButton(
                look, label, variant=variant, role=Role.LEAD, height=108, radius=20
            )
            button.setObjectName(f"answer-{key}")
            button.tells(answered, key)
            row.addWidget(button, 2 if variant == "main" else 1)
        column.addLayout(row)
        if look.compact:
            self.fill()
