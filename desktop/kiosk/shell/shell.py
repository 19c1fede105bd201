"""The window: one screen at a time above the accessibility bar, dialogs over it.

The shell knows geometry and nothing else: which screen, which look and what a button means is
decided by the navigator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop.theme.brand import paint_brand
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT

if TYPE_CHECKING:  # the first frame, an empty stage, needs neither widgets nor type
    from desktop.access.bar import AccessBar
    from desktop.kiosk.shell.fade import Fade
    from desktop.theme.look import Look


W = TypeVar("W", bound=QWidget | None)
#: Reference px over the bar that hold a screen, the keyboard and the row of speech.
LEAST_FOR_BOTH = 870


class Shell(QMainWindow):
    """A main window to assistive technology, with none of its bars.

    Signals: `bar_pressed(BarKey)`, `resized()`, `close_asked()`, and `first_frame()` once the empty
    stage (ground, soil and the brand mark) has been painted."""

    bar_pressed = Signal(object)
    resized = Signal()
    close_asked = Signal()
    first_frame = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("천만정원")
        self.look: Look | None = None
        self.view: QWidget | None = None
        self.bar: AccessBar | None = None
        self.keyboard: QWidget | None = None
        self.band: QWidget | None = None
        self.strip: QWidget | None = None
        self._overlays: list[QWidget] = []
        self._veil: Fade | None = None
        self._painted = False
        self.may_close = False

    def dress(self, look: Look, bar: AccessBar, veil: Fade) -> None:
        """Put on a new look; the navigator shows the screen again afterwards."""
        self.look = look
        palette = self.palette()
        palette.setColor(self.backgroundRole(), look.palette.paper)
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.bar = self._instead_of(self.bar, bar)
        bar.pressed.connect(self.bar_pressed)
        if self._veil is not None:
            self._veil.deleteLater()
        self._veil = veil
        self.arrange()

    def _instead_of(self, old: QWidget | None, new: W) -> W:
        """Throw `old` away; `new` takes its place."""
        if old is not None:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        if new is not None:
            new.setParent(self)
        return new

    def show_view(self, view: QWidget, *, fade: bool) -> None:
        """Make `view` the screen; the one before is thrown away."""
        self.view = self._instead_of(self.view, view)
        self.arrange()
        view.show()
        view.lower()
        if fade and self._veil is not None and self.look and not self.look.reduced_motion:
            self._veil.play(view.geometry())
        for overlay in self._overlays:
            overlay.raise_()

    def show_keyboard(self, keyboard: QWidget | None) -> None:
        """Dock `keyboard` above the bar; None puts it away."""
        self.keyboard = self._instead_of(self.keyboard, keyboard)
        if keyboard is not None:
            keyboard.show()
        self.arrange()

    def show_band(self, band: QWidget | None) -> None:
        """What fills the upper part in the low position."""
        self.band = self._instead_of(self.band, band)
        self.arrange()
        if band is not None:
            band.show()
            band.lower()

    def show_strip(self, strip: QWidget | None) -> None:
        """A thin row above the bar (speech controls); None takes it away."""
        self.strip = self._instead_of(self.strip, strip)
        self.arrange()

    def lay_over(self, overlay: QWidget) -> None:
        """Show `overlay` (a dialog) over everything but the bar."""
        overlay.setParent(self)
        self._overlays.append(overlay)
        overlay.destroyed.connect(self._forget_overlays)
        self.arrange()
        overlay.show()
        overlay.raise_()
        overlay.setFocus(Qt.FocusReason.PopupFocusReason)

    def take_off(self, overlay: QWidget) -> None:
        if overlay in self._overlays:
            self._overlays.remove(overlay)
        overlay.hide()
        overlay.setParent(None)
        overlay.deleteLater()

    @property
    def overlays(self) -> tuple[QWidget, ...]:
        return tuple(self._overlays)

    def _forget_overlays(self) -> None:
        self._overlays = [o for o in self._overlays if o.parent() is self]

    def content_rect(self) -> QRect:
        """Where screens and dialogs stand: above the bar, below the low position's band."""
        bar_height = self.bar.sizeHint().height() if self.bar else 0
        top = self.look.metrics.band if self.look is not None else 0
        return QRect(0, top, self.width(), max(1, self.height() - bar_height - top))

    def arrange(self) -> None:
        """Give every part its place. The bar's place is the same on every screen."""
        if self.look is None or self.bar is None:
            return
        rect = self.content_rect()
        self.bar.setGeometry(0, rect.bottom() + 1, self.width(), self.height() - rect.bottom() - 1)
        self.bar.show()
        if self.band is not None:
            self.band.setGeometry(0, 0, self.width(), rect.top())
        stage = QRect(rect)
        if self.strip is not None:
            # Where there is little height it holds one of the two: the strip comes back when the
            # keyboard goes.
            both = rect.height() >= self.look.px(LEAST_FOR_BOTH) and not self.look.large
            self.strip.setVisible(self.keyboard is None or both)
        for foot in (self.strip, self.keyboard):
            if foot is not None and not foot.isHidden():
                height = min(foot.sizeHint().height(), stage.height() * 3 // 4)
                foot.setGeometry(rect.left(), stage.bottom() + 1 - height, rect.width(), height)
                stage.setBottom(stage.bottom() - height)
        if self.view is not None:
            self.view.setGeometry(stage)
        for overlay in self._overlays:
            overlay.setGeometry(rect)
            overlay.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close:
            event.accept()
            return
        event.ignore()
        self.close_asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is not None:
            return
        self._paint_stage()
        if not self._painted:
            self._painted = True
            # After this event the frame is on the screen; before that it is only promised.
            QTimer.singleShot(0, self.first_frame.emit)

    def _paint_stage(self) -> None:
        """What the attract screen stands on: nothing moves when it takes its place."""
        metrics = Metrics.for_panel(self.width(), self.height(), 24)
        painter, px = QPainter(self), metrics.px
        bar = px(191 if metrics.portrait else 104)
        painter.fillRect(self.rect(), LIGHT.outside)
        painter.fillRect(0, self.height() - bar, self.width(), bar, LIGHT.soil)
        painter.fillRect(0, self.height() - bar, self.width(), px(8), LIGHT.leaf)
        paint_brand(painter, LIGHT, QRectF(px(48), px(27), px(64), px(64)))
