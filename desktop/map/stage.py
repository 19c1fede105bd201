"""The map with its controls on it: 크게, 작게, 여기로, 옮기기, the arrow pad and the legend."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.map.arrow_pad import ArrowPad
from desktop.map.canvas import MapCanvas
from desktop.map.caption import Legend, MapCaption, is_scarce
from desktop.map.city import City
from desktop.map.viewport import MapPosition
from desktop.theme.look import Look
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.text import Text

MARGIN, GAP = 20, 16
SIGNS = ("plus", "minus", "locate-fixed", "move")
LEGEND_FROM = 330
#: Of so much of a map's height its buttons may lie on it; of a lower one they stand under it.
MOST_COVERED = 0.6
#: A word about a tap stays this long, unless the map is touched again.
NOTE_MS = 5000


def _note(look: Look, parent: QWidget) -> Card:
    card = Card(look, outline="ink", width=3)
    words = tr("전주시 밖입니다. 전주시 안을 눌러 주세요.")
    card.column(28, 14, 28, 16).addWidget(Text(look, words, bold=True))
    card.setParent(parent)
    card.hide()
    return card


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
        self._narrow = look.portrait or look.compact
        self.canvas = MapCanvas(look, city, position=position, pick=pick, caption=True, parent=self)
        self.canvas.setAccessibleName(tr("전주시 지도"))
        words = (tr("크게"), tr("작게"), tr("여기로"), tr("옮기기"))
        self._buttons = tuple(map(self._button, words, SIGNS))
        self.zoom_in, self.zoom_out, self.recentre, self.move_map = self._buttons
        self.move_map.setCheckable(True)
        self.zoom_in.clicked.connect(self.canvas.zoom_in)
        self.zoom_out.clicked.connect(self.canvas.zoom_out)
        self.recentre.clicked.connect(self.canvas.recentre)
        self.move_map.toggled.connect(self._move_toggled)
        self.canvas.viewport_changed.connect(self._show_limits)
        self.pad = ArrowPad(look, self)
        self.pad.moved.connect(self.canvas.pan)
        self.pad.hide()
        # Only a wide map has room for both in one line.
        beside = legend and not self._narrow
        self.caption = MapCaption(look, city, self, legend=beside)
        self.legend = Legend(look, self) if legend and self._narrow else None
        self.note = _note(look, self)
        self._note_time = QTimer(self, singleShot=True, interval=NOTE_MS)
        self._note_time.timeout.connect(self.note.hide)
        self.canvas.outside_tapped.connect(self._say_outside)
        for signal in (self.canvas.viewport_changed, self.canvas.place_chosen):
            signal.connect(self.note.hide)
        self._banner = banner
        if banner is not None:
            banner.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(look.px(320), look.px(220))

    def _button(self, words: str, icon: str) -> PressButton:
        button = PressButton(
            self._look,
            words,
            icon=None if is_scarce(self._look) else icon,
            height=80,
            padding=14 if is_scarce(self._look) and self._look.portrait else 22,
            align_left=not self._look.portrait,
            parent=self,
        )
        button.setObjectName(f"map-{icon}")
        return button

    def _say_outside(self) -> None:
        """A tap beyond the border is answered where it was made."""
        self.note.show()
        self._place_note()
        self._note_time.start()

    def _place_note(self) -> None:
        margin = self._look.px(MARGIN)
        area = self.canvas.geometry().adjusted(margin, margin, -margin, -margin)
        width = min(area.width(), self.note.sizeHint().width())
        height = max(self.note.heightForWidth(width), self.note.minimumSizeHint().height())
        self.note.setGeometry(area.center().x() - width // 2, area.top(), width, height)
        self.note.raise_()

    def show_arrows(self, shown: bool) -> None:
        self.move_map.setChecked(shown)

    def _move_toggled(self, shown: bool) -> None:
        self.pad.setVisible(shown)
        for button in self._buttons:
            button.setVisible(True)
        self.arrange()
        self.arrows_toggled.emit(shown)

    def _show_limits(self) -> None:
        self.zoom_in.allow(self.canvas.can_zoom_in(), tr("가장 크게 본 지도입니다"))
        self.zoom_out.allow(self.canvas.can_zoom_out(), tr("가장 작게 본 지도입니다"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def arrange(self) -> None:
        """Give the map and every control its place and tell the map what they cover."""
        # Over so low a map the buttons would cover half of it.
        beside = self._look.tight and not self.pad.isVisibleTo(self)
        margin, gap = 0 if beside else self._look.px(MARGIN), self._look.px(GAP)
        high = self.caption.heightForWidth(self.width())
        free = self.height() - high
        self.caption.setGeometry(0, free, self.width(), high)
        self.canvas.setGeometry(0, 0, self.width(), free)
        column = self._column(margin, beside=beside)
        under = False
        if column is None:
            self._say_zoom(short=False)
            top = self._along_foot(margin, free)
            under = free - top > MOST_COVERED * free
            if under:
                top = self._under_map(free)
                self.canvas.resize(self.width(), max(1, top))
            right, foot = self.width() - margin, top - margin
        else:
            right, foot = column - gap, free - margin
            if beside:
                self.canvas.resize(column - gap, free)
        if self.note.isVisibleTo(self):
            self._place_note()
        covered: list[QWidget] = list(self._buttons)
        top = margin
        if self.legend is not None:
            # A low map shows the city instead; the list says the numbers.
            high = self.canvas.height() > self._look.px(LEGEND_FROM)
            self.legend.setVisible(high and not self._look.tight)
        for note in (self._banner, self.legend):
            if note is not None:
                size = note.sizeHint()
                note.setGeometry(QRect(margin, top, size.width(), size.height()))
                covered.append(note)
                top += size.height() + gap
        if self.pad.isVisibleTo(self):
            covered.append(self.pad)
            if under:
                self._pad_under_map(free)
            else:
                self._place_pad(right, foot)
            if self.legend is not None and self.legend.geometry().intersects(self.pad.geometry()):
                self.legend.hide()
        covered = [widget for widget in covered if widget.isVisibleTo(self)]
        for widget in covered:
            widget.raise_()
        self.canvas.set_keep_clear(tuple(QRectF(widget.geometry()) for widget in covered))

    def _place_pad(self, right: int, foot: int) -> None:
        """A cross with its right foot there; on a low map two rows in the other buttons' place."""
        for button in self._buttons:
            button.setVisible(True)
        self.pad.lay_out(cross=True)
        size = self.pad.sizeHint()
        box = QRect(right - size.width(), foot - size.height(), size.width(), size.height())
        if box.top() < 0 or any(box.intersects(b.geometry()) for b in self._buttons):
            self.pad.lay_out(cross=False)
            size, margin = self.pad.sizeHint(), self._look.px(MARGIN)
            low = self.canvas.height() - margin - size.height()
            box = QRect(margin, max(0, low), size.width(), size.height())
            if box.intersects(self.move_map.geometry()):
                # The button that puts the arrows away stays.
                box.moveBottom(self.move_map.y() - self._look.px(GAP))
            for button in self._buttons[:-1]:
                button.setVisible(not box.intersects(button.geometry()))
        self.pad.setGeometry(box)

    def _column(self, margin: int, *, beside: bool) -> int | None:
        """Buttons at the right top, in one column or two; answers where they begin, or None where
        they belong along the foot. Those `beside` the map are no wider than their words."""
        if self._look.portrait:
            return None
        gap = self._look.px(GAP)
        hints = (b.minimumSizeHint() if beside else b.sizeHint() for b in self._buttons)
        width = max(self._look.px(196), *(hint.width() for hint in hints))
        height = max(b.heightForWidth(width) for b in self._buttons)
        for columns in (1, 2):
            rows = len(self._buttons) // columns
            left = self.width() - margin - columns * width - (columns - 1) * gap
            if rows * (height + gap) - gap + 2 * margin <= self.canvas.height() and left > 0:
                for i, button in enumerate(self._buttons):
                    row, column = divmod(i, columns)
                    x = left + column * (width + gap)
                    button.setGeometry(x, margin + row * (height + gap), width, height)
                return left
        return None

    def _along_foot(self, margin: int, foot: int) -> int:
        """Buttons above `foot` in as few equal rows as fit; answers where they begin."""
        gap = self._look.px(GAP)
        room = self.width() - 2 * margin
        words = sum(b.sizeHint().width() for b in self._buttons) + 3 * gap
        if is_scarce(self._look) and words <= room:
            return self._packed(
                margin, foot - margin, [b.sizeHint().width() for b in self._buttons]
            )
        widest = max(b.sizeHint().width() for b in self._buttons)
        columns = next((n for n in (4, 2, 1) if n * widest + (n - 1) * gap <= room), 1)
        width = widest if columns > 1 else room
        height = max(b.heightForWidth(width) for b in self._buttons)
        rows = len(self._buttons) // columns
        spare = (room - columns * width) / max(1, columns - 1) if columns > 1 else 0
        top = foot - margin - rows * height - (rows - 1) * gap
        for i, button in enumerate(self._buttons):
            row, column = divmod(i, columns)
            x = margin + column * (width + spare)
            button.setGeometry(round(x), top + row * (height + gap), width, height)
        return top

    def _under_map(self, foot: int) -> int:
        """All buttons in one row that ends at `foot`; answers where the map ends."""
        gap = self._look.px(GAP)
        for short, bare in ((False, False), (True, False), (True, True)):
            self._say_zoom(short=short, bare=bare)
            widths = [b.sizeHint().width() for b in self._buttons]
            if sum(widths) + (len(widths) - 1) * gap <= self.width():
                break
        return self._packed(0, foot, widths) - gap

    def _say_zoom(self, *, short: bool, bare: bool = False) -> None:
        """A short word beside its sign where four long ones have no room, and `bare` words where
        their signs have none; each button is called the same.
        """
        faces = (tr("확대"), tr("축소")) if short else (tr("크게"), tr("작게"))
        for button, face in zip(self._buttons, faces, strict=False):
            if button.text() != face:
                name = button.accessibleName()
                button.set_text(face)
                button.setAccessibleName(name)
        signs = (short or not is_scarce(self._look), not is_scarce(self._look))
        for place, (button, sign) in enumerate(zip(self._buttons, SIGNS, strict=True)):
            button.set_icon(sign if signs[place // 2] and not bare else None)

    def _pad_under_map(self, foot: int) -> None:
        """Arrows in the other buttons' place, in one row or two, beside the one that puts them
        away."""
        gap, away = self._look.px(GAP), self.move_map
        for line, bare in ((True, False), (False, False), (False, True)):
            self.pad.lay_out(cross=False, line=line, bare=bare)
            size = self.pad.sizeHint()
            if size.width() + gap + away.sizeHint().width() <= self.width():
                break
        self.pad.setGeometry(QRect(0, foot - size.height(), size.width(), size.height()))
        height = away.sizeHint().height()
        left = size.width() + gap
        away.setGeometry(left, foot - height, self.width() - left, height)
        for button in self._buttons:
            button.setVisible(button is away)
        self.canvas.resize(self.width(), max(1, self.pad.y() - gap))

    def _packed(self, margin: int, foot: int, widths: list[int]) -> int:
        """Every button as wide as its word, all in one row that ends at `foot`."""
        height = max(b.sizeHint().height() for b in self._buttons)
        spare = (self.width() - 2 * margin - sum(widths)) / (len(widths) - 1)
        x, top = float(margin), foot - height
        for button, width in zip(self._buttons, widths, strict=True):
            button.setGeometry(round(x), top, width, height)
            x += width + spare
        return top
