"""Where the keyboard is: one ring drawn round the focused target, on every ground visible.

It shows after a key and goes with the first touch. Inner band, then outer band, both outside the
target's outline: white and indigo on paper, soil and white on the bar, black and amber in contrast.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from desktop.access.bar import AccessBar
from desktop.theme.look import Look

INNER, OUTER = 4, 6
_WATCHED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """Lies over the whole of its parent window and takes no touches."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._target: QWidget | None = None
        self._wanted = False
        self._chain: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)

    @property
    def target(self) -> QWidget | None:
        """The widget the ring is drawn round; None while it is hidden."""
        return self._target if self.isVisible() else None

    def set_look(self, look: Look) -> None:
        self._look = look
        self._follow()

    def show_ring(self) -> None:
        """A key was used."""
        self._wanted = True
        self._aim(QApplication.focusWidget())

    def show_on(self, widget: QWidget | None) -> None:
        """Point at `widget`, which need not have the focus; None goes back to what has it."""
        if self._wanted:
            self._aim(widget or QApplication.focusWidget())

    def hide_ring(self) -> None:
        """A touch was used."""
        self._wanted = False
        self._aim(None)

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._wanted:
            self._aim(new)

    def _aim(self, widget: QWidget | None) -> None:
        if widget is not None and (widget.window() is not self.window() or widget is self.window()):
            widget = None
        self._unwatch()
        self._target = widget
        while widget is not None and widget is not self.window():
            self._chain.append(widget)
            widget.installEventFilter(self)
            widget.destroyed.connect(self._target_gone)
            widget = widget.parentWidget()
        self._follow()

    def _unwatch(self) -> None:
        for widget in self._chain:
            try:
                widget.removeEventFilter(self)
                widget.destroyed.disconnect(self._target_gone)
            except RuntimeError:  # the view was already thrown away
                continue
        self._chain = []

    def _target_gone(self) -> None:
        self._chain, self._target = [], None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _WATCHED and self._target is not None:
            self._follow()
        return False

    def _ring_rect(self) -> QRect:
        assert self._target is not None
        around = self._look.px(INNER + OUTER)
        top_left = self._target.mapTo(self.window(), self._target.rect().topLeft())
        rect = QRect(top_left, self._target.size())
        return rect.adjusted(-around, -around, around, around)

    def _follow(self) -> None:
        target = self._target
        if not self._wanted or target is None or not target.isVisible():
            self.hide()
            return
        self.setGeometry(self._ring_rect())
        self.show()
        self.raise_()
        self.update()

    def _bands(self) -> tuple[QColor, QColor]:
        p = self._look.palette
        if p.contrast:
            return QColor(0, 0, 0), p.indigo
        widget = self._target
        while widget is not None:
            if isinstance(widget, AccessBar):
                return p.soil, QColor(255, 255, 255)
            widget = widget.parentWidget()
        return QColor(255, 255, 255), p.indigo

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._target is None:
            return
        look = self._look
        inner, outer = self._bands()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = float(getattr(self._target, "radius", 14))
        thick, thin = look.px(OUTER), look.px(INNER)
        for width, inset, colour in ((thick, 0.0, outer), (thin, float(thick), inner)):
            half = inset + width / 2
            rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
            pen = QPen(colour, width)
            painter.setPen(pen)
            corner = min(look.px(radius) + look.px(INNER + OUTER) - half, rect.height() / 2)
            painter.drawRoundedRect(rect, corner, corner)
