"""The guide: opens states of the running kiosk one after another and photographs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.kiosk.app import Kiosk
from desktop.map.canvas import MapCanvas
from desktop.tour.inventory import Entry, entries
from desktop.widgets.pager import Pager

SETTLE_MS, GIVE_UP_MS = 3, 120_000


class TourProblem(RuntimeError):
    """A state could not be reached; names the state and what was missing."""


class StrayWindows(QObject):
    """Notices widgets that were shown before they had a parent: they flash as windows."""

    def __init__(self, shell: QWidget) -> None:
        super().__init__()
        self._shell = shell
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Show or not isinstance(watched, QWidget):
            return False
        if watched.isWindow() and watched is not self._shell:
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()!r}")
        return False


class Photograph(msgspec.Struct, frozen=True, kw_only=True):
    """One state of the kiosk, as tour.json has it."""

    state: str
    file: str | None
    size_px: list[int]
    language: str
    controls: list[Entry]


class Guide:
    """Holds the album: one PNG a state, if `pictures`, and the inventory of the screen."""

    def __init__(self, kiosk: Kiosk, out: Path, *, pictures: bool = True) -> None:
        self.kiosk, self.out, self._pictures = kiosk, out, pictures
        self.album: list[Photograph] = []
        self._stray = StrayWindows(kiosk.shell)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self._stray)
        out.mkdir(parents=True, exist_ok=True)

    # -- waiting -------------------------------------------------------------------------------

    def wait_for(self, done: Callable[[], bool], what: str) -> None:
        """Run the event loop until `done()`."""
        if done():
            return
        loop, asked = QEventLoop(), QElapsedTimer()
        asked.start()
        timer = QTimer()
        timer.setInterval(SETTLE_MS)

        def look() -> None:
            if done() or asked.hasExpired(GIVE_UP_MS):
                loop.quit()

        timer.timeout.connect(look)
        timer.start()
        loop.exec()
        timer.stop()
        if not done():
            raise TourProblem(f"{what}: nothing came within {GIVE_UP_MS // 1000} seconds")

    def settle(self) -> None:
        """Until no answer is outstanding, the map is sharp and all layouts are done."""
        rounds = [0]

        def quiet() -> bool:
            self.kiosk.accessibility.idle.touch()  # however slow the machine, somebody is there
            for canvas in self.kiosk.shell.findChildren(MapCanvas):
                canvas.settle()
            rounds[0] = 0 if self.kiosk.tasks.busy else rounds[0] + 1
            return rounds[0] > 4

        self.wait_for(quiet, "settling")

    # -- acting --------------------------------------------------------------------------------

    def find(self, name: str) -> QWidget:
        """The visible widget with that object name."""
        for widget in self.kiosk.shell.findChildren(QWidget, name):
            if widget.isVisible():
                return widget
        raise TourProblem(f"no visible control named {name!r}")

    def tap(self, target: QWidget | str) -> None:
        """Press and release in the middle of a control, as a finger does: while speech is on, once
        to hear it and once to act."""
        if isinstance(target, str):
            self._turn_to(target)
        widget = self.find(target) if isinstance(target, str) else target
        for _ in range(2 if self.kiosk.accessibility.speaker.on else 1):
            self.kiosk.accessibility.second_tap.forget()  # this hand does not tremble
            self._touch(widget)
        self.settle()

    def _turn_to(self, name: str) -> None:
        """Turn pages until `name` is there: where there is little height an action waits at the
        end of what it belongs to."""
        for pager in self.kiosk.shell.findChildren(Pager):
            if self._shown(name):
                return
            while pager.down.isVisible() and pager.down.isEnabled() and not self._shown(name):
                pager.down.click()

    def _shown(self, name: str) -> bool:
        return any(w.isVisible() for w in self.kiosk.shell.findChildren(QWidget, name))

    @staticmethod
    def _touch(widget: QWidget) -> None:
        place = QPointF(widget.rect().center())
        for kind in (QMouseEvent.Type.MouseButtonPress, QMouseEvent.Type.MouseButtonRelease):
            down = kind == QMouseEvent.Type.MouseButtonPress
            event = QMouseEvent(
                kind,
                place,
                QPointF(widget.mapToGlobal(place.toPoint())),
                Qt.MouseButton.LeftButton,
                Qt.MouseButton.LeftButton if down else Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
            )
            QApplication.sendEvent(widget, event)

    def at(self, screen: str) -> bool:
        """Whether `screen` is on stage."""
        current = self.kiosk.navigator.current
        return current is not None and current.name == screen

    def focus(self, name: str) -> None:
        """Give a text field the focus, as a tap on it does; the keyboard comes by itself."""
        self.find(name).setFocus()
        self.settle()

    def unfocus(self) -> None:
        field = QApplication.focusWidget()
        if field is not None:
            field.clearFocus()
        self.kiosk.shell.show_keyboard(None)
        self.settle()

    def write(self, name: str, text: str) -> None:
        """Commit `text` into a field through the input method, as the keyboard does."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.find(name), event)
        self.settle()

    # -- photographing -------------------------------------------------------------------------

    def photograph(self, state: str) -> None:
        """Save the window as `<out>/<nnn>-<state>.png` and note what stands on it. Without pictures
        it is painted all the same: a fault in painting is a fault of the tour."""
        self.settle()
        if self._stray.seen:
            raise TourProblem(f"{state}: shown as windows of their own: {self._stray.seen}")
        shell = self.kiosk.shell
        picture = shell.grab()
        path = self.out / f"{len(self.album) + 1:03}-{state}.png"
        if self._pictures and not picture.save(str(path)):
            raise TourProblem(f"{state}: {path} cannot be written")
        look = self.kiosk.navigator.look
        self.album.append(
            Photograph(
                state=state,
                file=path.name if self._pictures else None,
                size_px=[shell.width(), shell.height()],
                language=look.language,
                controls=entries(shell, look.metrics),
            )
        )

    def write_album(self) -> Path:
        path = self.out / "tour.json"
        # json's own encoder is written in Python when it indents.
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self.album), indent=1) + b"\n")
        return path
