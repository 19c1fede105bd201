"""Photographs every screen of the review desk, off screen, on made-up data."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QElapsedTimer, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTextEdit, QWidget

from desktop.desk.app import Desk
from desktop.desk.event_loop import make_application
from desktop.desk.groups.intents import ShowShelf
from desktop.desk.groups.state import GroupShelf
from desktop.desk.preferences import Preferences, TextSize, keep_preferences
from desktop.desk.shell.screen import DeskScreen
from desktop.desk.sign_in.intents import LookAround
from desktop.settings import Settings
from desktop.theme.desk_palette import DeskTheme
from desktop.tour.desk_data import NOW_US, make_demonstration
from desktop.tour.guide import TourProblem

GIVE_UP_MS, QUIET_ROUNDS = 60_000, 4
_NOTHING, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class Control(msgspec.Struct, frozen=True):
    """What one can press or write in, as a screen reader names it."""

    name: str
    words: str
    box: tuple[int, int, int, int]


class DeskPicture(msgspec.Struct, frozen=True):
    state: str
    file: str | None
    size_px: tuple[int, int]
    language: str
    controls: tuple[Control, ...]


def tour_desk(
    out: Path,
    *,
    size: tuple[int, int],
    language: str,
    mode: frozenset[str],
    pictures: bool,
) -> list[DeskPicture]:
    """Photograph every state into `out`; returns what tour.json holds. Raises TourProblem."""
    make_application()
    theme = DeskTheme.LIGHT
    if "dark" in mode:
        theme = DeskTheme.DARK
    if "contrast" in mode:
        theme = DeskTheme.CONTRAST
    chosen = Preferences(
        theme=theme,
        language=language,
        text_size=TextSize.LARGEST if "large" in mode else TextSize.NORMAL,
    )
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cheonman-tour-") as name:
        data_dir = Path(name)
        make_demonstration(data_dir)
        keep_preferences(data_dir, chosen)
        desk = Desk(Settings(role="desk", language=language), data_dir, clock=lambda: NOW_US)
        walk = _Walk(desk, out, pictures)
        try:
            walk.all(size)
        finally:
            desk.stop()
    album = msgspec.json.format(msgspec.json.encode(walk.album), indent=1)
    (out / "tour.json").write_bytes(album + b"\n")
    return walk.album


class _Walk:
    def __init__(self, desk: Desk, out: Path, pictures: bool) -> None:
        self._desk, self._out, self._pictures = desk, out, pictures
        self.album: list[DeskPicture] = []

    def all(self, size: tuple[int, int]) -> None:
        desk = self._desk
        ready: list[bool] = []
        desk.ready.connect(lambda: ready.append(True))
        desk.start(size)
        self._wait(lambda: bool(ready))
        self._photograph("sign-in")
        desk.entrance.do(LookAround())
        self._photograph("inbox")
        for _ in range(3):
            self._key(Qt.Key.Key_J)
        self._key(Qt.Key.Key_X)
        self._key(Qt.Key.Key_J)
        self._photograph("inbox-checked")
        self._key(Qt.Key.Key_X, _NOTHING, back=True)
        self._press("glance-overdue")
        self._photograph("inbox-overdue")
        self._press("glance-all")
        self._write("search", "데크")
        self._photograph("inbox-search")
        self._key(Qt.Key.Key_Down)
        self._key(Qt.Key.Key_Return)
        self._photograph("thread")
        for key, state in (
            (Qt.Key.Key_R, "reply"),
            (Qt.Key.Key_A, "assign"),
            (Qt.Key.Key_S, "state"),
            (Qt.Key.Key_N, "note"),
        ):
            self._key(key)
            self._photograph(f"thread-{state}")
            self._key(Qt.Key.Key_Escape)
        self._key(Qt.Key.Key_Question, _SHIFT)
        self._photograph("keys")
        self._key(Qt.Key.Key_Escape)
        desk.go(DeskScreen.GROUPS)
        assert desk.screens is not None
        groups = desk.screens.groups
        self._wait(lambda: bool(groups.state.seats) and not groups.is_comparing)
        self._photograph("groups")
        self._press("put-together")
        groups.do(ShowShelf(GroupShelf.MADE))
        self._wait(lambda: bool(groups.state.seats))
        self._photograph("groups-made")
        self._press("answer-all")
        self._photograph("groups-answer")
        desk.go(DeskScreen.EXCHANGE)
        self._photograph("exchange")
        desk.go(DeskScreen.AUDIT)
        self._photograph("audit")
        self._press("verify")
        self._photograph("audit-verified")
        desk.go(DeskScreen.SETTINGS)
        self._photograph("settings")
        desk.lock()
        self._photograph("locked")

    # -- acting ----------------------------------------------------------------------------------

    def _key(
        self, key: Qt.Key, held: Qt.KeyboardModifier = _NOTHING, *, back: bool = False
    ) -> None:
        """A key; `back` goes to the row before first."""
        if back:
            self._key(Qt.Key.Key_K)
        target = QApplication.focusWidget() or self._desk.window
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, held))
        self._settle()

    def _named(self, name: str) -> QWidget:
        for each in self._desk.window.findChildren(QWidget, name):
            if each.isVisible():
                return each
        raise TourProblem(f"no visible control named {name!r}")

    def _press(self, name: str) -> None:
        button = self._named(name)
        assert isinstance(button, QAbstractButton)
        button.click()
        self._settle()

    def _write(self, name: str, text: str) -> None:
        field = self._named(name)
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.setText(text)
        field.textEdited.emit(text)
        inbox = self._desk.screens
        assert inbox is not None
        self._wait(lambda: inbox.inbox.state.filter.text == text)
        self._settle()

    def _wait(self, done: Callable[[], bool]) -> None:
        asked = QElapsedTimer()
        asked.start()
        while not done():
            if asked.hasExpired(GIVE_UP_MS):
                raise TourProblem(f"nothing came within {GIVE_UP_MS // 1000} seconds")
            QApplication.processEvents()

    def _settle(self) -> None:
        for _ in range(QUIET_ROUNDS):
            self._wait(lambda: not self._desk.tasks.busy)
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _photograph(self, state: str) -> None:
        self._settle()
        window = self._desk.window
        picture = window.grab()
        path = self._out / f"{len(self.album) + 1:03}-desk-{state}.png"
        if self._pictures and not picture.save(str(path)):
            raise TourProblem(f"{state}: {path} cannot be written")
        self.album.append(
            DeskPicture(
                state,
                path.name if self._pictures else None,
                (window.width(), window.height()),
                self._desk.look.language,
                tuple(self._controls()),
            )
        )

    def _controls(self) -> list[Control]:
        found = []
        for each in self._desk.window.findChildren(QWidget):
            if isinstance(each, QAbstractButton | QLineEdit | QTextEdit) and each.isVisible():
                at = each.mapTo(self._desk.window, each.rect().topLeft())
                box = (at.x(), at.y(), each.width(), each.height())
                found.append(Control(each.objectName(), each.accessibleName(), box))
        return found
