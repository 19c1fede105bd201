"""The head of every screen: way back, title, and how to get help from a person."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme.brand import paint_brand
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
        paint_brand(QPainter(self), self._look.palette, QRectF(self.rect()))


class StaffLine(QWidget):
    """Where a person helps: on every screen, in every mode."""

    def __init__(self, look: Look, *, short: bool = False) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8 if look.tight else 14))
        row.addWidget(Icon(look, "concierge-bell", 62 if look.large else 46, "ink2"))
        if look.tight:
            words = tr("직원 도움")  # the title needs the width
        elif short:
            words = tr("직원에게 물어보세요")
        else:
            words = tr("도움이 필요하면 직원에게 말씀하세요")
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
        row.setSpacing(look.px(18 if look.tight else 28))
        if back is not None:
            padding = 16 if look.tight else 26
            self.back = PressButton(look, back, icon="arrow-left", height=76, padding=padding)
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
        brand = Text(look, tr("천만정원"), Role.TITLE, bold=True, one_line=True)
        if site and look.large and look.portrait:
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(brand)
            column.addWidget(Text(look, site, colour="ink2", one_line=True))
            row.addLayout(column)
            return
        row.addWidget(brand)
        if site and not (look.shallow and not look.korean):  # English names are longer than a line
            rule = Rule(look, "straw2", vertical=True)
            rule.setFixedHeight(look.px(48))
            row.addWidget(rule)
            row.addWidget(Text(look, site, colour="ink2", one_line=True))
