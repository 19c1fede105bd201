"""The bar at the foot: the keys that hold where one is, and what long work is doing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.desk.shell.keys import KEYS, Binding, Command, KeyPlace
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.widgets.mouse.button import MouseButton, Weight
from desktop.widgets.mouse.marks import cap_width, paint_cap
from desktop.widgets.mouse.words import Label

HEIGHT = 28
#: Too seldom wanted to be told all the time; they stand on the sheet of keys.
_UNTOLD = frozenset(
    (
        *(Command.FIRST, Command.LAST, Command.PAGE_DOWN, Command.PAGE_UP, Command.REFRESH),
        *(Command.EXTEND_NEXT, Command.EXTEND_PREVIOUS, Command.PANE, Command.PANE_BACK),
        *(Command.FIRST_SCREEN, Command.SECOND_SCREEN, Command.THIRD_SCREEN),
        *(Command.FOURTH_SCREEN, Command.FIND),
        *(Command.LOCK, Command.EXPORT),
    )
)


class HintBar(QWidget):
    """Signals: `stop_asked()`: long work should come to an end."""

    stop_asked = Signal()

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(look.px(HEIGHT))
        self._hints = _Hints(look)
        self._said = Label(look, "", Use.SMALL, "second", one_line=True)
        self._stop = MouseButton(look, tr("그만두기"), height=22, weight=Weight.PLAIN, name="stop")
        self._stop.setVisible(False)
        self._stop.clicked.connect(lambda: self.stop_asked.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(14), 0, look.px(12), 0)
        row.setSpacing(look.px(12))
        row.addWidget(self._hints, 1)
        row.addWidget(self._said)
        row.addWidget(self._stop)

    def show_keys(self, places: tuple[KeyPlace, ...]) -> None:
        self._hints.show_bindings(
            tuple(
                binding
                for place in (*places, KeyPlace.ANYWHERE)
                for binding in KEYS[place]
                if binding.command not in _UNTOLD
            )
        )

    def say(self, words: str, *, stoppable: bool = False) -> None:
        """What goes on, or that nothing does."""
        self._said.say(words)
        self._stop.setVisible(stoppable)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.palette.head)
        painter.fillRect(0, 0, self.width(), 1, self._look.palette.strong_line)


class _Hints(QWidget):
    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self._bindings: tuple[Binding, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_bindings(self, bindings: tuple[Binding, ...]) -> None:
        self._bindings = bindings
        told = (f"{' '.join(each.caps)} {each.words()}" for each in bindings)
        self.setAccessibleName(", ".join(told))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        metrics = QFontMetricsF(look.font(Use.SMALL))
        x, cap = 0.0, look.px(18)
        top = (self.height() - cap) / 2
        for binding in self._bindings:
            words = binding.words()
            caps = [cap_width(look, word) for word in binding.caps]
            wide = sum(caps) + look.px(3) * len(caps) + metrics.horizontalAdvance(words)
            # A hint that has no room whole is left out; the sheet of keys has all.
            if x + wide > self.width():
                break
            for word, width in zip(binding.caps, caps, strict=True):
                paint_cap(painter, look, word, QRectF(x, top, width, cap))
                x += width + look.px(3)
            x += look.px(3)
            painter.setFont(look.font(Use.SMALL))
            painter.setPen(look.palette.second)
            box = QRectF(x, 0, metrics.horizontalAdvance(words) + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
            x += box.width() + look.px(12)
