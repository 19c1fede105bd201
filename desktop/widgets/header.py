"""The head of every screen: way back, title, and how to get help from a person."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.marks import Icon, Rule, ThemeTile
from desktop.widgets.text import Text


class BrandMark(QWidget):
    """A sprout of two leaves on a bed of earth."""

    def __init__(self, look: Look, size: float = 64) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("brand")
        self.setFixedSize(look.px(size), look.px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_brand(painter, self._look, QRectF(self.rect()))


def paint_brand(painter: QPainter, look: Look, box: QRectF) -> None:
    """Draw the brand mark into the square `box`."""
    p, s = look.palette, box.width()

    def at(x: float, y: float) -> QPointF:
        return QPointF(box.left() + x * s, box.top() + y * s)

    painter.setPen(Qt.PenStyle.NoPen)
    left = QPainterPath(at(0.03, 0.12))
    left.cubicTo(at(0.32, 0.1), at(0.48, 0.28), at(0.48, 0.56))
    left.cubicTo(at(0.2, 0.58), at(0.04, 0.4), at(0.03, 0.12))
    right = QPainterPath(at(0.97, 0.08))
    right.cubicTo(at(0.96, 0.4), at(0.8, 0.56), at(0.52, 0.56))
    right.cubicTo(at(0.52, 0.28), at(0.66, 0.08), at(0.97, 0.08))
    painter.setBrush(p.pine)
    painter.drawPath(left)
    painter.setBrush(p.leaf)
    painter.drawPath(right)
    painter.setBrush(p.pine)
    painter.drawRect(QRectF(at(0.47, 0.5), at(0.53, 0.8)))
    painter.setBrush(p.ochre)
    painter.drawRoundedRect(QRectF(at(0.03, 0.78), at(0.97, 0.94)), s * 0.05, s * 0.05)


class StaffLine(QWidget):
    """Where a person helps: on every screen, in every mode."""

    def __init__(self, look: Look, *, short: bool = False) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(14))
        row.addWidget(Icon(look, "concierge-bell", 62 if look.large else 46, "ink2"))
        words = tr("직원에게 물어보세요") if short else tr("도움이 필요하면 직원에게 말씀하세요")
        row.addWidget(Text(look, words, colour="ink2", one_line=True))


class Header(QWidget):
    """Back and title at the left, the staff line at the right; on Home the brand at the left.

    In portrait the staff line stands at the foot of the screen instead.
    """

    back_pressed = Signal()

    def __init__(
        self,
        look: Look,
        title: str = "",
        *,
        back: str | None = None,
        site: str | None = None,
        theme: str | None = None,
        staff: bool = True,
        middle: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(28))
        if back is not None:
            self.back = PressButton(look, back, icon="arrow-left", height=76, padding=26)
            self.back.setObjectName("back")
            self.back.clicked.connect(self.back_pressed)
            row.addWidget(self.back)
        if site is not None:
            self._brand(look, row, site)
        if theme is not None:
            row.addWidget(ThemeTile(look, theme, 60))
        if title:
            role = Role.TITLE if theme is None else Role.LEAD
            middle_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            row.addWidget(Text(look, title, role, bold=True, align=middle_left), 1)
        if middle is not None:
            row.addWidget(middle, 1)
        elif not title:
            row.addStretch(1)
        if staff and not look.portrait:
            row.addWidget(StaffLine(look, short=look.compact or not look.korean))

    @staticmethod
    def _brand(look: Look, row: QHBoxLayout, site: str) -> None:
        row.addWidget(BrandMark(look, 64))
        row.addSpacing(-look.px(10))
        row.addWidget(Text(look, tr("천만정원"), Role.TITLE, bold=True, one_line=True))
        if site:
            rule = Rule(look, "straw2", vertical=True)
            rule.setFixedHeight(look.px(48))
            row.addWidget(rule)
            row.addWidget(Text(look, site, colour="ink2", one_line=True))
