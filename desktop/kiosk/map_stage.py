"""The map with its controls on it: 크게, 작게, 여기로, 옮기기, the arrow pad and the legend."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.map.canvas import MapCanvas
from desktop.map.city import City
from desktop.map.pins import paint_flower
from desktop.map.viewport import MapPosition
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import typeset
from desktop.widgets.button import PressButton

MARGIN, GAP = 20, 16
PAN_STEP = 260


class Legend(QWidget):
    """A flower and what its number means. Cannot be pressed, so it is flat."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._text = tr("숫자는 모인 사업 수")
        self.setAccessibleName(self._text)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _words(self) -> typeset.Paragraphs:
        return typeset.lay_out(self._look, self._text, Role.BODY, False, 1e9)

    def sizeHint(self) -> QSize:
        words, px = self._words(), self._look.px
        return QSize(round(words.width) + px(100), max(px(60), round(words.height) + px(6)))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = look.line(2)
        half = width / 2
        painter.setPen(QPen(p.straw2, width))
        painter.setBrush(p.white)
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(rect, look.px(12), look.px(12))
        middle = rect.center().y()
        paint_flower(painter, look, QPointF(look.px(44), middle - look.px(2)), look.px(20), "")
        words = self._words()
        painter.setPen(p.ink)
        box = QRectF(look.px(78), middle - words.height / 2, words.width, words.height)
        typeset.draw(painter, look, words, Role.BODY, box)


class ArrowPad(QWidget):
    """Four arrows that move the map. Signal: `moved(dx, dy)` in reference px of the picture."""

    moved = Signal(float, float)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.px(15))
        arrows = (
            (tr("위쪽"), "arrow-up", (0, PAN_STEP), (0, 0, 1, 2)),
            (tr("왼쪽"), "arrow-left", (PAN_STEP, 0), (1, 0, 1, 1)),
            (tr("오른쪽"), "arrow-right", (-PAN_STEP, 0), (1, 1, 1, 1)),
            (tr("아래쪽"), "arrow-down", (0, -PAN_STEP), (2, 0, 1, 2)),
        )
        for words, icon, way, (row, column, high, wide) in arrows:
            button = PressButton(look, words, icon=icon, height=74, padding=20)
            button.setObjectName(icon)
            button.setProperty("way", way)
            button.clicked.connect(self._clicked)
            place = Qt.AlignmentFlag.AlignHCenter if wide == 2 else Qt.AlignmentFlag(0)
            grid.addWidget(button, row, column, high, wide, place)

    def _clicked(self) -> None:
        dx, dy = self.sender().property("way")
        self.moved.emit(float(dx), float(dy))


class MapStage(QWidget):
    """A canvas and its buttons: in a column at the right, or along the foot when the look is
    portrait or compact. Screens with a map of their own use it too; `banner` is a widget that
    stands at the left top (a ribbon).

    Signal: `arrows_toggled(shown)`.
    """

    arrows_toggled = Signal(bool)

    def __init__(
        self,
        look: Look,
        city: City,
        *,
        position: MapPosition | None = None,
        pick: bool = False,
        legend: bool = True,
        banner: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self._at_foot = look.portrait or look.compact
        self.canvas = MapCanvas(look, city, position=position, pick=pick, parent=self)
        self.canvas.setAccessibleName(tr("지도"))
        self.zoom_in = self._button(tr("크게"), "plus")
        self.zoom_out = self._button(tr("작게"), "minus")
        self.recentre = self._button(tr("여기로"), "locate-fixed")
        self.move_map = self._button(tr("옮기기"), "move")
        self.move_map.setCheckable(True)
        self._buttons = (self.zoom_in, self.zoom_out, self.recentre, self.move_map)
        self.zoom_in.clicked.connect(self.canvas.zoom_in)
        self.zoom_out.clicked.connect(self.canvas.zoom_out)
        self.recentre.clicked.connect(self.canvas.recentre)
        self.move_map.toggled.connect(self._move_toggled)
        self.canvas.viewport_changed.connect(self._show_limits)
        self.pad = ArrowPad(look, self)
        self.pad.moved.connect(self.canvas.pan)
        self.pad.hide()
        self.legend = Legend(look, self) if legend else None
        self._banner = banner
        if banner is not None:
            banner.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(look.px(320), look.px(300))

    def _button(self, words: str, icon: str) -> PressButton:
        button = PressButton(
            self._look,
            words,
            icon=icon,
            height=80,
            padding=22,
            align_left=not self._at_foot,
            parent=self,
        )
        button.setObjectName(f"map-{icon}")
        return button

    def show_arrows(self, shown: bool) -> None:
        self.move_map.setChecked(shown)

    def _move_toggled(self, shown: bool) -> None:
        self.pad.setVisible(shown)
        self.arrange()
        self.arrows_toggled.emit(shown)

    def _show_limits(self) -> None:
        self.zoom_in.setEnabled(self.canvas.can_zoom_in())
        self.zoom_out.setEnabled(self.canvas.can_zoom_out())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.canvas.setGeometry(self.rect())
        self.arrange()

    def arrange(self) -> None:
        """Give every control its place and tell the map what they cover."""
        px = self._look.px
        margin, foot = px(MARGIN), 0
        if self._at_foot:
            foot = self._along_foot(margin)
        else:
            self._down_right(margin)
        covered: list[QWidget] = list(self._buttons)
        top = margin
        if self._banner is not None:
            size = self._banner.sizeHint()
            self._banner.setGeometry(QRect(margin, top, size.width(), size.height()))
            covered.append(self._banner)
            top += size.height() + px(GAP)
        if self.legend is not None:
            size = self.legend.sizeHint()
            y = top if self._at_foot else self.height() - margin - size.height()
            self.legend.setGeometry(QRect(margin, y, size.width(), size.height()))
            covered.append(self.legend)
        if self.pad.isVisibleTo(self):
            size = self.pad.sizeHint()
            x = self.width() - margin - size.width()
            lowest = self.height() - size.height() - margin - max(foot, px(64))
            self.pad.setGeometry(QRect(x, max(0, lowest), size.width(), size.height()))
            covered.append(self.pad)
        for widget in covered:
            widget.raise_()
        rects = tuple(QRectF(widget.geometry()) for widget in covered)
        self.canvas.set_keep_clear(rects, foot)

    def _down_right(self, margin: int) -> None:
        width = max(self._look.px(196), *(b.sizeHint().width() for b in self._buttons))
        y = margin
        for button in self._buttons:
            height = button.heightForWidth(width)
            button.setGeometry(self.width() - margin - width, y, width, height)
            y += height + self._look.px(GAP)

    def _along_foot(self, margin: int) -> int:
        """Buttons in as few equal rows as fit; answers the height they take."""
        gap = self._look.px(GAP)
        widest = max(b.sizeHint().width() for b in self._buttons)
        room = self.width() - 2 * margin
        columns = next((n for n in (4, 2, 1) if n * widest + (n - 1) * gap <= room), 1)
        width = widest if columns > 1 else room
        height = max(b.heightForWidth(width) for b in self._buttons)
        rows = len(self._buttons) // columns
        spare = (room - columns * width) / max(1, columns - 1) if columns > 1 else 0
        top = self.height() - margin - rows * height - (rows - 1) * gap
        for i, button in enumerate(self._buttons):
            row, column = divmod(i, columns)
            x = margin + column * (width + spare)
            button.setGeometry(round(x), top + row * (height + gap), width, height)
        return self.height() - top
