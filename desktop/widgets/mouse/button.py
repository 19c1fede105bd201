"""Buttons for mouse and keyboard: a word, its icon, and the key that does the same."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.theme.icons import paint_icon
from desktop.widgets.mouse.marks import cap_width, paint_cap, paint_choice

#: The ring of focus stands outside a control, with a gap: this much round it.
RING = 3
RADIUS = 4


class Weight(Enum):
    MAIN = auto()  # the one act one came for
    PLAIN = auto()
    QUIET = auto()  # no outline until it has the focus or the mouse


class MouseButton(QAbstractButton):
    """A QAbstractButton: it is clicked, pressed with Space, and named to a screen reader."""

    def __init__(
        self,
        look: DeskLook,
        words: str,
        *,
        icon: str | None = None,
        cap: str = "",
        weight: Weight = Weight.PLAIN,
        height: int = 30,
        name: str = "",
    ) -> None:
        super().__init__()
        self._look, self._weight, self._height = look, weight, height
        self._icon, self._cap = icon, cap
        self._hovered = False
        self.setText(words)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(look.font(Use.STRONG if weight is Weight.MAIN else Use.TEXT))

    def say(self, words: str, accessible: str = "") -> None:
        if words != self.text():
            self.setText(words)
            self.updateGeometry()
        self.setAccessibleName(accessible or words)

    def named(self, words: str) -> MouseButton:
        """A button that shows no word says one to whoever listens, and on its tip."""
        self.setAccessibleName(words)
        self.setToolTip(words)
        return self

    # -- size ------------------------------------------------------------------------------------

    def _parts(self) -> list[int]:
        """Widths of icon, word and key cap, those that there are."""
        px = self._look.px
        parts = [px(16)] if self._icon else []
        if self.text():
            metrics = QFontMetricsF(self.font())
            parts.append(round(metrics.horizontalAdvance(self.text())) + 1)
        if self._cap:
            parts.append(cap_width(self._look, self._cap))
        return parts

    def sizeHint(self) -> QSize:
        px, parts = self._look.px, self._parts()
        inside = sum(parts) + px(7) * (len(parts) - 1)
        height = px(self._height)
        pad = px(11) if self.text() else (height - px(16)) // 2
        return QSize(inside + 2 * pad + 2 * RING, height + 2 * RING)

    minimumSizeHint = sizeHint

    # -- painting --------------------------------------------------------------------------------

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _colours(self) -> tuple[DeskColour | None, DeskColour | None, DeskColour]:
        """Fill, edge and letters."""
        if self._weight is Weight.MAIN:
            return "accent", "accent", "on_accent"
        held = self._hovered or self.isDown()
        if self.isCheckable() and self.isChecked():
            return "checked", "accent", "accent"
        if self._weight is Weight.QUIET:
            return ("head" if held else None), ("strong_line" if held else None), "text"
        return ("head" if held else "pane"), "control_edge", "text"

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, edge, letters = self._colours()
        half = look.edge / 2
        face = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        box = face.adjusted(half, half, -half, -half)
        painter.setPen(QPen(p.colour(edge), look.edge) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(p.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        self._paint_parts(painter, face, letters)
        if self.hasFocus():
            painter.setPen(QPen(p.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS + 2, RADIUS + 2
            )

    def _paint_parts(self, painter: QPainter, face: QRectF, letters: DeskColour) -> None:
        look, p = self._look, self._look.palette
        parts, gap = self._parts(), look.px(7)
        x = face.center().x() - (sum(parts) + gap * (len(parts) - 1)) / 2
        for number, width in enumerate(parts):
            first, last = number == 0, number == len(parts) - 1
            if first and self._icon:
                icon = look.px(16)
                box = QRectF(x, face.center().y() - icon / 2, icon, icon)
                paint_icon(painter, self._icon, box, p.colour(letters))
            elif last and self._cap:
                height = look.px(18)
                box = QRectF(x, face.center().y() - height / 2, width, height)
                edge: DeskColour = "strong_line" if letters == "text" else letters
                faint: DeskColour = "second" if letters == "text" else letters
                paint_cap(painter, look, self._cap, box, letters=faint, edge=edge)
            else:
                painter.setPen(p.colour(letters))
                painter.setFont(self.font())
                box = QRectF(x, face.top(), width + 1, face.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())
            x += width + gap


class OneOf(QAbstractButton):
    """One of several, as Qt's radio button, in the desk's own colours."""

    def __init__(self, look: DeskLook, words: str, name: str) -> None:
        super().__init__()
        self._look = look
        self.setText(words)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(look.font(Use.TEXT))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px = self._look.px
        words = round(QFontMetricsF(self.font()).horizontalAdvance(self.text())) + 1
        return QSize(px(16) + px(8) + words + 2 * RING + px(4), px(26) + 2 * RING)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = look.px(16)
        middle = self.height() / 2
        box = QRectF(RING + look.px(2), middle - ring / 2, ring, ring)
        paint_choice(painter, look, box, self.isChecked())
        painter.setPen(look.palette.text)
        painter.setFont(self.font())
        words = QRectF(self.rect()).adjusted(box.right() + look.px(8), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(look.palette.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
