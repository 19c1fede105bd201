"""Cards: what cannot be pressed is flat; a card that can be pressed is a Pressable."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.widgets.pressable import Pressable


class Card(QFrame):
    """A flat bed with a rounded outline. Colours are palette roles; `outline=None` draws none."""

    def __init__(
        self,
        look: Look,
        *,
        fill: Colour = "white",
        outline: Colour | None = "line",
        width: float = 2,
        radius: float = 24,
        dashed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self._fill = QColor(look.palette.colour(fill))
        self._outline = QColor(look.palette.colour(outline)) if outline else None
        self._width, self._radius, self._dashed = width, radius, dashed
        self.setFrameShape(QFrame.Shape.NoFrame)

    def column(self, *margins: float, gap: float = 0) -> QVBoxLayout:
        """A vertical layout inside; margins in reference px (all, or left top right bottom)."""
        layout = QVBoxLayout(self)
        all_four = margins * 4 if len(margins) == 1 else margins or (0, 0, 0, 0)
        left, top, right, bottom = (self.look.px(m) for m in all_four)
        layout.setContentsMargins(left, top, right, bottom)
        layout.setSpacing(self.look.px(gap))
        return layout

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, radius = QRectF(self.rect()), self.look.px(self._radius)
        painter.setBrush(self._fill)
        if self._outline is None:
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            width = self.look.line(self._width)
            pen = QPen(self._outline, width)
            if self._dashed:
                pen.setDashPattern([4, 3])
            painter.setPen(pen)
            rect = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(rect, radius, radius)


class PressCard(Pressable):
    """A large target with a layout of its own on its face; children sink with the face.

    Give the words of the card to `setAccessibleName`; put children into `self.face`.
    """

    def __init__(
        self,
        look: Look,
        *,
        variant: str = "plain",
        radius: float = 28,
        thickness: float = 7,
        margins: tuple[float, float, float, float] = (38, 30, 38, 30),
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, variant, radius=radius, thickness=thickness, parent=parent)
        self.setCheckable(checkable)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Preferred)
        policy.setHorizontalPolicy(policy.Policy.Preferred)
        self.setSizePolicy(policy)
        self._margins = tuple(look.px(m) for m in margins)
        self.face = QVBoxLayout(self)
        self.face.setSpacing(0)
        self.face_moved()

    def face_moved(self) -> None:
        left, top, right, bottom = self._margins
        drop = self.thickness if self.sunk else 0
        self.face.setContentsMargins(left, top + drop, right, bottom + self.thickness - drop)

    def let_touches_through(self) -> None:
        """Call after the children are in place: a touch on a word is a touch on the card."""
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            child.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return self.face.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.face.minimumSize()

    def hasHeightForWidth(self) -> bool:
        return self.face.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return self.face.heightForWidth(width)
