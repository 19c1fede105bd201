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
from desktop.widgets.measures import outer
from desktop.widgets.text import Text

#: Reference px that are free above and below, so that a button stands in the middle of a head.
EDGE, EDGE_LARGE = 11, 4


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
        row.addWidget(Icon(look, "concierge-bell", look.size(Role.BODY) * 1.2, "ink2"))
        if look.crowded:
            words = tr("직원 도움")  # the title needs the width
        elif short:
            words = tr("직원에게 물어보세요")
        else:
            words = tr("도움이 필요하면 직원에게 말씀하세요")
        row.addWidget(Text(look, words, colour="ink2", one_line=True))


class Header(QWidget):
    """Back and title at the left, the staff line at the right; on Home the brand at the left.

    In portrait the staff line stands at the foot of the screen instead, if there is height for it.
    A large title that does not fit between the two has a row of its own then; else it is left to
    the body as `yielded`, so that it turns with the page.
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
        self.yielded: Text | None = None
        self.has_staff = staff and (look.crowded or not look.portrait)
        whole = QVBoxLayout(self)
        edge = look.px(EDGE_LARGE if look.large else EDGE)
        whole.setContentsMargins(0, edge, 0, edge)
        whole.setSpacing(look.px(8))
        self._row = row = QHBoxLayout()
        whole.addLayout(row)
        row.setSpacing(look.px(18 if look.tight else 28))
        if back is not None:
            padding = 16 if look.tight else 26
            self.back = PressButton(look, back, icon="arrow-left", height=76, padding=padding)
            self.back.setObjectName("back")
            self.back.clicked.connect(self.back_pressed)
            # Whatever else a header holds: the way back never moves.
            row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        if site is not None:
            self._brand(look, row, site)
        if theme is not None:
            row.addWidget(ThemeTile(look, theme, 60))
        if title:
            role = Role.TITLE if theme is None else Role.LEAD
            middle_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            words = Text(look, title, role, bold=True, align=middle_left)
            taken, at = row.sizeHint().width() + row.spacing(), row.count()
        if middle is not None:
            row.addWidget(middle, 1)
        elif not title:
            row.addStretch(1)
        if self.has_staff:
            line = StaffLine(look, short=look.compact or not look.korean)
            if title:
                taken += line.sizeHint().width() + row.spacing()
            row.addWidget(line)
        if title:
            room = look.metrics.width - 2 * look.px(outer(look)) - taken
            self._place_title(look, words, at, fits=words.sizeHint().width() <= room)

    def be_at_least(self, height: int) -> None:
        """Device px. A minimum that is set takes the place of what the words need."""
        layout = self.layout()
        assert layout is not None
        self.setMinimumHeight(max(height, layout.totalMinimumSize().height()))

    def _place_title(self, look: Look, words: Text, at: int, *, fits: bool) -> None:
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        if not look.large or fits:
            self._row.insertWidget(at, words, 1)
            return
        self._row.insertStretch(at, 1)
        if look.portrait and not look.crowded:
            whole.addWidget(words)
        else:
            self.yielded = words
            words.setParent(self)  # until a body takes it
            words.hide()

    @staticmethod
    def _brand(look: Look, row: QHBoxLayout, site: str) -> None:
        row.addWidget(BrandMark(look, 64))
        row.addSpacing(-look.px(10))
        room = look.metrics.width - 2 * look.px(outer(look) + 64)
        if look.crowded:
            room -= StaffLine(look).sizeHint().width()
        for role in (Role.TITLE, Role.LEAD, Role.BODY):
            brand = Text(look, tr("천만정원"), role, bold=True, one_line=True)
            if not look.large or brand.sizeHint().width() <= room:
                break
        if look.large and brand.sizeHint().width() > room:
            return  # the mark stands for it
        name = Text(look, site, colour="ink2", one_line=True)
        wide = brand.sizeHint().width() + name.sizeHint().width() > room
        if site and look.crowded and wide:  # a line of its own is more than there is
            row.addWidget(brand)
            return
        if site and look.large and look.portrait and wide:
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(brand)
            column.addWidget(name)
            row.addLayout(column)
            return
        row.addWidget(brand)
        if site and not (look.shallow and not look.korean):  # English names are longer than a line
            rule = Rule(look, "straw2", vertical=True)
            rule.setFixedHeight(look.px(48))
            row.addWidget(rule)
            row.addWidget(name)
